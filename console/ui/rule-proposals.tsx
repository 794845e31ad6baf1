import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { categoryName } from '../../server/contract/category-tree.ts'
import type { RuleProposal } from '../../server/contract/rule-proposals.ts'
import { errorText } from '../api/error-text.ts'
import { decideRule, ruleProposalsQuery } from '../api/rule-proposals.ts'
import { settingsQuery } from '../api/settings.ts'
import { Panel } from './panel.tsx'
import classes from './rule-proposals.module.css'

/** Rules that « pas pour nous » speaks for, each with what it would have changed; nothing while there is none. */
export function RuleProposals() {
  const { t } = useTranslation()
  const proposals = useQuery(ruleProposalsQuery).data ?? []
  if (proposals.length === 0) return null
  return (
    <Panel heading={t('work.rules.heading')} figure={proposals.length}>
      <p className={classes.says}>{t('work.rules.says')}</p>
      <ul className={classes.list}>
        {proposals.map((proposal) => (
          <One key={proposal.id} proposal={proposal} />
        ))}
      </ul>
    </Panel>
  )
}

function One({ proposal: { id, rule, from, to, tickets, reason, replay } }: { readonly proposal: RuleProposal }) {
  const { t } = useTranslation()
  const categories = useQuery(settingsQuery).data?.categories.value.categories ?? []
  const what = [categoryName(categories, rule.categoryId), categoryName(categories, rule.placeId)]
    .filter((part) => part !== null)
    .join(', ')
  const decision = useMutation({
    mutationFn: (take: boolean) => decideRule(id, take),
    onSuccess: (_done, take) => notifications.show({ message: t(take ? 'work.rules.taken' : 'work.rules.left'), withBorder: true }),
    onError: (error) => notifications.show({ message: errorText(error), color: 'red', withBorder: true }),
  })
  return (
    <li>
      <p>
        <strong>{t('work.rules.rule', { what, to: to.name })}</strong> <small>{t('work.rules.instead', { from: from.name })}</small>
      </p>
      <p className={classes.why}>
        {t('work.rules.because', { count: tickets.length, numbers: tickets.slice(0, 5).join(', ') })}
        {reason !== '' && ` : « ${reason} »`}
      </p>
      <p className={`${classes.why} g-num`}>
        {t('work.rules.replay', { moved: replay.moved, total: replay.total, right: replay.right, wrong: replay.wrong })}
      </p>
      <span className={classes.gestures}>
        <Button size="compact-sm" loading={decision.isPending} onClick={() => decision.mutate(true)}>
          {t('work.rules.take')}
        </Button>
        <Button size="compact-sm" variant="default" disabled={decision.isPending} onClick={() => decision.mutate(false)}>
          {t('work.rules.leave')}
        </Button>
      </span>
    </li>
  )
}
