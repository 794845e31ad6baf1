import type { Logger } from 'pino'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { momentInWords, slotInWords, slotsAhead, untilInWords } from '../../server/calendar/slots.ts'
import { demoPassword } from '../../server/database/demo-people.ts'
import type { OpeningOrder } from '../../server/contract/entities.ts'
import { shutSlots } from '../../server/engine/shut-slots.ts'
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
type Calendar = { readonly content: string; readonly method?: string }
const mailsTo = async (address: string) =>
  (
    await service.database.pool.query<{ subject: string; text: string; calendar: Calendar | null }>(
      'select subject, text, calendar from outbox where to_address = $1 order by at, ctid',
      [address],
    )
  ).rows
const lineOf = (name: string, calendar: Calendar | null | undefined) =>
  new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec((calendar?.content ?? '').replace(/\r?\n[ \t]/g, ''))?.[1]
const uidOf = (calendar: Calendar | null | undefined) => lineOf('UID', calendar)
const sequenceOf = (calendar: Calendar | null | undefined) => lineOf('SEQUENCE', calendar)
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
    // Sent twice by whoever has it: theirs, not somebody else's.
    const again = await three[booked]?.post('/rappel', { jeton: tokens[booked] ?? '', ...fields(booked) })
    expect([again?.statusCode, again?.headers.location]).toEqual([303, answers[booked]?.headers.location])
    // Another time moves it, and its place is free again.
    expect((await ask(three[booked] ?? visitor, fields(booked, second))).statusCode).toBe(303)
    expect(await offered()).toContain(first)
    expect((await visitor.get(String(answers[booked]?.headers.location))).body).toContain('Ce rappel est annulé.')
    expect((await owed()).filter(({ number }) => number === `+3356155780${booked}`)).toHaveLength(1)
  })

  it('says what it is about, and is confirmed by a mail; moved, then cancelled, it stays one entry of the calendar', async () => {
    const { body } = await visitor.get('/rappel')
    expect(body).toContain('name="courriel"')
    await visitor.signIn('claire.dubois', demoPassword)
    const known = (await visitor.get('/rappel')).body
    expect(known).not.toContain('name="courriel"')
    expect(known).toContain('Une confirmation partira à claire.dubois@univ.example')
    const [first = 0, second = 0] = slots(known)
    const fields = { telephone: '05 61 55 77 03', objet: 'Imprimante <b>du</b> 3e' }
    const page = String((await ask(visitor, { creneau: String(first), ...fields })).headers.location)
    const booked = (await visitor.get(page)).body
    expect(booked).toContain('Imprimante &lt;b&gt;du&lt;/b&gt; 3e')
    expect(booked).toContain('claire.dubois@univ.example')
    expect((await visitor.get('/demandes')).body).toContain(page)
    // Asked for twice it is the same, and nobody is written to twice.
    expect((await ask(visitor, { creneau: String(first), ...fields })).headers.location).toBe(page)
    const [mail, ...none] = await mailsTo('claire.dubois@univ.example')
    expect(none).toEqual([])
    expect(mail?.subject).toContain('[Guichet unique] nous vous rappelons')
    expect(mail?.text).toContain('Sujet : Imprimante <b>du</b> 3e')
    expect(mail?.text).toContain(`<http://127.0.0.1:8080${page}>`)
    expect([mail?.calendar?.method, uidOf(mail?.calendar), sequenceOf(mail?.calendar)]).toEqual(['REQUEST', expect.any(String), '0'])

    const moved = String((await ask(visitor, { creneau: String(second), ...fields })).headers.location)
    expect(moved).not.toBe(page)
    await visitor.post(`${moved}/annuler`, {})
    await visitor.post(`${moved}/annuler`, {})
    const all = await mailsTo('claire.dubois@univ.example')
    expect(all.map(({ calendar }) => [calendar?.method, sequenceOf(calendar)])).toEqual([
      ['REQUEST', '0'],
      ['REQUEST', '1'],
      ['CANCEL', '2'],
    ])
    expect(new Set(all.map(({ calendar }) => uidOf(calendar))).size).toBe(1)
    expect(all.at(-1)?.text).toContain('est annulé')
    expect(service.told).toContain('mail')
  })

  it('of a stranger repeats none of their words to an address that nobody has confirmed, and fills no mailbox', async () => {
    const [first = 0] = await offered()
    const lure = 'Gagnez un téléphone sur http://evil.example'
    const fields = { creneau: String(first), telephone: '05 61 55 77 04', courriel: 'lou@mail.example' }
    const page = String((await ask(visitor, { ...fields, objet: lure })).headers.location)
    const [mail] = await mailsTo('lou@mail.example')
    expect(`${mail?.subject} ${mail?.text} ${mail?.calendar?.content}`).not.toContain('evil')
    expect((await visitor.get(page)).body).toContain('evil.example')
    const file = await visitor.get(`${page}/agenda`)
    expect([file.headers['content-type'], file.headers['content-disposition']]).toEqual([
      'text/calendar; charset=utf-8',
      'attachment; filename="rappel.ics"',
    ])
    expect([uidOf({ content: file.body }), file.body.includes('METHOD:PUBLISH')]).toEqual([uidOf(mail?.calendar), true])
    // Somebody else moves it by its number: whoever was told is told again.
    const [, second = 0] = await offered()
    await ask(new Visitor(service), { creneau: String(second), telephone: '05 61 55 77 04' })
    expect((await mailsTo('lou@mail.example')).map(({ calendar }) => calendar?.method)).toEqual(['REQUEST', 'CANCEL'])
    expect((await visitor.get(`${page}/agenda`)).statusCode).toBe(404)
    const tried = []
    for (const telephone of ['05 61 55 77 05', '05 61 55 77 06', '05 61 55 77 07']) {
      const [at = 0] = await offered()
      tried.push((await ask(new Visitor(service), { ...fields, creneau: String(at), telephone })).statusCode)
    }
    expect(tried).toEqual([303, 303, 429])
    for (const courriel of ['lou', 'lou@mail', 'a@b.example\r\nBcc: c@d.example'])
      expect((await ask(new Visitor(service), { ...fields, courriel })).body).toContain('adresse électronique n’est pas valable')
    expect((await ask(new Visitor(service), { ...fields, objet: 'x'.repeat(201), courriel: '' })).body).toContain('200 caractères')
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

  it('is not a way to have somebody called again and again: a number is asked for so often, whoever asks', async () => {
    const telephone = '05 61 55 77 20'
    const of = async (at: number, who = new Visitor(service)) => ask(who, { creneau: String(at), telephone })
    const free = await offered()
    const tried = []
    for (const at of free.slice(0, 4)) {
      const answer = await of(at)
      tried.push(answer.statusCode)
      if (answer.statusCode === 429) expect(answer.body).toContain('Assez de rappels ont été demandés pour ce numéro')
    }
    expect(tried).toEqual([303, 303, 303, 429])
    // Who is refused loses nothing: what was chosen before stands.
    expect((await owed()).filter(({ number }) => number === '+33561557720')).toHaveLength(1)
    for (let day = 0; day < 3; day += 1) {
      now += 25 * 3_600_000
      const [at = 0] = await offered()
      tried.push((await of(at)).statusCode)
    }
    expect(tried.slice(4)).toEqual([303, 303, 303])
    now += 25 * 3_600_000
    expect((await of((await offered())[0] ?? 0)).statusCode).toBe(429)
  })

  it('of somebody with an account is moved by nobody else, unless the number is theirs; and an account has three at once', async () => {
    const claire = new Visitor(service)
    await claire.signIn('claire.dubois', demoPassword)
    const free = await offered()
    const telephone = '05 61 55 77 30'
    const page = String((await ask(claire, { creneau: String(free[2]), telephone })).headers.location)
    const stranger = await ask(visitor, { creneau: String(free[3]), telephone })
    expect(stranger.statusCode).toBe(409)
    expect(stranger.body).toContain('elle seule le déplace')
    // Nor is its page, by which it is cancelled, given to whoever knows what was asked for.
    const same = { creneau: String(free[2]), telephone, courriel: 'claire.dubois@univ.example' }
    expect((await ask(visitor, same)).statusCode).toBe(409)
    expect((await claire.get(page)).body).toContain('Nous vous appelons')
    const tried = []
    for (const n of [4, 5, 6]) tried.push((await ask(claire, { creneau: String(free[n]), telephone: `05 61 55 77 3${n}` })).statusCode)
    expect(tried).toEqual([303, 303, 429])
    now += 3_700_000
    // The directory's number is theirs to move, however often.
    const own = '05 61 55 12 34'
    await claire.post(`${page}/annuler`, {})
    await ask(visitor, { creneau: String(free[7]), telephone: own })
    const moved = []
    for (const n of [8, 9, 10]) moved.push((await ask(claire, { creneau: String(free[n]), telephone: own })).statusCode)
    expect(moved).toEqual([303, 303, 303])
  })

  it('at which the desk turns out to be closed is shown at once, told after some minutes, and told anew when it is open after all', async () => {
    const max = new Visitor(service)
    const free = await offered(max)
    const at = free.find((ms) => ms > now + 26 * 3_600_000) ?? 0
    const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('Europe/Paris').toPlainDate().toString()
    const weekday = Temporal.PlainDate.from(day).dayOfWeek
    const page = String(
      (await ask(max, { creneau: String(at), telephone: '05 61 55 77 40', courriel: 'max@mail.example' })).headers.location,
    )
    await ask(visitor, { creneau: String(at), telephone: '05 61 55 77 41' })
    const before = (await mailsTo('max@mail.example')).length
    let order: OpeningOrder | null = null
    let told = 0
    const watch = shutSlots({
      slots: service.stores.callbackSlots,
      calendar: () => derive(service.settings.values, 'Europe/Paris').calendar,
      order: () => order,
      words: () => ({
        mails: service.settings.values.mails,
        desk: 'Guichet',
        linkOf: (id) => `https://desk.example/rappel/${id}`,
        choose: 'https://desk.example/rappel',
      }),
      now: () => now,
      onChanged: () => (told += 1),
      log: service.app.log as unknown as Logger,
    })
    /** What « À rappeler » says of each, by the last figure of its number. */
    const shown = async () => {
      const callIds = (await owed())
        .filter(({ number }) => number?.startsWith('+3356155774') === true)
        .map(({ origins }) => origins[0]?.callId ?? '')
      return [...(await service.stores.callbackSlots.shut(callIds)).values()].toSorted((a, b) => a.localeCompare(b))
    }
    const mails = async () => (await mailsTo('max@mail.example')).slice(before)
    const close = async (closed: boolean) => {
      const { version, value } = service.settings.view.hours
      const exceptions = closed ? [{ id: 'greve', from: day, to: day, spans: [], reason: 'Grève', announcement: null }] : []
      await service.settings.change('hours', { version, value: { ...value, exceptions } }, { id: 'sophie', name: 'Sophie' })
    }
    await watch.look()
    expect([await shown(), told]).toEqual([[], 0])
    await close(true)
    await watch.look()
    expect([await shown(), told, (await mails()).length]).toEqual([['soon', 'unreachable'], 1, 0])
    expect((await max.get(page)).body).toContain('Le guichet est fermé à ce moment-là')
    const alice = new Visitor(service)
    await alice.signIn('alice', demoPassword)
    const listed = (await alice.get('/api/owed?state=open')).json().entries
    expect(listed.flatMap((entry: { origins: { shut?: string }[] }) => entry.origins.map(({ shut }) => shut)).filter(Boolean)).toHaveLength(
      2,
    )
    now += 6 * 60_000
    for (let again = 0; again < 2; again += 1) await watch.look()
    expect(await shown()).toEqual(['told', 'unreachable'])
    const [mail, ...none] = await mails()
    expect(none).toEqual([])
    expect(mail?.subject).toContain('le guichet sera fermé')
    expect(mail?.text).toContain('<https://desk.example/rappel>')
    expect([mail?.calendar?.method, sequenceOf(mail?.calendar)]).toEqual(['CANCEL', '1'])
    // It is owed still, within half an hour of the reopening, and nobody is given it before.
    const entryOf = async () => (await owed()).find(({ number }) => number === '+33561557740')
    const reopensAt = Date.parse(
      `${Temporal.PlainDate.from(day)
        .add({ days: weekday === 5 ? 3 : 1 })
        .toString()}T07:30:00Z`,
    )
    expect(await entryOf()).toMatchObject({ dueAt: reopensAt + 1_800_000, origins: [{ at, reopensAt, dueAt: reopensAt + 1_800_000 }] })
    expect((await max.get(page)).body).toContain(`à la réouverture, ${momentInWords(reopensAt, 'fr', 'Europe/Paris')}.`)
    await close(false)
    await watch.look()
    expect(await shown()).toEqual([])
    expect(await entryOf()).toMatchObject({ dueAt: at + 1_800_000, origins: [{ at, dueAt: at + 1_800_000 }] })
    expect((await entryOf())?.origins[0]).not.toHaveProperty('reopensAt')
    expect((await mails()).map(({ calendar }) => [calendar?.method, sequenceOf(calendar)])).toEqual([
      ['CANCEL', '1'],
      ['REQUEST', '2'],
    ])
    // « Fermer maintenant », taken back before anybody is written to.
    order = { open: false, by: 'Sophie', until: new Date(at + 3_600_000).toISOString() }
    await watch.look()
    expect(await shown()).toEqual(['soon', 'unreachable'])
    order = null
    await watch.look()
    expect([await shown(), (await mails()).length]).toEqual([[], 2])
  })

  it('offers no half hour at which the desk is closed by hand, and the public is told until when, not by whom', async () => {
    const free = await offered()
    const until = (free[3] ?? 0) - 1
    const { view } = service.desk
    const opening = { open: false, by: 'Sophie Garnier', until: new Date(until).toISOString() }
    service.desk.view = () => ({ ...view.call(service.desk), open: false, opening, hours: 'Fermé par Sophie Garnier' })
    try {
      expect((await offered())[0]).toBe(free[3])
      const home = (await visitor.get('/')).body
      expect(home).toContain('Fermé jusqu’')
      expect(home).not.toContain('Sophie')
      expect((await visitor.get('/?langue=en')).body).toContain('Closed until')
    } finally {
      service.desk.view = view
    }
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

it('an end is said by its time, and by its day when it is another one', () => {
  const said = (iso: string, language: 'fr' | 'en') =>
    untilInWords(Date.parse(iso), Date.parse('2026-11-30T09:00:00Z'), language, 'Europe/Paris')
  expect([said('2026-11-30T13:00:00Z', 'fr'), said('2026-12-01T07:30:00Z', 'fr'), said('2026-12-01T13:00:00Z', 'en')]).toEqual([
    'jusqu’à 14\u00a0h',
    'jusqu’au mardi 1er décembre à 8\u00a0h\u00a030',
    'until Tuesday 1 December at 2\u00a0p.m.',
  ])
})

it('a half hour is said as people say it, whatever the host’s clock', () => {
  const of = (iso: string) => ({ fromMs: Date.parse(iso), toMs: Date.parse(iso) + 1_800_000 })
  expect(slotInWords(of('2026-12-01T08:30:00Z'), 'fr', 'Europe/Paris').whole).toBe(
    'mardi 1er décembre, entre 9\u00a0h\u00a030 et 10\u00a0h',
  )
  expect(slotInWords(of('2026-07-14T10:00:00Z'), 'en', 'Europe/Paris').whole).toBe(
    'Tuesday 14 July, between 12\u00a0p.m. and 12:30\u00a0p.m.',
  )
})

it('slots are half hours open from end to end: none at night, at week-ends or on holidays', () => {
  const { calendar } = derive(service.settings.values, 'Europe/Paris')
  const friday = Date.parse('2026-12-24T15:00:00.000Z')
  const [first, ...others] = slotsAhead(calendar, friday, 60)
  // 16:30 closes the Thursday; the 25th is Christmas, then a week-end.
  expect(new Date(first?.fromMs ?? 0).toISOString()).toBe('2026-12-28T07:30:00.000Z')
  for (const { fromMs, toMs } of others) expect(toMs - fromMs).toBe(30 * 60_000)
})
