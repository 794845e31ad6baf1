import { queryOptions } from '@tanstack/react-query'
import type { Ticket } from '../../server/contract/entities.ts'
import type { PartitionView } from '../../server/contract/partition.ts'
import { request } from './client.ts'
import { readAgain } from './ticket-life.ts'

/** How many people each entity has, and what rules can look at. @param version of the settings it follows from */
export const partitionQuery = (version: number) =>
  queryOptions({ queryKey: ['entities', version], staleTime: 0, queryFn: () => request<PartitionView>('GET', '/entities') })

/** @throws ApiError `conflict` when it is there already */
export async function moveTicket(number: number, entityId: string): Promise<void> {
  await request<Ticket>('PUT', `/tickets/${number}/entity`, { entityId })
  await readAgain()
}
