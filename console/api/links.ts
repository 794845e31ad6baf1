import { queryOptions } from '@tanstack/react-query'
import type { Linking, LinkShares, TicketLinks } from '../../server/contract/ticket-links.ts'
import type { LinkKind } from '../../server/contract/ticket-states.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

export const linksQuery = (number: number) =>
  queryOptions({ queryKey: ['links', number], queryFn: () => request<TicketLinks>('GET', `/tickets/${number}/links`) })

async function thenReread<T>(command: Promise<T>): Promise<T> {
  const done = await command
  await Promise.all(['links', 'ticket', 'tickets'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
  return done
}
/** @throws ApiError `conflict`, with why; `not_found` */
export const linkTicket = (number: number, linking: Linking) =>
  thenReread(request<TicketLinks>('POST', `/tickets/${number}/links`, linking))
export const shareLink = (number: number, kind: LinkKind, other: number, shares: LinkShares) =>
  thenReread(request<TicketLinks>('PUT', `/tickets/${number}/links/${kind}/${other}`, { shares }))
export const unlinkTicket = (number: number, kind: LinkKind, other: number) =>
  thenReread(request<TicketLinks>('DELETE', `/tickets/${number}/links/${kind}/${other}`))
