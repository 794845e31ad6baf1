import { queryOptions } from '@tanstack/react-query'
import type { OwedEntry, OwedList, OwedOutcome } from '../../server/contract/http.ts'
import { query, request } from './client.ts'
import { tellFailure } from './commands.ts'
import { queryClient } from './queries.ts'

export const owedQuery = (state: 'open' | 'settled') =>
  queryOptions({ queryKey: ['owed', state], queryFn: () => request<OwedList>('GET', `/owed${query({ state })}`) })

/**
 * Ask, say what failed, and read the list again in both cases: somebody else may have been faster.
 * @param onDone what it was, as far as it is known here, and what it is now
 * @returns whether it was done
 */
async function about(
  id: string,
  action: string,
  body?: OwedOutcome,
  onDone: (before: OwedEntry | undefined, after: OwedEntry) => void = () => undefined,
): Promise<boolean> {
  const before = queryClient.getQueryData(owedQuery('open').queryKey)?.entries.find((entry) => entry.id === id)
  let done = true
  try {
    onDone(before, await request<OwedEntry>('POST', `/owed/${encodeURIComponent(id)}/${action}`, body))
  } catch (error) {
    tellFailure(error)
    done = false
  }
  await queryClient.invalidateQueries({ queryKey: ['owed'] })
  return done
}

const messagesIn = ({ origins }: OwedEntry) =>
  origins.flatMap(({ messageId, ticket }) => (messageId === null || ticket === null ? [] : [ticket]))

export const takeOwed = (id: string) => about(id, 'take')
export const releaseOwed = (id: string) => void about(id, 'release')
/** @param onNoted a voice message settled without a ticket has become this one, or has joined it */
export const tellOutcome = (id: string, outcome: OwedOutcome, onNoted?: (ticket: number) => void) =>
  about(id, 'outcome', outcome, (before, after) => {
    const known = new Set(before === undefined ? [] : messagesIn(before))
    for (const number of new Set(messagesIn(after))) if (!known.has(number)) onNoted?.(number)
  })
/** While the page is being closed: nobody is left to be told of a failure. */
export const tellOutcomeOnLeaving = (id: string, outcome: OwedOutcome) =>
  void request('POST', `/owed/${encodeURIComponent(id)}/outcome`, outcome, true).catch(() => undefined)
