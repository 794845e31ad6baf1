import { Select, type SelectProps } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Category, CategoryTree, RedirectionRule } from '../../server/contract/categories.ts'
import { categoryName } from '../../server/contract/category-tree.ts'
import { person, type Person } from '../../server/contract/entities.ts'
import { groupsQuery } from '../api/groups.ts'
import classes from './categories.module.css'
import { OrderButtons } from './order-buttons.tsx'

/** What the list offers in place of a group; no group has it for an id. */
const desk = ' '

type Props = {
  readonly rules: readonly RedirectionRule[]
  readonly categories: readonly Category[]
  readonly onChange: (rules: readonly RedirectionRule[]) => void
}

/** The rules in their order, each a sentence to be filled in. */
export function Rules({ rules, categories, onChange }: Props) {
  const { t } = useTranslation()
  const groups = useQuery(groupsQuery).data ?? []
  const replace = (index: number, rule: RedirectionRule) => onChange(rules.map((one, i) => (i === index ? rule : one)))
  const named = (trees: readonly CategoryTree[]) =>
    categories.filter(({ tree }) => trees.includes(tree)).map(({ id }) => ({ value: id, label: categoryName(categories, id) ?? id }))
  const data = {
    category: named(['nature', 'service']),
    place: named(['place']),
    group: [
      { value: desk, label: t('sorting.rules.groupDesk') },
      ...groups.filter(({ retiredAt }) => retiredAt === null).map(({ id, name }) => ({ value: id, label: name })),
    ],
  }
  return (
    <ol className={classes.rules}>
      {rules.map((rule, i) => (
        <li key={rule.id}>
          <span className="g-num">{i + 1}</span>
          <Part
            aria-label={t('sorting.rules.category', { n: i + 1 })}
            placeholder={t('sorting.rules.anyCategory')}
            data={data.category}
            value={rule.categoryId}
            onChange={(categoryId) => replace(i, { ...rule, categoryId })}
          />
          <Part
            aria-label={t('sorting.rules.place', { n: i + 1 })}
            placeholder={t('sorting.rules.anyPlace')}
            data={data.place}
            value={rule.placeId}
            onChange={(placeId) => replace(i, { ...rule, placeId })}
          />
          <AffiliationSelect
            aria-label={t('sorting.rules.affiliation', { n: i + 1 })}
            value={rule.affiliation}
            onChange={(affiliation) => replace(i, { ...rule, affiliation })}
          />
          <Part
            aria-label={t('sorting.rules.group', { n: i + 1 })}
            placeholder={t('sorting.rules.groupNone')}
            data={data.group}
            value={rule.groupId === '' ? null : (rule.groupId ?? desk)}
            clearable={false}
            onChange={(groupId) => replace(i, { ...rule, groupId: groupId === desk ? null : (groupId ?? '') })}
          />
          <OrderButtons rows={rules} index={i} onChange={onChange} />
        </li>
      ))}
    </ol>
  )
}

const Part = (props: SelectProps) => <Select searchable clearable size="sm" {...props} />

type Affiliation = Person['affiliation']
type AffiliationProps = Omit<SelectProps, 'data' | 'value' | 'onChange'> & {
  readonly value: Affiliation | null
  readonly onChange: (affiliation: Affiliation | null) => void
}

/** Whose ticket it is; nobody chosen: whoever. */
export function AffiliationSelect({ value, onChange, ...rest }: AffiliationProps) {
  const { t } = useTranslation()
  const { options } = person.shape.affiliation
  return (
    <Select
      placeholder={t('sorting.rules.anyone')}
      data={options.map((one) => ({ value: one, label: t(`sorting.rules.affiliations.${one}`) }))}
      value={value}
      clearable
      onChange={(chosen) => onChange(options.find((one) => one === chosen) ?? null)}
      {...rest}
    />
  )
}
