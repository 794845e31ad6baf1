import { queryOptions } from '@tanstack/react-query'
import type { SurveyResult } from '../../server/contract/survey.ts'
import { query, request } from './client.ts'

export const surveyQuery = (days: number) =>
  queryOptions({ queryKey: ['survey', days], queryFn: () => request<SurveyResult>('GET', `/survey${query({ days: String(days) })}`) })
