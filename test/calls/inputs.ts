import fc from 'fast-check'
import type { Input, Inventory, ListedChannel } from '../../server/calls/inputs.ts'
import type { DeskState, RosterEntry, Target } from '../../server/calls/model.ts'
import { legsOf, rungFor } from '../../server/calls/parties.ts'
import { claire, nine, roster } from './scene.ts'

const operators = ['alice', 'bruno', 'chloe', 'nobody']
export const pick = <T>(all: readonly T[], n: number): T | undefined => all[n % Math.max(1, all.length)]

export const callsOf = (state: DeskState) => [...state.calls.values()]
const allLegs = (state: DeskState) => callsOf(state).flatMap((c) => [...legsOf(c), ...(c.channel === c.id ? [] : [c.channel])])
const playbacksOf = (state: DeskState) =>
  callsOf(state).flatMap((c) => [
    ...('playing' in c.status && c.status.playing !== null ? [c.status.playing.playback] : []),
    ...(c.status.kind === 'talking' && c.status.recording !== null ? [c.status.recording.playback] : []),
  ])
const recordingsOf = (state: DeskState) => callsOf(state).flatMap((c) => (c.status.kind === 'message' ? [c.status.recording] : []))

/** An id that is right for the state nine times in ten, else one that is stale, of another kind, or nobody's. */
const idFrom = (valid: (state: DeskState) => readonly string[]) =>
  fc
    .record({ n: fc.nat(7), stray: fc.integer({ min: 0, max: 9 }), call: fc.integer({ min: 1, max: 9 }), serial: fc.nat(6) })
    .map(({ n, stray, call, serial }) => (state: DeskState): string => {
      const strays = [`c${call}`, `c${call}~leg${serial}`, `c${call}~out${serial}`, `c${call}~play${serial}`, `message-c${call}`]
      return (stray === 0 ? strays[n % strays.length] : pick(valid(state), n)) ?? `c${call}~leg${serial}`
    })

const anyCall = idFrom((s) => [...s.calls.keys()])
const anyLeg = idFrom(allLegs)
const anyPlayback = idFrom(playbacksOf)
const anyRecording = idFrom(recordingsOf)
const anyChannel = fc.oneof(anyCall, anyLeg)
const operatorOf = fc
  .record({ n: fc.nat(7), astray: fc.nat(4), other: fc.constantFrom(...operators) })
  .map(({ n, astray, other }) => (state: DeskState, callId: string): string => {
    const call = state.calls.get(callId)
    const own =
      (call === undefined ? undefined : rungFor(call)[0]?.operatorId) ??
      (call !== undefined && 'operatorId' in call.status ? call.status.operatorId : pick(operators, n))
    return astray === 0 ? other : (own ?? other)
  })

/** What Asterisk might list: some of what should be there, in any state, and things nobody knows. */
const inventory = fc
  .record({
    kept: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 8, maxLength: 8 }),
    states: fc.array(fc.constantFrom('down' as const, 'ringing' as const, 'up' as const), { minLength: 8, maxLength: 8 }),
    joined: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    strays: fc.subarray(['c8', 'c9', 'c9~leg0', 'c9~out1', 'c2~leg0', 'c3~leg1']),
    operatorId: fc.constantFrom(...operators),
    leftS: fc.constantFrom(null, 3, 700),
  })
  .map(({ kept, states, joined, strays, operatorId, leftS }) => (state: DeskState): Inventory => {
    const own = [...state.calls.keys(), ...allLegs(state)].filter((_, i) => kept[i % 8] !== 0)
    const ids = [...new Set([...own, ...strays])]
    const channels = ids.map((id, i): ListedChannel => {
      const role = /~(leg|out)/.test(id) ? 'leg' : 'caller'
      return { id, role, state: states[i % 8] ?? 'up', number: null, dialled: null, people: [] }
    })
    const talks = callsOf(state).flatMap((c) => (c.status.kind === 'talking' ? [[c.status.bridge, c.channel, c.status.leg] as const] : []))
    const bridges = new Map<string, readonly string[]>(
      talks.map(([bridge, ...inside], i) => [bridge, joined[i % 4] === true ? inside : inside.slice(1)]),
    )
    if (strays.length > 0) bridges.set('c7~leg2~bridge', []).set('guichet-queue', [])
    return {
      startedAt: joined[0] === false ? `${state.nextOrder}` : state.serverStartedAt,
      channels,
      bridges,
      recordings: recordingsOf(state).filter((_, i) => joined[i % 4] === true),
      talks: ['c9', 'c9~out1']
        .filter((channel) => ids.includes(channel) && ids.includes('c9~leg0'))
        .map((channel) => ({
          callId: 'c9',
          channel,
          leg: 'c9~leg0',
          bridge: 'c9~leg0~bridge',
          operatorId,
          called: channel === 'c9' ? null : '+33561551299',
          leftS,
          recording: joined[1] === true ? 'c9~rec2' : null,
          serial: 1_000,
        }))
        .slice(0, 1),
    }
  })

