import { type Call, type DeskState, emptyDesk, type Offer, type Operator } from '../calls/model.ts'
import { areBySameStretches, type Stay, type Stays, staysOf } from '../calls/patience.ts'
import { mainLine } from '../calls/settings.ts'

/** The state as JSON can hold it. */
export type DeskSnapshotRecord = Omit<DeskState, 'calls' | 'operators'> & {
  readonly calls: readonly Call[]
  readonly operators: readonly Operator[]
}

/**
 * As earlier versions wrote the waits that are over, one by one; theirs is not written under that name now, since they would read it. Of
 * who asked for English they did not write when.
 */
type EarlierRecord = Omit<DeskSnapshotRecord, 'stayed' | 'english' | 'lastSpoke'> & {
  readonly stayed?: Stays
  readonly stays?: readonly Stay[]
  readonly english?: Readonly<Record<string, number | true>>
  readonly lastSpoke?: DeskState['lastSpoke']
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

/** Who asked for English at an unknown moment did so by the latest that is known, each at one of their own. */
function englishOf({ english = {}, operators, lastSpoke = {} }: EarlierRecord): DeskState['english'] {
  const latest = Math.max(0, ...operators.map(({ status }) => status.since), ...Object.values(lastSpoke).map(({ at }) => at))
  return Object.fromEntries(Object.entries(english).map(([number, at], i) => [number, at === true ? latest - i : at]))
}

export const unpackState = ({ stays, ...record }: EarlierRecord): DeskState => ({
  ...emptyDesk,
  ...record,
  english: englishOf(record),
  stayed: record.stayed !== undefined && areBySameStretches(record.stayed) ? record.stayed : staysOf(stays ?? []),
  calls: new Map(record.calls.map((c) => [c.id, completeCall(c)])),
  operators: new Map(record.operators.map((o) => [o.id, completeOperator(o)])),
})
