import type { CallView, OpeningOrder, OperatorView } from '../../server/contract/entities.ts'
import type { DeskChange, DeskSnapshot } from '../../server/contract/live.ts'

/** The desk as the server last told it; folded from a snapshot and its changes. */
export type Desk = {
  readonly epoch: string
  readonly n: number
  readonly me: string
  readonly demo: boolean
  readonly open: boolean
  readonly hours: string
  readonly opening: OpeningOrder | null
  readonly telephony: boolean
  readonly calls: readonly CallView[]
  readonly operators: readonly OperatorView[]
}

export function fromSnapshot(s: DeskSnapshot): Desk {
  return {
    epoch: s.epoch,
    n: s.n,
    me: s.me,
    demo: s.demo,
    open: s.open,
    hours: s.hours,
    opening: s.opening,
    telephony: s.telephony,
    calls: s.calls,
    operators: s.operators,
  }
}

/** The desk after a change, or null when the change does not follow what we hold: something was missed. */
export function afterChange(desk: Desk, change: DeskChange): Desk | null {
  if (change.epoch !== desk.epoch || change.n !== desk.n + 1) return null
  const gone = new Set(change.ended.map((e) => e.id))
  return {
    ...desk,
    n: change.n,
    open: change.open ?? desk.open,
    hours: change.hours ?? desk.hours,
    opening: change.opening === undefined ? desk.opening : change.opening,
    telephony: change.telephony ?? desk.telephony,
    calls: merged(desk.calls, change.calls).filter((c) => !gone.has(c.id)),
    operators: merged(desk.operators, change.operators),
  }
}

function merged<T extends { readonly id: string }>(old: readonly T[], news: readonly T[]): readonly T[] {
  if (news.length === 0) return old
  const byId = new Map(old.map((x) => [x.id, x]))
  for (const x of news) byId.set(x.id, x)
  return [...byId.values()]
}

/** The call that rings for me, or the one I am in; null when there is none. */
export function myCall(desk: Desk): CallView | null {
  return desk.calls.find((c) => c.operatorId === desk.me) ?? desk.calls.find((c) => c.offeredTo === desk.me) ?? null
}

/** Null for those who take no calls. */
export function myself(desk: Desk): OperatorView | null {
  return desk.operators.find((o) => o.id === desk.me) ?? null
}

/** Who waits, the next to be served first. */
export function waiting(desk: Desk): readonly CallView[] {
  return desk.calls.filter((c) => c.position !== null && c.operatorId === null).toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0))
}

/** The figures of the live strip: how many wait, since when the longest, how many operators are free of those on duty. */
export function figures(desk: Desk): { waiting: number; oldest: string | null; ready: number; present: number } {
  const line = waiting(desk)
  const oldest = line.map((c) => c.arrivedAt).toSorted()[0] ?? null
  const present = desk.operators.filter((o) => o.state !== 'offline')
  return { waiting: line.length, oldest, ready: present.filter((o) => o.state === 'ready').length, present: present.length }
}
