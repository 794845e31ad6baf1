import { queryOptions } from '@tanstack/react-query'
import type { TrainingDebrief, TrainingState } from '../../server/contract/training.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

const runningMs = 2_000
const idleMs = 15_000

/** Asked for again: quickly while a day is played, now and then otherwise, since a colleague may begin one. */
export const trainingQuery = queryOptions({
  queryKey: ['training'],
  queryFn: () => request<TrainingState>('GET', '/demo/training'),
  refetchInterval: ({ state }) => (state.data?.running == null ? idleMs : runningMs),
})
export const debriefQuery = (id: string) =>
  queryOptions({ queryKey: ['training', id], queryFn: () => request<TrainingDebrief>('GET', `/demo/training/${id}`), staleTime: Infinity })

export async function beginTraining(script: TrainingState['scripts'][number]['id']): Promise<void> {
  queryClient.setQueryData(trainingQuery.queryKey, await request<TrainingState>('POST', '/demo/training', { script }))
}
export async function endTraining(): Promise<TrainingDebrief> {
  const debrief = await request<TrainingDebrief>('POST', '/demo/training/end')
  queryClient.setQueryData(debriefQuery(debrief.id).queryKey, debrief)
  await queryClient.invalidateQueries({ queryKey: trainingQuery.queryKey, exact: true })
  return debrief
}
