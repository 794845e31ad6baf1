/*
 * Who watches a ticket without having it. Those who work here hear of all that is written; a person in copy reads what the requester reads,
 * and has no way into the request. Nobody is told of what they wrote themselves, nor twice of one line.
 */
import type { Ticket } from '../contract/entities.ts'
import type { MailLanguage } from '../contract/mail-templates.ts'
import { accepted, mailLines, signed } from './journal.ts'
import { refused, type Accepted, type SignedEntry, type TicketContext, type TicketDecision, type TicketMail } from './model.ts'
import { closedStaffMail, observedMail, refusedStaffMail, watchedMail } from './staff-mails.ts'

/** `id`: of the account, or of the person. */
export type Watcher = { readonly id: string; readonly name: string; readonly staff: boolean; readonly mail: string | null }

const mail = (ticket: Ticket, text: Said, { staff, mail: to }: Watcher, context: TicketContext): readonly TicketMail[] =>
  (staff ? watchedMail : observedMail)(ticket, text, to, context)

type Said = (language: MailLanguage) => string

const line = ({ id, name }: Watcher, step: 'added' | 'removed', context: TicketContext): SignedEntry =>
  signed(context, 'observer', name, { detail: { observer: { id, step, own: id === context.by } } })

/** Somebody watches from now on; they are told what it is about, unless they chose to themselves. The ticket itself stays as it was. */
export function addObserver(ticket: Ticket, watcher: Watcher, context: TicketContext): TicketDecision {
  if (!watcher.staff && watcher.id === ticket.requester.personId)
    return refused('conflict', `${watcher.name} a fait cette demande et en reçoit déjà les courriels`)
  const told = watcher.id === context.by ? [] : mail(ticket, () => ticket.summary || ticket.title, watcher, context)
  return { ...accepted(ticket, context, [line(watcher, 'added', context)], told), ends: [] }
}

export const removeObserver = (ticket: Ticket, watcher: Watcher, context: TicketContext): TicketDecision => ({
  ...accepted(ticket, context, [line(watcher, 'removed', context)]),
  ends: [],
})

const comesBack = ({ kind }: SignedEntry): boolean => kind === 'refused' || kind === 'reopened'
/** Whether those who worked on a ticket hear of what was decided. */
export const concernsWorkers = ({ journal }: Accepted): boolean => journal.some((line) => line.kind === 'closed' || comesBack(line))

/**
 * Those who worked on a ticket hear of its closing, unless they closed it (III-B-5-b), and who has it that its solution is refused, or that it
 * is opened again. A light child ends with its parent, and nobody worked on it.
 */
export function withConcerned(decision: Accepted, concerned: readonly Watcher[], context: TicketContext): Accepted {
  const refusal = decision.journal.find(comesBack)
  if (refusal !== undefined) {
    const back = concerned.filter(({ id }) => id === decision.ticket.owner?.id && id !== refusal.byId)
    return owing(
      decision,
      back.flatMap(({ mail: to }) => refusedStaffMail(decision.ticket, refusal.text, to, context)),
      context,
    )
  }
  const closing = decision.journal.find(({ kind }) => kind === 'closed')
  if (closing === undefined || decision.ticket.light === true) return decision
  return owing(
    decision,
    concerned.filter(({ id }) => id !== closing.byId).flatMap(({ mail: to }) => closedStaffMail(decision.ticket, to, context)),
    context,
  )
}

const owing = (decision: Accepted, mails: readonly TicketMail[], context: TicketContext): Accepted =>
  mails.length === 0
    ? decision
    : { ...decision, journal: [...decision.journal, ...mailLines(mails, context)], mails: [...decision.mails, ...mails] }

/** What says nothing of how the request goes. */
const quiet: ReadonlySet<SignedEntry['kind']> = new Set([
  'opened',
  'completed',
  'mail',
  'clock',
  'entity',
  'observer',
  'linked',
  'unlinked',
  'undone',
])

const ended: Readonly<Record<MailLanguage, string>> = { fr: 'La demande est close.', en: 'The request is closed.' }
const wordsOf = ({ kind, text }: SignedEntry): Said | null =>
  quiet.has(kind) ? null : text !== '' ? () => text : kind === 'closed' ? (language) => ended[language] : null

/** A decision with the mails that those who watch are owed for it. */
export function withObservers(decision: Accepted, watchers: readonly Watcher[], context: TicketContext): Accepted {
  const already = new Set(decision.mails.map(({ to }) => to.toLowerCase()))
  const said = decision.journal.flatMap((entry) => {
    const words = wordsOf(entry)
    return words === null ? [] : [{ words, byId: entry.byId, open: entry.visibility === 'public' }]
  })
  const mails = watchers
    .filter(({ staff, mail: to }) => to !== null && !already.has(to.toLowerCase()) && (staff || !decision.ticket.unconfirmed))
    .flatMap((watcher) => {
      const theirs = said.filter(({ byId, open }) => byId !== watcher.id && (open || watcher.staff))
      if (theirs.length === 0) return []
      return mail(decision.ticket, (language) => theirs.map(({ words }) => words(language)).join('\n\n'), watcher, context)
    })
  return owing(decision, mails, context)
}
