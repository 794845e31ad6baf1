import type { Fact } from './facts.ts'
import type { AtRest, Call, CallStatus, DeskState, Operator, OperatorStatus, Resting } from './model.ts'

/** An announcement whose end was never heard of is taken as over after this. */
export const lostPlaybackMs = 120_000

const withCall = (state: DeskState, id: string, change: (call: Call) => Call): DeskState => {
  const call = state.calls.get(id)
  return call === undefined ? state : { ...state, calls: new Map(state.calls).set(id, change(call)) }
}

const withOperator = (state: DeskState, id: string, change: (operator: Operator) => Operator): DeskState => {
  const operator = state.operators.get(id)
  return operator === undefined ? state : { ...state, operators: new Map(state.operators).set(id, change(operator)) }
}

type Talking = Extract<CallStatus, { kind: 'talking' }>
const withTalk = (state: DeskState, id: string, change: (talk: Talking) => Talking): DeskState =>
  withCall(state, id, (call) => (call.status.kind === 'talking' ? { ...call, status: change(call.status) } : call))

const status =
  (to: CallStatus) =>
  (call: Call): Call => ({ ...call, status: to })
const become =
  (to: OperatorStatus, by?: string) =>
  (operator: Operator): Operator => ({ ...operator, status: to, orderedBy: by ?? null })

const rested = (then: Resting, since: number): OperatorStatus => ({ ...then, since })

/** Where an operator returns to when a phone that rings now is not answered. */
const atRest = (from: OperatorStatus): AtRest =>
  from.kind === 'offered'
    ? from.before
    : from.kind === 'talking'
      ? { kind: 'wrap-up', since: from.since, callId: from.callId, until: null }
      : from

const afterTalk = (operator: Operator, callId: string, at: number): OperatorStatus =>
  operator.status.kind === 'talking' && operator.status.then !== null
    ? rested(operator.status.then, at)
    : { kind: 'wrap-up', since: at, callId, until: null }

