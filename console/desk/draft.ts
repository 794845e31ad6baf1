import { onlyOne } from '../../server/contract/only-one.ts'
import type { Draft as KeptDraft, DraftFile, DraftObserver } from '../../server/contract/drafts.ts'
import type { CallView, Person, Urgency } from '../../server/contract/entities.ts'
import type { TicketCreation } from '../../server/contract/http.ts'
import type { HandMedium } from '../../server/contract/vocabulary.ts'

export type RequesterField = 'name' | 'email' | 'phone'
export type TextField = 'title' | 'summary' | 'solution' | RequesterField

/** A ticket being written: of a call, or by hand (`callId` null). Kept on this computer, and by the server as soon as it answers. */
export type Draft = {
  readonly key: string
  readonly callId: string | null
  readonly idempotencyKey: string
  readonly startedAt: string
  readonly editedAt: string | null
  /** The operator and the caller have talked: the call is owed a ticket. */
  readonly answered: boolean
  readonly ended: boolean
  readonly medium: 'phone' | HandMedium
  readonly title: string
  readonly summary: string
  readonly solution: string
  readonly categoryId: string | null
  readonly placeId: string | null
  readonly urgency: Urgency
  readonly impact: Urgency
  readonly personId: string | null
  readonly name: string
  readonly email: string
  readonly phone: string
  /** Requester fields that a person typed: what the directory says later does not overwrite them. */
  readonly typed: readonly RequesterField[]
  /** Who will be in copy of the ticket. */
  readonly observers: readonly DraftObserver[]
  /** They are with the server already. */
  readonly files: readonly DraftFile[]
  /** Whose card was seen: of another requester it says nothing. */
  readonly cardOf: string | null
  /** The server's version that this one was made of; 0 when it has none. */
  readonly version: number
  /** Something was written that the server does not have yet. */
  readonly unsent: boolean
  /** What somebody else wrote meanwhile: one of both is to be chosen. */
  readonly theirs: KeptDraft | null
  /** Its call was settled from elsewhere while something was still written here. */
  readonly over: boolean
  /** Its writer has asked to save it, and the server could not: it is asked again, until something more is written. */
  readonly wanted: boolean
}

/** What a draft takes from its call, live or over. */
export type CallerOf = Pick<CallView, 'id' | 'number' | 'numberShown' | 'people' | 'operatorId'>

type Birth = { readonly key: string; readonly idempotencyKey: string; readonly now: string }

/** A ticket by hand, at the front desk unless said otherwise. */
export function blankDraft({ key, idempotencyKey, now }: Birth): Draft {
  return {
    key,
    callId: null,
    idempotencyKey,
    startedAt: now,
    editedAt: null,
    answered: false,
    ended: false,
    medium: 'walk-in',
    title: '',
    summary: '',
    solution: '',
    categoryId: null,
    placeId: null,
    urgency: 'normal',
    impact: 'low',
    personId: null,
    name: '',
    email: '',
    phone: '',
    typed: [],
    observers: [],
    files: [],
    cardOf: null,
    version: 0,
    unsent: false,
    theirs: null,
    over: false,
    wanted: false,
  }
}

/** The ticket of a call, with all that is known of the caller. */
export function draftOfCall(call: CallerOf, birth: Omit<Birth, 'key'>): Draft {
  return grown(
    { ...blankDraft({ ...birth, key: call.id }), callId: call.id, medium: 'phone', phone: call.number === null ? '' : call.numberShown },
    call,
  )
}

/** The draft with an identity that came later, never over what was typed. */
export function grown(draft: Draft, call: CallerOf): Draft {
  const only = onlyOne(call.people)
  return only === null || draft.personId !== null ? draft : identified(draft, only)
}

function identified(draft: Draft, person: Person): Draft {
  // A name typed by hand says that this is somebody else.
  if (draft.typed.includes('name') && draft.name.trim() !== '') return draft
  const keep = (field: RequesterField) => draft.typed.includes(field) && draft[field] !== ''
  return { ...draft, personId: person.id, name: person.name, email: keep('email') ? draft.email : (person.email ?? '') }
}

export function withText(draft: Draft, field: TextField, value: string, now: string): Draft {
  const next = { ...draft, [field]: value, editedAt: now, unsent: true, wanted: false }
  if (field !== 'name' && field !== 'email' && field !== 'phone') return next
  const typed = draft.typed.includes(field) ? draft.typed : [...draft.typed, field]
  // Another name is another person.
  return { ...next, typed, personId: field === 'name' ? null : draft.personId }
}

/** Somebody whom the directory knows stands here, and their card was seen. */
export const isCardSeen = ({ callId, personId, cardOf }: Draft): boolean => callId === null && personId !== null && cardOf === personId

/** Nothing in it that its writer would miss. */
export function isBare(draft: Draft): boolean {
  return [draft.title, draft.summary, draft.solution].every((s) => s.trim() === '') && draft.observers.length + draft.files.length === 0
}

/** One by hand in which nothing was done yet. */
export const isUntouched = (draft: Draft): boolean =>
  draft.callId === null &&
  isBare(draft) &&
  draft.categoryId === null &&
  [draft.name, draft.email, draft.phone].every((s) => s.trim() === '')

/** All that is written in it, for a ticket that its call is added to. */
export const saidIn = ({ title, summary, solution }: Draft): string =>
  [title, summary, solution].filter((said) => said.trim() !== '').join('\n')

/** The request that saves the draft. */
export function creationOf(draft: Draft): TicketCreation {
  const orNull = (s: string) => (s.trim() === '' ? null : s.trim())
  return {
    title: draft.title.trim(),
    summary: draft.summary,
    medium: draft.medium,
    urgency: draft.urgency,
    impact: draft.impact,
    categoryId: draft.categoryId,
    placeId: draft.placeId,
    callId: draft.callId,
    solution: orNull(draft.solution),
    observers: draft.observers
      .filter(({ kind, id }) => kind === 'account' || id !== draft.personId)
      .map(({ kind, id }) => (kind === 'account' ? { accountId: id } : { personId: id })),
    attachments: draft.files.map(({ id }) => id),
    ...(isCardSeen(draft) && { cardSeen: true }),
    idempotencyKey: draft.idempotencyKey,
    requester: { personId: draft.personId, name: draft.name.trim(), email: orNull(draft.email), phone: orNull(draft.phone) },
  }
}
