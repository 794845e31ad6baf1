import type { DraftContent } from '../../server/contract/drafts.ts'

/** What is written of a ticket during a call when nothing has been yet. */
export const nothingWritten: DraftContent = {
  medium: 'phone',
  title: '',
  summary: '',
  solution: '',
  categoryId: null,
  placeId: null,
  impact: 'low',
  urgency: 'normal',
  personId: null,
  name: '',
  email: '',
  phone: '',
  typed: [],
  observers: [],
  files: [],
  cardOf: null,
}
