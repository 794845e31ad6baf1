import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RedirectionRule } from '../../server/contract/categories.ts'
import { categoryName } from '../../server/contract/category-tree.ts'
import type { CategorySettings } from '../../server/contract/settings.ts'
import { reachedGroups, unled } from '../../server/contract/unled.ts'
import { groupsQuery } from '../api/groups.ts'
import { receiverQuery } from '../api/redirection.ts'
import { settingsQuery } from '../api/settings.ts'
import { CategorySelect } from '../ui/category-select.tsx'
import { Panel } from '../ui/panel.tsx'
import { RuleProposals } from '../ui/rule-proposals.tsx'
import { Receiver } from '../ui/receiver.tsx'
import classes from './categories.module.css'
import { History } from './history.tsx'
import { AffiliationSelect, Rules } from './redirection-rules.tsx'
import { SaveBar } from './save-bar.tsx'
import { useSettings } from './use-settings.ts'

/** Where tickets go. */
export default function RedirectionPage() {
  const { t } = useTranslation()
  const editing = useSettings('redirection')
  const sorting = useQuery(settingsQuery).data?.categories.value
  if (editing === null || sorting === undefined) return null
  const { rules } = editing.value
  const edit = (changed: readonly RedirectionRule[]) => editing.edit({ rules: [...changed] })
  const blank = { id: `regle-${crypto.randomUUID().slice(0, 8)}`, categoryId: null, placeId: null, affiliation: null, groupId: '' }
  return (
    <>
      <p className={classes.says}>{t('sorting.rules.says')}</p>
      <RuleProposals />
      <Nowhere rules={rules.filter(({ groupId }) => groupId !== '')} sorting={sorting} />
      <Panel heading={t('sorting.rules.heading')}>
        {rules.length === 0 && <p className={classes.under}>{t('sorting.rules.none')}</p>}
        <Rules rules={rules} categories={sorting.categories} onChange={edit} />
        <div className={classes.foot}>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={14} stroke={1.8} />}
            onClick={() => edit([...rules, blank])}
          >
            {t('sorting.rules.add')}
          </Button>
        </div>
      </Panel>
      <Trial rules={rules.filter(({ groupId }) => groupId !== '')} sorting={sorting} />
      <SaveBar {...editing} problem={rules.some(({ groupId }) => groupId === '') ? t('sorting.rules.needed') : null} />
      <History editing={editing} />
    </>
  )
}

/** What would stay with level 1 by the rules as they are on the screen. */
function Nowhere({ rules, sorting: { categories } }: { readonly rules: RedirectionRule[]; readonly sorting: CategorySettings }) {
  const { t } = useTranslation()
  const groups = useQuery(groupsQuery).data
  const found = groups === undefined ? [] : unled(categories, rules, reachedGroups(groups))
  if (found.length === 0) return null
  return (
    <Panel heading={t('sorting.unled.heading')}>
      <p className={classes.under}>{t('sorting.unled.says')}</p>
      <ul className={classes.nowhere}>
        {found.map(({ categoryId, why }) => (
          <li key={categoryId}>
            {categoryName(categories, categoryId)} <small>{t(`sorting.unled.why.${why}`)}</small>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

type Tried = Pick<RedirectionRule, 'categoryId' | 'placeId' | 'affiliation'>

/** « Qui recevrait ceci ? » */
function Trial({ rules, sorting: { categories } }: { readonly rules: RedirectionRule[]; readonly sorting: CategorySettings }) {
  const { t } = useTranslation()
  const [tried, setTried] = useState<Tried>({ categoryId: null, placeId: null, affiliation: null })
  const verdict = useQuery(receiverQuery({ ...tried, rules })).data
  return (
    <Panel heading={t('sorting.rules.trial')}>
      <p className={classes.under}>{t('sorting.rules.trialSays')}</p>
      <div className={classes.trial}>
        <CategorySelect
          label={t('form.nature')}
          placeholder={t('form.natureNone')}
          categories={categories}
          trees={['nature', 'service']}
          value={tried.categoryId}
          onChange={(categoryId) => setTried({ ...tried, categoryId })}
        />
        <CategorySelect
          label={t('sorting.place')}
          placeholder={t('sorting.placeNone')}
          categories={categories}
          trees={['place']}
          value={tried.placeId}
          onChange={(placeId) => setTried({ ...tried, placeId })}
        />
        <AffiliationSelect
          label={t('sorting.rules.who')}
          value={tried.affiliation}
          onChange={(affiliation) => setTried({ ...tried, affiliation })}
        />
      </div>
      {verdict !== undefined && (
        <div className={classes.verdict}>
          {verdict.rule !== null && <span>{t('sorting.rules.decides', { n: verdict.rule + 1 })}</span>}
          <Receiver verdict={verdict} />
        </div>
      )}
    </Panel>
  )
}
