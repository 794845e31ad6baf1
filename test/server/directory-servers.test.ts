import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Config } from '../../server/config.ts'
import { directorySettings } from '../../server/contract/settings.ts'
import { openDatabase, type Database } from '../../server/database/connection.ts'
import { createStores, type Stores } from '../../server/database/stores.ts'
import { createDirectory, type Directory } from '../../server/directory/directory.ts'
import { NumberIndex } from '../../server/directory/number-index.ts'
import { createSessions } from '../../server/http/sessions.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'
import { ticketParts } from '../support/tickets.ts'
import { createDatabase } from '../support/postgres.ts'
import { makeCertificate, samplePeople, startSlapd, type Certificate, type Slapd } from '../support/slapd.ts'

type Ldap = NonNullable<Config['ldap']>
const refusing = 'ldap://127.0.0.1:9'
const times = { connectMs: 5_000, operationMs: 5_000, lookupMs: 10_000, everyMs: 3_600_000, retryMs: 3_600_000 }

let folder: string
let tls: Certificate
let slapd: Slapd
let database: Database
let stores: Stores
let drop: () => Promise<void>
const opened: Directory[] = []

beforeAll(async () => {
  folder = testFolder()
  tls = makeCertificate(folder)
  slapd = await startSlapd(samplePeople, tls)
  const made = await createDatabase()
  drop = made.drop
  database = openDatabase(made.url)
  stores = createStores(database.db, {
    publicUrl: 'http://x',
    mailFrom: 'a@b.example',
    timeZone: 'Europe/Paris',
    dueAfter: (ms) => ms,
    ...ticketParts,
  })
})
afterAll(async () => {
  for (const directory of opened) await directory.stop()
  await slapd.stop()
  await database.close()
  await drop()
  removeTestFolder(folder)
})

let mapping = directorySettings.parse({})
const changed: string[] = []
function directoryWith(config: Partial<Ldap>, people: Stores['people'] = stores.people) {
  const index = new NumberIndex()
  const directory = createDirectory({
    config: { ...slapd.config, ...config },
    mapping: () => mapping,
    people,
    index,
    log: pino({ level: 'silent' }),
    keepers: { accounts: stores.accounts, groups: stores.groups, onChange: (ids) => changed.push(...ids) },
    times,
  })
  opened.push(directory)
  return { directory, index }
}
const secure = () => slapd.secureUrl ?? ''

describe('the connection to the directory', () => {
  it.each([
    ['over TLS from the start', () => ({ urls: [secure()], caFile: tls.ca })],
    ['encrypted on the way, by StartTLS', () => ({ urls: [slapd.url], startTls: true, caFile: tls.ca })],
    ['to the next server when the first does not answer', () => ({ urls: [refusing, slapd.url] })],
  ])('works %s', async (_how, config) => {
    const { directory, index } = directoryWith(config())
    await directory.synchronise()
    expect(directory.state()).toMatchObject({ state: 'up' })
    expect(index.find('ext:4242')).toMatchObject([{ name: 'Inès Nguyễn' }])
  })

  it.each([
    ['signed by an authority it does not know', () => ({ urls: [secure()] })],
    ['of another name', () => ({ urls: [secure().replace('127.0.0.1', 'localhost')], caFile: tls.ca })],
    ['signed by an authority it does not know, by StartTLS', () => ({ urls: [slapd.url], startTls: true })],
  ])('refuses a certificate %s, before a password is sent', async (_what, config) => {
    const { directory } = directoryWith(config())
    await directory.synchronise()
    expect(directory.state().state).toBe('down')
    expect(directory.state().detail).toMatch(/certificate|altnames|self.signed/i)
  })

  it('goes on with the other server when the one in use dies', async () => {
    const other = await startSlapd(samplePeople)
    try {
      const { directory } = directoryWith({ urls: [other.url, slapd.url] })
      expect(await directory.lookupNumber('ext:4242')).toHaveLength(1)
      await other.kill()
      await directory.lookupNumber('+33561551235')
      expect(await directory.lookupNumber('+33561551234')).toMatchObject([{ name: 'Claire Dubois' }])
    } finally {
      await other.stop()
    }
  })
})

