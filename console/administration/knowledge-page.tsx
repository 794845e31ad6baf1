import { useTranslation } from 'react-i18next'
import type { Category } from '../../server/contract/categories.ts'
import { Panel } from '../ui/panel.tsx'
import classes from './categories.module.css'
import { CategoryBranch } from './category-branch.tsx'
import fields from './fields.module.css'
import { History } from './history.tsx'
import { NumberField } from './number-field.tsx'
import { SaveBar } from './save-bar.tsx'
import { useSettings } from './use-settings.ts'

/** The index that articles stand under, and when they are read again. */
export default function KnowledgePage() {
  const { t } = useTranslation()
  const editing = useSettings('knowledge')
  if (editing === null) return null
  const { topics, reviewMonths } = editing.value
  const nameless = topics.some(({ name }) => name.trim() === '')
  return (
    <>
      <p className={classes.says}>{t('knowledge.settings.says')}</p>
      <Panel heading={t('knowledge.settings.index')}>
        <CategoryBranch
          categories={topics.map((one): Category => ({ ...one, tree: 'nature' }))}
          tree="nature"
          parent={null}
          addLabel={t('knowledge.settings.add')}
          onChange={(changed) => editing.edit({ topics: changed.map(({ tree: _tree, ...one }) => one) })}
        />
      </Panel>
      <Panel heading={t('knowledge.settings.review')}>
        <div className={fields.fields}>
          <NumberField
            label={t('knowledge.settings.months')}
            description={t('knowledge.settings.monthsSay')}
            unit={t('knowledge.settings.monthsUnit')}
            value={reviewMonths}
            min={1}
            max={60}
            onChange={(months) => editing.edit({ reviewMonths: months })}
          />
        </div>
      </Panel>
      <SaveBar {...editing} problem={nameless ? t('knowledge.settings.needed') : null} />
      <History editing={editing} />
    </>
  )
}
