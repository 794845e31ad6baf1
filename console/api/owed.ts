import { queryOptions } from '@tanstack/react-query'
import type { OwedEntry, OwedList, OwedOutcome } from '../../server/contract/http.ts'
import { query, request } from './client.ts'
import { tellFailure } from './commands.ts'
import { queryClient } from './queries.ts'

export const owedQuery = (state: 'open' | 'settled') =>
  queryOptions({ queryKey: ['owed', state], queryFn: () => request<OwedList>('GET', `/owed${query({ state })}`) })

/** Ask, say what failed, and read the list again in both cases: somebody else may have been faster. @returns whether it was done */
async function about(id: string, action: string, body?: OwedOutcome): Promise<boolean> {
  let done = true
  try {
    await request<OwedEntry>('POST', `/owed/${encodeURIComponent(id)}/${action}`, body)
  } catch (error) {
    tellFailure(error)
    done = false
  }
  await queryClient.invalidateQueries({ queryKey: ['owed'] })
  return done
}

export const takeOwed = (id: string) => about(id, 'take')
export const releaseOwed = (id: string) => void about(id, 'release')
export const tellOutcome = (id: string, outcome: OwedOutcome) => about(id, 'outcome', outcome)
/** While the page is being closed: nobody is left to be told of a failure. */
export const tellOutcomeOnLeaving = (id: string, outcome: OwedOutcome) =>
  void request('POST', `/owed/${encodeURIComponent(id)}/outcome`, outcome, true).catch(() => undefined)
