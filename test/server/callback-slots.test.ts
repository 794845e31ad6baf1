import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { slotsAhead } from '../../server/calendar/slots.ts'
import { derive } from '../../server/settings/derived.ts'
import { Visitor } from '../support/portal.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
// A Tuesday, ten in the morning in Paris.
let now = Date.parse('2026-11-24T09:00:00.000Z')
let visitor: Visitor
beforeAll(async () => {
  service = await buildTestHttp({ now: () => now, ticketNow: () => new Date(now) })
})
afterAll(() => service.close())
beforeEach(() => {
  now += 24 * 3_600_000
  visitor = new Visitor(service)
})

const slots = (body: string) => [...body.matchAll(/<option value="(\d{10,})"/g)].map(([, at]) => Number(at))
async function ask(who: Visitor, fields: Readonly<Record<string, string>>) {
  const jeton = Visitor.hidden((await who.get('/rappel')).body, 'jeton')
  now += 5_000
  return who.post('/rappel', { jeton, ...fields })
}
const offered = async (who = visitor) => slots((await who.get('/rappel')).body)
/** By the store: days pass between tests, and sessions end. */
const owed = () => service.stores.owed.open()

describe('being called back at a slot', () => {
  it('is chosen within hours, is owed at its time, and is cancelled by whoever chose it', async () => {
    const [first = 0] = await offered()
    expect(new Date(first).toISOString()).toBe('2026-11-25T09:30:00.000Z')
    const answer = await ask(visitor, { creneau: String(first), telephone: '05 61 55 77 01' })
    expect(answer.statusCode).toBe(303)
    const page = String(answer.headers.location)
    const { body } = await visitor.get(page)
    expect(body).toContain('mercredi 25 novembre, entre 10\u00a0h\u00a030 et 11\u00a0h')
    expect(body).toContain('05 61 55 77 01')
    const [entry] = (await service.as('alice', { method: 'GET', url: '/api/owed?state=open' })).json().entries
    expect(entry).toMatchObject({
      number: '+33561557701',
      origins: [{ kind: 'slot', at: '2026-11-25T09:30:00.000Z' }],
      dueAt: '2026-11-25T10:00:00.000Z',
    })
    expect((await new Visitor(service).post(page.replace(/.$/, 'x') + '/annuler', {})).statusCode).toBe(404)
    expect((await visitor.post(`${page}/annuler`, {})).statusCode).toBe(303)
    expect((await visitor.get(page)).body).toContain('Ce rappel est annulé.')
    expect(await owed()).toEqual([])
    const settled = (await service.as('alice', { method: 'GET', url: '/api/owed?state=settled' })).json().entries
    expect(settled[0]).toMatchObject({ number: '+33561557701', settledHow: 'withdrawn', settledBy: null })
  })

  it('is bounded by what the desk can do, whoever asks at once, and one number has one', async () => {
    const [first = 0, second = 0] = await offered()
    const fields = (n: number, at = first) => ({ creneau: String(at), telephone: `05 61 55 78 0${n}` })
    const three = [1, 2, 3].map(() => new Visitor(service))
    const tokens = await Promise.all(three.map(async (who) => Visitor.hidden((await who.get('/rappel')).body, 'jeton')))
    now += 5_000
    const answers = await Promise.all(three.map((who, i) => who.post('/rappel', { jeton: tokens[i] ?? '', ...fields(i) })))
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([303, 303, 409])
    expect(await offered()).not.toContain(first)
    const booked = answers.findIndex(({ statusCode }) => statusCode === 303)
    // Another time moves it, and its place is free again.
    expect((await ask(three[booked] ?? visitor, fields(booked, second))).statusCode).toBe(303)
    expect(await offered()).toContain(first)
    expect((await visitor.get(String(answers[booked]?.headers.location))).body).toContain('Ce rappel est annulé.')
    expect((await owed()).filter(({ number }) => number === `+3356155780${booked}`)).toHaveLength(1)
  })

  it('says what is wrong, and dials no number that the desk may not dial', async () => {
    const [first = 0] = await offered()
    const wrong = await ask(visitor, { creneau: '', telephone: '08 99 70 12 34' })
    expect(wrong.statusCode).toBe(422)
    expect(wrong.body).toContain('Choisissez un moment.')
    expect(wrong.body).toContain('que nous pouvons appeler')
    const past = await ask(visitor, { creneau: String(first - 86_400_000), telephone: '05 61 55 77 02' })
    expect(past.body).toContain('vient d’être pris')
    const trap = await ask(visitor, { creneau: String(first), telephone: '05 61 55 77 02', site_web: 'http://spam.example' })
    expect(trap.statusCode).toBe(422)
    expect((await owed()).filter(({ number }) => number === '+33561557702')).toEqual([])
  })

  it('is refused to whoever asks for many, and is not there where the site does not offer it', async () => {
    for (let n = 0; n < 10; n += 1) {
      const [, , at = 0] = await offered()
      await ask(visitor, { creneau: String(at), telephone: `05 61 55 79 1${n}` })
    }
    const [at = 0] = await offered()
    const refused = await ask(visitor, { creneau: String(at), telephone: '05 61 55 79 99' })
    expect(refused.statusCode).toBe(429)
    const { version, value } = service.settings.view.portal
    await service.settings.change('portal', { version, value: { ...value, callbacksPerSlot: 0 } }, { id: 'sophie', name: 'Sophie' })
    expect((await visitor.get('/rappel')).statusCode).toBe(404)
    expect((await visitor.get('/')).body).not.toContain('/rappel')
  })
})

it('slots are half hours open from end to end: none at night, at week-ends or on holidays', () => {
  const { calendar } = derive(service.settings.values, 'Europe/Paris')
  const friday = Date.parse('2026-12-24T15:00:00.000Z')
  const [first, ...others] = slotsAhead(calendar, friday, 60)
  // 16:30 closes the Thursday; the 25th is Christmas, then a week-end.
  expect(new Date(first?.fromMs ?? 0).toISOString()).toBe('2026-12-28T07:30:00.000Z')
  for (const { fromMs, toMs } of others) expect(toMs - fromMs).toBe(30 * 60_000)
})
