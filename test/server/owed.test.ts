import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Fact } from '../../server/calls/facts.ts'
import type { OwedEntry } from '../../server/contract/http.ts'
import { factSink } from '../../server/database/fact-sink.ts'
import { abandonedCall } from '../support/facts.ts'
import { buildTestHttp, dueAfter, type TestHttp } from '../support/service.ts'

const start = Date.parse('2026-11-23T09:00:00Z')
const minute = 60_000
const claire = '+33561551234'
const ahmed = '+33561551235'

let service: TestHttp
let told: number
let seq: number
let sink: ReturnType<typeof factSink>
beforeEach(async () => {
  service = await buildTestHttp()
  told = 0
  seq = 0
  sink = factSink(service.database.db, { dueAfter, onOwed: () => (told += 1), onEnded: () => undefined })
})
afterEach(() => service.close())

const numbered = (facts: readonly Fact[]) => facts.map((fact) => ({ n: (seq += 1), fact }))
const ship = (...facts: readonly Fact[]) => sink.ship('e', numbered(facts))

const arrived = (callId: string, number: string | null, at: number): Fact => ({ at, type: 'call-arrived', callId, number, people: [] })
const ended = (callId: string, at: number, reason: Extract<Fact, { type: 'call-ended' }>['reason'] = 'abandoned'): Fact => ({
  at,
  type: 'call-ended',
  callId,
  reason,
  by: 'caller',
})
const answered = (callId: string, at: number): Fact => ({
  at,
  type: 'call-answered',
  callId,
  operatorId: 'alice',
  leg: `${callId}~leg1`,
  bridge: `${callId}~leg1~bridge`,
  capAt: at + 15 * minute,
})

const list = async (state = ''): Promise<OwedEntry[]> =>
  (await service.as('alice', { method: 'GET', url: `/api/owed${state}` })).json().entries
const first = async (): Promise<OwedEntry> => {
  const [entry] = await list()
  if (entry === undefined) throw new Error('the list is empty')
  return entry
}
const post = (login: string, id: string, action: string, payload?: object) =>
  service.as(login, { method: 'POST', url: `/api/owed/${id}/${action}`, ...(payload && { payload }) })
const message = (callId: string, number: string | null, at: number) => ({
  id: `message-${callId}`,
  callId,
  at: new Date(at),
  number,
  seconds: 42,
  file: `${callId}.wav`,
})
const journal = async () => (await service.database.pool.query('select type from owed_facts order by id')).rows.map((r) => r.type)

