import type { DraftFile, DraftObserver } from '../../server/contract/drafts.ts'
import type { Person } from '../../server/contract/entities.ts'
import type { TicketTemplate } from '../../server/contract/phrases.ts'
import type { HandMedium } from '../../server/contract/vocabulary.ts'
import type { Draft } from './draft.ts'

/* What is done to a draft in its form, apart from what the desk's first view needs of drafts. */

/** The draft with something chosen in it. */
export const edited = (draft: Draft, change: Partial<Draft>, now: string): Draft => ({
  ...draft,
  ...change,
  editedAt: now,
  unsent: true,
  wanted: false,
})

/** The draft with other people in copy. */
export const withObservers = (draft: Draft, observers: readonly DraftObserver[], now: string): Draft => edited(draft, { observers }, now)

/** The draft with other files. */
export const withFiles = (draft: Draft, files: readonly DraftFile[], now: string): Draft => edited(draft, { files }, now)

/** The draft of somebody who came by another way. */
export const withMedium = (draft: Draft, medium: HandMedium, now: string): Draft => edited(draft, { medium }, now)

/** What it is sorted by, all of it chosen from lists. */
export type Sorting = Pick<Draft, 'categoryId' | 'placeId' | 'urgency' | 'impact'>
export const sorted = (draft: Draft, sorting: Partial<Sorting>, now: string): Draft => edited(draft, sorting, now)

/** The draft begun from a template: what is written or chosen already stays. */
export function withTemplate(draft: Draft, template: TicketTemplate, now: string): Draft {
  const or = (written: string, offered: string) => (written.trim() === '' ? offered : written)
  const untouched = draft.categoryId === null
  return {
    ...draft,
    title: or(draft.title, template.title),
    summary: or(draft.summary, template.summary),
    solution: or(draft.solution, template.solution),
    categoryId: draft.categoryId ?? template.categoryId,
    ...(untouched && { urgency: template.urgency, impact: template.impact }),
    editedAt: now,
    unsent: true,
    wanted: false,
  }
}

/** Somebody chosen on purpose: replaces name and address; the number stays the call's. */
export function withPerson(draft: Draft, person: Person, phoneShown: string): Draft {
  return {
    ...draft,
    personId: person.id,
    name: person.name,
    email: person.email ?? '',
    phone: draft.phone === '' ? phoneShown : draft.phone,
    typed: draft.typed.filter((f) => f === 'phone'),
    unsent: true,
  }
}

const plausibleAddress = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/

/** What keeps the draft from being saved, by field; empty when nothing does. */
export function problems(draft: Draft, closing: boolean): { title?: true; email?: true; solution?: true } {
  return {
    ...(draft.title.trim() === '' && { title: true as const }),
    ...(draft.email.trim() !== '' && !plausibleAddress.test(draft.email.trim()) && { email: true as const }),
    ...(closing && draft.solution.trim() === '' && { solution: true as const }),
  }
}
