import { type Call, type DeskState, emptyDesk, type Offer, type Operator } from '../calls/model.ts'
import { type Stay, type Stays, staysFrom } from '../calls/patience.ts'
import { mainLine } from '../calls/settings.ts'

/** The state as JSON can hold it. */
export type DeskSnapshotRecord = Omit<DeskState, 'calls' | 'operators' | 'stays'> & {
  readonly stays?: Stays | readonly Stay[]
  readonly calls: readonly Call[]
  readonly operators: readonly Operator[]
}

/** A call as earlier versions wrote it: one phone at most rang for it. */
type EarlierCall = Call & { readonly offer?: Omit<Offer, 'why'> | null }

export const packState = (state: DeskState): DeskSnapshotRecord => ({
  ...state,
  calls: [...state.calls.values()],
  operators: [...state.operators.values()],
})

/** A state written by an earlier version lacks what came later. */
const completeCall = ({ offer, ...call }: EarlierCall): Call => ({
  ...call,
  ticket: call.ticket ?? null,
  line: call.line ?? mainLine,
  rank: call.rank ?? call.arrivedAt,
  status: call.status.kind === 'talking' ? { ...call.status, recording: call.status.recording ?? null } : call.status,
  offers: call.offers ?? (offer == null ? [] : [{ ...offer, why: call.why }]),
})

const completeOperator = (operator: Operator): Operator => ({
  ...operator,
  orderedBy: operator.orderedBy ?? null,
  status: operator.status.kind === 'wrap-up' ? { ...operator.status, until: operator.status.until ?? null } : operator.status,
})

export const unpackState = (record: DeskSnapshotRecord): DeskState => ({
  ...emptyDesk,
  ...record,
  stays: staysFrom(record.stays ?? []),
  calls: new Map(record.calls.map((c) => [c.id, completeCall(c)])),
  operators: new Map(record.operators.map((o) => [o.id, completeOperator(o)])),
})