describe('the groups of the directory', () => {
  it('say who works here and as what, and who is in a group; whoever leaves them is a user again', async () => {
    const [desk, network] = [await slapd.setGroup('desk', ['cdubois', 'zlefevre']), await slapd.setGroup('network', ['pmartin'])]
    mapping = directorySettings.parse({ roles: [{ group: desk, role: 'operator' }] })
    const by = { id: 'sophie', name: 'Sophie Garnier' }
    const described = {
      name: 'Réseau',
      purpose: '',
      kind: 'experts',
      level: 2,
      mail: null,
      hours: null,
      protocol: '',
      delayHours: null,
    } as const
    const groupId = await stores.groups.create({ ...described, directoryGroup: network, members: [] }, by)
    const { directory } = directoryWith({})
    await directory.synchronise()
    const roles = async () =>
      Object.fromEntries((await stores.accounts.all()).filter((a) => a.source === 'directory').map((a) => [a.login, a.role]))
    expect(await roles()).toEqual({ cdubois: 'operator', zlefevre: 'operator', pmartin: 'level2' })
    expect((await stores.groups.one(groupId))?.members).toMatchObject([{ name: 'Paul Martin', part: 'member' }])

    changed.length = 0
    await slapd.setGroup('desk', ['cdubois'])
    await slapd.setGroup('network', ['abenali'])
    await directory.synchronise()
    expect(await roles()).toEqual({ cdubois: 'operator', zlefevre: 'user', pmartin: 'user', abenali: 'level2' })
    expect(changed).toHaveLength(3)
    expect((await stores.groups.one(groupId))?.members).toMatchObject([{ name: 'Ahmed Benali' }])

    mapping = directorySettings.parse({ roles: [{ group: desk.replace('desk', 'dsek'), role: 'administrator' }] })
    await directory.synchronise()
    expect(directory.state().detail).toContain('n’existe pas')
    expect(await roles()).toMatchObject({ cdubois: 'operator', abenali: 'level2' })
  })

  it('leave alone an account made here that bears the same login', async () => {
    await stores.accounts.create({ login: 'inguyen', name: 'Une autre', role: 'level2', extension: null, phone: null })
    mapping = directorySettings.parse({ roles: [{ group: await slapd.setGroup('staff', ['inguyen', 'cdubois']), role: 'supervisor' }] })
    await directoryWith({}).directory.synchronise()
    const accounts = await stores.accounts.all()
    expect(accounts.find((a) => a.login === 'inguyen')).toMatchObject({ name: 'Une autre', role: 'level2', source: 'local' })
    expect(accounts.find((a) => a.login === 'cdubois')).toMatchObject({ role: 'supervisor' })
  })
})

describe('signing in by the directory', () => {
  const from = { address: '127.0.0.1', cookie: undefined, browser: 'a test' }
  const sessionsWith = (config: Partial<Ldap>) =>
    createSessions(stores.accounts, { publicUrl: 'http://127.0.0.1', demo: false, directory: directoryWith(config).directory })

  it('opens a session with the role its groups give, or a user’s', async () => {
    await slapd.setPassword('cdubois', 'le mot de Claire')
    await slapd.setPassword('pmartin', 'le mot de Paul')
    mapping = directorySettings.parse({ roles: [{ group: await slapd.setGroup('staff', ['cdubois']), role: 'supervisor' }] })
    const { directory } = directoryWith({})
    await directory.synchronise()
    const sessions = createSessions(stores.accounts, { publicUrl: 'http://127.0.0.1', demo: false, directory })
    expect(await sessions.check('CDubois', 'le mot de Claire', from)).toMatchObject({
      name: 'Claire Dubois',
      role: 'supervisor',
    })
    expect(await sessions.check('pmartin', 'le mot de Paul', from)).toMatchObject({ name: 'Paul Martin', role: 'user' })
  })

  it.each([
    ['a wrong password', 'cdubois', 'le mot de Zoé'],
    ['somebody without a password', 'zlefevre', 'x'],
    ['a login that is a filter', '*', 'le mot de Claire'],
    ['a login that closes the filter', 'cdubois)(|(uid=*', 'le mot de Claire'],
    ['an account made here, with the directory’s password', 'inguyen', 'x'],
  ])('refuses %s', async (_what, login, password) => {
    await expect(sessionsWith({}).check(login, password, from)).rejects.toMatchObject({ code: 'bad_credentials' })
  })

  it('takes no empty password for a bind as nobody', async () => {
    expect(await directoryWith({}).directory.signIn('cdubois', '')).toBeNull()
  })

  it('says that it is the directory that is away, and lets accounts made here in', async () => {
    const sessions = sessionsWith({ urls: [refusing] })
    await expect(sessions.check('cdubois', 'le mot de Claire', from)).rejects.toMatchObject({ code: 'directory_away' })
    await expect(sessions.check('inguyen', 'faux', from)).rejects.toMatchObject({ code: 'bad_credentials' })
  })

  it('says to whose login an account made here bears, which was disabled, that it is', async () => {
    await slapd.setPassword('inguyen', 'le mot d’Inès')
    await stores.accounts.change('inguyen', { name: 'Une autre', role: 'level2', extension: null, phone: null, disabled: true })
    await expect(sessionsWith({}).check('inguyen', 'le mot d’Inès', from)).rejects.toMatchObject({ code: 'account_closed' })
    await expect(sessionsWith({}).check('inguyen', 'faux', from)).rejects.toMatchObject({ code: 'bad_credentials' })
  })
})

