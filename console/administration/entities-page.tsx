import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { partitionQuery } from '../api/partition.ts'
import { settingsQuery } from '../api/settings.ts'
import { Panel } from '../ui/panel.tsx'
import classes from './categories.module.css'
import { EntityBranch } from './entity-branch.tsx'
import { EntityRules } from './entity-rules.tsx'
import { History } from './history.tsx'
import { SaveBar } from './save-bar.tsx'
import { useSettings } from './use-settings.ts'

/** The parts of the university, whom each is delegated to, and who belongs there. */
export default function EntitiesPage() {
  const { t } = useTranslation()
  const editing = useSettings('entities')
  const version = useQuery(settingsQuery).data?.entities.version ?? 0
  const view = useQuery(partitionQuery(version)).data
  if (editing === null) return null
  const { entities, rules } = editing.value
  const incomplete =
    entities.some(({ name }) => name.trim() === '') || rules.some(({ value, entityId }) => value.trim() === '' || entityId === '')
  return (
    <>
      <p className={classes.says}>{t('entities.says')}</p>
      <Panel heading={t('entities.tree')}>
        {entities.length === 0 && <p className={classes.under}>{t('entities.none')}</p>}
        <EntityBranch
          entities={entities}
          people={view?.people ?? {}}
          parentId={null}
          onChange={(changed) => editing.edit({ entities: [...changed] })}
        />
      </Panel>
      {entities.length > 0 && (
        <Panel heading={t('entities.rules')}>
          <p className={classes.under}>
            {rules.length === 0 ? `${t('entities.rulesSays')} ${t('entities.rulesNone')}` : t('entities.rulesSays')}
          </p>
          <EntityRules
            rules={rules}
            entities={entities}
            values={view?.values ?? []}
            onChange={(changed) => editing.edit({ rules: [...changed] })}
          />
        </Panel>
      )}
      <SaveBar {...editing} problem={incomplete ? t('entities.needed') : null} />
      <History editing={editing} />
    </>
  )
}
