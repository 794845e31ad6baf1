import type { Draft, DraftContent, DraftWrite, DraftWritten } from '../contract/drafts.ts'

type Writer = Draft['by']
export type Written = Exclude<DraftWritten, { readonly outcome: 'over' }>

/**
 * What a write makes of a draft. The last write wins only when it was made of what stood there; of anything else, the one that
 * stands is given back and nothing is lost. What stood there may have been forgotten: then the write is all there is.
 * @param current null when there is none @param now ISO 8601
 */
export function writeDraft(current: Draft | null, key: string, callId: string | null, write: DraftWrite, by: Writer, now: string): Written {
  if (current !== null && sameContent(current.content, write.content)) return { outcome: 'kept', draft: current }
  if (current !== null && current.version !== write.version) return { outcome: 'conflict', draft: current }
  const startedAt = current?.startedAt ?? write.startedAt
  return { outcome: 'kept', draft: { key, callId, version: write.version + 1, by, startedAt, editedAt: now, content: write.content } }
}

const plainFields = [
  'medium',
  'title',
  'summary',
  'solution',
  'categoryId',
  'placeId',
  'urgency',
  'impact',
  'personId',
  'name',
  'email',
  'phone',
] as const

const inCopy = ({ observers }: DraftContent) =>
  observers
    .map(({ kind, id }) => `${kind} ${id}`)
    .toSorted()
    .join()
const brought = ({ files }: DraftContent) =>
  files
    .map(({ id }) => id)
    .toSorted()
    .join()
const sameContent = (a: DraftContent, b: DraftContent): boolean =>
  plainFields.every((field) => a[field] === b[field]) &&
  a.typed.toSorted().join() === b.typed.toSorted().join() &&
  inCopy(a) === inCopy(b) &&
  brought(a) === brought(b)
