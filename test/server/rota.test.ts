import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OperatorView } from '../../server/contract/entities.ts'
import type { CalendarFeed, Rota, RotaProposal, ShiftCreation, ShiftHistory } from '../../server/contract/rota.ts'
import { rotaStore } from '../../server/database/rota-store.ts'
import { presencesToday } from '../../server/engine/presences-today.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
beforeAll(async () => {
  // A Tuesday, ten in the morning in Paris.
  service = await buildTestHttp({ now: () => Date.parse('2026-11-24T09:00:00Z') })
  // The sample university's own presences are not these tests'.
  await service.database.pool.query('delete from rota_shifts')
})
afterAll(() => service.close())

const read = async (from = '2026-11-23', days = 7): Promise<Rota> =>
  (await service.as('alice', { method: 'GET', url: `/api/rota?from=${from}&days=${days}` })).json()
const put = (payload: ShiftCreation, login = 'sophie') => service.as(login, { method: 'POST', url: '/api/rota/shifts', payload })
const change = (login: string, id: string | undefined, payload: Record<string, unknown>) =>
  service.as(login, { method: 'PUT', url: `/api/rota/shifts/${id}`, payload })
const tuesday = async () => (await read()).days[1]
const morning = { operatorId: 'alice', day: '2026-11-24', from: '08:30', to: '12:30' }

