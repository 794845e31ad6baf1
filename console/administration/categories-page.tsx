import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { categoryTree, type Category, type PriorityMatrix } from '../../server/contract/categories.ts'
import { urgencies } from '../../server/contract/vocabulary.ts'
import { isWebAddress } from '../../server/contract/web-address.ts'
import { Panel } from '../ui/panel.tsx'
import classes from './categories.module.css'
import { CategoryBranch } from './category-branch.tsx'
import { History } from './history.tsx'
import { SaveBar } from './save-bar.tsx'
import { useSettings } from './use-settings.ts'

/** What tickets are sorted by, and what comes first. */
export default function CategoriesPage() {
  const { t } = useTranslation()
  const editing = useSettings('categories')
  if (editing === null) return null
  const { categories, priorities } = editing.value
  const nameless = categories.some(({ name }) => name.trim() === '')
  const formless = categories.some(({ form }) => form != null && !isWebAddress(form))
  const problem = nameless ? t('sorting.settings.needed') : formless ? t('sorting.settings.formWrong') : null
  const edit = (changed: readonly Category[]) => editing.edit({ categories: [...changed] })
  return (
    <>
      <p className={classes.says}>{t('sorting.settings.says')}</p>
      {categoryTree.options.map((tree) => (
        <Panel key={tree} heading={t(`sorting.trees.${tree}`)}>
          <CategoryBranch categories={categories} tree={tree} parent={null} onChange={edit} />
        </Panel>
      ))}
      <Priorities priorities={priorities} onChange={(changed) => editing.edit({ priorities: changed })} />
      <SaveBar {...editing} problem={problem} />
      <History editing={editing} />
    </>
  )
}

type PrioritiesProps = { readonly priorities: PriorityMatrix; readonly onChange: (priorities: PriorityMatrix) => void }

/** Urgency by impact. */
function Priorities({ priorities, onChange }: PrioritiesProps) {
  const { t } = useTranslation()
  const levels = urgencies.toReversed()
  return (
    <Panel heading={t('sorting.settings.priorities')}>
      <p className={classes.under}>{t('sorting.settings.prioritiesSays')}</p>
      <div className={classes.scroll}>
        <table className={classes.matrix}>
          <thead>
            <tr>
              <th scope="col">{t('form.urgency')}</th>
              {levels.map((impact) => (
                <th key={impact} scope="col">
                  {t(`sorting.impacts.${impact}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {levels.map((row) => (
              <tr key={row}>
                <th scope="row">{t(`form.urgencies.${row}`)}</th>
                {levels.map((impact) => (
                  <td key={impact}>
                    <Select
                      size="xs"
                      w={74}
                      aria-label={t('sorting.settings.cell', {
                        urgency: t(`form.urgencies.${row}`),
                        impact: t(`sorting.impacts.${impact}`),
                      })}
                      data={[1, 2, 3, 4, 5].map((n) => ({ value: String(n), label: t('sorting.priorityOf', { priority: n }) }))}
                      value={String(priorities[row][impact])}
                      allowDeselect={false}
                      onChange={(value) => onChange({ ...priorities, [row]: { ...priorities[row], [impact]: Number(value) } })}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
