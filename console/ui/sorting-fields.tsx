import { Select } from '@mantine/core'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { formOf } from '../../server/contract/category-tree.ts'
import type { CategorySettings } from '../../server/contract/settings.ts'
import type { Ticket, Urgency } from '../../server/contract/entities.ts'
import { urgencies } from '../../server/contract/vocabulary.ts'
import { CategorySelect } from './category-select.tsx'
import classes from './sorting-fields.module.css'

export type Sorting = Pick<Ticket, 'categoryId' | 'placeId' | 'urgency' | 'impact'>
type Props = {
  readonly sorting: Sorting
  readonly settings: CategorySettings
  readonly onChange: (change: Partial<Sorting>) => void
}

/** What a ticket is sorted by. Everything may be left for later: nothing is asked of somebody on the telephone. */
export const SortingFields = memo(function SortingFields({ sorting, settings: { categories }, onChange }: Props) {
  const { t } = useTranslation()
  const form = formOf(categories, sorting.categoryId)
  return (
    <div className={classes.fields}>
      <div>
        <CategorySelect
          label={t('form.nature')}
          placeholder={t('form.natureNone')}
          categories={categories}
          trees={['nature', 'service']}
          value={sorting.categoryId}
          onChange={(categoryId) => onChange({ categoryId })}
        />
        {form !== null && (
          <a className={classes.form} href={form} target="_blank" rel="noopener noreferrer">
            {t('sorting.form')}
          </a>
        )}
      </div>
      <CategorySelect
        label={t('sorting.place')}
        placeholder={t('sorting.placeNone')}
        categories={categories}
        trees={['place']}
        value={sorting.placeId}
        onChange={(placeId) => onChange({ placeId })}
      />
      <Level label={t('form.urgency')} words="form.urgencies" value={sorting.urgency} onChange={(level) => onChange({ urgency: level })} />
      <Level label={t('sorting.impact')} words="sorting.impacts" value={sorting.impact} onChange={(level) => onChange({ impact: level })} />
    </div>
  )
})

type LevelProps = {
  readonly label: string
  readonly words: 'form.urgencies' | 'sorting.impacts'
  readonly value: Urgency
  readonly onChange: (level: Urgency) => void
}

function Level({ label, words, value, onChange }: LevelProps) {
  const { t } = useTranslation()
  return (
    <Select
      label={label}
      data={urgencies.map((level) => ({ value: level, label: t(`${words}.${level}`) }))}
      value={value}
      allowDeselect={false}
      onChange={(level) => {
        if (level !== null) onChange(level)
      }}
    />
  )
}
