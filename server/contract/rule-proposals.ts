import { z } from 'zod'
import { redirectionRule } from './categories.ts'

const named = z.object({ id: z.string(), name: z.string() })
/**
 * What other rules would have made of the last 90 days. `moved`: would have gone elsewhere; `right`: of these, to where they ended;
 * `wrong`: of these, away from where they ended.
 */
export const replayed = z.object({
  total: z.int(),
  moved: z.int(),
  right: z.int(),
  wrong: z.int(),
  examples: z.array(
    z.object({ number: z.int(), title: z.string(), from: z.string().nullable(), to: z.string().nullable(), right: z.boolean() }),
  ),
})
export type Replayed = z.infer<typeof replayed>
const ruleToGroup = redirectionRule.extend({ groupId: redirectionRule.shape.groupId.unwrap() })
export type RuleToGroup = z.infer<typeof ruleToGroup>
/** A proposed rule as somebody changed it; where it stands among the others is not theirs to say. */
const changedRule = ruleToGroup.omit({ id: true })
export type ChangedRule = z.infer<typeof changedRule>
/** All rules as they are being edited, or one proposal with its rule changed. */
export const replayOrder = z.union([
  z.object({ rules: z.array(redirectionRule).max(200) }),
  z.object({ proposal: z.string().min(1).max(300), rule: changedRule }),
])

/** A rule that tickets given back speak for. `tickets`: their numbers, the latest first. */
const ruleProposal = z.object({
  id: z.string(),
  rule: ruleToGroup,
  from: named,
  to: named,
  tickets: z.array(z.int()),
  reason: z.string(),
  replay: replayed,
})
export type RuleProposal = z.infer<typeof ruleProposal>
export const ruleProposals = z.array(ruleProposal)
/** `rule`: taken as changed; absent: as proposed. */
export const proposalVerdict = z.object({ take: z.boolean(), rule: changedRule.optional() })