describe('answers owed', () => {
  it('are one entry for each number, with everything that it is owed', async () => {
    await ship(
      ...abandonedCall('c1', claire, start),
      ...abandonedCall('c2', ahmed, start + minute),
      ...abandonedCall('c3', claire, start + 5 * minute),
    )
    expect(await list()).toMatchObject([
      {
        number: claire,
        numberShown: '05 61 55 12 34',
        people: [{ name: 'Claire Dubois' }],
        origins: [
          { kind: 'abandoned', callId: 'c1', seconds: 120, messageId: null },
          { kind: 'abandoned', callId: 'c3' },
        ],
        firstAt: '2026-11-23T09:02:00.000Z',
        lastAt: '2026-11-23T09:07:00.000Z',
        dueAt: '2026-11-23T10:02:00.000Z',
        priority: false,
        takenBy: null,
        attempts: [],
        settledAt: null,
      },
      { number: ahmed },
    ])
    expect(told).toBe(1)
  })

  it('are the same when the facts are shipped twice, whatever came in between', async () => {
    const facts = numbered([
      ...abandonedCall('c1', claire, start),
      arrived('c2', claire, start + 5 * minute),
      answered('c2', start + 6 * minute),
    ])
    const more = numbered(abandonedCall('c3', claire, start + 20 * minute))
    await sink.ship('e', facts)
    await sink.ship('e', more)
    const before = [await list(), await journal(), told]
    await sink.ship('e', [...facts, ...more])
    expect([await list(), await journal(), told]).toEqual(before)
    expect((await list()).map((e) => [e.settledHow, e.origins.map((o) => o.callId)])).toEqual([
      [null, ['c3']],
      ['got-through', ['c1']],
    ])
  })

  it('hold neither a call of a moment nor a withheld number that said nothing', async () => {
    await ship(arrived('c1', claire, start), ended('c1', start + 2_000), ...abandonedCall('c2', null, start))
    expect(await list()).toEqual([])
  })

  it('put a conversation that the limit ended before everything else', async () => {
    const capped = [arrived('c2', ahmed, start + minute), answered('c2', start + 2 * minute), ended('c2', start + 17 * minute, 'capped')]
    await ship(...abandonedCall('c1', claire, start), ...capped)
    expect((await list()).map((e) => [e.number, e.priority, e.origins[0]?.seconds])).toEqual([
      [ahmed, true, 900],
      [claire, false, 120],
    ])
  })

  describe('to several telephones of one person', () => {
    const [office, mobile, shared] = ['+33561557001', '+33612345701', '+33561557009']
    const known = (id: string, ...phones: readonly string[]) => ({
      id,
      name: id,
      email: null,
      phones: [...phones],
      affiliation: 'staff' as const,
      unit: null,
      place: null,
      title: null,
    })
    beforeEach(() => service.stores.people.save([known('nora', office, mobile, shared), known('omar', shared)], 'sample'))
    const owedNumbers = async () => (await list('?state=open')).map(({ number }) => number)

    it('close together when they get through from one, but those of a number that others have too', async () => {
      await ship(...abandonedCall('c1', office, start), ...abandonedCall('c2', shared, start), ...abandonedCall('c3', mobile, start))
      const through = [arrived('c4', mobile, start + 5 * minute), answered('c4', start + 6 * minute)]
      await ship(...through)
      expect(await owedNumbers()).toEqual([shared])
      expect(await list('?state=settled')).toMatchObject([{ settledHow: 'got-through' }, { settledHow: 'got-through' }])
      await ship(...abandonedCall('c5', office, start + 7 * minute), arrived('c6', shared, start + 20 * minute))
      await ship(answered('c6', start + 21 * minute))
      expect(await owedNumbers()).toEqual([office])
    })

    it('close together when they are reached at one', async () => {
      await ship(...abandonedCall('c1', office, start), ...abandonedCall('c2', mobile, start))
      const [one] = await list('?state=open')
      expect((await post('alice', one?.id ?? '', 'outcome', { outcome: 'reached', note: null })).statusCode).toBe(200)
      expect(await owedNumbers()).toEqual([])
    })

    it('are owed no more when word of them comes after they got through from another', async () => {
      await ship(arrived('c1', office, start), arrived('c2', mobile, start + 5 * minute), answered('c2', start + 6 * minute))
      await ship(ended('c1', start + 2 * minute))
      expect(await owedNumbers()).toEqual([])
    })
  })

  it('close by themselves when the person gets through, their messages too', async () => {
    await ship(...abandonedCall('c1', claire, start))
    await service.stores.messages.add(message('c1', claire, start))
    await ship(arrived('c2', claire, start + 5 * minute), answered('c2', start + 6 * minute))
    expect(await list('?state=open')).toEqual([])
    expect(await list('?state=settled')).toMatchObject([
      {
        settledHow: 'got-through',
        settledBy: null,
        settledAt: '2026-11-23T09:06:00.000Z',
        origins: [{ kind: 'message', messageId: 'message-c1' }],
      },
    ])
    expect((await service.stores.messages.list())[0]?.settledAt).toEqual(new Date(start + 6 * minute))
    expect(await journal()).toEqual(['owed', 'message-found', 'settled'])
  })

  it('that are for a half hour promised later stay owed, alone, when the person gets through before', async () => {
    const fromMs = start + 24 * 60 * minute
    const asked = { fromMs, toMs: fromMs + 30 * minute, number: claire, subject: '', personId: null, name: '', email: null, vouched: false }
    const words = { mails: service.settings.values.mails, desk: 'Guichet', linkOf: (id: string) => id, choose: '' }
    await service.stores.callbackSlots.book('abcdefgh', asked, 9, words)
    await ship(...abandonedCall('c1', claire, start))
    const through = [arrived('c2', claire, start + 5 * minute), answered('c2', start + 6 * minute)]
    await ship(...through)
    const promised = { origins: [{ kind: 'slot', callId: 'slot-abcdefgh' }], dueAt: new Date(fromMs + 30 * minute).toISOString() }
    expect(await list('?state=open')).toMatchObject([promised])
    expect(await list('?state=settled')).toMatchObject([{ settledHow: 'got-through', origins: [{ callId: 'c1' }] }])
    expect((await service.stores.callbackSlots.find('abcdefgh'))?.state).toBe('waiting')
    // Told once more, nothing changes; cancelled, nothing is owed.
    const before = await journal()
    await ship(...through)
    expect(await journal()).toEqual(before)
    expect(await service.stores.callbackSlots.cancel('abcdefgh', words)).toBe(true)
    expect(await list('?state=open')).toEqual([])
  })

  it('know of a message before its sound has been brought in', async () => {
    const left: Fact = { at: start + minute, type: 'message-left', callId: 'c1', recording: 'message-c1', durationMs: 41_700 }
    await ship(arrived('c1', claire, start), left, ended('c1', start + minute, 'message'))
    expect((await first()).origins).toMatchObject([{ kind: 'message', messageId: null, seconds: 41.7 }])
    expect(await service.stores.messages.add(message('c1', claire, start))).toBe(true)
    expect((await first()).origins).toMatchObject([{ kind: 'message', messageId: 'message-c1', seconds: 42 }])
  })

  it('are owed to the number that a caller keyed in before the message, or before hanging up without one', async () => {
    const announcement = { playback: 'p', sounds: [] }
    const numbered = (callId: string, number: string | null): Fact => ({
      at: start + minute,
      type: 'message-numbered',
      callId,
      number,
      announcement,
    })
    const left: Fact = { at: start + minute, type: 'message-left', callId: 'c1', recording: 'message-c1', durationMs: 41_700 }
    await ship(arrived('c1', null, start), numbered('c1', claire), left, ended('c1', start + minute, 'message'))
    expect((await first()).number).toBe(claire)
    expect(await sink.callOf('c1')).toMatchObject({ number: claire })
    await ship(arrived('c2', ahmed, start), numbered('c2', null), ended('c2', start + 2 * minute))
    await ship(arrived('c3', null, start), numbered('c3', '+33561551236'), ended('c3', start + 3 * minute))
    expect((await list()).map(({ number }) => number)).toEqual([claire, ahmed, '+33561551236'])
  })

  it('hold each message of a withheld number apart', async () => {
    await service.stores.messages.add(message('c1', null, start))
    await service.stores.messages.add(message('c2', null, start + minute))
    expect((await list()).map((e) => [e.numberShown, e.origins.length])).toEqual([
      ['numéro masqué', 1],
      ['numéro masqué', 1],
    ])
  })

  it('never open twice for a number, though two tell of it at the same instant', async () => {
    await Promise.all([
      ship(...abandonedCall('c1', claire, start)),
      ...['m1', 'm2', 'm3', 'm4'].map((id) => service.stores.messages.add(message(id, claire, start))),
    ])
    expect((await list()).map((e) => e.origins.length)).toEqual([5])
  })
})

