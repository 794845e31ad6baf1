import type { Person, Role, Ticket } from '../contract/entities.ts'
import { originalMark } from '../contract/mail-templates.ts'
import type { Visibility } from '../contract/ticket-states.ts'
import { automatic, type Automatic, type MailMarks } from './automatic.ts'
import { answerIn, isThanks, passedOn } from './quoted.ts'
import { oneLine, paragraphs } from './text.ts'

/*
 * What becomes of a mail that comes in. One that a machine wrote makes nothing, and is never answered. One that answers a mail of ours joins
 * its ticket: the Message-ID or the reference that we signed proves it; a number in the subject does for those alone who have to do with
 * that ticket. Any other is a new request. What somebody writes by mail never closes, refuses or reopens anything: a thank-you is a line.
 */

export type IncomingMail = {
  readonly from: { readonly name: string; readonly address: string } | null
  readonly subject: string
  /** Its whole text. */
  readonly text: string
  /** How many files came with it. */
  readonly files: number
  readonly marks: MailMarks
}

/** What the outside world knows of a mail. */
export type Known = {
  /** The ticket that a signature of ours in it names. */
  readonly proved: Ticket | null
  /** The ticket whose number its subject bears. */
  readonly named: Ticket | null
  /** Who has that address here: the account, and the person of the directory. */
  readonly account: { readonly id: string; readonly name: string; readonly role: Role } | null
  readonly person: Person | null
  /** Whether that account follows or is in a group of the ticket in question. */
  readonly concerned: boolean
  /** The person of the directory who has an address that is not the sender's; asked of one passed on. */
  readonly personAt: (address: string) => Person | null
  /** How many mails came from that address within the hour. */
  readonly lastHour: number
}

export type NewRequest = {
  readonly kind: 'opened'
  readonly title: string
  readonly summary: string
  readonly requester: Ticket['requester']
  /** Whether who wrote it is known here. */
  readonly known: boolean
  /** The colleague who passed it on, when it is somebody else's. */
  readonly passedOnBy: string | null
}
export type Added = {
  readonly kind: 'added'
  readonly number: number
  /** In whose name: the requester's, an account's, or of somebody else who answered. */
  readonly as: 'requester' | 'staff' | 'other'
  readonly visibility: Visibility
  readonly text: string
  /** Whether something was left out that is repeated below. */
  readonly cut: boolean
  /** Somebody must look at it, as nothing else follows from it. */
  readonly toSee: boolean
  readonly thanks: boolean
  /** The requester has shown that a mail of ours reached them. */
  readonly confirms: boolean
}
export type Verdict = { readonly kind: 'ignored'; readonly why: Automatic } | { readonly kind: 'held' } | NewRequest | Added

/** More than this within an hour from one address is a machine, or somebody to talk to. */
const mostPerHour = 20
const staff: readonly Role[] = ['administrator', 'supervisor', 'operator', 'level2', 'referent']
const longestTitle = 200
const empty = '(Courriel sans texte.)'

/**
 * The ticket's number that a subject bears, as our own mails write it; null: none.
 * @param mark what subjects begin with now: earlier mails bear the original one
 */
export function numberIn(subject: string, mark: string): number | null {
  const known = [mark, originalMark].map((one) => one.toLowerCase())
  for (const [, written = '', number] of subject.matchAll(/\[([^[\]]+) n°\s?(\d{1,9})\]/gi))
    if (known.includes(written.toLowerCase())) return Number(number)
  return null
}

const sameAddress = (a: string | null, b: string | null) => a !== null && b !== null && a.toLowerCase() === b.toLowerCase()
const isRequester = (ticket: Ticket, from: string, person: Person | null) =>
  sameAddress(ticket.requester.email, from) || (person !== null && ticket.requester.personId === person.id)

/** The first line of somebody of the desk or of a group that makes their mail readable by the requester. */
const marked = /^\s*(?:#|\[)\s*public\s*\]?\s*(?:\n|$)/i

export function judge(mail: IncomingMail, known: Known): Verdict {
  const why = automatic(mail.marks, mail.from?.address ?? null)
  // A colleague's answer that went through a list is an answer all the same; a machine's is none.
  if (why !== null && !(why === 'list' && known.proved !== null)) return { kind: 'ignored', why }
  const from = mail.from
  if (from === null) return { kind: 'ignored', why: 'no-sender' }
  const isStaff = known.account !== null && staff.includes(known.account.role)
  if (known.lastHour >= mostPerHour && !isStaff) return { kind: 'held' }
  if (known.proved !== null) return added(mail, from.address, known.proved, known, true)
  const { named } = known
  if (named !== null && (isRequester(named, from.address, known.person) || (isStaff && known.concerned)))
    return added(mail, from.address, named, known, false)
  return opened(mail, from, known, isStaff)
}

function added(mail: IncomingMail, from: string, ticket: Ticket, known: Known, proved: boolean): Added {
  const answer = answerIn(mail.text)
  const as = isRequester(ticket, from, known.person)
    ? 'requester'
    : known.account !== null && staff.includes(known.account.role)
      ? 'staff'
      : 'other'
  // A sender's address is easily forged: only a signature of ours lets a mail speak to the requester.
  const isPublic = as === 'requester' || (as === 'staff' && proved && marked.test(answer))
  const said = as === 'staff' ? answer.replace(marked, '') : answer
  const thanks = as === 'requester' && isThanks(answer)
  return {
    kind: 'added',
    number: ticket.number,
    as,
    visibility: isPublic ? 'public' : 'internal',
    text: paragraphs(said) || empty,
    cut: answer.length < paragraphs(mail.text).length,
    toSee: !thanks && as !== 'staff' && (ticket.status === 'closed' || ticket.status === 'solution-proposed'),
    thanks,
    confirms: as === 'requester' && proved && ticket.unconfirmed,
  }
}

const answerMark = /^\s*(?:(?:re|rép|ré|tr|fw|fwd|wg|aw)\s*:\s*)+/iu

function opened(mail: IncomingMail, from: NonNullable<IncomingMail['from']>, known: Known, isStaff: boolean): NewRequest {
  const original = isStaff && /^\s*(?:tr|fwd?|wg)\s*:/i.test(mail.subject) ? passedOn(mail.text) : null
  const person = original === null ? known.person : known.personAt(original.address)
  const author = original ?? from
  const text = original === null ? answerIn(mail.text) || mail.text : `${answerIn(mail.text)}\n\n${original.text}`
  return {
    kind: 'opened',
    title: (oneLine(mail.subject.replace(answerMark, '')) || 'Courriel sans objet').slice(0, longestTitle).toWellFormed(),
    summary: paragraphs(text) || empty,
    requester: {
      personId: person?.id ?? null,
      name: person?.name ?? (oneLine(author.name).slice(0, 200).toWellFormed() || author.address),
      email: author.address,
      phone: null,
    },
    known: person !== null || original !== null,
    passedOnBy: original === null ? null : (known.account?.name ?? from.address),
  }
}
