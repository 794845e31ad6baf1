import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { mirrors } from '../../server/supervisor/asterisk-build.ts'
import { trunkName, writeConfiguration } from '../../server/supervisor/asterisk-config.ts'
import { findAsterisk } from '../../server/supervisor/asterisk-root.ts'
import { claimVarDir } from '../../server/supervisor/claim.ts'
import { assertPortFree, rememberedPort } from '../../server/supervisor/ports.ts'
import { startPostgres } from '../../server/supervisor/postgres.ts'
import { assertReachable } from '../../server/supervisor/postgres-home.ts'
import { readSecrets } from '../../server/supervisor/secrets.ts'
import { SetupError } from '../../server/supervisor/setup-error.ts'
import { inTheClear } from '../support/asterisk.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'
import { quiet } from '../support/quiet.ts'

const templates = fileURLToPath(new URL('../../asterisk', import.meta.url))
let varDir = ''

beforeEach(() => {
  varDir = testFolder()
})
afterEach(() => removeTestFolder(varDir))

test('our own PostgreSQL sorts and searches in French, and keeps its data and address from one start to the next', async () => {
  const first = await startPostgres({ varDir, log: quiet })
  await query(first.url, 'CREATE TABLE note (text text)')
  await query(first.url, "INSERT INTO note VALUES ('zèbre'), ('école'), ('eau')")
  await first.stop()
  const second = await startPostgres({ varDir, log: quiet })
  try {
    expect(second.url).toBe(first.url)
    expect(second.version).toMatch(/^\d+\.\d+/)
    expect(await query(second.url, 'SELECT text FROM note ORDER BY text')).toEqual([{ text: 'eau' }, { text: 'école' }, { text: 'zèbre' }])
    expect(await query(second.url, "SELECT to_tsvector('french', 'imprimantes') @@ to_tsquery('french', 'imprimante') AS found")).toEqual([
      { found: true },
    ])
    await expect(query(second.url.replace(/:[^:@]*@/, ':guess@'), 'SELECT 1')).rejects.toThrow(/password/)
  } finally {
    await second.stop()
  }
})

test('our own PostgreSQL that dies is started again with what was saved', async () => {
  const server = await startPostgres({ varDir, log: { ...quiet, error: () => {} } })
  try {
    await query(server.url, 'CREATE TABLE kept (x int)')
    const again = new Promise<void>((resolve) => server.onRestart(resolve))
    process.kill(Number(readFileSync(join(varDir, 'postgres/postgres.pid'), 'utf8').split(' ')[0]), 'SIGKILL')
    await again
    expect(await query(server.url, 'SELECT count(*)::int AS rows FROM kept')).toEqual([{ rows: 0 }])
  } finally {
    await server.stop()
  }
})

test('data of another major version are refused in one sentence, and left alone', async () => {
  mkdirSync(join(varDir, 'postgres/data'), { recursive: true })
  writeFileSync(join(varDir, 'postgres/data/PG_VERSION'), '12\n')
  await expect(startPostgres({ varDir, log: quiet })).rejects.toThrow(/sont celles d’un PostgreSQL 12/)
  expect(existsSync(join(varDir, 'postgres/data/PG_VERSION'))).toBe(true)
})

test('a folder closed to PostgreSQL’s user is named, with what to do', () => {
  const closed = mkdtempSync(join(tmpdir(), 'guichet-closed-'))
  chmodSync(closed, 0o700)
  mkdirSync(join(closed, 'var'))
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined
  const ask = () => assertReachable(join(closed, 'var'), nobody, 'déplacez-le')
  if (nobody === undefined) expect(ask).not.toThrow()
  else expect(ask).toThrow(`à qui le dossier ${closed} est fermé : déplacez-le`)
  rmSync(closed, { recursive: true })
})

test('a port that is taken is refused by its name and its setting, for TCP and for UDP', async () => {
  const web = createServer().listen(0, '127.0.0.1')
  await once(web, 'listening')
  const webPort = (web.address() as { port: number }).port
  await expect(assertPortFree('http', '127.0.0.1', webPort)).rejects.toThrow(
    `Déjà pris par un autre programme : le port web ${webPort} sur 127.0.0.1`,
  )
  await expect(assertPortFree('sip', '127.0.0.1', webPort)).rejects.toThrow(/SIP_PORT/)
  web.close()
  await once(web, 'close')
  await assertPortFree('http', '127.0.0.1', webPort)
  const phone = createSocket('udp4').bind(0, '127.0.0.1')
  await once(phone, 'listening')
  await expect(assertPortFree('sip', '127.0.0.1', phone.address().port)).rejects.toThrow(SetupError)
  phone.close()
})

test('an address that is not this machine’s is refused by its setting', async () => {
  await expect(assertPortFree('http', '192.0.2.1', 8080)).rejects.toThrow(/corrigez HOST/)
})