describe('the rota', () => {
  it('shows a week with its gaps, repeats a shift each week, and puts nobody down twice at once', async () => {
    expect((await put({ ...morning, weeks: 3 })).statusCode).toBe(201)
    expect((await put({ ...morning, day: '2026-12-01', from: '12:00', to: '14:00' })).json()).toMatchObject({ code: 'conflict' })
    expect((await put({ ...morning, operatorId: 'nobody' })).json()).toMatchObject({ code: 'not_found' })
    expect((await put({ ...morning, day: '2099-12-31', from: '12:00', to: '09:00' })).json()).toMatchObject({ code: 'invalid_body' })
    const { days, operators } = await read('2026-11-23', 28)
    expect(operators.map(({ id }) => id)).toContain('bruno')
    expect(days.flatMap(({ date, shifts }) => shifts.map(() => date))).toEqual(['2026-11-24', '2026-12-01', '2026-12-08'])
    expect(days[1]?.gaps).toEqual([{ from: '12:30', to: '16:30' }])
    expect(days[5]).toMatchObject({ open: [], gaps: [] })
  })

  it('says who should be here now and is not', async () => {
    service.desk.operators = []
    expect((await read()).now).toMatchObject({ expected: [{ id: 'alice' }], missing: [{ id: 'alice' }] })
    service.desk.operators = [{ id: 'alice', state: 'paused' } as OperatorView]
    expect((await read()).now.missing).toEqual([])
  })

  it('lets a holder offer a shift and a colleague take it, once', async () => {
    const id = (await tuesday())?.shifts[0]?.id
    expect((await change('bruno', id, { operatorId: 'bruno' })).json()).toMatchObject({ code: 'forbidden' })
    expect((await change('alice', id, { offered: true })).statusCode).toBe(204)
    expect((await tuesday())?.shifts[0]).toMatchObject({ operatorId: 'alice', offered: true })
    expect((await change('bruno', id, { operatorId: 'bruno' })).statusCode).toBe(204)
    expect((await tuesday())?.shifts[0]).toMatchObject({ operatorId: 'bruno', offered: false })
    expect((await change('alice', id, { operatorId: 'alice' })).json()).toMatchObject({ code: 'forbidden' })
  })

  it('opens a gap where somebody is away, and where a shift is taken off', async () => {
    await service.as('bruno', {
      method: 'POST',
      url: '/api/absences',
      payload: { accountId: 'bruno', from: '2026-11-24', to: '2026-11-24' },
    })
    const day = await tuesday()
    expect(day?.shifts[0]?.away).toBe(true)
    expect(day?.gaps).toEqual([{ from: '08:30', to: '16:30' }])
    const removal = { method: 'DELETE', url: `/api/rota/shifts/${day?.shifts[0]?.id}` } as const
    expect((await service.as('sophie', removal)).statusCode).toBe(204)
    expect((await service.as('sophie', removal)).json()).toMatchObject({ code: 'not_found' })
    expect((await tuesday())?.shifts).toEqual([])
  })

  it('opens a gap where whoever is put down takes no calls any more', async () => {
    const day = '2099-03-03'
    await put({ operatorId: 'chloe', day, from: '08:30', to: '16:30' })
    const stands = async () => (await read(day, 1)).days[0]
    expect(await stands()).toMatchObject({ shifts: [{ away: false }], gaps: [] })
    const { pool } = service.database
    for (const [gone, back] of [
      ['disabled_at = now()', 'disabled_at = null'],
      ["role = 'user'", "role = 'operator'"],
    ]) {
      await pool.query(`update accounts set ${gone} where id = 'chloe'`)
      expect(await stands(), gone).toMatchObject({ shifts: [{ away: true }], gaps: [{ from: '08:30', to: '16:30' }] })
      await pool.query(`update accounts set ${back} where id = 'chloe'`)
    }
    await service.as('sophie', { method: 'DELETE', url: `/api/rota/shifts/${(await stands())?.shifts[0]?.id}` })
  })

  it('counts who left as away from the desk’s day on, not from that of Greenwich', async () => {
    await put({ operatorId: 'chloe', day: '2099-03-02', from: '08:30', to: '16:30' })
    await put({ operatorId: 'chloe', day: '2099-03-03', from: '08:30', to: '16:30' })
    const { pool, db } = service.database
    await pool.query("update accounts set disabled_at = now() where id = 'chloe'")
    // Half an hour past midnight in Paris.
    const rota = rotaStore(db, () => new Date('2099-03-02T23:30:00Z'))
    expect((await rota.between('2099-03-01', '2099-03-03')).absences).toMatchObject([{ accountId: 'chloe', from: '2099-03-03' }])
    await pool.query("update accounts set disabled_at = null where id = 'chloe'")
    await pool.query("delete from rota_shifts where operator_id = 'chloe' and day in ('2099-03-02', '2099-03-03')")
  })

  it('says that nobody is put down now, while a rota is kept at all', async () => {
    await service.database.pool.query('delete from rota_shifts')
    expect((await read()).now).toEqual({ expected: [], missing: [], gap: null })
    await put({ operatorId: 'chloe', day: '2026-11-27', from: '08:30', to: '12:30' })
    expect((await read()).now).toEqual({ expected: [], missing: [], gap: { from: '08:30', to: '16:30' } })
    await put({ ...morning, post: 'phone' })
    expect((await read()).now).toMatchObject({ expected: [{ id: 'alice' }], gap: null })
    await service.database.pool.query('delete from rota_shifts')
  })

  it('is moved by who plans alone, and what became of a shift stays told after it was taken off', async () => {
    const edit = { operatorId: 'chloe', day: '2026-11-26', from: '09:00', to: '12:00', post: 'counter' }
    await put({ operatorId: 'alice', day: '2026-11-25', from: '08:30', to: '12:30' })
    const id = (await read()).days[2]?.shifts[0]?.id
    expect((await change('alice', id, edit)).json()).toMatchObject({ code: 'forbidden' })
    expect((await change('sophie', id, { ...edit, to: '08:00' })).json()).toMatchObject({ code: 'invalid_body' })
    expect((await change('sophie', id, edit)).statusCode).toBe(204)
    expect((await read()).days[3]?.shifts[0]).toMatchObject({ ...edit, name: 'Chloé Nguema' })
    await service.as('sophie', { method: 'DELETE', url: `/api/rota/shifts/${id}` })
    const told = (await service.as('bruno', { method: 'GET', url: `/api/rota/shifts/${id}/history` })).json<ShiftHistory>()
    expect(told.map(({ by, before, after }) => [by, before?.from ?? null, after?.operatorId ?? null])).toEqual([
      ['Sophie Garnier', null, 'alice'],
      ['Sophie Garnier', '08:30', 'chloe'],
      ['Sophie Garnier', '09:00', null],
    ])
  })

  it('copies a week into another, and leaves out who is down there already', async () => {
    await put({ operatorId: 'alice', day: '2026-11-25', from: '08:30', to: '12:30' })
    await put({ operatorId: 'bruno', day: '2026-11-25', from: '12:30', to: '16:30', post: 'phone' })
    await put({ operatorId: 'alice', day: '2027-01-06', from: '12:00', to: '14:00' })
    const copy = (payload: object) => service.as('sophie', { method: 'POST', url: '/api/rota/weeks', payload })
    expect((await copy({ from: '2026-11-23', to: '2026-11-23' })).json()).toMatchObject({ code: 'invalid_body' })
    expect((await copy({ from: '2026-11-23', to: '2027-01-04' })).json()).toEqual({ added: 1, skipped: 1 })
    expect((await read('2027-01-04')).days[2]?.shifts.map(({ operatorId, from, post }) => [operatorId, from, post])).toEqual([
      ['alice', '12:00', 'both'],
      ['bruno', '12:30', 'phone'],
    ])
    expect((await copy({ from: '2026-11-23', to: '2027-01-04' })).json()).toEqual({ added: 0, skipped: 2 })
    // Who takes no calls any more is put down for nothing.
    const { pool } = service.database
    await pool.query("update accounts set role = 'level2' where id = 'bruno'")
    expect((await copy({ from: '2026-11-23', to: '2027-01-11' })).json()).toEqual({ added: 1, skipped: 0 })
    expect((await put({ operatorId: 'bruno', day: '2027-01-20', from: '08:30', to: '12:30' })).json()).toMatchObject({ code: 'not_found' })
    await pool.query("update accounts set role = 'operator' where id = 'bruno'")
    expect((await read('2027-01-11')).days.flatMap(({ shifts }) => shifts.map(({ operatorId }) => operatorId))).toEqual(['alice'])
    await pool.query("delete from rota_shifts where day between '2027-01-11' and '2027-01-17'")
  })

  it('is read by calendars at secret addresses, one’s own presences or everybody’s, until they are taken back', async () => {
    await put({ operatorId: 'chloe', day: '2027-03-27', from: '08:30', to: '12:30' })
    await put({ operatorId: 'chloe', day: '2027-03-29', from: '08:30', to: '24:00', post: 'counter' })
    const ask = (login: string, method: 'GET' | 'POST' | 'DELETE', path = '', payload?: object) =>
      service.as(login, { method, url: `/api/rota/feeds${path}`, ...(payload && { payload }) })
    const own = (await ask('chloe', 'POST', '', { everybody: false })).json<CalendarFeed>()
    const all = (await ask('chloe', 'POST', '', { everybody: true })).json<CalendarFeed>()
    expect((await ask('chloe', 'POST', '', { everybody: false })).json()).toMatchObject({ id: own.id })
    const at = (url: string) => service.app.inject({ method: 'GET', url: new URL(url).pathname })
    const mine = await at(own.url)
    expect(mine.headers['content-type']).toBe('text/calendar; charset=utf-8')
    // Winter, then summer time; midnight is the next day's.
    expect(mine.body).toContain('DTSTART:20270327T073000Z')
    expect(mine.body).toContain('DTSTART:20270329T063000Z')
    expect(mine.body).toContain('DTEND:20270329T220000Z')
    expect(mine.body).toContain('SUMMARY:Permanence (accueil)')
    // Two hours within a shift leave what is before them, and what is after.
    const { pool } = service.database
    await pool.query(
      "insert into absence_hours (calendar_key, account_id, day, from_time, to_time) values ('k', 'chloe', '2027-03-27', '09:30', '11:30')",
    )
    const parts = (await at(own.url)).body.split('BEGIN:VEVENT').filter((event) => event.includes('20270327T'))
    expect(parts.map((event) => [/DTSTART:\d+T(\d{4})/.exec(event)?.[1], /DTEND:\d+T(\d{4})/.exec(event)?.[1]])).toEqual([
      ['0730', '0830'],
      ['1030', '1130'],
    ])
    expect(new Set(parts.map((event) => /UID:(.*)/.exec(event)?.[1])).size).toBe(2)
    await pool.query("delete from absence_hours where calendar_key = 'k'")
    expect(mine.body).not.toContain('Alice')
    expect((await at(all.url)).body).toContain('SUMMARY:Bruno Lefort (téléphone)')
    expect((await ask('chloe', 'GET')).json<CalendarFeed[]>().map(({ readAt }) => readAt !== null)).toEqual([true, true])
    // Who works elsewhere now, or nowhere here, reads nobody's presences any more.
    for (const role of ['user', 'referent']) {
      await pool.query("update accounts set role = $1 where id = 'chloe'", [role])
      expect((await at(all.url)).statusCode, role).toBe(404)
    }
    await pool.query("update accounts set role = 'operator' where id = 'chloe'")
    expect((await at(all.url)).statusCode).toBe(200)
    expect((await ask('alice', 'DELETE', `/${own.id}`)).json()).toMatchObject({ code: 'not_found' })
    expect((await ask('chloe', 'DELETE', `/${own.id}`)).statusCode).toBe(204)
    expect((await at(own.url)).statusCode).toBe(404)
    expect((await at(all.url.replace(/-./, (x) => (x === '-a' ? '-b' : '-a')))).statusCode).toBe(404)
  })
})

