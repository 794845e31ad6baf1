import { queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type {
  GlpiImport,
  glpiImportOrder,
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

/** Asked again while one is under way. */
export const glpiImportsQuery = queryOptions({
  queryKey: ['glpi', 'imports'],
  queryFn: () => request<GlpiImport[]>('GET', '/glpi/imports'),
  refetchInterval: ({ state }) => (state.data?.[0]?.endedAt === null ? 2_000 : false),
})
export async function importGlpi(order: z.input<typeof glpiImportOrder>): Promise<void> {
  queryClient.setQueryData(glpiImportsQuery.queryKey, await request<GlpiImport[]>('POST', '/glpi/imports', order))
}

export const ticketGlpiQuery = (number: number) =>
  queryOptions({ queryKey: ['tickets', 'glpi', number], queryFn: () => request<GlpiOfTicket>('GET', `/tickets/${number}/glpi`) })
