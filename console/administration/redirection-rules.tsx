import { ActionIcon, Select, type SelectProps } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Category, CategoryTree, RedirectionRule } from '../../server/contract/categories.ts'
import { categoryName } from '../../server/contract/category-tree.ts'
import { person, type Person } from '../../server/contract/entities.ts'
import { groupsQuery } from '../api/groups.ts'
import classes from './categories.module.css'

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
    group: groups.filter(({ retiredAt }) => retiredAt === null).map(({ id, name }) => ({ value: id, label: name })),
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
            value={rule.groupId === '' ? null : rule.groupId}
            clearable={false}
            onChange={(groupId) => replace(i, { ...rule, groupId: groupId ?? '' })}
          />
          <Steps index={i} rules={rules} onChange={onChange} />
        </li>
      ))}
    </ol>
  )
}

/** Moves a rule, or takes it out. */
function Steps({ index, rules, onChange }: { readonly index: number } & Pick<Props, 'rules' | 'onChange'>) {
  const { t } = useTranslation()
  const n = index + 1
  const moveTo = (to: number) => {
    const others = rules.filter((_, i) => i !== index)
    onChange([...others.slice(0, to), ...rules.slice(index, n), ...others.slice(to)])
  }
  return (
    <ActionIcon.Group>
      <ActionIcon
        variant="subtle"
        color="gray"
        disabled={index === 0}
        aria-label={t('sorting.rules.up', { n })}
        onClick={() => moveTo(index - 1)}
      >
        <IconArrowUp size={15} stroke={1.8} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        disabled={n === rules.length}
        aria-label={t('sorting.rules.down', { n })}
        onClick={() => moveTo(n)}
      >
        <IconArrowDown size={15} stroke={1.8} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('sorting.rules.remove', { n })}
        onClick={() => onChange(rules.filter((_, i) => i !== index))}
      >
        <IconX size={15} stroke={1.8} />
      </ActionIcon>
    </ActionIcon.Group>
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
