import { Button, Select } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { categoryName } from '../../server/contract/category-tree.ts'
import { person } from '../../server/contract/entities.ts'
import type { ChangedRule, RuleProposal } from '../../server/contract/rule-proposals.ts'
import { errorText } from '../api/error-text.ts'
import { groupsQuery } from '../api/groups.ts'
import { changedRuleQuery, decideRule, ruleProposalsQuery } from '../api/rule-proposals.ts'
import { settingsQuery } from '../api/settings.ts'
import { CategorySelect } from './category-select.tsx'
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

function One({ proposal }: { readonly proposal: RuleProposal }) {
  const { id, rule, from, to, tickets, reason, replay } = proposal
  const { t } = useTranslation()
  const settings = useQuery(settingsQuery).data
  const categories = settings?.categories.value.categories ?? []
  const groups = useQuery(groupsQuery).data ?? []
  const [change, setChange] = useState<ChangedRule | null>(null)
  const again = useQuery({ ...changedRuleQuery(id, change ?? unchanged(rule)), enabled: change !== null })
  const told = change === null ? replay : (again.data ?? replay)
  const { categoryId, placeId, affiliation, groupId } = change ?? rule
  const what = [
    categoryName(categories, categoryId),
    categoryName(categories, placeId),
    affiliation === null ? null : t(`sorting.rules.affiliations.${affiliation}`),
  ]
    .filter((part) => part !== null)
    .join(', ')
  const edit = (part: Partial<ChangedRule>) => setChange({ ...unchanged(change ?? rule), ...part })
  const decision = useMutation({
    mutationFn: (take: boolean) => decideRule(id, take, take ? change : null),
    onSuccess: (_done, take) => notifications.show({ message: t(take ? 'work.rules.taken' : 'work.rules.left'), withBorder: true }),
    onError: (error) => notifications.show({ message: errorText(error), color: 'red', withBorder: true }),
  })
  const name = groups.find((group) => group.id === groupId)?.name ?? to.name
  return (
    <li>
      <p>
        <strong>{t('work.rules.rule', { what: what || t('work.rules.everything'), to: name })}</strong>{' '}
        <small>{t('work.rules.instead', { from: from.name })}</small>
      </p>
      <p className={classes.why}>
        {t('work.rules.because', { count: tickets.length, numbers: tickets.slice(0, 5).join(', ') })}
        {reason !== '' && ` : « ${reason} »`}
      </p>
      {change !== null && (
        <div className={classes.fields} role="group" aria-label={t('work.rules.change')}>
          <CategorySelect
            label={t('form.nature')}
            placeholder={t('work.rules.any')}
            categories={categories}
            trees={['nature']}
            value={change.categoryId}
            onChange={(value) => edit({ categoryId: value })}
          />
          <CategorySelect
            label={t('sorting.place')}
            placeholder={t('work.rules.any')}
            categories={categories}
            trees={['place']}
            value={change.placeId}
            onChange={(value) => edit({ placeId: value })}
          />
          <Select
            label={t('work.rules.profile')}
            placeholder={t('work.rules.any')}
            clearable
            data={person.shape.affiliation.options.map((value) => ({ value, label: t(`sorting.rules.affiliations.${value}`) }))}
            value={change.affiliation}
            onChange={(value) => edit({ affiliation: person.shape.affiliation.options.find((one) => one === value) ?? null })}
          />
          <Select
            label={t('life.group')}
            allowDeselect={false}
            searchable
            data={groups.filter((group) => group.retiredAt === null).map((group) => ({ value: group.id, label: group.name }))}
            value={change.groupId}
            onChange={(value) => value !== null && edit({ groupId: value })}
          />
        </div>
      )}
      <p className={`${classes.why} g-num`} role="status" data-busy={again.isFetching || undefined}>
        {t('work.rules.replay', { count: told.moved, total: told.total, right: told.right, wrong: told.wrong })}
      </p>
      {change !== null && again.isError && (
        <p role="alert" className={classes.failure}>
          {errorText(again.error)}
        </p>
      )}
      <span className={classes.gestures}>
        <Button
          size="compact-sm"
          loading={decision.isPending}
          disabled={change !== null && again.isError}
          onClick={() => decision.mutate(true)}
        >
          {t(change === null ? 'work.rules.take' : 'work.rules.takeChanged')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          aria-expanded={change !== null}
          onClick={() => setChange(change === null ? unchanged(rule) : null)}
        >
          {t(change === null ? 'work.rules.change' : 'work.rules.asProposed')}
        </Button>
        <Button size="compact-sm" variant="default" disabled={decision.isPending} onClick={() => decision.mutate(false)}>
          {t('work.rules.leave')}
        </Button>
      </span>
    </li>
  )
}

const unchanged = ({ categoryId, placeId, affiliation, groupId }: ChangedRule): ChangedRule => ({
  categoryId,
  placeId,
  affiliation,
  groupId,
})
