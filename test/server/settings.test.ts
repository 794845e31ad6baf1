import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { SettingsBook } from '../../server/settings/book.ts'
import { defaultSettings } from '../../server/settings/defaults.ts'
import { type DatabaseLink, linkTo } from '../support/database-link.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
let link: DatabaseLink
let varDir: string

beforeAll(async () => {
  service = await buildTestHttp({
    through: async (url) => {
      link = await linkTo(url)
      return link.url
    },
  })
})
afterAll(async () => {
  await link.restore()
  await service.close()
  await link.close()
})
beforeEach(() => {
  varDir = testFolder()
  return () => removeTestFolder(varDir)
})

const sophie = { id: 'sophie', name: 'Sophie Garnier' }
const bookIn = (folder: string) =>
  new SettingsBook({
    varDir: folder,
    defaults: defaultSettings({ limitMinutes: 12, demo: false }),
    store: service.stores.settings,
    log: pino({ level: 'silent' }),
    now: Date.now,
  })
const put = (login: string, domain: string, version: number, value: object) =>
  service.as(login, { method: 'PUT', url: `/api/settings/${domain}`, payload: { version, value } })
const guichet = { id: 'guichet', name: 'Guichet', numbers: ['05 61 55 00 01'] }
const versionOf = (domain: 'hours' | 'desk' | 'outgoing' | 'lines') => service.settings.view[domain].version

