import { atRest, lostPlaybackMs, rested, restingOf, withCall, withOperator } from './change.ts'
import type { Fact } from './facts.ts'
import type { Call, CallStatus, DeskState } from './model.ts'
import { mainLine } from './settings.ts'
import { isInternal } from './number.ts'
import { hourMs } from './outgoing-rules.ts'
import { byRank, placeOf } from './queue.ts'
import { waitOver } from './remembered.ts'

/** Facts of kept places and of calls that we make. */
export type OutgoingFact = Extract<
  Fact,
  {
    type:
      | 'place-asked'
      | 'number-keyed'
      | 'place-kept'
      | 'place-left'
      | 'place-due'
      | 'call-placed'
      | 'dialling-started'
      | 'dialling-ended'
      | 'outgoing-refused'
  }
>

type Status<K extends CallStatus['kind']> = Extract<CallStatus, { kind: K }>
const when = <K extends CallStatus['kind']>(
  state: DeskState,
  id: string,
  kind: K,
  change: (status: Status<K>, call: Call) => Call,
): DeskState => withCall(state, id, (call) => (call.status.kind === kind ? change(call.status as Status<K>, call) : call))

/** @see evolve */
export function evolveOutgoing(state: DeskState, fact: OutgoingFact): DeskState {
  const { at } = fact
  switch (fact.type) {
    case 'place-asked':
      return when(state, fact.callId, 'waiting', (waiting, call) => ({
        ...call,
        serial: call.serial + 1,
        status: { ...waiting, playing: fact.announcement, keeping: fact.keeping, nextAnnouncementAt: at + lostPlaybackMs },
      }))
    case 'number-keyed':
      if (state.calls.get(fact.callId)?.status.kind === 'message')
        return when(state, fact.callId, 'message', (message, call) => ({
          ...call,
          status: { ...message, playing: null, asking: { keeping: { step: 'keying', digits: fact.digits }, nextAt: fact.nextAt } },
        }))
      return when(state, fact.callId, 'waiting', (waiting, call) => ({
        ...call,
        status: {
          ...waiting,
          playing: null,
          keeping: { ...waiting.keeping, step: 'keying', digits: fact.digits },
          nextAnnouncementAt: fact.nextAt,
        },
      }))
    case 'place-kept': {
      const before = placeOf(state, fact.number)
      return withCall(waitOver(state, fact.callId, at, false), fact.callId, (call) => ({
        ...call,
        ...(before !== null && byRank(before, call) < 0 && { rank: before.rank, order: before.order }),
        number: fact.number,
        serial: call.serial + 1,
        promisedBy: null,
        alarmedAt: null,
        status: { kind: 'kept', since: at, playing: fact.announcement, attempts: 0, nextAt: 0 },
      }))
    }
    case 'place-left':
      return when(state, fact.callId, 'kept', (kept, { page: _left, ...call }) => ({ ...call, status: { ...kept, playing: null } }))
    case 'place-due':
      return when(state, fact.callId, 'kept', (kept, call) => ({ ...call, status: { ...kept, nextAt: 0 } }))
    case 'call-placed':
      return place(state, fact)
    case 'dialling-started':
      return startDialling(state, fact)
    case 'dialling-ended':
      return endDialling(state, fact)
    case 'outgoing-refused':
      return state
    default:
      return fact satisfies never
  }
}

function place(state: DeskState, fact: Extract<OutgoingFact, { type: 'call-placed' }>): DeskState {
  const call: Call = {
    id: fact.callId,
    channel: fact.callId,
    direction: 'out',
    owedId: fact.owedId,
    line: mainLine,
    rank: fact.at,
    order: state.nextOrder,
    arrivedAt: fact.at,
    number: fact.number,
    people: fact.people,
    status: { kind: 'placing', since: fact.at, operatorId: fact.operatorId },
    offers: [],
    passedBy: [],
    serial: fact.serial ?? 0,
    promisedBy: null,
    alarmedAt: null,
    why: null,
    ticket: null,
    language: state.english[fact.number] === undefined ? 'fr' : 'en',
  }
  return { ...state, nextOrder: state.nextOrder + 1, calls: new Map(state.calls).set(call.id, call) }
}

function startDialling(state: DeskState, fact: Extract<OutgoingFact, { type: 'dialling-started' }>): DeskState {
  const { at, callId, operatorId, leg, bridge, channel, tone } = fact
  const call = state.calls.get(callId)
  const rung = withCall(state, callId, (c) => ({
    ...c,
    channel,
    offers: [],
    serial: c.serial + 1,
    status: { kind: 'dialling', since: at, operatorId, leg, bridge, tone, attempts: c.status.kind === 'kept' ? c.status.attempts : null },
  }))
  const busy = withOperator(rung, operatorId, (o) => {
    const then = restingOf(atRest(o.status))
    return { ...o, misses: 0, status: { kind: 'talking', since: at, callId, then } }
  })
  if (call?.number == null || isInternal(call.number)) return busy
  return countDialled(busy, { at, by: call.status.kind === 'kept' ? null : operatorId })
}

/** One more number outside, for the ceilings. */
export const countDialled = (state: DeskState, one: DeskState['dialled'][number]): DeskState => ({
  ...state,
  dialled: [...state.dialled.filter(({ at }) => at > one.at - hourMs), one],
})

function endDialling(
  state: DeskState,
  { at, callId, operatorId, reason, nextAt }: Extract<OutgoingFact, { type: 'dialling-ended' }>,
): DeskState {
  const kept = nextAt !== null
  const freed = withOperator(state, operatorId, (o) => {
    if (o.status.kind !== 'talking') return o
    const { then } = o.status
    if (then !== null) return { ...o, status: rested(then, at) }
    return { ...o, status: kept ? { kind: 'ready', since: at } : { kind: 'wrap-up', since: at, callId, until: null } }
  })
  if (!kept) return freed
  const tried = reason === 'cancelled' || reason === 'lost' ? 0 : 1
  return when(freed, callId, 'dialling', (dialling, call) => ({
    ...call,
    passedBy: reason === 'cancelled' && !call.passedBy.includes(operatorId) ? [...call.passedBy, operatorId] : call.passedBy,
    status: { kind: 'kept', since: at, playing: null, attempts: (dialling.attempts ?? 0) + tried, nextAt },
  }))
}
