import { queryOptions } from '@tanstack/react-query'
import type {
  GlpiOfTicket,
  GlpiPreview,
  GlpiPreviewed,
  GlpiSecrets,
  GlpiState,
  GlpiTrial,
  GlpiTrialled,
} from '../../server/contract/glpi.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

/** Asked again now and then: what goes out and comes in makes no event of its own. */
export const glpiQuery = queryOptions({
  queryKey: ['glpi', 'state'],
  staleTime: 0,
  refetchInterval: 15_000,
  queryFn: () => request<GlpiState>('GET', '/glpi'),
})
/** What can be chosen in the GLPI whose tokens are kept. */
export const glpiFoundQuery = (address: string) =>
  queryOptions({ queryKey: ['glpi', 'found', address], staleTime: 300_000, queryFn: () => tryGlpi({ address }) })

export const tryGlpi = (trial: GlpiTrial) => request<GlpiTrialled>('POST', '/glpi/trial', trial)
export const previewGlpi = (preview: GlpiPreview) => request<GlpiPreviewed>('POST', '/glpi/preview', preview)

export async function keepGlpiSecrets(secrets: GlpiSecrets): Promise<void> {
  await request<null>('PUT', '/glpi/secrets', secrets)
  await queryClient.invalidateQueries({ queryKey: ['glpi'] })
}
const ordered = (path: string) => async (): Promise<void> => {
  queryClient.setQueryData(glpiQuery.queryKey, await request<GlpiState>('POST', path))
}
export const synchroniseGlpi = ordered('/glpi/synchronise')
export const retryGlpi = ordered('/glpi/retry')

export const ticketGlpiQuery = (number: number) =>
  queryOptions({ queryKey: ['tickets', 'glpi', number], queryFn: () => request<GlpiOfTicket>('GET', `/tickets/${number}/glpi`) })