/** The state after one more fact. Total: a fact about something unknown changes nothing. */
export function evolve(state: DeskState, fact: Fact): DeskState {
  const at = fact.at
  switch (fact.type) {
    case 'desk-opened':
      return { ...state, open: true }
    case 'desk-closed':
      return { ...state, open: false }
    case 'opening-ordered':
      return { ...state, opening: { open: fact.open, by: fact.by, at, until: fact.until } }
    case 'opening-order-over':
      return { ...state, opening: null }
    case 'roster-set': {
      const operators = new Map<string, Operator>()
      for (const entry of fact.operators) {
        const known = state.operators.get(entry.id)
        operators.set(
          entry.id,
          known === undefined
            ? { ...entry, status: { kind: 'offline', since: at }, misses: 0, restUntil: 0, orderedBy: null }
            : { ...known, ...entry },
        )
      }
      for (const [id, operator] of state.operators) {
        const busy = operator.status.kind === 'offered' || operator.status.kind === 'talking'
        if (busy && !operators.has(id)) operators.set(id, operator)
      }
      return { ...state, operators }
    }
    case 'operator-ready':
      return withOperator(state, fact.operatorId, (o) => ({
        ...become({ kind: 'ready', since: at }, fact.by)(o),
        misses: 0,
        restUntil: 0,
      }))
    case 'operator-paused':
      return withOperator(state, fact.operatorId, become({ kind: 'paused', since: at, reason: fact.reason }, fact.by))
    case 'operator-at-front-desk':
      return withOperator(state, fact.operatorId, become({ kind: 'front-desk', since: at }, fact.by))
    case 'operator-left':
      return withOperator(state, fact.operatorId, become({ kind: 'offline', since: at }, fact.by))
    case 'operator-will-rest':
      return withOperator(state, fact.operatorId, (o) =>
        o.status.kind === 'talking' ? { ...o, orderedBy: fact.by ?? null, status: { ...o.status, then: fact.then } } : o,
      )
    case 'wrap-up-timed':
      return withOperator(state, fact.operatorId, (o) =>
        o.status.kind === 'wrap-up' ? { ...o, status: { ...o.status, until: fact.until } } : o,
      )
    case 'call-arrived': {
      const call: Call = {
        id: fact.callId,
        channel: fact.callId,
        order: state.nextOrder,
        arrivedAt: at,
        number: fact.number,
        people: fact.people,
        status: { kind: 'ringing', since: at },
        offer: null,
        passedBy: [],
        serial: 0,
        promisedBy: null,
        language: fact.number !== null && state.english[fact.number] === true ? 'en' : 'fr',
      }
      return { ...state, nextOrder: state.nextOrder + 1, calls: new Map(state.calls).set(call.id, call) }
    }
    case 'caller-identified':
      return withCall(state, fact.callId, (c) => ({ ...c, people: fact.people }))
    case 'call-queued':
      return withCall(state, fact.callId, (c) => ({
        ...c,
        serial: c.serial + 1,
        status: { kind: 'waiting', since: at, playing: fact.announcement, nextAnnouncementAt: at + lostPlaybackMs },
      }))
    case 'announcement-started':
      return withCall(state, fact.callId, (c) =>
        c.status.kind !== 'waiting'
          ? c
          : {
              ...c,
              serial: c.serial + 1,
              promisedBy: fact.promisedBy ?? c.promisedBy,
              status: { ...c.status, playing: fact.announcement, nextAnnouncementAt: at + lostPlaybackMs },
            },
      )
    case 'announcement-ended':
      return withCall(state, fact.callId, (c) =>
        c.status.kind === 'waiting' ? { ...c, status: { ...c.status, playing: null, nextAnnouncementAt: fact.nextAt } } : c,
      )
    case 'closed-message-started':
      return withCall(state, fact.callId, (c) => ({
        ...c,
        serial: c.serial + 1,
        status: { kind: 'closed', since: at, playing: fact.announcement },
      }))
    case 'message-invited':
      return withCall(state, fact.callId, (c) => ({
        ...c,
        serial: c.serial + 1,
        status: { kind: 'message', since: at, recording: fact.recording, playing: fact.announcement },
      }))
    case 'message-started':
      return withCall(state, fact.callId, status({ kind: 'message', since: at, recording: fact.recording, playing: null }))
    case 'message-left':
      return state
    case 'offer-made': {
      const offered = withCall(state, fact.callId, (c) => ({
        ...c,
        serial: c.serial + 1,
        offer: { operatorId: fact.operatorId, leg: fact.leg, madeAt: at },
      }))
      return withOperator(offered, fact.operatorId, (o) => ({
        ...o,
        status: { kind: 'offered', since: at, callId: fact.callId, before: atRest(o.status) },
      }))
    }
    case 'offer-ended': {
      const missed = fact.reason === 'no-answer' || fact.reason === 'unreachable'
      const passed = missed || fact.reason === 'declined'
      const freed = withCall(state, fact.callId, (c) => ({
        ...c,
        offer: null,
        passedBy: passed && !c.passedBy.includes(fact.operatorId) ? [...c.passedBy, fact.operatorId] : c.passedBy,
      }))
      return withOperator(freed, fact.operatorId, (o) => ({
        ...o,
        misses: missed ? o.misses + 1 : o.misses,
        restUntil: fact.restUntil,
        status: o.status.kind === 'offered' ? o.status.before : o.status,
      }))
    }
    case 'call-answered': {
      const talking = withCall(state, fact.callId, (c) => ({
        ...c,
        offer: null,
        status: {
          kind: 'talking',
          since: at,
          operatorId: fact.operatorId,
          leg: fact.leg,
          bridge: fact.bridge,
          capAt: fact.capAt,
          extensions: 0,
          warned: 'none',
          onHold: false,
        },
      }))
      return withOperator(talking, fact.operatorId, (o) => ({
        ...o,
        misses: 0,
        orderedBy: null,
        status: { kind: 'talking', since: at, callId: fact.callId, then: null },
      }))
    }
    case 'language-chosen': {
      const number = state.calls.get(fact.callId)?.number ?? null
      const said = withCall(state, fact.callId, (c) => ({ ...c, language: fact.language }))
      if (number === null) return said
      const { [number]: _before, ...others } = state.english
      return { ...said, english: fact.language === 'en' ? { ...others, [number]: true } : others }
    }
    case 'limit-extended':
      return withTalk(state, fact.callId, (talk) => ({ ...talk, capAt: fact.capAt, extensions: talk.extensions + 1, warned: 'none' }))
    case 'limit-warned':
      return withCall(
        withTalk(state, fact.callId, (talk) => ({ ...talk, warned: fact.how })),
        fact.callId,
        (c) => ({ ...c, serial: c.serial + 1 }),
      )
    case 'caller-held':
      return withTalk(state, fact.callId, (talk) => ({ ...talk, onHold: true }))
    case 'caller-resumed':
      return withTalk(state, fact.callId, (talk) => ({ ...talk, onHold: false }))
    case 'farewell-started':
      return withCall(releaseTalk(state, fact.callId, at), fact.callId, (c) => ({
        ...c,
        serial: c.serial + 1,
        status: { kind: 'ending', since: at, playing: fact.announcement, reason: fact.reason },
      }))
    case 'call-ended': {
      const released = releaseTalk(state, fact.callId, at)
      const calls = new Map(released.calls)
      calls.delete(fact.callId)
      return { ...released, calls }
    }
    default:
      return fact satisfies never
  }
}

/** Free the operator of a conversation and remember how long it lasted. */
function releaseTalk(state: DeskState, callId: string, at: number): DeskState {
  const talk = state.calls.get(callId)?.status
  if (talk?.kind !== 'talking') return state
  const freed = withOperator(state, talk.operatorId, (o) => ({ ...o, status: afterTalk(o, callId, at) }))
  return { ...freed, talks: [...freed.talks, at - talk.since].slice(-50) }
}
