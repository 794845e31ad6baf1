import fc from 'fast-check'
import type { Input } from '../../server/calls/inputs.ts'
import type { DeskState } from '../../server/calls/model.ts'
import { callsOf, inputs, on, pick, someBrowsers } from './inputs.ts'
import { roster } from './scene.ts'

/** A step of an arbitrary history: how long after the step before, and what happens given the state met then. */
export type Step = { readonly waitMs: number; readonly input: (state: DeskState) => Input }

const waits = fc.oneof(
  { weight: 6, arbitrary: fc.nat(3_000) },
  { weight: 2, arbitrary: fc.integer({ min: 3_000, max: 60_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 60_000, max: 16 * 60_000 }) },
)
/** Some operators' telephone is their browser, whose page is there. */
const begun = someBrowsers.map((phones): readonly Step[] =>
  [
    { type: 'roster' as const, operators: phones(roster) },
    { type: 'hours' as const, open: true },
    ...roster.map(({ id }) => ({ type: 'browser-phone' as const, operatorId: id, here: true })),
  ].map((input) => ({ waitMs: 0, input: on(input) })),
)

const step = fc.record({ waitMs: waits, input: inputs })

/** What chance alone would seldom bring about: a caller in the queue keeps the place, and leaves. */
const placeKept = fc.nat(7).map((n): readonly Step[] => {
  const waiting = (s: DeskState) =>
    pick(
      callsOf(s).filter((c) => c.status.kind === 'waiting'),
      n,
    )
  const key = (digit: string): Step => ({
    waitMs: 500,
    input: (s) => ({ type: 'key-pressed', channel: waiting(s)?.channel ?? 'c1', key: digit }),
  })
  const goodbye = (s: DeskState) =>
    callsOf(s).flatMap(({ status }) => (status.kind === 'kept' && status.playing !== null ? [status.playing] : []))
  return [
    key('3'),
    key('1'),
    { waitMs: 4_000, input: (s) => ({ type: 'playback-ended', playback: pick(goodbye(s), n)?.playback ?? 'c1~play0' }) },
  ]
})

type TalkSeen = Readonly<Record<'callId' | 'operatorId' | 'leg' | 'asked' | 'watched' | 'rungAgain' | 'said', string>>
/** A conversation of the state, or nobody's. */
function talkOf(state: DeskState, n: number): TalkSeen {
  const talk = pick(
    callsOf(state).filter((c) => c.status.kind === 'talking'),
    n,
  )
  const status = talk?.status.kind === 'talking' ? talk.status : null
  const callId = talk?.id ?? 'c1'
  const [nobody, nothing] = ['nobody', `${callId}~leg0`]
  return {
    callId,
    operatorId: status?.operatorId ?? nobody,
    leg: status?.leg ?? nothing,
    asked: status?.consult?.leg ?? nothing,
    watched: status?.watch?.leg ?? nothing,
    rungAgain: status?.rejoining?.leg ?? nothing,
    said: status?.recording?.playback ?? `${callId}~play0`,
  }
}

const switchboard = { kind: 'number', number: '+33561556611', name: 'Standard' } as const
const inConversation: readonly (readonly ((talk: TalkSeen) => Input)[])[] = [
  [(talk) => ({ type: 'operator-transfers', target: switchboard, ...about(talk) })],
  [
    (talk) => ({ type: 'operator-consults', target: switchboard, ...about(talk) }),
    ({ asked }) => ({ type: 'leg-answered', leg: asked }),
    (talk) => ({ type: 'conference-asked', ...about(talk) }),
  ],
  [
    ({ callId, operatorId }) => ({
      type: 'call-watched',
      callId,
      operatorId: operatorId === 'alice' ? 'bruno' : 'alice',
      mode: 'listen',
    }),
    ({ watched }) => ({ type: 'leg-answered', leg: watched }),
    ({ callId, operatorId }) => ({ type: 'call-watched', callId, operatorId: operatorId === 'alice' ? 'bruno' : 'alice', mode: 'join' }),
  ],
  [(talk) => ({ type: 'operator-holds', on: true, ...about(talk) }), (talk) => ({ type: 'operator-holds', on: false, ...about(talk) })],
  [
    (talk) => ({ type: 'operator-records', order: 'start', ...about(talk) }),
    ({ said }) => ({ type: 'playback-ended', playback: said }),
    (talk) => ({ type: 'operator-records', order: 'pause', ...about(talk) }),
  ],
  [(talk) => ({ type: 'operator-rejoins', ...about(talk) }), ({ rungAgain }) => ({ type: 'leg-answered', leg: rungAgain })],
  [({ leg }) => ({ type: 'phone-hung-up', channel: leg })],
  [
    ({ operatorId }) => ({ type: 'browser-phone', operatorId, here: false }),
    ({ leg }) => ({ type: 'channel-gone', channel: leg, cause: 16 }),
    ({ operatorId }) => ({ type: 'browser-phone', operatorId, here: true }),
    ({ rungAgain }) => ({ type: 'leg-answered', leg: rungAgain }),
  ],
]
const about = ({ callId, operatorId }: TalkSeen) => ({ callId, operatorId })

/** Somebody is asked, all three talk, a supervisor comes, the caller is handed over or held, what is said is recorded, the operator's page is loaded anew, or goes and comes. */
const amongMore = fc
  .tuple(fc.nat(7), fc.constantFrom(...inConversation))
  .map(([n, script]): readonly Step[] => script.map((input) => ({ waitMs: 1_000, input: (s: DeskState) => input(talkOf(s, n)) })))

/** Histories of an open desk: valid and stale inputs mixed, the clock only ever advancing. */
export const histories: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    begun,
    fc.array(
      fc.oneof(
        { weight: 25, arbitrary: step.map((one) => [one]) },
        { weight: 1, arbitrary: placeKept },
        { weight: 4, arbitrary: amongMore },
      ),
      {
        minLength: 1,
        maxLength: 60,
        size: 'max',
      },
    ),
  )
  .map(([first, steps]) => [...first, ...steps.flat()])
