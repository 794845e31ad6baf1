import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { WaitAccuracy } from '../../server/contract/waiting.ts'
import { query, request } from './client.ts'

/** Waits announced against what happened, over so many days. */
export const accuracyQuery = (days: number) =>
  queryOptions({
    queryKey: ['waiting', 'accuracy', days],
    placeholderData: keepPreviousData,
    queryFn: () => request<WaitAccuracy>('GET', `/waiting/accuracy${query({ days })}`),
  })