describe('calling back', () => {
  beforeEach(() => ship(...abandonedCall('c1', claire, start)))

  it('is one operator’s at a time', async () => {
    const { id } = await first()
    const both = await Promise.all([post('alice', id, 'take'), post('bruno', id, 'take')])
    expect(both.map((r) => r.statusCode).toSorted((a, b) => a - b)).toEqual([200, 409])
    const [mine, theirs] = both[0]?.statusCode === 200 ? ['alice', 'bruno'] : ['bruno', 'alice']
    expect((await first()).takenBy?.id).toBe(mine)
    expect((await post(theirs, id, 'outcome', { outcome: 'reached' })).json()).toMatchObject({ code: 'conflict' })
    expect((await post(theirs, id, 'release')).statusCode).toBe(409)
    expect((await post(mine, id, 'release')).json()).toMatchObject({ takenBy: null })
    expect((await post(theirs, id, 'take')).statusCode).toBe(200)
    expect((await post('sophie', id, 'release')).json()).toMatchObject({ takenBy: null })
    expect(service.told.filter((t) => t === 'owed')).toHaveLength(4)
  })

  it('keeps the entry with its attempts until somebody is reached', async () => {
    const { id } = await first()
    const later = new Date(Date.now() + 60 * minute).toISOString()
    await post('alice', id, 'outcome', { outcome: 'no-answer' })
    await post('bruno', id, 'outcome', { outcome: 'later', note: 'en réunion', laterAt: later })
    expect(await first()).toMatchObject({
      dueAt: later,
      attempts: [
        { by: 'Alice Martin', outcome: 'no-answer', note: null, laterAt: null },
        { by: 'Bruno Lefort', outcome: 'later', note: 'en réunion', laterAt: later },
      ],
    })
    const done = (await post('alice', id, 'outcome', { outcome: 'reached' })).json()
    expect(done).toMatchObject({ settledHow: 'reached', settledBy: 'Alice Martin', attempts: [{}, {}, {}] })
    expect((await post('alice', id, 'outcome', { outcome: 'reached' })).statusCode).toBe(409)
    expect((await service.as('alice', { method: 'GET', url: '/api/owed?state=open' })).json()).toEqual({ entries: [], open: 0 })
  })

  it('settles the messages of the entry, and a message settled settles its entry', async () => {
    await service.stores.messages.add(message('c2', claire, start))
    await post('alice', (await first()).id, 'outcome', { outcome: 'reached' })
    const [settled] = (await service.as('alice', { method: 'GET', url: '/api/messages' })).json()
    expect(settled).toMatchObject({ id: 'message-c2', settledBy: 'Alice Martin' })

    await service.stores.messages.add(message('c3', ahmed, start))
    await service.as('bruno', { method: 'PUT', url: '/api/messages/message-c3', payload: { settled: true } })
    expect(await list('?state=open')).toEqual([])
    expect((await list('?state=settled'))[0]).toMatchObject({ number: ahmed, settledHow: 'message', settledBy: 'Bruno Lefort' })
  })

  it('refuses what cannot be', async () => {
    const { id } = await first()
    const past = new Date(start).toISOString()
    for (const body of [
      {},
      { outcome: 'perhaps' },
      { outcome: 'later' },
      { outcome: 'later', laterAt: past },
      { outcome: 'reached', note: '' },
    ])
      expect((await post('alice', id, 'outcome', body)).json(), JSON.stringify(body)).toMatchObject({ code: 'invalid_body' })
    expect((await post('alice', '00000000-0000-4000-8000-000000000000', 'take')).statusCode).toBe(404)
    expect((await post('alice', 'x', 'take')).statusCode).toBe(400)
    expect((await first()).attempts).toEqual([])
  })
})

