import { queryOptions } from '@tanstack/react-query'
import type { RuleProposal } from '../../server/contract/rule-proposals.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

export const ruleProposalsQuery = queryOptions({
  queryKey: ['rule-proposals'],
  queryFn: () => request<RuleProposal[]>('GET', '/redirection/proposals'),
})
export async function decideRule(id: string, take: boolean): Promise<void> {
  queryClient.setQueryData(
    ruleProposalsQuery.queryKey,
    await request<RuleProposal[]>('POST', `/redirection/proposals/${encodeURIComponent(id)}`, { take }),
  )
  await queryClient.invalidateQueries({ queryKey: ['settings'] })
}
