import { queryOptions } from '@tanstack/react-query'
import type { GlpiOpen } from '../../server/contract/glpi.ts'
import type { LinkedMachines, MachineLink, MachinesOf, OcsPassword, OcsState, OcsTrial, OcsTrialled } from '../../server/contract/ocs.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

/** What comes from next door is there in a moment: asked again until it is. */
const soonMs = 1_000
const of = (id: string) => `/people/${encodeURIComponent(id)}`

export const machinesQuery = (personId: string) =>
  queryOptions({
    queryKey: ['people', 'machines', personId],
    staleTime: 60_000,
    queryFn: () => request<MachinesOf>('GET', `${of(personId)}/machines`),
    refetchInterval: ({ state }) => (state.data?.state === 'asking' ? soonMs : false),
  })
export const openInGlpiQuery = (personId: string) =>
  queryOptions({
    queryKey: ['people', 'glpi', personId],
    staleTime: 30_000,
    queryFn: () => request<GlpiOpen>('GET', `${of(personId)}/glpi`),
    refetchInterval: ({ state }) => (state.data?.state === 'asking' ? soonMs : false),
  })

/** What a machine may be linked to: a ticket, or the call that one is being written of. */
export type Linkable = { readonly ticket: number } | { readonly call: string; readonly personId: string }
const pathOf = (to: Linkable) => ('ticket' in to ? `/tickets/${to.ticket}/machines` : `/calls/${encodeURIComponent(to.call)}/machines`)
export const linkedMachinesQuery = (to: Linkable) =>
  queryOptions({
    queryKey: ['tickets', 'machines', pathOf(to)],
    queryFn: () => request<LinkedMachines>('GET', pathOf(to)),
  })
export async function linkMachine(to: Linkable, link: MachineLink, linked: boolean): Promise<void> {
  const body = 'personId' in to && linked ? { ...link, personId: to.personId } : link
  const now = linked
    ? await request<LinkedMachines>('PUT', pathOf(to), body)
    : await request<LinkedMachines>('POST', `${pathOf(to)}/remove`, body)
  queryClient.setQueryData(linkedMachinesQuery(to).queryKey, now)
}

export const ocsQuery = queryOptions({
  queryKey: ['ocs'],
  staleTime: 0,
  refetchInterval: 20_000,
  queryFn: () => request<OcsState>('GET', '/ocs'),
})
export const tryOcs = (trial: OcsTrial) => request<OcsTrialled>('POST', '/ocs/trial', trial)
export async function keepOcsPassword(given: OcsPassword): Promise<void> {
  await request<null>('PUT', '/ocs/password', given)
  await queryClient.invalidateQueries({ queryKey: ocsQuery.queryKey })
}
