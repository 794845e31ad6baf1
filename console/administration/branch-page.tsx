import { Button } from '@mantine/core'
import { IconSitemap } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { below, entityPath } from '../../server/contract/partition.ts'
import { ApiError } from '../api/client.ts'
import { branchQuery, saveBranch } from '../api/partition.ts'
import { settingsQuery } from '../api/settings.ts'
import { Empty } from '../ui/empty.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import classes from './categories.module.css'
import { EntityBranch } from './entity-branch.tsx'
import { EntityRules } from './entity-rules.tsx'
import own from './entities.module.css'
import { SaveBar } from './save-bar.tsx'
import { useSettings } from './use-settings.ts'

/** What lies below an entity, for those who keep a list that it is delegated to. */
export function BranchPage() {
  const { t } = useTranslation()
  const { id = '' } = useParams({ strict: false })
  const version = useQuery(settingsQuery).data?.entities.version ?? 0
  const found = useQuery(branchQuery(id, version))
  const { data: view, error } = found
  const editing = useSettings('entities', (from, _changed, whole) => {
    const under = below(whole.entities, id)
    return saveBranch(id, {
      version: from,
      entities: whole.entities.filter((one) => one.id !== id && under.has(one.id)),
      rules: whole.rules.filter(({ within }) => within === id),
    })
  })
  const entities = editing?.value.entities ?? []
  const name = entityPath(entities, id)
  usePageTitle(t('entities.branch', { name }))
  if (error !== null)
    return (
      <Page heading={name === '' ? t('settings.pages.entities') : t('entities.branch', { name })}>
        {error instanceof ApiError && error.status === 404 ? (
          <Empty icon={<IconSitemap size={24} stroke={1.6} />} heading={t('entities.branchAbsent')} text={t('entities.branchAbsentText')}>
            <Button variant="default" renderRoot={(props) => <Link to="/console/groupes" {...props} />}>
              {t('entities.back')}
            </Button>
          </Empty>
        ) : (
          <ReadFailure text={t('entities.branchFailed')} of={found} />
        )}
      </Page>
    )
  if (editing === null || view === undefined) return null
  const under = below(entities, id)
  const mine = entities.filter((one) => under.has(one.id))
  const rules = editing.value.rules.filter(({ within }) => within === id)
  const incomplete =
    mine.some((one) => one.name.trim() === '') || rules.some(({ value, entityId }) => value.trim() === '' || entityId === '')
  return (
    <Page heading={t('entities.branch', { name })} aside={<Link to="/console/groupes">{t('entities.back')}</Link>}>
      <p className={own.say}>{t('entities.branchSays', { count: view.people[id] ?? 0 })}</p>
      <Panel heading={t('entities.tree')}>
        {mine.length === 1 && <p className={classes.under}>{t('entities.branchNone')}</p>}
        <EntityBranch
          entities={entities}
          people={view.people}
          parentId={id}
          top={id}
          offered={new Set(view.groups)}
          onChange={(changed) => editing.edit({ entities: [...changed] })}
        />
      </Panel>
      {mine.length > 1 && (
        <Panel heading={t('entities.rules')}>
          <p className={classes.under}>{t('entities.branchRules', { name })}</p>
          <EntityRules
            shown="branch"
            rules={rules}
            entities={[...mine.filter((one) => one.id !== id), ...mine.filter((one) => one.id === id)]}
            values={view.values}
            onChange={(changed) =>
              editing.edit({
                rules: [...editing.value.rules.filter(({ within }) => within !== id), ...changed.map((rule) => ({ ...rule, within: id }))],
              })
            }
          />
        </Panel>
      )}
      <SaveBar {...editing} problem={incomplete ? t('entities.needed') : null} />
    </Page>
  )
}
