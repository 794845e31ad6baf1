import { describe, expect, it } from 'vitest'
import type { Fact } from '../../server/calls/facts.ts'
import type { Target } from '../../server/calls/model.ts'
import { type CallRecord, callRecord } from '../../server/indicators/call-record.ts'
import { storyOf } from '../../server/indicators/call-story.ts'
import { traceOf } from '../../server/indicators/call-trace.ts'

/* One call after the other, as figures count it, as its story tells it and as its trace shows it. */

type Kind = Fact['type']
type Rest<K extends Kind> = Omit<Extract<Fact, { type: K }>, 'at' | 'type' | 'callId'>
const t0 = Date.parse('2026-11-24T09:00:00.000Z')
const callId = 'c1'
const announcement = { playback: 'p', sounds: [] }
const fact = <K extends Kind>(seconds: number, type: K, rest: Rest<K>): Fact =>
  ({ at: t0 + seconds * 1_000, type, callId, ...rest }) as unknown as Fact
const operator: Target = { kind: 'operator', operatorId: 'bruno', name: 'Bruno Petit' }
const outside: Target = { kind: 'number', number: '+33561556611', name: 'DTSI' }

const arrived = fact(0, 'call-arrived', { number: '+33561551234', people: [] })
const placed = fact(0, 'call-placed', { operatorId: 'alice', number: '+33561551234', people: [], owedId: null })
const queued = fact(1, 'call-queued', { announcement })
const offered = (s: number, operatorId = 'alice') => fact(s, 'offer-made', { operatorId, leg: `${operatorId}${s}` })
const answered = (s: number, operatorId = 'alice') => fact(s, 'call-answered', { operatorId, leg: 'l', bridge: 'b', capAt: t0 + 900_000 })
const held = (s: number) => fact(s, 'caller-held', {})
const asked = (s: number, target: Target = operator) => fact(s, 'consult-started', { operatorId: 'alice', target, leg: 'l', tone: 't' })
const askedEnds = (s: number) => fact(s, 'consult-ended', { reason: 'no-answer' })
const handed = (s: number, target: Target = operator) =>
  fact(s, 'call-transferred', { operatorId: 'alice', target, leg: 'l', bridge: 'b', capAt: 0 })
const handing = (s: number, target: Target = operator) => fact(s, 'transfer-started', { operatorId: 'alice', target, leg: 'l' })
const farewell = (s: number, reason: Rest<'farewell-started'>['reason']) => fact(s, 'farewell-started', { announcement, reason })
const ended = (s: number, reason: Rest<'call-ended'>['reason'] = 'completed') => fact(s, 'call-ended', { reason, by: 'caller' })
const kept = (s: number) => fact(s, 'place-kept', { number: '+33561551234', announcement })

