import type { outgoingCallPlaced } from '../../server/contract/http.ts'
import type { z } from 'zod'
import { request } from './client.ts'
import { tellFailure } from './commands.ts'
import { queryClient } from './queries.ts'
import { i18n } from '../ui/i18n.ts'

/**
 * Call somebody: my own phone rings first. What is refused is told here.
 * @param number normalised, or as somebody typed it
 * @param owedId the answer owed that it is about
 * @returns whether the call was placed
 */
export async function placeCall(number: string, owedId: string | null = null): Promise<boolean> {
  try {
    await request<z.infer<typeof outgoingCallPlaced>>('POST', '/calls', { number, owedId })
    return true
  } catch (error) {
    tellFailure(error, i18n.t('calling.failed'))
    return false
  } finally {
    if (owedId !== null) void queryClient.invalidateQueries({ queryKey: ['owed'] })
  }
}