test('a port chosen once is kept, unless another program took it meanwhile', async () => {
  const file = join(varDir, 'port')
  const port = await rememberedPort(file, '127.0.0.1', false)
  expect(await rememberedPort(file, '127.0.0.1', false)).toBe(port)
  const other = createServer().listen(port, '127.0.0.1')
  await once(other, 'listening')
  expect(await rememberedPort(file, '127.0.0.1', true)).toBe(port)
  expect(await rememberedPort(file, '127.0.0.1', false)).not.toBe(port)
  other.close()
})

test('secrets are made once and readable by their owner only', () => {
  const secrets = readSecrets(varDir)
  expect(new Set(Object.values(secrets)).size).toBe(Object.keys(secrets).length)
  expect(readSecrets(varDir)).toEqual(secrets)
  expect(statSync(join(varDir, 'secrets.json')).mode & 0o777).toBe(0o600)
})

test('a folder in use by a running service is refused; one of a service that ended is taken', () => {
  writeFileSync(join(varDir, 'service.pid'), '999999999 1\n')
  const release = claimVarDir(varDir)
  release()
  expect(existsSync(join(varDir, 'service.pid'))).toBe(false)
  const parent = readFileSync(`/proc/${process.ppid}/stat`, 'utf8')
  writeFileSync(join(varDir, 'service.pid'), `${process.ppid} ${parent.slice(parent.lastIndexOf(')') + 2).split(' ')[19]}\n`)
  expect(() => claimVarDir(varDir)).toThrow(`Un service tourne déjà avec le dossier ${varDir} (processus ${process.ppid})`)
})

test('the configuration names each exchange, and the same settings give the same fingerprint', () => {
  const settings = {
    home: join(varDir, 'asterisk'),
    modulesDir: '/modules',
    version: '22.10.1',
    sipHost: '127.0.0.1',
    sipPort: 5060,
    sipTrunk: ['10.0.0.1:5060', 'pbx.univ.example:5070'],
    security: inTheClear,
    callsPerNumber: 60,
    ari: { port: 8088, user: 'guichet', password: 'secret' },
    caller: null,
  }
  const fingerprint = writeConfiguration(templates, settings)
  const trunks = readFileSync(join(varDir, 'asterisk/etc/pjsip-trunks.conf'), 'utf8')
  expect(trunks).toContain('match = 10.0.0.1:5060')
  expect(trunks).toContain('contact = sip:pbx.univ.example:5070')
  expect(trunks).toContain(`[${trunkName(1)}]`)
  expect(readFileSync(join(varDir, 'asterisk/etc/pjsip-callers.conf'), 'utf8')).toBe('')
  expect(statSync(join(varDir, 'asterisk/etc/ari.conf')).mode & 0o077).toBe(0)
  const storageOf = (version: string) => {
    writeConfiguration(templates, { ...settings, version })
    return /^channel_storage_backend = (\w+)$/m.exec(readFileSync(join(varDir, 'asterisk/etc/asterisk.conf'), 'utf8'))?.[1]
  }
  expect(['20.20.0', '22.9.0', '22.10.1', '23.2.0', '24.0.0'].map(storageOf)).toEqual([
    'ao2_legacy',
    'ao2_legacy',
    'cpp_map_name_id',
    'ao2_legacy',
    'cpp_map_name_id',
  ])
  expect(writeConfiguration(templates, settings)).toBe(fingerprint)
  expect(writeConfiguration(templates, { ...settings, sipPort: 5061 })).not.toBe(fingerprint)
})

test('a template whose word nothing fills is refused by its name', () => {
  writeFileSync(join(varDir, 'x.conf'), 'a = @UNKNOWN@\n')
  const settings = {
    home: varDir,
    modulesDir: '',
    version: '',
    sipHost: '',
    sipPort: 0,
    sipTrunk: [],
    security: inTheClear,
    callsPerNumber: 60,
    ari: { port: 0, user: '', password: '' },
    caller: null,
  }
  expect(() => writeConfiguration(varDir, settings)).toThrow('asterisk/x.conf: nothing fills @UNKNOWN@')
})

test('the mirrors that apt uses are read from both styles of its sources, security and strangers left out', () => {
  mkdirSync(join(varDir, 'sources.list.d'))
  writeFileSync(
    join(varDir, 'sources.list'),
    '# deb http://old.example/debian stable main\ndeb [arch=amd64] http://a.example/debian/ bookworm main\n',
  )
  writeFileSync(
    join(varDir, 'sources.list.d/x.sources'),
    'Types: deb\nURIs: http://b.example/archive/debian/20261101T000000Z\nSuites: bookworm\n\nURIs: http://b.example/debian-security\n',
  )
  expect(mirrors(varDir)).toEqual(['http://a.example/debian', 'http://b.example/archive/debian/20261101T000000Z'])
})

test('without root and without Asterisk, one sentence says what to install or set', async () => {
  await expect(findAsterisk(varDir, '/nowhere', quiet, false)).rejects.toThrow(/installez les paquets « asterisk espeak-ng sox ».*ARI_URL/)
})

async function query(url: string, statement: string): Promise<unknown> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}