it('shows what it holds of one person and what that is read as, without a password', async () => {
  const { directory } = directoryWith({})
  await slapd.setPassword('cdubois', 'secret')
  const tried = await directory.trial('cdubois', directorySettings.parse({ name: 'cn', unit: 'roomNumber' }))
  expect(tried?.dn).toBe(`uid=cdubois,ou=people,dc=univ,dc=example`)
  expect(tried?.person).toMatchObject({ name: 'Claire Dubois', unit: 'Bâtiment U3, bureau 212', phones: ['+33561551234'] })
  expect(tried?.attributes).toMatchObject({ departmentNumber: ['UFR Sciences'] })
  expect(JSON.stringify(tried)).not.toMatch(/userPassword/i)
  expect(await directory.trial('personne', mapping)).toBeNull()
})

it('shows which group would give somebody their role, and which groups it does not know', async () => {
  const { directory } = directoryWith({})
  const [desk, network] = [await slapd.setGroup('desk', ['cdubois']), await slapd.setGroup('network', ['cdubois', 'pmartin'])]
  const unknown = desk.replace('desk', 'nowhere')
  const rules = directorySettings.parse({
    roles: [
      { group: unknown, role: 'administrator' },
      { group: network, role: 'level2' },
      { group: desk, role: 'operator' },
    ],
  })
  expect(await directory.trial('cdubois', rules)).toMatchObject({
    rule: { group: network, role: 'level2' },
    missingGroups: [unknown],
  })
  expect(await directory.trial('abenali', rules)).toMatchObject({ rule: null, missingGroups: [unknown] })
})

describe('the report of synchronisations', () => {
  it('says what the last one did, what the groups gave and when the next one comes', async () => {
    mapping = directorySettings.parse({ roles: [{ group: await slapd.setGroup('desk', ['cdubois', 'inguyen']), role: 'operator' }] })
    const { directory } = directoryWith({})
    expect(directory.report()).toMatchObject({ configured: true, running: null, last: null, failure: null })
    const under = directory.synchronise()
    expect(directory.report().running).toMatchObject({ read: 0 })
    await under
    const people = samplePeople.length
    expect(directory.report()).toMatchObject({
      people,
      running: null,
      last: { complete: true, read: people, retired: 0, kept: 0, saved: true },
      roles: { workers: 3, refusedLogins: ['inguyen'], problem: null },
    })
    expect(Date.parse(directory.report().next ?? '')).toBeGreaterThan(Date.now())
  })

  it('keeps the last one that ended beside why it fails since', async () => {
    const config = { ...slapd.config }
    const { directory } = directoryWith(config)
    await directory.synchronise()
    await slapd.kill()
    await directory.synchronise()
    expect(directory.report().failure?.reason).not.toBe('')
    expect(directory.report().last).toMatchObject({ complete: true, read: samplePeople.length })
    await slapd.start()
    await directory.synchronise()
    expect(directory.report().failure).toBeNull()
  })

  it('keeps those who vanish at once, until somebody says that they have really left', async () => {
    const crowd = Array.from({ length: 60 }, (_, n) => ({ uid: `crowd${n}`, displayName: `Foule ${n}` }))
    const other = await startSlapd([...samplePeople, ...crowd])
    try {
      const { directory, index } = directoryWith({ ...other.config })
      await directory.synchronise()
      const there = index.size
      for (const { uid } of crowd) await other.remove(uid)
      await directory.synchronise()
      expect(directory.report().last).toMatchObject({ kept: 60, retired: 0 })
      expect(index.size).toBe(there)
      await directory.synchronise(true)
      expect(directory.report().last).toMatchObject({ kept: 0, retired: 60 })
    } finally {
      await other.stop()
    }
  })
})