describe('what figures count of a call', () => {
  it.each<readonly [string, readonly Fact[], Partial<CallRecord>]>([
    [
      'that came by telephone',
      [arrived, ended(5)],
      { direction: 'in', arrivedAt: t0, operatorId: null, fromPage: false, waitMs: 0, talkMs: 0 },
    ],
    [
      'that came from the page',
      [fact(0, 'call-arrived', { number: null, people: [], page: { id: 'x', signedIn: true, ticket: null, language: 'fr' } }), ended(5)],
      { fromPage: true },
    ],
    [
      'that we placed',
      [placed, answered(8), ended(20)],
      { direction: 'out', operatorId: 'alice', answered: true, waitMs: 0, talkMs: 12_000, fromPage: false },
    ],
    ['that we placed in vain', [placed, ended(20)], { direction: 'out', operatorId: 'alice', answered: false }],
    ['that was found twice', [arrived, { ...arrived, at: t0 + 5_000 }, queued, answered(10), ended(20)], { arrivedAt: t0, waitMs: 10_000 }],
    ['that nobody put in line', [arrived, ended(9, 'abandoned')], { abandoned: true, waitMs: 0 }],
    ['that rang at once', [arrived, offered(0), ended(9, 'abandoned')], { abandoned: true, waitMs: 9_000 }],
    ['that was answered without a line', [arrived, answered(4), ended(9)], { waitMs: 4_000, abandoned: false }],
    ['hung up after an answer', [arrived, queued, answered(4), ended(9, 'abandoned')], { abandoned: false, answered: true }],
    ['whose place was kept', [arrived, queued, kept(30), ended(60, 'abandoned')], { abandoned: false, kept: true, waitMs: 30_000 }],
    [
      'that met the closed desk and hung up',
      [arrived, fact(1, 'closed-message-started', { announcement }), ended(9, 'abandoned')],
      { closed: true, abandoned: false },
    ],
    [
      'that rang in vain',
      [
        arrived,
        offered(0),
        fact(20, 'offer-ended', { operatorId: 'alice', reason: 'no-answer', restUntil: 0 }),
        fact(21, 'offer-ended', { operatorId: 'bruno', reason: 'unreachable', restUntil: 0 }),
        ended(30),
      ],
      { misses: 2 },
    ],
    [
      'that was declined',
      [arrived, offered(0), fact(9, 'offer-ended', { operatorId: 'alice', reason: 'declined', restUntil: 0 }), ended(30)],
      { misses: 0 },
    ],
    [
      'answered twice',
      [arrived, queued, answered(10), answered(50, 'bruno'), ended(60)],
      { operatorId: 'alice', waitMs: 10_000, talkMs: 10_000 },
    ],
    [
      'that left a message',
      [
        arrived,
        queued,
        fact(30, 'message-invited', { recording: 'r', announcement }),
        fact(50, 'message-left', { recording: 'r', durationMs: 1 }),
        ended(55, 'message'),
      ],
      { message: true, waitMs: 30_000 },
    ],
    [
      'that joined a disruption',
      [arrived, queued, farewell(20, 'attached'), ended(25, 'attached')],
      { waitMs: 20_000, abandoned: false, capped: false },
    ],
    ['said goodbye to in line', [arrived, queued, farewell(20, 'closed'), ended(25, 'closed')], { waitMs: 25_000 }],
    [
      'held twice over',
      [arrived, answered(0), held(10), held(12), fact(20, 'caller-resumed', {}), ended(30)],
      { holds: 1, holdMs: 10_000, talkMs: 30_000 },
    ],
    ['resumed without a hold', [arrived, answered(0), fact(20, 'caller-resumed', {}), ended(30)], { holds: 0, holdMs: 0 }],
    ['during which a colleague was asked', [arrived, answered(0), asked(10), askedEnds(25), ended(30)], { holds: 1, holdMs: 15_000 }],
    [
      'that three talked in',
      [arrived, answered(0), asked(10), fact(16, 'conference-joined', { bridge: 'b' }), ended(30)],
      { holds: 1, holdMs: 6_000, talkMs: 30_000 },
    ],
    ['handed to a colleague', [arrived, answered(0), held(10), handed(15), ended(40)], { transfers: 1, holdMs: 5_000, talkMs: 40_000 }],
    [
      'back in line, answered by a second one, who handed it back',
      [
        arrived,
        answered(0),
        fact(10, 'caller-requeued', { announcement }),
        answered(30, 'bruno'),
        handed(50, { ...operator, operatorId: 'alice' }),
        ended(55),
      ],
      {
        talkMs: 35_000,
        talks: [
          { operatorId: 'alice', ms: 15_000 },
          { operatorId: 'bruno', ms: 20_000 },
        ],
      },
    ],
    ['handed outside', [arrived, answered(0), handed(15, outside), ended(40)], { transfers: 1, talkMs: 15_000 }],
    ['on its way to a colleague', [arrived, answered(0), handing(15), handed(20), ended(40)], { transfers: 1, talkMs: 35_000 }],
    [
      'on its way in vain',
      [arrived, answered(0), handing(15), fact(30, 'transfer-failed', { reason: 'no-answer', announcement }), ended(40)],
      { transfers: 0, talkMs: 15_000 },
    ],
    [
      'whose limit was put off twice',
      [
        arrived,
        answered(0),
        fact(5, 'limit-extended', { operatorId: 'alice', reason: 'x', capAt: 0 }),
        fact(6, 'limit-extended', { operatorId: 'alice', reason: 'x', capAt: 0 }),
        ended(40),
      ],
      { extended: 2, capped: false },
    ],
    ['that its limit ended with a word', [arrived, answered(0), farewell(30, 'capped'), ended(35)], { capped: true, talkMs: 30_000 }],
    ['that its limit ended', [arrived, answered(0), ended(35, 'capped')], { capped: true }],
    ['that waited into an alarm', [arrived, queued, fact(300, 'wait-alarm', {}), ended(400)], { alarmed: true, waitMs: 400_000 }],
  ])('%s', (_what, facts, expected) => {
    expect(callRecord(facts)).toMatchObject(expected)
  })

  it('has the marks of a plain call when nothing else happened, and nothing of how it was counted', () => {
    expect(callRecord([arrived, queued, answered(10), ended(20)])).toEqual({
      callId,
      direction: 'in',
      arrivedAt: t0,
      closed: false,
      answered: true,
      abandoned: false,
      waitMs: 10_000,
      talkMs: 10_000,
      holdMs: 0,
      holds: 0,
      misses: 0,
      transfers: 0,
      extended: 0,
      capped: false,
      alarmed: false,
      message: false,
      kept: false,
      reached: false,
      operatorId: 'alice',
      fromPage: false,
      talks: null,
    })
  })
})

