import { rungFor } from '../calls/parties.ts'
import type { CallView, OfferReasonView, OpeningOrder, OperatorView, OtherParty } from '../contract/entities.ts'
import type { Call, CallStatus, DeskState, OfferReason, Operator, Target } from '../calls/model.ts'
import { showNumber } from '../calls/number.ts'
import { waitingOrder } from '../calls/queue.ts'
import { isReachable } from '../calls/reach.ts'

const iso = (ms: number) => new Date(ms).toISOString()

/** Position in the queue by call id, 1 for the next to be served. */
export const positions = (state: DeskState): ReadonlyMap<string, number> => new Map(waitingOrder(state).map((c, i) => [c.id, i + 1]))

const talk = (status: CallStatus) => (status.kind === 'talking' ? status : null)
const kept = (status: CallStatus) => (status.kind === 'kept' ? status : null)

function viewReason(why: OfferReason): OfferReasonView {
  switch (why.kind) {
    case 'longest-idle':
      return { kind: why.kind, idleSeconds: Math.round(why.idleMs / 1_000), among: why.among }
    case 'last-spoke':
      return { kind: why.kind, at: iso(why.at) }
    default:
      return why
  }
}

const viewTarget = (target: Target): OtherParty => ({
  name: target.group === undefined ? target.name : `${target.group.name} · ${target.name}`,
  operatorId: target.kind === 'operator' ? target.operatorId : null,
  number: target.kind === 'number' ? target.number : null,
})

function viewConsult(status: CallStatus): CallView['consult'] {
  if (status.kind === 'transferring') return { ...viewTarget(status.target), state: 'ringing', since: iso(status.since) }
  const consult = talk(status)?.consult ?? null
  return consult === null ? null : { ...viewTarget(consult.target), state: consult.phase, since: iso(consult.since) }
}

function viewWatch(status: CallStatus): CallView['watch'] {
  const watch = talk(status)?.watch ?? null
  return watch === null ? null : { supervisorId: watch.supervisorId, mode: watch.mode, state: watch.phase }
}

export function viewCall(call: Call, position: number | null): CallView {
  const { status } = call
  const talking = talk(status)
  const place = kept(status)
  return {
    id: call.id,
    status: status.kind,
    direction: call.direction,
    line: call.line,
    owedId: call.owedId,
    attempts: place?.attempts ?? null,
    nextAttemptAt: place === null || place.nextAt === 0 ? null : iso(place.nextAt),
    arrivedAt: iso(call.arrivedAt),
    number: call.number,
    numberShown: showNumber(call.number),
    people: [...call.people],
    position,
    offeredTo: rungFor(call).map((r) => r.operatorId),
    why: call.why === null ? null : viewReason(call.why),
    alarmedAt: call.alarmedAt === null ? null : iso(call.alarmedAt),
    operatorId: 'operatorId' in status ? status.operatorId : null,
    answeredAt: talking === null ? null : iso(talking.since),
    capAt: talking === null ? null : iso(talking.capAt),
    language: call.language,
    extensions: talking?.extensions ?? 0,
    onHold: talking?.onHold ?? false,
    muted: talking?.muted ?? false,
    consult: viewConsult(status),
    outside: talking?.outside == null ? null : viewTarget(talking.outside),
    watch: viewWatch(status),
    recording: talking?.recording?.phase ?? null,
    rejoining: talking?.rejoining != null,
    ...(call.page && { page: { signedIn: call.page.signedIn, ticket: call.page.ticket } }),
  }
}

export function viewOperator(operator: Operator): OperatorView {
  const { id, name, extension, status, orderedBy } = operator
  return {
    phoneAway: !isReachable(operator),
    id,
    name,
    extension,
    since: iso(status.since),
    state: status.kind === 'offered' ? 'ringing' : status.kind,
    reason: status.kind === 'paused' ? status.reason : null,
    callId: 'callId' in status ? status.callId : null,
    until: status.kind === 'wrap-up' && status.until !== null ? iso(status.until) : null,
    orderedBy,
    next: status.kind === 'talking' ? (status.then?.kind ?? null) : null,
  }
}

export const viewCalls = (state: DeskState): CallView[] => {
  const at = positions(state)
  return [...state.calls.values()].sort((a, b) => a.order - b.order).map((call) => viewCall(call, at.get(call.id) ?? null))
}
export const viewOperators = (state: DeskState): OperatorView[] => [...state.operators.values()].map(viewOperator)

export const viewOpening = ({ opening }: DeskState): OpeningOrder | null =>
  opening === null ? null : { open: opening.open, by: opening.by, until: opening.until === null ? null : iso(opening.until) }
