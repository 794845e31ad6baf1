import { queryOptions } from '@tanstack/react-query'
import type { CallsWithoutTicket, Disposition, DispositionOrder } from '../../server/contract/dispositions.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

/** Conversations that have ended and left nothing written: the whole desk's. */
export const withoutTicketQuery = queryOptions({
  queryKey: ['calls', 'without-ticket'],
  queryFn: () => request<CallsWithoutTicket>('GET', '/calls/without-ticket'),
})

/** End a call without a ticket of its own. @throws ApiError */
export async function disposeCall(callId: string, order: DispositionOrder): Promise<void> {
  await request<Disposition[]>('POST', `/calls/${encodeURIComponent(callId)}/dispositions`, order)
  await Promise.all(['calls', 'tickets', 'ticket'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
}
