import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { RedirectionTrial, RedirectionVerdict } from '../../server/contract/completion.ts'
import { request } from './client.ts'

/** Who would receive a ticket sorted like this. */
export const receiverQuery = (sorted: RedirectionTrial) =>
  queryOptions({
    queryKey: ['settings', 'receiver', sorted],
    placeholderData: keepPreviousData,
    queryFn: () => request<RedirectionVerdict>('POST', '/redirection/trial', sorted),
  })
