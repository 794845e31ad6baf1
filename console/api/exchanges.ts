import { queryOptions } from '@tanstack/react-query'
import type { Ticket } from '../../server/contract/entities.ts'
import type { Exchange, ExchangeCalls, ExchangeSecret } from '../../server/contract/exchanges.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

/** Told by « exchanges ». */
export const exchangeCallsQuery = queryOptions({
  queryKey: ['exchanges', 'calls'],
  // Those that are over leave the list by themselves.
  refetchInterval: 60_000,
  queryFn: () => request<ExchangeCalls>('GET', '/exchanges/calls'),
})
const bare = (said: string) => said.replace(/^ext:/, '').replace(/[\s.]/g, '')
/** Whether an exchange says that somebody is rung or talks there. @param known their name, numbers, extension: exchanges name people by any of them */
export const busyElsewhere = (busy: ExchangeCalls['busy'] | undefined, known: readonly (string | null)[]): boolean =>
  busy?.some(({ who }) => known.some((one) => one !== null && one !== '' && bare(one) === bare(who))) ?? false

export const exchangesQuery = queryOptions({ queryKey: ['exchanges'], queryFn: () => request<Exchange[]>('GET', '/exchanges') })
const reread = () => queryClient.invalidateQueries({ queryKey: ['exchanges'] })
export async function addExchange(name: string): Promise<ExchangeSecret> {
  const made = await request<ExchangeSecret>('POST', '/exchanges', { name })
  await reread()
  return made
}
export async function revokeExchange(id: string): Promise<void> {
  await request<null>('DELETE', `/exchanges/${id}`)
  await reread()
}
export async function ticketOfExchangeCall(id: string): Promise<Ticket> {
  const ticket = await request<Ticket>('POST', `/exchanges/calls/${id}/ticket`)
  await reread()
  return ticket
}