describe('what the staffing asks for', () => {
  it('stands in the rota beside who is put down, until another week is proposed in its place', async () => {
    const monday = '2027-01-11'
    const slots = [
      { day: monday, from: '09:00', needed: 2 },
      { day: monday, from: '09:30', needed: 1 },
      { day: '2027-01-12', from: '09:00', needed: 1 },
    ]
    const write = (login: string, payload: object) => service.as(login, { method: 'PUT', url: '/api/rota/cover', payload })
    expect((await write('alice', { from: monday, slots })).statusCode).toBe(403)
    expect((await write('sophie', { from: monday, slots: [{ ...slots[0], from: '09:10' }] })).statusCode).toBe(400)
    expect((await write('sophie', { from: monday, slots })).statusCode).toBe(204)
    await put({ operatorId: 'alice', day: monday, from: '09:00', to: '10:00', post: 'phone' })
    const [first, second] = (await read(monday)).days
    expect(first).toMatchObject({
      cover: [
        { from: '09:00', needed: 2 },
        { from: '09:30', needed: 1 },
      ],
      short: [{ from: '09:00', to: '09:30', missing: 1 }],
    })
    expect(second?.short).toEqual([{ from: '09:00', to: '09:30', missing: 1 }])
    const proposed = (await service.as('sophie', { method: 'GET', url: `/api/rota/proposals?from=${monday}` })).json<RotaProposal>()
    expect(proposed.unfilled).toEqual([])
    expect(proposed.shifts.map(({ day, from, to }) => ({ day, from, to }))).toEqual([
      { day: monday, from: '09:00', to: '10:00' },
      { day: '2027-01-12', from: '09:00', to: '10:00' },
    ])
    for (const { operatorId, day, from, to } of proposed.shifts) {
      expect(day === monday && operatorId === 'alice').toBe(false)
      expect((await put({ operatorId, day, from, to, post: 'phone' })).statusCode).toBe(201)
    }
    expect((await read(monday)).days.flatMap(({ short }) => short)).toEqual([])
    await write('sophie', { from: monday, slots: [] })
    expect((await read(monday)).days.flatMap(({ cover }) => cover)).toEqual([])
  })
})

it('the telephone knows who is to be there today as soon as it is put down, and goes on with that while PostgreSQL is away', async () => {
  const store = service.stores.rota
  let away = false
  const { rounds, known } = presencesToday({
    rota: { between: (from, to) => (away ? Promise.reject(new Error('away')) : store.between(from, to)) },
    hours: () => service.settings.values.hours,
    timeZone: 'Europe/Paris',
    today: () => '2026-12-10',
    log: pino({ level: 'silent' }),
  })
  rounds.start()
  await rounds.look()
  expect(known()).toEqual([])
  await put({ ...morning, day: '2026-12-10' })
  await rounds.look()
  const morningOfAlice = [{ operatorId: 'alice', from: Date.parse('2026-12-10T07:30:00Z'), until: Date.parse('2026-12-10T11:30:00Z') }]
  expect(known()).toEqual(morningOfAlice)
  away = true
  await rounds.look()
  expect(known()).toEqual(morningOfAlice)
  await rounds.stop()
})
