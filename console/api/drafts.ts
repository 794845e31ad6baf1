import { queryOptions } from '@tanstack/react-query'
import type { Drafts, DraftWrite, DraftWritten } from '../../server/contract/drafts.ts'
import { request } from './client.ts'

export const draftsQuery = queryOptions({ queryKey: ['drafts'], queryFn: () => request<Drafts>('GET', '/drafts') })

export const writeDraft = (key: string, write: DraftWrite) => request<DraftWritten>('PUT', `/drafts/${encodeURIComponent(key)}`, write)
/** A ticket without a call is saved, or dropped: its draft has served. */
export const endDraft = (key: string) => request<null>('DELETE', `/drafts/${encodeURIComponent(key)}`)
