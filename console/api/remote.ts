import { queryOptions } from '@tanstack/react-query'
import type { RemoteSessions, RemoteStart } from '../../server/contract/remote.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

/** What a remote control is of: a ticket, or the call that one is being written of. */
export type RemoteOf = { readonly ticket: number } | { readonly call: string; readonly personId: string | null }
const pathOf = (of: RemoteOf) => ('ticket' in of ? `/tickets/${of.ticket}/remote` : `/calls/${encodeURIComponent(of.call)}/remote`)

export const remoteQuery = (of: RemoteOf) =>
  queryOptions({ queryKey: ['tickets', 'remote', pathOf(of)], queryFn: () => request<RemoteSessions>('GET', pathOf(of)) })
const kept = (of: RemoteOf, now: RemoteSessions) => {
  queryClient.setQueryData(remoteQuery(of).queryKey, now)
  return now
}
export const startRemote = async (of: RemoteOf, start: RemoteStart) =>
  kept(of, await request<RemoteSessions>('POST', pathOf(of), 'call' in of ? { ...start, personId: of.personId } : start))
export const endRemote = async (of: RemoteOf, session: string) =>
  kept(of, await request<RemoteSessions>('POST', `${pathOf(of)}/${session}/end`))