describe('the story of a call', () => {
  const names: Readonly<Record<string, string>> = { alice: 'Alice Martin', sophie: 'Sophie' }
  const told = (one: Fact) => {
    const line = storyOf([arrived, one], (id) => names[id] ?? id)?.facts.at(-1)
    return [line?.who, line?.other, line?.how, line?.ms]
  }
  it.each<readonly [Fact, readonly unknown[]]>([
    [{ ...offered(1), why: { kind: 'only-free' } } as Fact, ['Alice Martin', null, 'only-free', null]],
    [offered(1), ['Alice Martin', null, null, null]],
    [fact(1, 'announcement-started', { announcement, promisedBy: null }), [null, null, null, null]],
    [fact(1, 'announcement-started', { announcement, promisedBy: null, told: null }), [null, null, null, null]],
    [
      fact(1, 'announcement-started', { announcement, promisedBy: null, told: { position: 3, lowMs: 1, highMs: 60_000.4 } }),
      [null, null, '3', 60_000],
    ],
    [fact(1, 'message-left', { recording: 'r', durationMs: 1_234.6 }), [null, null, null, 1_235]],
    [fact(1, 'message-numbered', { number: '+33561551234', announcement }), [null, '05 61 55 12 34', null, null]],
    [fact(1, 'message-numbered', { number: null, announcement }), [null, null, null, null]],
    [kept(1), [null, '05 61 55 12 34', null, null]],
    [answered(900), ['Alice Martin', null, null, 0]],
    [answered(901), ['Alice Martin', null, null, 0]],
    [fact(1, 'limit-extended', { operatorId: 'alice', reason: 'suite', capAt: t0 + 3_000 }), ['Alice Martin', null, 'suite', 2_000]],
    [fact(9, 'limit-extended', { operatorId: 'alice', reason: 'suite', capAt: t0 + 3_000 }), ['Alice Martin', null, 'suite', 0]],
    [fact(1, 'limit-warned', { how: 'whispered' }), [null, null, 'whispered', null]],
    [fact(1, 'language-chosen', { language: 'en' }), [null, null, 'en', null]],
    [asked(1, outside), ['Alice Martin', 'DTSI', null, null]],
    [handing(1, outside), ['Alice Martin', 'DTSI', null, null]],
    [fact(1, 'target-passed', { reason: 'busy', target: outside, leg: 'l' }), [null, 'DTSI', 'busy', null]],
    [handed(1, outside), ['Alice Martin', 'DTSI', null, null]],
    [fact(1, 'watch-started', { supervisorId: 'sophie', leg: 'l', mode: 'listen' }), ['Sophie', null, 'listen', null]],
    [fact(1, 'watch-changed', { mode: 'whisper' }), [null, null, 'whisper', null]],
    [fact(1, 'operator-muted', { on: true }), [null, null, 'on', null]],
    [fact(1, 'recording-paused', { on: false }), [null, null, 'off', null]],
    [fact(1, 'survey-answered', { rating: 4 }), [null, null, '4', null]],
    [fact(1, 'ticket-found', { ticket: { number: 42 } } as Rest<'ticket-found'>), [null, '42', null, null]],
    [fact(1, 'recording-announced', { operatorId: null, recording: 'r', playback: 'p' }), [null, null, null, null]],
    [fact(1, 'recording-stopped', { reason: 'company' }), [null, null, 'company', null]],
    [askedEnds(1), [null, null, 'no-answer', null]],
    [held(1), [null, null, null, null]],
    [fact(1, 'place-left', {}), [null, null, null, null]],
  ])('tells %j', (one, expected) => {
    expect(told(one)).toEqual(expected)
  })

  it('begins where the call was found, was placed, or came in, and leaves out what only keeps books', () => {
    const first = (one: Fact) => storyOf([one], (id) => names[id] ?? id)
    expect(first({ ...arrived, serial: 3 } as Fact)?.facts).toMatchObject([{ how: 'found', at: '2026-11-24T09:00:00.000Z', afterMs: 0 }])
    expect(first(placed)).toMatchObject({ direction: 'out', page: null, facts: [{ who: 'Alice Martin', how: null }] })
    expect(first({ ...placed, serial: 3 } as Fact)?.facts).toMatchObject([{ how: 'found' }])
    expect(first({ ...arrived, number: null } as Fact)).toMatchObject({ number: null, direction: 'in', facts: [{ how: null }] })
    const claire = { name: 'Claire Dubois' }
    const people = [arrived, fact(2, 'caller-identified', { people: [claire, { name: 'Jean Roux' }] as never })]
    expect(
      storyOf([{ ...arrived, people: [claire] } as never, ...people.slice(1), fact(3, 'announcement-ended', { nextAt: 0 })], String),
    ).toMatchObject({
      people: ['Claire Dubois', 'Jean Roux'],
      facts: [{ type: 'call-arrived' }, { type: 'caller-identified', afterMs: 2_000 }],
    })
    expect(storyOf([queued, arrived], String)?.facts.map(({ afterMs }) => afterMs)).toEqual([1_000, 0])
  })
})

