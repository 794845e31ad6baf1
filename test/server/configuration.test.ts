import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Configuration, ConfigurationHistory, ConfigurationPreview } from '../../server/contract/configuration.ts'
import { differences } from '../../server/settings/differences.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
beforeAll(async () => {
  service = await buildTestHttp()
})
afterAll(() => service.close())
const as = (login: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) =>
  service.as(login, { method, url, ...(payload !== undefined && { payload }) })
const exported = async (): Promise<Configuration> => (await as('admin', 'GET', '/api/settings/export')).json()
const previewed = async (file: Configuration): Promise<ConfigurationPreview> =>
  (await as('admin', 'POST', '/api/settings/import/preview', file)).json()
const history = async (login = 'admin'): Promise<ConfigurationHistory> => (await as(login, 'GET', '/api/settings/history')).json()
const versions = async () =>
  Object.values((await as('admin', 'GET', '/api/settings')).json()).map((one) => (one as { version: number }).version)

it('a file of all settings is named after the desk’s day', async () => {
  const late = await buildTestHttp({ now: () => Date.parse('2026-11-23T23:30:00Z') })
  const { headers } = await late.as('admin', { method: 'GET', url: '/api/settings/export' })
  await late.close()
  expect(headers['content-disposition']).toContain('guichet-reglages-2026-11-24.json')
})

it('differences are told field by field, a list’s rows by their ids', () => {
  const before = {
    ring: 20,
    week: { 1: [{ from: '08:30', to: '16:30' }] },
    rows: [
      { id: 'a', n: 1 },
      { id: 'b', n: 2 },
    ],
    to: ['x'],
  }
  const after = { ring: 20, week: { 1: [{ from: '09:00', to: '16:30' }] }, rows: [{ id: 'b', n: 3 }], to: ['x', 'y'] }
  expect(differences(before, after)).toEqual([
    { field: 'week.1.1.from', before: '08:30', after: '09:00' },
    { field: 'rows.a', before: { id: 'a', n: 1 }, after: null },
    { field: 'rows.b.n', before: 2, after: 3 },
    { field: 'to', before: ['x'], after: ['x', 'y'] },
  ])
  expect(differences(before, before)).toEqual([])
  expect(differences([{ id: 'a' }, { id: 'b' }], [{ id: 'b' }, { id: 'a' }])).toEqual([
    { field: '', before: ['a', 'b'], after: ['b', 'a'] },
  ])
})

it('the whole configuration leaves as one file and comes back as it was, signed once', async () => {
  const file = await exported()
  expect(Object.keys(file.settings).sort()).toEqual(Object.keys((await as('admin', 'GET', '/api/settings')).json()).sort())
  expect((await previewed(file)).changes).toEqual([])
  await as('sophie', 'PUT', '/api/settings/desk', { version: 0, value: { ringSeconds: 40 } })
  await as('sophie', 'PUT', '/api/settings/followUp', { version: 0, value: { survey: true } })

  const preview = await previewed(file)
  expect(preview).toMatchObject({
    by: 'Anne Delmas',
    problems: [],
    changes: [
      { domain: 'desk', fields: [{ field: 'ringSeconds', before: 40, after: 20 }] },
      { domain: 'followUp', fields: [{ field: 'survey', before: true, after: false }] },
    ],
  })
  const taken = await as('admin', 'POST', '/api/settings/import', { file, versions: preview.versions })
  expect(taken.json()).toMatchObject({ desk: { version: 2, by: 'Anne Delmas', value: { ringSeconds: 20 } }, followUp: { version: 2 } })
  const [first, second, third] = await history()
  expect([first?.at, first?.by, first?.inForce]).toEqual([second?.at, 'Anne Delmas', true])
  expect(first?.changed).toEqual([{ field: 'ringSeconds', before: 40, after: 20 }])
  expect(third).toMatchObject({ by: 'Sophie Garnier', inForce: false, version: 1 })
})

it('a file that is wrong anywhere changes nothing, and each wrong field is named', async () => {
  const file = await exported()
  const before = await versions()
  const wrong: Configuration = {
    ...file,
    settings: {
      ...file.settings,
      desk: { ...file.settings['desk'], ringSeconds: 1, wrapUpSeconds: 'deux', colour: 'red' },
      lines: { lines: [] },
      followUp: { survey: true },
      kitchen: {},
    },
  }
  const { problems, changes } = await previewed(wrong)
  expect(problems).toEqual(
    expect.arrayContaining([
      { domain: 'desk', field: 'ringSeconds' },
      { domain: 'desk', field: 'wrapUpSeconds' },
      { domain: 'desk', field: 'colour' },
      { domain: 'lines', field: 'lines' },
      { domain: 'kitchen', field: '' },
    ]),
  )
  expect(changes).toEqual([])
  const refused = await as('admin', 'POST', '/api/settings/import', { file: wrong, versions: {} })
  expect(refused.json()).toMatchObject({ code: 'invalid_body', message: expect.stringMatching(/desk\.ringSeconds.*kitchen/) })
  // Numbers that nobody can dial are seen by no schema.
  const undialable = { ...file, settings: { outgoing: { targets: [{ name: 'Scolarité', number: 'abc' }] } } }
  expect((await previewed(undialable)).problems).toEqual([{ domain: 'outgoing', field: 'targets.0.number' }])
  expect((await as('admin', 'POST', '/api/settings/import/preview', { ...file, format: 'other' })).statusCode).toBe(400)
  expect(await versions()).toEqual(before)
})

it('what somebody saved since the preview is not overwritten', async () => {
  const file = { ...(await exported()), settings: { desk: { musicSeconds: 60 } } }
  const { versions: seen } = await previewed(file)
  await as('sophie', 'PUT', '/api/settings/desk', { version: seen['desk'], value: { missesBeforePause: 3 } })
  expect((await as('admin', 'POST', '/api/settings/import', { file, versions: seen })).json()).toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('Sophie Garnier'),
  })
})

it('a supervisor reads the history without what gives roles, and neither takes nor brings the file', async () => {
  await as('admin', 'PUT', '/api/settings/signIn', { version: 0, value: { secondFactorFor: ['administrator'] } })
  expect((await history()).some(({ domain }) => domain === 'signIn')).toBe(true)
  expect((await history('sophie')).some(({ domain }) => domain === 'signIn')).toBe(false)
  expect((await as('sophie', 'GET', '/api/settings/export')).statusCode).toBe(403)
})
