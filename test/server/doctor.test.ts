import { spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../../server/config.ts'
import { checkCertificate, checkSipCertificate } from '../../server/doctor/certificates.ts'
import { examine } from '../../server/doctor/doctor.ts'
import { report } from '../../server/doctor/finding.ts'
import { checkSecrets } from '../../server/doctor/machine.ts'
import { checkDatabase, checkTrunk, migrationsOf } from '../../server/doctor/peers.ts'
import { checkRedirection } from '../../server/doctor/redirection.ts'
import { defaultSettings } from '../../server/settings/defaults.ts'
import { readSettings, valuesOf } from '../../server/settings/file.ts'
import { readSecrets } from '../../server/supervisor/secrets.ts'
import { sipCertificate } from '../../server/supervisor/sip-certificate.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'
import { createDatabase, createEmptyDatabase } from '../support/postgres.ts'

const migrations = migrationsOf(join(import.meta.dirname, '../../migrations'))
let varDir: string
beforeEach(() => {
  varDir = testFolder()
})
afterEach(() => removeTestFolder(varDir))

it('names each peer that does not answer, with the setting to look at, and no password', async () => {
  const findings = await examine(
    readConfig({
      VAR_DIR: varDir,
      DATABASE_URL: 'postgresql://site:hidden@127.0.0.1:1/x',
      ARI_URL: 'http://127.0.0.1:2',
      ARI_PASSWORD: 'hidden',
      LDAP_URL: 'ldap://127.0.0.1:3',
      LDAP_BASE: 'dc=x',
      SMTP_URL: 'smtp://site:hidden@127.0.0.1:4',
      PUBLIC_URL: 'https://127.0.0.1:5',
    }),
    {},
  )
  const text = report(findings)
  for (const setting of ['DATABASE_URL', 'ARI_URL', 'LDAP_URL', 'SMTP_URL', 'SOUNDS_DIR']) expect(text).toContain(setting)
  expect(findings.filter((f) => f.state === 'mend').map((f) => f.what)).toEqual(
    expect.arrayContaining(['Base de données', 'Asterisk', 'Annuaire', 'Courriel', 'Certificat de la console']),
  )
  expect(text).not.toContain('hidden')
  expect(text).toMatch(/\d+ points vérifiés, \d+ à corriger, \d+ à surveiller\.\n$/)
})

describe('the database', () => {
  it('is well when its schema is this version’s', async () => {
    const { url, drop } = await createDatabase()
    expect((await checkDatabase(url, migrations)).map((f) => f.state)).toEqual(['well', 'well', 'well'])
    await drop()
  })

  it('says whether every nature leads to a group in which somebody hears of it', async () => {
    const { url, drop } = await createDatabase()
    const values = valuesOf(readSettings(varDir, defaultSettings(readConfig({ VAR_DIR: varDir }))))
    const nowhere = await checkRedirection(url, values)
    expect(nowhere).toMatchObject([{ what: 'Redirection', state: 'watch' }])
    expect(nowhere[0]?.said).toMatch(
      /^\d+ natures ne mènent à personne \(.*Poste de travail.*…\) : voyez « Réglages » › « Redirection »\.$/,
    )
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query("insert into groups (id, name, kind, level, mail) values ('tout', 'Tout', 'experts', 2, 'tout@univ.example')")
    const all = { id: 'tout', categoryId: null, placeId: null, affiliation: null, groupId: 'tout' }
    expect(await checkRedirection(url, { ...values, redirection: { rules: [all] } })).toMatchObject([{ state: 'well' }])
    // Of its own list or of somebody who works here: who is a user by now, or whose account is closed, hears of nothing.
    await client.query("update groups set mail = null where id = 'tout'")
    await client.query("insert into accounts (id, login, name, role, source) values ('remi', 'remi', 'Rémi', 'level2', 'local')")
    await client.query("insert into group_members (group_id, account_id, part) values ('tout', 'remi', 'member')")
    expect(await checkRedirection(url, { ...values, redirection: { rules: [all] } })).toMatchObject([{ state: 'well' }])
    for (const [gone, back] of [
      ["role = 'user'", "role = 'level2'"],
      ['disabled_at = now()', 'disabled_at = null'],
    ]) {
      await client.query(`update accounts set ${gone} where id = 'remi'`)
      expect(await checkRedirection(url, { ...values, redirection: { rules: [all] } }), gone).toMatchObject([{ state: 'watch' }])
      await client.query(`update accounts set ${back} where id = 'remi'`)
    }
    await client.query("update groups set retired_at = now() where id = 'tout'")
    await client.end()
    expect(await checkRedirection(url, { ...values, redirection: { rules: [all] } })).toMatchObject([{ state: 'watch' }])
    expect(await checkRedirection('postgresql://site@127.0.0.1:1/x', values)).toEqual([])
    await drop()
  })

  it('may be behind, and is never of a later version', async () => {
    const empty = await createEmptyDatabase()
    expect((await checkDatabase(empty.url, migrations))[1]?.said).toContain(`${migrations.length} migrations à appliquer`)
    await empty.drop()
    const later = await createDatabase()
    expect((await checkDatabase(later.url, migrations.slice(0, -1)))[1]).toMatchObject({ state: 'mend' })
    await later.drop()
  })
})

it('an exchange is asked what every SIP server answers; its silence is only to be watched', async () => {
  const exchange = createSocket('udp4')
  exchange.on('message', (data, from) => {
    expect(data.toString()).toMatch(/^OPTIONS sip:.*\r\n\r\n$/s)
    exchange.send('SIP/2.0 200 OK\r\n\r\n', from.port, from.address)
  })
  exchange.bind(0, '127.0.0.1')
  await once(exchange, 'listening')
  expect(await checkTrunk(`127.0.0.1:${exchange.address().port}`, '127.0.0.1')).toMatchObject({
    state: 'well',
    said: 'répond à OPTIONS (200 OK).',
  })
  exchange.removeAllListeners('message')
  expect(await checkTrunk(`127.0.0.1:${exchange.address().port}`, '127.0.0.1', 50)).toMatchObject({ state: 'watch' })
  exchange.close()
})

it('a certificate that nobody vouches for is to be mended, one that has run out too', async () => {
  const [key, cert] = [join(varDir, 'key.pem'), join(varDir, 'cert.pem')]
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30', '-subj', '/CN=x']
  expect(spawnSync('openssl', [...made, '-keyout', key, '-out', cert]).status).toBe(0)
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const place = { what: 'Certificat', host: '127.0.0.1', port: (server.address() as AddressInfo).port }
  expect(await checkCertificate(place, Date.now())).toMatchObject({ state: 'mend', said: expect.stringContaining('refusé') as string })
  expect(await checkCertificate(place, Date.now() + 40 * 86_400_000)).toMatchObject({
    said: expect.stringContaining('expiré depuis') as string,
  })
  server.close()
})

it('the certificate that phones are shown is said to run out before it does', () => {
  const config = readConfig({ VAR_DIR: varDir, SIP_TLS_PORT: '5061' })
  expect(checkSipCertificate(readConfig({ VAR_DIR: varDir }), Date.now())).toEqual([])
  expect(checkSipCertificate(config, Date.now())).toMatchObject([{ state: 'mend' }])
  sipCertificate(varDir, null, '127.0.0.1')
  const states = [0, 720, 740].map((days) => checkSipCertificate(config, Date.now() + days * 86_400_000)[0]?.state)
  expect(states).toEqual(['well', 'watch', 'mend'])
})

it('secrets that others may read are to be closed', () => {
  expect(checkSecrets(varDir).state).toBe('watch')
  readSecrets(varDir)
  expect(checkSecrets(varDir).state).toBe('well')
  chmodSync(join(varDir, 'secrets.json'), 0o644)
  writeFileSync(join(varDir, 'settings.json'), '{}')
  expect(checkSecrets(varDir)).toMatchObject({ state: 'mend', said: expect.stringContaining('secrets.json') as string })
})
