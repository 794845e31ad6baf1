import { queryOptions } from '@tanstack/react-query'
import type { CallStory } from '../../server/contract/call-story.ts'
import { request } from './client.ts'

const rereadMs = 3_000

/** What happened to a call; asked again while it goes on. */
export const callStoryQuery = (id: string) =>
  queryOptions({
    queryKey: ['call-story', id],
    queryFn: () => request<CallStory>('GET', `/calls/${encodeURIComponent(id)}/story`),
    refetchInterval: ({ state }) => (state.data?.ended === false ? rereadMs : false),
    retry: false,
  })
