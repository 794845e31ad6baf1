import type { CallView, LineName, OpeningOrder, OperatorView } from '../../server/contract/entities.ts'
import type { DeskChange, DeskSnapshot } from '../../server/contract/live.ts'

/** The desk as the server last told it; folded from a snapshot and its changes. */
export type Desk = {
  readonly epoch: string
  readonly n: number
  readonly me: string
  /** The console's build that the server has now; null when it has none. */
  readonly build: string | null
  readonly demo: boolean
  readonly open: boolean
  readonly hours: string
  readonly opening: OpeningOrder | null
  readonly telephony: boolean
  readonly lines: readonly LineName[]
  readonly calls: readonly CallView[]
  readonly operators: readonly OperatorView[]
}

export function fromSnapshot(s: DeskSnapshot): Desk {
  return {
    epoch: s.epoch,
    n: s.n,
    me: s.me,
    build: s.build,
    demo: s.demo,
    open: s.open,
    hours: s.hours,
    opening: s.opening,
    telephony: s.telephony,
    lines: s.lines,
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
    lines: change.lines ?? desk.lines,
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

/**
 * What I have to do with a call.
 * ringing    my phone rings for whoever calls, or whose place comes up
 * placing    I call somebody: my own phone rings first
 * dialling   the phone of whom I call rings
 * talking    it is my conversation
 * consulted  a colleague asks me about it: my phone rings, or we talk
 * watching   I listen, whisper or have joined
 */
export type Part = 'ringing' | 'placing' | 'dialling' | 'talking' | 'consulted' | 'watching'

/** My part in this call; null when I have none. */
export function partIn(call: CallView, me: string): Part | null {
  if (call.operatorId === me) return call.status === 'placing' || call.status === 'dialling' ? call.status : 'talking'
  if (call.status !== 'transferring' && call.consult?.operatorId === me) return 'consulted'
  if (call.watch?.supervisorId === me) return 'watching'
  return call.offeredTo.includes(me) ? 'ringing' : null
}

const order: readonly Part[] = ['talking', 'dialling', 'placing', 'ringing', 'consulted', 'watching']

/** The call that concerns me most, and how; null when there is none. */
export function myCall(desk: Desk): { readonly call: CallView; readonly part: Part } | null {
  const mine = desk.calls.flatMap((call) => {
    const part = partIn(call, desk.me)
    return part === null ? [] : [{ call, part }]
  })
  return mine.toSorted((a, b) => order.indexOf(a.part) - order.indexOf(b.part))[0] ?? null
}

/** The name of the line a call came by; null where there is only one, or it is no more. */
export const lineOf = ({ lines }: Desk, call: CallView): string | null =>
  lines.length < 2 ? null : (lines.find(({ id }) => id === call.line)?.name ?? null)

/** Whether the conversations of a call's line may be recorded. */
export const recordingOf = ({ lines }: Desk, call: CallView): LineName['recording'] =>
  lines.find(({ id }) => id === call.line)?.recording ?? 'off'

/** What the one key for it does to a recording now; null while everybody is being told. */
export function recordingStep({ recording }: CallView): 'start' | 'pause' | 'resume' | null {
  if (recording === 'announcing') return null
  return recording === null ? 'start' : recording === 'on' ? 'pause' : 'resume'
}

/** Null for those who take no calls. */
export function myself(desk: Desk): OperatorView | null {
  return desk.operators.find((o) => o.id === desk.me) ?? null
}

/** Whether my conversation can be ended, or left by one of three; while somebody is asked, one goes back to the caller first. */
export const mayFinish = ({ consult }: CallView): boolean => consult === null || consult.state === 'joined'

/** Whether the ticket of such a call is mine to write. */
export const isWritten = (part: Part): boolean => part !== 'consulted' && part !== 'watching'

/** The call whose ticket I write; null when there is none. */
export function callOfMine(desk: Desk): CallView | null {
  const mine = myCall(desk)
  return mine !== null && isWritten(mine.part) ? mine.call : null
}

const inOrder = (calls: readonly CallView[]) => calls.toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0))

/** Who waits on the line, the next to be served first. */
export function waiting(desk: Desk): readonly CallView[] {
  return inOrder(desk.calls.filter((c) => c.position !== null && c.operatorId === null && c.status !== 'kept'))
}

/** Who has hung up and keeps the place, to be called back; in the same order. */
export function keptPlaces(desk: Desk): readonly CallView[] {
  return inOrder(desk.calls.filter((c) => c.status === 'kept'))
}

/** The figures of the live strip: how many wait on the line, since when the longest, how many places are kept, how many operators are free of those on duty. */
export function figures(desk: Desk): { waiting: number; oldest: string | null; kept: number; ready: number; present: number } {
  const line = waiting(desk)
  const oldest = line.map((c) => c.arrivedAt).toSorted()[0] ?? null
  const present = desk.operators.filter((o) => o.state !== 'offline')
  return {
    waiting: line.length,
    oldest,
    kept: keptPlaces(desk).length,
    ready: present.filter((o) => o.state === 'ready').length,
    present: present.length,
  }
}

/** Something rings at my phone, or I am on it. */
export const isAtWork = (state: OperatorView['state'] | undefined): boolean =>
  state === 'ringing' || state === 'talking' || state === 'watching'