const operatorChange = fc.constantFrom(
  { state: 'ready' as const },
  { state: 'ready' as const },
  { state: 'ready' as const },
  { state: 'ready' as const },
  { state: 'paused' as const, reason: 'Repas' },
  { state: 'front-desk' as const },
  { state: 'offline' as const },
)
const causes = fc.constantFrom(0, 16, 17, 18, 19, 20, 21, 27, 38)
const commands = fc.constantFrom('ring' as const, 'play' as const, 'record' as const, 'connect' as const)

const target = fc.constantFrom<Target>(
  ...roster.map(({ id, name }) => ({ kind: 'operator' as const, operatorId: id, name })),
  { kind: 'number', number: '+33561556611', name: 'Standard' },
  { kind: 'number', number: '+4915112345678', name: 'Ailleurs' },
  {
    kind: 'operator',
    operatorId: 'bruno',
    name: 'Bruno',
    group: {
      id: 'psn',
      name: 'PSN',
      others: [
        { kind: 'operator', operatorId: 'alice', name: 'Alice' },
        { kind: 'number', number: '+33561556612', name: 'Farid' },
      ],
    },
  },
)
const wishes = fc.constantFrom(
  'consult',
  'consult',
  'consult',
  'cancel',
  'confer',
  'confer',
  'transfer',
  'transfer',
  'hand over',
  'hand over',
  'mute',
  'record',
  'record',
  'record',
  'pause recording',
  'pause recording',
  'pause recording',
  'end recording',
  'keys',
  'keys',
  'rejoin',
  'rejoin',
  'take',
  'watch',
  'watch',
  'leave',
  'stop',
)
type Wished = [(s: DeskState) => string, (s: DeskState, callId: string) => string, string, Target]
const wished =
  ([id, operator, wish, to]: Wished) =>
  (s: DeskState): Input => {
    const callId = id(s)
    const about = { callId, operatorId: operator(s, callId) }
    const supervisor = { callId, operatorId: pick([...s.operators.keys()], callId.length + wish.length) ?? 'chloe' }
    switch (wish) {
      case 'consult':
        return { type: 'operator-consults', target: to, ...about }
      case 'cancel':
        return { type: 'consult-cancelled', ...about }
      case 'confer':
        return { type: 'conference-asked', ...about }
      case 'transfer':
        return { type: 'operator-transfers', target: to, ...about }
      case 'hand over':
        return { type: 'operator-transfers', target: null, ...about }
      case 'mute':
        return { type: 'operator-mutes', on: true, ...about }
      case 'record':
        return { type: 'operator-records', order: 'start', ...about }
      case 'pause recording':
        return { type: 'operator-records', order: to.kind === 'number' ? 'resume' : 'pause', ...about }
      case 'end recording':
        return { type: 'operator-records', order: 'cancel', ...about }
      case 'keys':
        return { type: 'operator-sends-keys', keys: '12#', ...about }
      case 'rejoin':
        return { type: 'operator-rejoins', ...about }
      case 'take':
        return { type: 'call-taken', ...supervisor }
      case 'watch':
        return {
          type: 'call-watched',
          mode: to.kind === 'number' ? 'join' : to.operatorId === 'alice' ? 'whisper' : 'listen',
          ...supervisor,
        }
      case 'leave':
        return { type: 'watch-left', ...supervisor }
      default:
        return { type: 'call-stopped', callId }
    }
  }

export const on = (input: Input) => () => input

/** Those of a roster whose telephone is their browser. */
export const someBrowsers = fc
  .subarray(roster.map(({ id }) => id))
  .map(
    (theirs) => (entries: readonly RosterEntry[]) =>
      entries.map((entry) => ({ ...entry, phone: theirs.includes(entry.id) ? ('browser' as const) : null })),
  )

