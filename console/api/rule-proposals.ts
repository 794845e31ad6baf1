import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { ChangedRule, Replayed, RuleProposal } from '../../server/contract/rule-proposals.ts'
import { request } from './client.ts'
import { queryClient } from './queries.ts'

export const ruleProposalsQuery = queryOptions({
  queryKey: ['rule-proposals'],
  queryFn: () => request<RuleProposal[]>('GET', '/redirection/proposals'),
})
/** A proposed rule as changed, replayed on what came in. */
export const changedRuleQuery = (proposal: string, rule: ChangedRule) =>
  queryOptions({
    queryKey: ['rule-replay', proposal, rule],
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: () => request<Replayed>('POST', '/redirection/replay', { proposal, rule }),
  })
/** @param rule as somebody changed it; null: as proposed */
export async function decideRule(id: string, take: boolean, rule: ChangedRule | null = null): Promise<void> {
  queryClient.setQueryData(
    ruleProposalsQuery.queryKey,
    await request<RuleProposal[]>('POST', `/redirection/proposals/${encodeURIComponent(id)}`, { take, ...(rule !== null && { rule }) }),
  )
  await queryClient.invalidateQueries({ queryKey: ['settings'] })
}
