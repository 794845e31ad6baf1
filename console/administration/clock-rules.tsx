import '@mantine/core/styles/NumberInput.css'
import { ActionIcon, Button, NumberInput, Select } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { categoryName } from '../../server/contract/category-tree.ts'
import type { ClockDelays, ClockRule } from '../../server/contract/clocks.ts'
import { settingsQuery } from '../api/settings.ts'
import classes from './clocks-page.module.css'

type Props = { readonly rules: readonly ClockRule[]; readonly usual: ClockDelays; readonly onChange: (rules: readonly ClockRule[]) => void }

const delays = ['takeUp', 'level1', 'level2'] as const

/** Delays by nature and priority, in their order. */
export function ClockRules({ rules, usual, onChange }: Props) {
  const { t } = useTranslation()
  const categories = useQuery(settingsQuery).data?.categories.value.categories ?? []
  const replace = (index: number, change: Partial<ClockRule>) =>
    onChange(rules.map((one, i) => (i === index ? { ...one, ...change } : one)))
  const { takeUpMinutes, level1Minutes, level2Minutes } = usual
  const blank = () => ({
    id: `delai-${crypto.randomUUID().slice(0, 8)}`,
    categoryId: null,
    priority: null,
    takeUpMinutes,
    level1Minutes,
    level2Minutes,
  })
  return (
    <>
      <ol className={classes.rules}>
        {rules.map((rule, i) => {
          const label = (what: string) => t('clocks.settings.rule', { n: i + 1, what })
          return (
            <li key={rule.id}>
              <span className="g-num">{i + 1}</span>
              <Select
                aria-label={label(t('form.nature'))}
                placeholder={t('clocks.settings.anyCategory')}
                data={categories
                  .filter(({ tree }) => tree !== 'place')
                  .map(({ id }) => ({ value: id, label: categoryName(categories, id) ?? id }))}
                value={rule.categoryId}
                searchable
                clearable
                onChange={(categoryId) => replace(i, { categoryId })}
              />
              <Select
                aria-label={label(t('clocks.settings.priority'))}
                placeholder={t('clocks.settings.anyPriority')}
                data={[1, 2, 3, 4, 5].map((n) => ({ value: String(n), label: t('sorting.priorityOf', { priority: n }) }))}
                value={rule.priority === null ? null : String(rule.priority)}
                clearable
                onChange={(priority) => replace(i, { priority: priority === null ? null : Number(priority) })}
              />
              {delays.map((name) => (
                <NumberInput
                  key={name}
                  label={t(`clocks.settings.${name}`)}
                  aria-label={label(t(`clocks.settings.${name}`))}
                  size="xs"
                  value={rule[`${name}Minutes`] ?? ''}
                  placeholder={t('clocks.settings.endless')}
                  min={1}
                  max={60_000}
                  clampBehavior="blur"
                  suffix={`\u00a0${t('clocks.settings.unit')}`}
                  onChange={(next) => replace(i, { [`${name}Minutes`]: next === '' ? null : Number(next) })}
                />
              ))}
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('settings.order.remove', { n: i + 1 })}
                onClick={() => onChange(rules.filter((_, other) => other !== i))}
              >
                <IconX size={15} stroke={1.8} />
              </ActionIcon>
            </li>
          )
        })}
      </ol>
      <div className={classes.foot}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} stroke={1.8} />}
          onClick={() => onChange([...rules, blank()])}
        >
          {t('clocks.settings.addRule')}
        </Button>
      </div>
    </>
  )
}
