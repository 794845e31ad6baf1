import { queryOptions } from '@tanstack/react-query'
import type { Ticket } from '../../server/contract/entities.ts'
import type { BranchView, BranchWrite, PartitionView } from '../../server/contract/partition.ts'
import type { SettingsView } from '../../server/contract/settings.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'
import { settingsQuery } from './settings.ts'
import { readAgain } from './ticket-life.ts'

/** How many people each entity has, and what rules can look at. @param version of the settings it follows from */
export const partitionQuery = (version: number) =>
  queryOptions({ queryKey: ['entities', version], staleTime: 0, queryFn: () => request<PartitionView>('GET', '/entities') })

/** @throws ApiError `conflict` when it is there already */
export async function moveTicket(number: number, entityId: string): Promise<void> {
  await request<Ticket>('PUT', `/tickets/${number}/entity`, { entityId })
  await readAgain()
}

/** What lies below an entity that is delegated to one's group. @param version of the settings it follows from */
export const branchQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['entities', id, version],
    staleTime: 0,
    retry: false,
    queryFn: () => request<BranchView>('GET', `/entities/${encodeURIComponent(id)}`),
  })

/** @throws ApiError `conflict` when it was saved by somebody else meanwhile */
export async function saveBranch(id: string, branch: BranchWrite): Promise<void> {
  queryClient.setQueryData(settingsQuery.queryKey, await request<SettingsView>('PUT', `/entities/${encodeURIComponent(id)}`, branch))
}
