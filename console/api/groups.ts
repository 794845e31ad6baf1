import { queryOptions } from '@tanstack/react-query'
import type { AbsenceCreation, Group, GroupChange, GroupCreation, GroupHistory, ListedAccount } from '../../server/contract/groups.ts'
import type { KeptLists, ListAnswering } from '../../server/contract/list-checks.ts'
import type { Routing } from '../../server/contract/routing.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

const pathOf = (id: string) => `/groups/${encodeURIComponent(id)}`

export const groupsQuery = queryOptions({ queryKey: ['groups', 'list'], queryFn: () => request<Group[]>('GET', '/groups') })
export const groupHistoryQuery = (id: string) =>
  queryOptions({ queryKey: ['groups', 'history', id], queryFn: () => request<GroupHistory>('GET', `${pathOf(id)}/history`) })
/** What came there by mistake; for whoever keeps its list. */
export const routingQuery = (id: string) =>
  queryOptions({ queryKey: ['groups', 'routing', id], queryFn: () => request<Routing>('GET', `${pathOf(id)}/routing`) })
/** The lists that one keeps, and the tickets that came back from them. */
export const keptListsQuery = queryOptions({ queryKey: ['tickets', 'kept-lists'], queryFn: () => request<KeptLists>('GET', '/lists') })
/** Those who sign in here. */
export const accountsQuery = queryOptions({ queryKey: ['accounts'], queryFn: () => request<ListedAccount[]>('GET', '/accounts') })

const reread = () =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: ['groups'] }),
    queryClient.invalidateQueries({ queryKey: keptListsQuery.queryKey }),
  ])

/** @throws ApiError `conflict` when the name is taken. */
export async function createGroup(creation: GroupCreation): Promise<Group> {
  const made = await request<Group>('POST', '/groups', creation)
  await reread()
  return made
}

/** @throws ApiError `conflict` when somebody else changed it meanwhile, or the name is taken. */
export async function changeGroup(id: string, change: GroupChange): Promise<Group> {
  const saved = await request<Group>('PUT', pathOf(id), change)
  await reread()
  return saved
}

/** @throws ApiError `conflict` when days are written down already, or the stand-in is away too. */
export async function writeAbsence(creation: AbsenceCreation): Promise<void> {
  await request('POST', '/absences', creation)
  await reread()
}
export async function takeAbsenceBack(id: string): Promise<void> {
  await request('DELETE', `/absences/${id}`)
  await reread()
}

/** Say whether a list is still right. */
export async function sayOfList(id: string, said: ListAnswering): Promise<void> {
  await request('POST', `/lists/${encodeURIComponent(id)}`, said)
  await reread()
}

/** A ticket that came back from a list of one's own finds its place. */
export async function replaceTicket(number: number, groupId: string): Promise<void> {
  await request('POST', `/tickets/${number}/redirect`, { groupId })
  await reread()
}
