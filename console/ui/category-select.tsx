import { Select, type ComboboxItem, type ComboboxParsedItem, type OptionsFilter } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Category, CategoryTree } from '../../server/contract/categories.ts'
import { categoryName, offered } from '../../server/contract/category-tree.ts'
import { folded } from './folded.ts'

type Props = {
  readonly label: string
  readonly placeholder: string
  readonly categories: readonly Category[]
  readonly trees: readonly CategoryTree[]
  readonly value: string | null
  readonly onChange: (id: string | null) => void
}

/** Every word typed is found anywhere in the path, accents or not. */
const byWords: OptionsFilter = ({ options, search }) => {
  const words = folded(search).split(/\s+/).filter(Boolean)
  const fits = ({ label }: ComboboxItem) => words.every((word) => folded(label).includes(word))
  return options.flatMap((option): ComboboxParsedItem[] => {
    if (!('group' in option)) return fits(option) ? [option] : []
    const items = option.items.filter(fits)
    return items.length === 0 ? [] : [{ ...option, items }]
  })
}

/** A category, found by typing; one that is retired stays for those that bear it. */
export function CategorySelect({ label, placeholder, categories, trees, value, onChange }: Props) {
  const { t } = useTranslation()
  const shown = offered(categories)
  const data = trees.map((tree) => ({
    group: t(`sorting.trees.${tree}`),
    items: categories
      .filter((one) => one.tree === tree && (shown.includes(one) || one.id === value))
      .map(({ id }) => ({ value: id, label: categoryName(categories, id) ?? id })),
  }))
  return (
    <Select
      label={label}
      placeholder={placeholder}
      data={data.length === 1 ? (data[0]?.items ?? []) : data}
      value={value}
      clearable
      searchable
      filter={byWords}
      nothingFoundMessage={t('sorting.notFound')}
      onChange={onChange}
    />
  )
}