describe('the trace of a call', () => {
  const parts = (facts: readonly Fact[]) =>
    traceOf([arrived, ...facts, ended(100)])?.parts.map(({ name, from, to, attributes }) => {
      const said = Object.entries(attributes).map(([key, value]) => `${key.replace('guichet.', '')}=${value}`)
      return [`${name} ${(from - t0) / 1_000}–${(to - t0) / 1_000}`, ...said].join(' ')
    })
  it.each<readonly [string, readonly Fact[], readonly string[]]>([
    ['closed upon in line', [queued, fact(20, 'closed-message-started', { announcement })], ['wait 1–20 result=closed']],
    ['whose place was kept', [queued, kept(30)], ['wait 1–30 result=kept']],
    [
      'that left a message',
      [queued, fact(30, 'message-invited', { recording: 'r', announcement }), fact(50, 'message-left', { recording: 'r', durationMs: 1 })],
      ['wait 1–30 result=message', 'message 30–50 result=kept'],
    ],
    [
      'that rang two at once',
      [{ ...offered(2), why: { kind: 'only-free' } } as Fact, offered(2, 'bruno'), answered(9)],
      ['offer 2–9 operator=alice why=only-free result=answered', 'offer 2–9 operator=bruno result=taken', 'talk 9–100 operator=alice'],
    ],
    [
      'that was dialled out of a kept place',
      [
        offered(2),
        offered(2, 'bruno'),
        fact(5, 'dialling-started', { operatorId: 'alice', leg: 'l', bridge: 'b', channel: 'c', tone: 't' }),
        fact(9, 'dialling-ended', { operatorId: 'alice', reason: 'busy', nextAt: null }),
      ],
      ['offer 2–5 operator=alice result=answered', 'offer 2–5 operator=bruno result=taken', 'dial 5–9 operator=alice result=busy'],
    ],
    [
      'that was dialled and answered',
      [fact(5, 'dialling-started', { operatorId: 'alice', leg: 'l', bridge: 'b', channel: 'c', tone: 't' }), answered(12)],
      ['dial 5–12 operator=alice result=answered', 'talk 12–100 operator=alice'],
    ],
    [
      'in which a colleague was asked in vain',
      [answered(5), asked(10), askedEnds(20), fact(20, 'caller-resumed', {})],
      ['talk 5–100 operator=alice', 'consult 10–20 target=operator result=no-answer', 'hold 10–20'],
    ],
    [
      'that three talked in',
      [answered(5), asked(10, outside), fact(20, 'conference-joined', { bridge: 'b' })],
      ['talk 5–100 operator=alice', 'hold 10–20', 'consult 10–20 target=number result=joined'],
    ],
    [
      'handed over after a question',
      [answered(5), asked(10), handed(30)],
      ['talk 5–30 operator=alice', 'consult 10–30 target=operator result=transferred', 'hold 10–30', 'talk 30–100 operator=bruno'],
    ],
    [
      'handed outside',
      [answered(5), handing(20, outside), handed(30, outside)],
      ['talk 5–20 operator=alice', 'transfer 20–30 target=number result=answered', 'talk 30–100 target=number'],
    ],
    [
      'handed over in vain',
      [answered(5), handing(20), fact(30, 'transfer-failed', { reason: 'no-answer', announcement })],
      ['talk 5–20 operator=alice', 'transfer 20–30 target=operator result=no-answer', 'wait 30–100'],
    ],
    [
      'whose operator was lost',
      [queued, answered(5), fact(20, 'caller-requeued', { announcement }), answered(40, 'bruno')],
      ['wait 1–5 result=answered', 'talk 5–20 operator=alice', 'wait 20–40 result=answered', 'talk 40–100 operator=bruno'],
    ],
    ['put in line twice', [queued, fact(7, 'call-queued', { announcement })], ['wait 1–7', 'wait 7–100']],
    [
      'bidden farewell',
      [answered(5), held(10), farewell(30, 'capped')],
      ['talk 5–30 operator=alice result=capped', 'hold 10–30 result=capped'],
    ],
    ['whose clock went back', [answered(5), held(10), fact(8, 'caller-resumed', {})], ['talk 5–100 operator=alice', 'hold 10–10']],
    ['in which nothing lasted', [fact(8, 'caller-resumed', {}), fact(9, 'wait-alarm', {})], []],
  ])('%s', (_what, facts, expected) => {
    expect(parts(facts)).toEqual(expected)
  })

  it('says of the whole which way it went, from where, on which line, and how it ended', () => {
    const whole = (first: Fact) => traceOf([first, ended(9, 'abandoned')])?.call.attributes
    const said = (direction: string, fromPage: boolean, line: string) => ({
      'guichet.call.id': callId,
      'guichet.call.direction': direction,
      'guichet.call.from_page': fromPage,
      'guichet.call.line': line,
      'guichet.call.outcome': 'abandoned',
      'guichet.call.ended_by': 'caller',
    })
    const page = { id: 'x', signedIn: false, ticket: null, language: 'fr' as const }
    expect(whole({ ...arrived, line: 'vip' } as Fact)).toEqual(said('in', false, 'vip'))
    expect(whole({ ...arrived, page } as Fact)).toEqual(said('in', true, 'guichet'))
    expect(whole(placed)).toEqual(said('out', false, 'guichet'))
    expect(traceOf([])).toBeNull()
    expect(traceOf([queued, ended(9)])).toBeNull()
  })
})
