import { Autocomplete, Button, Select } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { entityPath, placingAttribute, type Entity, type PartitionView, type PlacingRule } from '../../server/contract/partition.ts'
import classes from './categories.module.css'
import own from './entities.module.css'
import { OrderButtons } from './order-buttons.tsx'

type Props = {
  readonly rules: readonly PlacingRule[]
  readonly entities: readonly Entity[]
  readonly values: PartitionView['values']
  /** Those of one branch say nothing of where they hold. */
  readonly shown?: 'all' | 'branch'
  readonly onChange: (rules: readonly PlacingRule[]) => void
}

const hows = ['is', 'begins'] as const
const affiliations = ['student', 'staff', 'hosted', 'unknown'] as const

/** Who belongs where: each rule a sentence to be filled in, with what the directory holds to choose from. */
export function EntityRules({ rules, entities, values, shown = 'all', onChange }: Props) {
  const { t } = useTranslation()
  const replace = (index: number, rule: PlacingRule) => onChange(rules.map((one, i) => (i === index ? rule : one)))
  const named = entities
    .filter(({ retired }) => !retired)
    .map(({ id }) => ({ value: id, label: entityPath(entities, id) || t('entities.unnamed') }))
  return (
    <>
      <ol className={classes.rules} data-placing>
        {rules.map((rule, i) => (
          // oxlint-disable-next-line no-array-index-key -- a rule has nothing else that tells it from the others
          <li key={i}>
            <span className="g-num">{i + 1}</span>
            <Select
              aria-label={t('entities.attribute', { n: i + 1 })}
              data={placingAttribute.options.map((value) => ({ value, label: t(`entities.attributes.${value}`) }))}
              value={rule.attribute}
              allowDeselect={false}
              onChange={(chosen) =>
                replace(i, { ...rule, attribute: placingAttribute.options.find((one) => one === chosen) ?? rule.attribute, value: '' })
              }
            />
            <Select
              aria-label={t('entities.how', { n: i + 1 })}
              data={hows.map((value) => ({ value, label: t(`entities.hows.${value}`) }))}
              value={rule.how}
              allowDeselect={false}
              onChange={(chosen) => replace(i, { ...rule, how: hows.find((one) => one === chosen) ?? rule.how })}
            />
            {rule.within !== undefined && shown === 'all' && (
              <em className={own.within}>{t('entities.within', { name: entityPath(entities, rule.within) })}</em>
            )}
            {rule.attribute === 'affiliation' ? (
              <Select
                aria-label={t('entities.value', { n: i + 1 })}
                data={affiliations.map((value) => ({ value, label: t(`entities.affiliations.${value}`) }))}
                value={affiliations.find((one) => one === rule.value) ?? null}
                allowDeselect={false}
                onChange={(value) => value !== null && replace(i, { ...rule, how: 'is', value })}
              />
            ) : (
              <Autocomplete
                aria-label={t('entities.value', { n: i + 1 })}
                data={values.filter(({ attribute }) => attribute === rule.attribute).map(({ value }) => value)}
                value={rule.value}
                limit={30}
                maxLength={200}
                onChange={(value) => replace(i, { ...rule, value })}
              />
            )}
            <Select
              aria-label={t('entities.entity', { n: i + 1 })}
              data={named}
              value={rule.entityId === '' ? null : rule.entityId}
              placeholder={t('entities.label')}
              searchable
              allowDeselect={false}
              onChange={(entityId) => replace(i, { ...rule, entityId: entityId ?? '' })}
            />
            <OrderButtons rows={rules} index={i} onChange={onChange} />
          </li>
        ))}
      </ol>
      <p className={classes.foot}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} stroke={1.8} aria-hidden="true" />}
          onClick={() => onChange([...rules, { attribute: 'unit', how: 'is', value: '', entityId: named[0]?.value ?? '' }])}
        >
          {t('entities.addRule')}
        </Button>
      </p>
    </>
  )
}
