import { queryOptions } from '@tanstack/react-query'
import type { SharedPage, SharedPageOrNone, SharedWrite } from '../../server/contract/shared-page.ts'
import { queryClient } from './queries.ts'
import { request } from './client.ts'

const of = (callId: string) => `/calls/${encodeURIComponent(callId)}/page`

/** The page shared with the caller of a call; told by « pages ». */
export const sharedPageQuery = (callId: string) =>
  queryOptions({ queryKey: ['pages', callId], queryFn: () => request<SharedPageOrNone>('GET', of(callId)) })

const kept = (page: SharedPage) => {
  queryClient.setQueryData<SharedPageOrNone>(['pages', page.callId], { page })
  return page
}
/** Share a page, or give a new code. */
export const openPage = async (callId: string) => kept(await request<SharedPage>('POST', of(callId)))
export const closePage = async (callId: string) => {
  await request<null>('DELETE', of(callId))
  await queryClient.invalidateQueries({ queryKey: ['pages', callId] })
}
export const writeOnPage = async (callId: string, write: SharedWrite) =>
  kept(await request<SharedPage>('POST', `${of(callId)}/lines`, write))
export const pageFileUrl = (callId: string, file: string) => `/api${of(callId)}/files/${file}`