/** Whatever may happen next, given the state met then. */
export const inputs: fc.Arbitrary<(state: DeskState) => Input> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .record({
        n: fc.integer({ min: 1, max: 9 }),
        number: fc.constantFrom('+33561551234', 'ext:4242', null),
        dialled: fc.constantFrom(null, '+33561550002'),
      })
      .map(({ n, number, dialled }) =>
        on({ type: 'call-arrived', channel: `c${n}`, number, dialled, people: number === null ? [] : [claire] }),
      ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(anyChannel, causes).map(
      ([id, cause]) =>
        (s: DeskState): Input => ({ type: 'channel-gone', channel: id(s), cause }),
    ),
  },
  {
    weight: 2,
    arbitrary: anyChannel.map(
      (id) =>
        (s: DeskState): Input => ({ type: 'phone-hung-up', channel: id(s) }),
    ),
  },
  {
    weight: 6,
    arbitrary: anyLeg.map(
      (id) =>
        (s: DeskState): Input => ({ type: 'leg-answered', leg: id(s) }),
    ),
  },
  {
    weight: 6,
    arbitrary: anyPlayback.map(
      (id) =>
        (s: DeskState): Input => ({ type: 'playback-ended', playback: id(s) }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(anyRecording, fc.option(fc.nat(30_000))).map(
      ([id, durationMs]) =>
        (s: DeskState): Input => ({
          type: 'recording-ended',
          recording: id(s),
          durationMs,
        }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(anyChannel, fc.constantFrom('1', '1', '1', '2', '3', '3', '#', '*', '0', '4')).map(
      ([id, key]) =>
        (s: DeskState): Input => ({
          type: 'key-pressed',
          channel: id(s),
          key,
        }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(commands, anyLeg, anyPlayback, anyRecording).map(
      ([command, leg, playback, recording]) =>
        (s: DeskState): Input => ({
          type: 'command-failed',
          command,
          target: command === 'play' ? playback(s) : command === 'record' ? recording(s) : leg(s),
        }),
    ),
  },
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.constantFrom(...operators), operatorChange)
      .map(([operatorId, change]) => on({ type: 'operator-asks', operatorId, change })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...operators), operatorChange)
      .map(([operatorId, change]) => on({ type: 'operator-asks', operatorId, change, by: 'Sophie' })),
  },
  {
    weight: 4,
    arbitrary: anyCall.map(
      (id) =>
        (s: DeskState): Input => ({
          type: 'ticket-found',
          callId: id(s),
          ticket: { number: 10_421, state: 'in-hand', next: null, several: false },
        }),
    ),
  },
  { weight: 2, arbitrary: fc.constantFrom(...operators).map((operatorId) => on({ type: 'operator-needs-longer', operatorId })) },
  {
    weight: 2,
    arbitrary: fc.tuple(anyCall, operatorOf, fc.constantFrom('operator-declines' as const, 'operator-hangs-up' as const)).map(
      ([id, operator, type]) =>
        (s: DeskState): Input => ({ type, callId: id(s), operatorId: operator(s, id(s)) }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        anyCall,
        operatorOf,
        fc.constantFrom('extend' as const, 'hold' as const, 'hold' as const, 'take back' as const, 'take back' as const),
      )
      .map(([id, operator, wish]) => (s: DeskState): Input => {
        const about = { callId: id(s), operatorId: operator(s, id(s)) }
        return wish === 'extend'
          ? { type: 'operator-extends', reason: 'Diagnostic', ...about }
          : { type: 'operator-holds', on: wish === 'hold', ...about }
      }),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(...operators), fc.constantFrom('+33561551234', 'ext:4242', '+4915112345678'), fc.integer({ min: 1, max: 9 }))
      .map(([operatorId, number, n]) => on({ type: 'operator-calls', operatorId, callId: `o${n}`, number, people: [], owedId: null })),
  },
  { weight: 8, arbitrary: fc.tuple(anyCall, operatorOf, wishes, target).map(wished) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('+33561551234', 'ext:4242').map((number) => on({ type: 'number-settled', number })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('+33561551234', 'ext:4242').map((number) => on({ type: 'numbers-erased', numbers: [number] })),
  },
  { weight: 1, arbitrary: fc.nat(600_000).map((ms) => on({ type: 'numbers-over', before: nine + ms })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(true, false, null).map((open) => on({ type: 'opening-ordered', open, by: 'Sophie', until: null })),
  },
  { weight: 1, arbitrary: fc.constantFrom(true, true, true, false).map((open) => on({ type: 'hours', open })) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.subarray(roster), someBrowsers).map(([some, phones]) => on({ type: 'roster', operators: phones(some) })),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(...operators), fc.constantFrom(true, true, false))
      .map(([operatorId, here]) => on({ type: 'browser-phone', operatorId, here })),
  },
  {
    weight: 1,
    arbitrary: anyCall.map(
      (id) =>
        (s: DeskState): Input => ({ type: 'caller-identified', callId: id(s), people: [claire] }),
    ),
  },
  {
    weight: 1,
    arbitrary: inventory.map(
      (list) =>
        (s: DeskState): Input => ({ type: 'inventory', inventory: list(s) }),
    ),
  },
  { weight: 4, arbitrary: fc.constant(on({ type: 'tick' })) },
)
