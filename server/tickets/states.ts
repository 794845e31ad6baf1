import { deskItself } from '../contract/desk-itself.ts'
import type { Ticket, TicketStatus } from '../contract/entities.ts'
import { refused, type Completed, type Refused, type TicketContext } from './model.ts'

/*
 * The life of a ticket. An event noted by somebody who does not treat it (a form, a voice message) is a pre-ticket: an operator
 * completes it and takes it up. One that somebody unknown sent waits to be confirmed first, by its author or by whoever does anything
 * about it. Until it is taken up level 1 as a whole answers for it. From there on it always has an owner, or is with a group
 * that has yet to take it up. It waits for the requester, for somebody outside, for a date, for whoever decides; its clock stands still
 * then, and only then. A solution is proposed, and closes the ticket once the requester says yes, or says nothing for long enough.
 * Closed changes by reopening alone; what is written is never rewritten, and everything may be added to. What its author opens again goes
 * back to whoever had it: what was closed before anybody did waits for the desk, or for its group, as it did before.
 */
export type TicketCommand =
  | 'confirm'
  | 'complete'
  | 'take-up'
  | 'contribute'
  | 'redirect'
  | 'give-back'
  | 'wait'
  | 'resume'
  | 'propose'
  | 'accept'
  | 'refuse'
  | 'close'
  | 'reopen'
  | 'join-parent'
  | 'leave-parent'

/** The status that follows; a command that is not named in a row is refused there. */
const table: Readonly<Record<TicketStatus, Partial<Readonly<Record<TicketCommand, TicketStatus>>>>> = {
  'pre-ticket': {
    confirm: 'pre-ticket',
    complete: 'pre-ticket',
    'take-up': 'in-progress',
    contribute: 'pre-ticket',
    redirect: 'redirected',
    wait: 'waiting',
    propose: 'solution-proposed',
    'join-parent': 'waiting',
    close: 'closed',
  },
  new: {
    complete: 'new',
    'take-up': 'in-progress',
    contribute: 'in-progress',
    redirect: 'redirected',
    wait: 'waiting',
    propose: 'solution-proposed',
    'join-parent': 'waiting',
    close: 'closed',
  },
  'in-progress': {
    complete: 'in-progress',
    contribute: 'in-progress',
    redirect: 'redirected',
    'give-back': 'new',
    wait: 'waiting',
    propose: 'solution-proposed',
    'join-parent': 'waiting',
    close: 'closed',
  },
  redirected: {
    complete: 'redirected',
    'take-up': 'in-progress',
    contribute: 'redirected',
    redirect: 'redirected',
    'give-back': 'new',
    wait: 'waiting',
    propose: 'solution-proposed',
    'join-parent': 'waiting',
    close: 'closed',
  },
  waiting: {
    confirm: 'waiting',
    complete: 'waiting',
    contribute: 'waiting',
    redirect: 'redirected',
    wait: 'waiting',
    resume: 'in-progress',
    propose: 'solution-proposed',
    'join-parent': 'waiting',
    'leave-parent': 'new',
    close: 'closed',
  },
  'solution-proposed': {
    contribute: 'solution-proposed',
    resume: 'in-progress',
    accept: 'closed',
    refuse: 'in-progress',
    'leave-parent': 'new',
    close: 'closed',
  },
  reopened: {
    complete: 'reopened',
    'take-up': 'in-progress',
    contribute: 'in-progress',
    redirect: 'redirected',
    'give-back': 'new',
    wait: 'waiting',
    propose: 'solution-proposed',
    'join-parent': 'waiting',
    close: 'closed',
  },
  closed: { contribute: 'closed', reopen: 'reopened' },
}

const follows = (status: TicketStatus, command: TicketCommand): TicketStatus | null => table[status][command] ?? null

/** Nobody has taken it up: it waits for level 1 as a whole. */
const isForLevel1 = (status: TicketStatus): boolean => status === 'pre-ticket' || status === 'new'

const works = ({ side }: TicketContext): boolean => side === 'level1' || side === 'level2'

/** The exception to the table: who does not work here gives what they open again to nobody in particular, and confirms nothing by it. */
function reopenedAs({ unconfirmed, owner, groupId }: Ticket, context: TicketContext): TicketStatus {
  if (works(context)) return 'reopened'
  if (unconfirmed) return 'pre-ticket'
  if (owner !== null && owner.id !== deskItself.id) return 'reopened'
  return groupId === null ? 'new' : 'redirected'
}

const names: Readonly<Record<TicketStatus, string>> = {
  'pre-ticket': 'un pré-ticket',
  new: 'à prendre en charge',
  'in-progress': 'en cours',
  redirected: 'redirigé',
  waiting: 'en attente',
  'solution-proposed': 'en attente de l’avis de l’usager',
  reopened: 'rouvert',
  closed: 'clos',
}

/**
 * A ticket after a command, or why it cannot be. Whatever the command changes, this holds: nobody for level 1's, the group alone for
 * those redirected, an owner for all the others (whoever acts, when there is none; the desk itself in place of who does not work here); what a
 * status does not have is cleared.
 * @param change what the command brings besides: the group, what is waited for, the solution proposed, how it was closed, the fields completed
 */
export function moved(
  ticket: Ticket,
  command: TicketCommand,
  context: TicketContext,
  change: Partial<
    Pick<Ticket, keyof Completed | 'unconfirmed' | 'owner' | 'groupId' | 'waiting' | 'proposal' | 'closedHow' | 'solution' | 'light'>
  > = {},
): Ticket | Refused {
  const reached = follows(ticket.status, command)
  if (reached === null) return refused('conflict', `ticket n° ${ticket.number} ${names[ticket.status]}`)
  const again = command === 'reopen'
  const status = again ? reopenedAs(ticket, context) : reached
  const { light, ...next } = { ...ticket, ...change, status }
  const acting = works(context) ? { id: context.by, name: context.operatorName } : { id: deskItself.id, name: context.policy.deskName }
  const had = again && next.owner?.id === deskItself.id ? null : next.owner
  const unowned = isForLevel1(status) || status === 'redirected'
  const closed = status === 'closed'
  // Whoever does anything else with it has made it a ticket of its own.
  const lives = status === 'waiting' ? next.waiting?.what.for === 'parent' : closed || status === 'solution-proposed'
  const awaits = status === 'pre-ticket' || (status === 'waiting' && light === true && lives)
  // An operator who does something about it has accepted it; one that is dropped stays what it was.
  const stays = (awaits && (context.side === 'requester' || command === 'contribute')) || closed
  return {
    ...next,
    ...(light === true && lives && { light }),
    owner: unowned ? null : (had ?? acting),
    groupId: isForLevel1(status) ? null : next.groupId,
    waiting: status === 'waiting' ? next.waiting : null,
    proposal: status === 'solution-proposed' ? next.proposal : null,
    closedHow: closed ? next.closedHow : null,
    closedAt: closed ? (ticket.closedAt ?? context.now) : null,
    unconfirmed: stays && next.unconfirmed,
    statusSince: status === ticket.status ? ticket.statusSince : context.now,
    touchedAt: context.side === 'clock' ? ticket.touchedAt : context.now,
  }
}
