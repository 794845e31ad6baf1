import { queryOptions } from '@tanstack/react-query'
import type { BulkCreation, BulkProgress } from '../../server/contract/bulk.ts'
import type { SavedView, ViewWrite } from '../../server/contract/views.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

export const viewsQuery = queryOptions({ queryKey: ['views'], staleTime: 60_000, queryFn: () => request<SavedView[]>('GET', '/views') })

const keep = (views: SavedView[]) => {
  queryClient.setQueryData(viewsQuery.queryKey, views)
  return views
}
/** @throws ApiError `forbidden` to share without the right */
export const addView = async (view: ViewWrite) => keep(await request<SavedView[]>('POST', '/views', view))
export const changeView = async (id: string, view: ViewWrite) => keep(await request<SavedView[]>('PUT', `/views/${id}`, view))
export const removeView = async (id: string) => keep(await request<SavedView[]>('DELETE', `/views/${id}`))

export const startBulk = (creation: BulkCreation) => request<BulkProgress>('POST', '/bulk', creation)
export const bulkProgress = (id: string) => request<BulkProgress>('GET', `/bulk/${id}`)
/** @throws ApiError `conflict` when it is too late */
export const undoBulk = (id: string) => request<BulkProgress>('POST', `/bulk/${id}/undo`)