describe('a conversation with somebody whom we called back', () => {
  const placed: Fact = {
    at: start + 10 * minute,
    type: 'call-placed',
    callId: 'out-1',
    operatorId: 'alice',
    number: claire,
    people: [],
    owedId: null,
  }
  const owedAndCalled = async () => {
    await ship(...abandonedCall('c1', claire, start), placed)
    const { id } = await first()
    await post('alice', id, 'take')
  }
  const requester = { personId: null, name: 'Claire Dubois', email: null, phone: null }
  const save = (login: string, callId: string) =>
    service.as(login, { method: 'POST', url: '/api/tickets', payload: { title: 'Moodle', requester, callId } })

  it('settles the answer owed as reached when its ticket is saved', async () => {
    await owedAndCalled()
    await ship(answered('out-1', start + 11 * minute))
    expect((await save('alice', 'out-1')).statusCode).toBe(201)
    const [settled] = await list('?state=settled')
    expect(settled).toMatchObject({ settledHow: 'reached', settledBy: 'Alice Martin', attempts: [{ outcome: 'reached' }] })
  })

  it('settles nothing when nobody had answered, nor when there was nothing to note', async () => {
    await owedAndCalled()
    expect((await save('alice', 'out-1')).statusCode).toBe(201)
    await ship(answered('out-1', start + 11 * minute))
    const nothing = { kind: 'nothing', reason: 'Répondeur' }
    await service.as('alice', { method: 'POST', url: '/api/calls/out-1/dispositions', payload: nothing })
    expect(await list('?state=open')).toMatchObject([{ settledAt: null, takenBy: { id: 'alice' } }])
  })

  it('leaves what somebody else has taken to them', async () => {
    await owedAndCalled()
    await ship(answered('out-1', start + 11 * minute))
    expect((await save('bruno', 'out-1')).statusCode).toBe(201)
    expect(await list('?state=open')).toMatchObject([{ takenBy: { id: 'alice' } }])
  })
})
