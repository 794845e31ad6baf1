import { queryOptions } from '@tanstack/react-query'
import type { SolutionAnswer, SolutionShown } from '../../server/contract/solutions.ts'
import { query, request } from './client.ts'

/** @param key the one of the mailed link */
export const solutionQuery = (number: number, key: string) =>
  queryOptions({
    queryKey: ['solution', number, key],
    queryFn: () => request<SolutionShown>('GET', `/solutions/${number}${query({ key })}`),
  })

export const answerSolution = (number: number, answer: SolutionAnswer) => request<SolutionShown>('POST', `/solutions/${number}`, answer)
