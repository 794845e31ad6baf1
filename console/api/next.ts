import { queryOptions } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { NextAnswer } from '../../server/contract/next.ts'
import { request } from './client.ts'
import { tellFailure } from './commands.ts'
import { queryClient } from './queries.ts'

/** What « Suivant » would give now, left where it is. */
export const nextQuery = queryOptions({
  queryKey: ['next'],
  refetchInterval: 30_000,
  queryFn: () => request<NextAnswer>('GET', '/next'),
})

/** What was given last; `n` grows with each time, so that the same thing given again is noticed. */
export type Given = { readonly n: number; readonly answer: NextAnswer }

let given: Given | null = null
let passed: readonly string[] = []
const watchers = new Set<() => void>()
const set = (next: Given | null) => {
  given = next
  for (const watcher of watchers) watcher()
}

/** Null when nothing was asked for, or it was put away. */
export function useGiven(): Given | null {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => given,
  )
}

export const putAway = () => set(null)

/** Ask for the next thing to do, which is then mine. */
export async function takeNext(): Promise<void> {
  try {
    const answer = await request<NextAnswer>('POST', '/next', { passed })
    set({ n: (given?.n ?? 0) + 1, answer })
    // What was left aside comes back once everything else is done.
    if (answer.next === null) passed = []
    void queryClient.invalidateQueries({ queryKey: ['next'] })
  } catch (error) {
    tellFailure(error)
  }
}

/** Leave what was given for a colleague, and ask for another thing. */
export async function passNext(): Promise<void> {
  const key = given?.answer.next?.key
  if (key !== undefined) passed = [...passed, key].slice(-200)
  await takeNext()
}
