import { queryOptions, useQuery } from '@tanstack/react-query'
import type { OutsideTarget } from '../../server/contract/dispositions.ts'
import { request } from './client.ts'

type Settings = { readonly outgoing?: { readonly value?: { readonly targets?: readonly OutsideTarget[] } } }

const targetsQuery = queryOptions({
  queryKey: ['settings', 'targets'],
  queryFn: async () => (await request<Settings>('GET', '/settings')).outgoing?.value?.targets ?? [],
})

/** Whom callers are sent on to, as the site has set it. */
export const useTargets = (): readonly OutsideTarget[] => useQuery(targetsQuery).data ?? none
const none: readonly OutsideTarget[] = []
