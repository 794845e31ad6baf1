import { queryOptions } from '@tanstack/react-query'
import type { BrowserPhone, CallSound, PhoneChoice, PhoneKind } from '../../server/contract/phones.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

/** Which phone rings for me, and among which I may choose. */
export const phoneChoiceQuery = queryOptions({
  queryKey: ['phone', 'choice'],
  staleTime: 60_000,
  queryFn: () => request<PhoneChoice>('GET', '/operators/me/phone/choice'),
})

/** @throws ApiError `conflict` during a call */
export async function choosePhone(kind: PhoneKind | null): Promise<void> {
  queryClient.setQueryData(phoneChoiceQuery.queryKey, await request<PhoneChoice>('PUT', '/operators/me/phone/choice', { kind }))
}

/** How this browser signs in as my phone. @throws ApiError `not_found` when another phone is chosen */
export const browserPhone = () => request<BrowserPhone>('GET', '/operators/me/phone/browser')

/** This page has nothing of my conversation: my phone is rung for it again. */
export const rejoinCall = (callId: string) => request<unknown>('POST', `/calls/${encodeURIComponent(callId)}/rejoin`)

/** How a conversation sounded here, kept with the call. */
export const keepSound = (callId: string, sound: CallSound) =>
  request<unknown>('PUT', `/calls/${encodeURIComponent(callId)}/sound`, sound, true)
