import { ActionIcon, Button, MultiSelect, TextInput } from '@mantine/core'
import { IconArchive, IconPlus, IconRotate } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entity } from '../../server/contract/partition.ts'
import { groupsQuery } from '../api/groups.ts'
import classes from './categories.module.css'
import own from './entities.module.css'

type Props = {
  readonly entities: readonly Entity[]
  /** How many belong to each. */
  readonly people: Readonly<Record<string, number>>
  /** Null: those directly below the whole. */
  readonly parentId: string | null
  /** What the tree shown begins below; the whole unless said. */
  readonly top?: string | null
  /** The groups that something may be given to; any unless said. */
  readonly offered?: ReadonlySet<string> | null
  readonly onChange: (entities: readonly Entity[]) => void
}

const newEntity = (parentId: string | null): Entity => ({
  id: `entite-${crypto.randomUUID().slice(0, 8)}`,
  name: '',
  parentId,
  groups: [],
  retired: false,
})

/** The entities below one, each with its own below it. */
export function EntityBranch({ entities, people, parentId, top = null, offered = null, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <ul className={classes.branch} data-root={parentId === top || undefined}>
      {entities
        .filter((one) => one.parentId === parentId)
        .map((one) => (
          <li key={one.id} data-retired={one.retired || undefined}>
            <Row
              entity={one}
              people={people[one.id] ?? 0}
              offered={offered}
              onChange={(changed) => onChange(entities.map((each) => (each.id === one.id ? changed : each)))}
              onAdd={() => onChange([...entities, newEntity(one.id)])}
            />
            {entities.some((each) => each.parentId === one.id) && (
              <EntityBranch entities={entities} people={people} parentId={one.id} top={top} offered={offered} onChange={onChange} />
            )}
          </li>
        ))}
      {parentId === top && (
        <li className={classes.add}>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={14} stroke={1.8} aria-hidden="true" />}
            onClick={() => onChange([...entities, newEntity(top)])}
          >
            {t('entities.add')}
          </Button>
        </li>
      )}
    </ul>
  )
}

type RowProps = {
  readonly entity: Entity
  readonly people: number
  readonly offered: ReadonlySet<string> | null
  readonly onChange: (entity: Entity) => void
  readonly onAdd: () => void
}

function Row({ entity, people, offered: givable, onChange, onAdd }: RowProps) {
  const { t } = useTranslation()
  const groups = useQuery(groupsQuery).data ?? []
  const field = useRef<HTMLInputElement>(null)
  const unnamed = useRef(entity.name === '')
  useEffect(() => {
    if (unnamed.current) field.current?.focus()
  }, [])
  const name = entity.name.trim() === '' ? t('entities.unnamed') : entity.name
  const offered = groups.filter(
    ({ id, retiredAt }) => entity.groups.includes(id) || (retiredAt === null && (givable === null || givable.has(id))),
  )
  return (
    <div className={own.row}>
      <TextInput
        ref={field}
        className={own.name ?? ''}
        aria-label={t('entities.nameOf', { name })}
        placeholder={t('entities.name')}
        value={entity.name}
        maxLength={80}
        disabled={entity.retired}
        onChange={(event) => onChange({ ...entity, name: event.currentTarget.value })}
      />
      {entity.retired ? (
        <em>{t('entities.retired')}</em>
      ) : (
        <MultiSelect
          className={own.groups ?? ''}
          aria-label={t('entities.delegatedOf', { name })}
          placeholder={entity.groups.length === 0 ? t('entities.delegated') : ''}
          data={offered.map((group) => ({ value: group.id, label: group.name }))}
          value={[...entity.groups]}
          searchable
          onChange={(chosen) => onChange({ ...entity, groups: chosen })}
        />
      )}
      <span className={`${own.count} g-num`}>{t('entities.people', { count: people })}</span>
      {!entity.retired && (
        <ActionIcon variant="subtle" color="gray" aria-label={t('entities.addUnder', { name })} onClick={onAdd}>
          <IconPlus size={15} stroke={1.8} />
        </ActionIcon>
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t(entity.retired ? 'entities.bringBack' : 'entities.retire', { name })}
        onClick={() => onChange({ ...entity, retired: !entity.retired, groups: entity.retired ? entity.groups : [] })}
      >
        {entity.retired ? <IconRotate size={15} stroke={1.8} /> : <IconArchive size={15} stroke={1.8} />}
      </ActionIcon>
    </div>
  )
}
