import { queryOptions } from '@tanstack/react-query'
import type { Delivery, Webhook, WebhookChange, WebhookGiven } from '../../server/contract/webhooks.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  staleTime: 0,
  refetchInterval: 15_000,
  queryFn: () => request<Webhook[]>('GET', '/webhooks'),
})
export const deliveriesQuery = (id: string) =>
  queryOptions({
    queryKey: ['webhooks', id],
    staleTime: 0,
    refetchInterval: 15_000,
    queryFn: () => request<Delivery[]>('GET', `/webhooks/${id}/deliveries`),
  })
const reread = () => queryClient.invalidateQueries({ queryKey: ['webhooks'] })
const thenReread = async <T>(asked: Promise<T>): Promise<T> => {
  const answer = await asked
  await reread()
  return answer
}

/** @returns the secret, which is not shown again */
export const createWebhook = (change: WebhookChange) => thenReread(request<WebhookGiven>('POST', '/webhooks', change))
export const changeWebhook = (id: string, change: WebhookChange) => thenReread(request<Webhook[]>('PUT', `/webhooks/${id}`, change))
export const removeWebhook = (id: string) => thenReread(request<null>('DELETE', `/webhooks/${id}`))
export const tryWebhook = (id: string) => thenReread(request<Delivery>('POST', `/webhooks/${id}/try`))
export const replayDelivery = (id: string, delivery: string) =>
  thenReread(request<Delivery>('POST', `/webhooks/${id}/deliveries/${delivery}/replay`))