describe('settings', () => {
  it('are the environment’s until somebody saves, and any signed-in person may read them', async () => {
    expect(bookIn(varDir).view.desk).toEqual({ version: 0, by: null, at: null, value: expect.objectContaining({ limitMinutes: 12 }) })
    const answer = await service.as('nadia', { method: 'GET', url: '/api/settings' })
    expect([answer.statusCode, answer.json().hours.value.region]).toEqual([200, 'metropole'])
  })

  it('that give roles are an administrator’s alone', async () => {
    const roles = [{ group: 'cn=all,dc=univ', role: 'administrator' }]
    expect((await put('sophie', 'directory', 0, { roles })).json()).toMatchObject({ code: 'forbidden' })
    expect((await put('admin', 'directory', 0, { mail: 'mail)(uid=*' })).json()).toMatchObject({ code: 'invalid_body' })
    expect((await put('admin', 'directory', 0, { roles })).json().directory.value.roles).toEqual(roles)
  })

  it('changed by a supervisor hold at once, on the public page too, and live consoles are told', async () => {
    const answer = await put('sophie', 'desk', versionOf('desk'), { phone: '05 61 55 00 00', name: 'Assistance' })
    expect(answer.json().desk).toMatchObject({ version: 1, by: 'Sophie Garnier', value: { phone: '05 61 55 00 00', limitMinutes: 15 } })
    expect(service.told).toContain('settings desk')
    const portal = await service.as(null, { method: 'GET', url: '/api/portal' })
    expect(portal.json()).toMatchObject({ name: 'Assistance', phone: '05 61 55 00 00' })
  })

  it('saved by two at once are the first one’s: the second is told, and nothing is lost', async () => {
    const version = versionOf('outgoing')
    const answers = await Promise.all([
      put('sophie', 'outgoing', version, { perOperatorPerHour: 10 }),
      put('admin', 'outgoing', version, { perOperatorPerHour: 20 }),
    ])
    expect(answers.map((a) => a.statusCode).toSorted((a, b) => a - b)).toEqual([200, 409])
    const late = await put('admin', 'outgoing', version, { perOperatorPerHour: 30 })
    expect([late.statusCode, late.json().code]).toEqual([409, 'conflict'])
    const won = answers.find((a) => a.statusCode === 200)?.json().outgoing.value.perOperatorPerHour
    expect(service.settings.values.outgoing.perOperatorPerHour).toBe(won)
  })

  it.each([
    ['hours', { region: 'belgique' }, 'region'],
    [
      'hours',
      {
        week: {
          1: [
            { from: '08:00', to: '12:00' },
            { from: '11:00', to: '17:00' },
          ],
          2: [],
          3: [],
          4: [],
          5: [],
          6: [],
          7: [],
        },
      },
      'week',
    ],
    ['desk', { ringSeconds: 1 }, 'ringSeconds'],
    ['desk', { phone: 'appelez-nous' }, 'phone'],
    ['outgoing', { allowedPrefixes: ['0033'] }, 'allowedPrefixes'],
    ['outgoing', { targets: [{ name: 'Personne', number: 'x' }] }, 'targets.0.number'],
    ['lines', { lines: [] }, 'lines'],
    ['lines', { lines: [{ id: 'cours', name: 'Cours' }] }, 'lines.id'],
    ['lines', { lines: [{ ...guichet, numbers: ['x'] }] }, 'lines.0.numbers.0'],
    ['lines', { lines: [guichet, { id: 'cours', name: 'Cours', numbers: ['+33 5 61 55 00 01'] }] }, 'lines.1.numbers.0'],
  ] as const)('of %s that make no sense are refused by the field’s name', async (domain, value, field) => {
    const answer = await put('admin', domain, versionOf(domain), value)
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'invalid_body'])
    expect(answer.json().message).toContain(field)
  })

  it.each([
    ['05 61 55 12 34', ['ext:', '+335'], '05 61 55 12 34', true],
    ['4242', ['ext:'], '4242', true],
    ['08 99 12 34 56', ['+331', '+335', '+339'], '08 99 12 34 56', false],
    ['+44 20 7946 0000', ['+331'], '+44 20 7946 0000', false],
    ['112', ['ext:'], null, false],
  ])('say whether %s may be dialled with %j, without dialling it', async (number, allowedPrefixes, numberShown, allowed) => {
    const payload = { number, allowedPrefixes }
    const answer = await service.as('sophie', { method: 'POST', url: '/api/settings/outgoing/trial', payload })
    expect(answer.json()).toMatchObject({ numberShown, allowed })
  })

  it('keep their history, the newest first, signed; operators may neither change nor read it', async () => {
    await put('admin', 'hours', versionOf('hours'), { region: 'alsace-moselle' })
    const history = await service.as('sophie', { method: 'GET', url: '/api/settings/hours/history' })
    expect(history.json()[0]).toMatchObject({ by: expect.any(String), value: { region: 'alsace-moselle' } })
    expect((await put('alice', 'hours', versionOf('hours'), { region: 'metropole' })).statusCode).toBe(403)
  })

  it('are known from the folder alone, and PostgreSQL, once there, wins', async () => {
    const first = bookIn(varDir)
    await first.reconcile()
    await first.change('desk', { version: first.view.desk.version, value: { ringSeconds: 30 } }, sophie)
    await link.cut()
    const restarted = bookIn(varDir)
    expect(restarted.values.desk.ringSeconds).toBe(30)
    await expect(
      restarted.change('desk', { version: restarted.view.desk.version, value: { ringSeconds: 40 } }, sophie),
    ).rejects.toMatchObject({ code: 'database_away' })
    expect(restarted.values.desk.ringSeconds).toBe(30)
    await link.restore()
    const file = join(varDir, 'settings.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace('"ringSeconds": 30', '"ringSeconds": 31'))
    const byHand = bookIn(varDir)
    expect(byHand.values.desk.ringSeconds).toBe(31)
    await expect
      .poll(
        () =>
          byHand.reconcile().then(
            () => byHand.values.desk.ringSeconds,
            () => 0,
          ),
        { timeout: 15_000 },
      )
      .toBe(30)
    const other = testFolder()
    const elsewhere = bookIn(other)
    await expect
      .poll(
        () =>
          elsewhere.reconcile().then(
            () => elsewhere.values.desk.ringSeconds,
            () => 0,
          ),
        { timeout: 15_000 },
      )
      .toBe(30)
    removeTestFolder(other)
  })

  it('whose file is spoilt open the desk with the defaults', () => {
    writeFileSync(join(varDir, 'settings.json'), '{"desk":{"version":3,"value":{"ringSeconds":"long"},"by":null,"at":null},"hours":')
    expect(bookIn(varDir).values.desk.ringSeconds).toBe(20)
  })
})
