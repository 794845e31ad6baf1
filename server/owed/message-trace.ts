/*
 * Every voice message leaves a trace (R13): made a pre-ticket by hand or added to a ticket by its caller, it has one already. The others
 * have theirs once their answer is settled: that of the conversation which answered, else a pre-ticket of their own.
 */
import { deskItself } from '../contract/desk-itself.ts'
import type { OutsideTarget } from '../contract/out-of-scope.ts'
import type { Actor, Attempt, Entry } from './model.ts'

/** A conversation with the person between their message and the end of what was owed. */
export type Conversation = {
  /** The latest ticket that it led to, with who wrote it. */
  readonly ticket: { readonly number: number; readonly by: Actor } | null
  readonly refused: { readonly reason: string; readonly target: OutsideTarget | null; readonly by: Actor } | null
  /** Who wrote last what became of it; null: nobody has, and it stands on the list of calls without a ticket. */
  readonly notedBy: Actor | null
}

export type Settled = {
  readonly status: Extract<Entry['status'], { kind: 'settled' }>
  readonly attempts: readonly Pick<Attempt, 'at' | 'note'>[]
  /** Null: nobody spoke with the person, as far as is known. */
  readonly conversation: Conversation | null
  /** The ticket that another message of the same entry has led to. */
  readonly beside: number | null
}

/** `wait`: whoever had the conversation is to say what it was. */
export type MessageTrace =
  | { readonly kind: 'wait' }
  | { readonly kind: 'join'; readonly ticket: number; readonly by: Actor }
  | { readonly kind: 'refuse'; readonly reason: string; readonly target: OutsideTarget | null; readonly by: Actor }
  /** @property said how the answer was settled, for whoever completes it */
  | { readonly kind: 'open'; readonly said: string; readonly by: Actor }

/** What a message whose answer is settled leaves behind, nothing being written of it yet. */
export function traceOf({ status, attempts, conversation, beside }: Settled): MessageTrace {
  if (conversation !== null) {
    const { ticket, refused, notedBy } = conversation
    if (ticket !== null) return { kind: 'join', ticket: ticket.number, by: ticket.by }
    if (refused !== null) return { kind: 'refuse', ...refused }
    if (notedBy === null) return { kind: 'wait' }
  }
  const by = status.by ?? conversation?.notedBy ?? deskItself
  if (beside !== null) return { kind: 'join', ticket: beside, by }
  const note = attempts.findLast(({ at }) => at <= status.at)?.note ?? null
  return { kind: 'open', said: [hows[status.how], ...(note === null ? [] : [note])].join('\n\n'), by }
}

const hows: Readonly<Record<Settled['status']['how'], string>> = {
  reached: 'La personne a été rappelée et jointe.',
  'wrong-number': 'Rappelée, sans que ce numéro soit le bon.',
  message: 'Le message a été marqué comme traité.',
  'got-through': 'La personne a rappelé depuis, et a été entendue.',
  withdrawn: 'La personne n’attend plus d’être rappelée.',
}
