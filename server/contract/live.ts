import { z } from 'zod'
import { draft } from './drafts.ts'
import { callView, lineName, openingOrder, operatorView, ticketSummary } from './entities.ts'

/**
 * The desk, live. After sign-in a socket receives `desk` (a snapshot), then `change`s numbered one by one; a gap in `n` or
 * another `epoch` means something was missed: emit `again` and receive a new snapshot. Lists hear `stale` and ask over HTTP.
 */
const deskSnapshot = z.object({
  epoch: z.string(),
  n: z.int(),
  /** The server's clock, so that the console's timers are right whatever the computer's clock says. */
  now: z.iso.datetime(),
  open: z.boolean(),
  /** The day's hours in a sentence: « Ouvert jusqu’à 16 h 30 ». */
  hours: z.string(),
  opening: openingOrder.nullable(),
  me: z.string(),
  /** The console's build that the server has: a page of another is old. Null when it is not built. */
  build: z.string().nullable(),
  demo: z.boolean(),
  telephony: z.boolean(),
  lines: z.array(lineName),
  calls: z.array(callView),
  operators: z.array(operatorView),
})
export type DeskSnapshot = z.infer<typeof deskSnapshot>

const deskChange = z.object({
  epoch: z.string(),
  n: z.int(),
  now: z.iso.datetime(),
  open: z.boolean().optional(),
  hours: z.string().optional(),
  opening: openingOrder.nullable().optional(),
  telephony: z.boolean().optional(),
  lines: z.array(lineName).optional(),
  /** Calls that are new or have changed, whole. */
  calls: z.array(callView),
  /** Calls that have ended: id, and the operator who had talked (null when nobody had). */
  ended: z.array(z.object({ id: z.string(), operatorId: z.string().nullable(), reason: z.string() })),
  operators: z.array(operatorView),
})
export type DeskChange = z.infer<typeof deskChange>

/** What the operator's screen needs with a ringing call; sent to that operator alone, before the phone rings, again when it grows. */
const pop = z.object({
  call: callView,
  openTickets: z.array(ticketSummary),
  /** What another operator wrote of this call already. */
  draft: draft.nullable(),
})
export type Pop = z.infer<typeof pop>

/** Somebody wanted to call, or hand over to, a number that may not be dialled (now); told to supervisors and administrators alone. */
const dialRefused = z.object({ operator: z.string(), numberShown: z.string(), reason: z.enum(['not-allowed', 'ceiling']) })
export type DialRefused = z.infer<typeof dialRefused>

/** The lists that are asked for over HTTP. `calls`: those without a ticket. */
export type Stale =
  | 'tickets'
  | 'messages'
  | 'owed'
  | 'calls'
  | 'drafts'
  | 'announcements'
  | 'settings'
  | 'groups'
  | 'rota'
  | 'disruptions'
  | 'articles'
  /** Pages shared with callers. */
  | 'pages'
  /** Requesters who wait for a written answer, and who look at their page. */
  | 'talks'
  /** Calls at exchanges that keep the queue themselves. */
  | 'exchanges'

export type ServerEvents = {
  desk: (snapshot: DeskSnapshot) => void
  change: (change: DeskChange) => void
  pop: (pop: Pop) => void
  stale: (what: Stale) => void
  dialRefused: (refused: DialRefused) => void
}
export type ClientEvents = { again: () => void }
