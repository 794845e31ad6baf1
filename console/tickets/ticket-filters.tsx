import { Button, Select } from '@mantine/core'
import { IconArrowsSort, IconFilter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { media, priorities, ticketSorts, urgencies, wordOf } from '../../server/contract/vocabulary.ts'
import type { Category } from '../../server/contract/categories.ts'
import { categoryName } from '../../server/contract/category-tree.ts'
import { entityPath } from '../../server/contract/partition.ts'
import { settingsQuery } from '../api/settings.ts'
import { groupsQuery } from '../api/groups.ts'
import type { ListSearch } from './list-search.ts'
import classes from './tickets-page.module.css'

type Props = { readonly search: ListSearch; readonly onChange: (change: { [K in keyof ListSearch]: ListSearch[K] | undefined }) => void }

const dues = ['late', 'today'] as const

/** How many of the filters below are set. */
const narrowed = ({ groupe, entite, nature, branche, lieu, priorite, urgence, moyen, echeance }: ListSearch) =>
  [groupe, entite, nature, branche, lieu, priorite, urgence, moyen, echeance].filter((one) => one !== undefined).length

/** What narrows a list down; on a narrow screen, behind a button that says how many are set. */
export function TicketFilters({ search, onChange }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const [unfolded, setUnfolded] = useState(false)
  const groups = useQuery(groupsQuery).data ?? []
  const settings = useQuery(settingsQuery).data
  const entities = settings?.entities.value.entities ?? []
  const categories = settings?.categories.value.categories ?? []
  // By name as it was that day: one that is retired since is asked for by the address.
  const natures = new Set(categories.filter(({ tree }) => tree !== 'place').flatMap(({ id }) => categoryName(categories, id) ?? []))
  if (search.nature !== undefined) natures.add(search.nature)
  // Each stands for what is below it; retired ones too, as tickets bear them still.
  const named = (some: readonly Category[]) =>
    some
      .map(({ id }) => ({ value: id, label: categoryName(categories, id) ?? id }))
      .toSorted((a, b) => a.label.localeCompare(b.label, 'fr'))
  const places = categories.filter(({ tree }) => tree === 'place')
  const branches = categories.filter(({ id, tree }) => tree !== 'place' && categories.some(({ parentId }) => parentId === id))
  const set = narrowed(search)
  return (
    <>
      <Button
        className={classes.fold ?? ''}
        variant="default"
        leftSection={<IconFilter size={16} stroke={1.7} />}
        aria-expanded={unfolded}
        aria-controls={id}
        onClick={() => setUnfolded(!unfolded)}
      >
        {set === 0 ? t('lists.filters') : t('lists.filtersSet', { count: set })}
      </Button>
      <div id={id} className={classes.filters} data-unfolded={unfolded || undefined}>
        <Select
          aria-label={t('life.group')}
          placeholder={t('life.group')}
          data={groups.map(({ id, name }) => ({ value: id, label: name }))}
          value={search.groupe ?? null}
          clearable
          searchable
          onChange={(value) => onChange({ groupe: value ?? undefined })}
        />
        {entities.length > 0 && (
          <Select
            aria-label={t('entities.label')}
            placeholder={t('entities.label')}
            data={entities.map(({ id }) => ({ value: id, label: entityPath(entities, id) }))}
            value={search.entite ?? null}
            clearable
            searchable
            onChange={(value) => onChange({ entite: value ?? undefined })}
          />
        )}
        <Select
          aria-label={t('form.nature')}
          placeholder={t('form.nature')}
          data={[...natures].toSorted((a, b) => a.localeCompare(b, 'fr'))}
          value={search.nature ?? null}
          clearable
          searchable
          nothingFoundMessage={t('sorting.notFound')}
          onChange={(value) => onChange({ nature: value ?? undefined })}
        />
        <Select
          aria-label={t('sorting.branch')}
          placeholder={t('sorting.branchShort')}
          data={named(branches)}
          value={search.branche ?? null}
          clearable
          searchable
          nothingFoundMessage={t('sorting.notFound')}
          onChange={(value) => onChange({ branche: value ?? undefined })}
        />
        <Select
          aria-label={t('sorting.place')}
          placeholder={t('sorting.placeShort')}
          data={named(places)}
          value={search.lieu ?? null}
          clearable
          searchable
          nothingFoundMessage={t('sorting.notFound')}
          onChange={(value) => onChange({ lieu: value ?? undefined })}
        />
        <Select
          aria-label={t('sorting.priority')}
          placeholder={t('sorting.priority')}
          data={priorities.map((value) => ({ value: String(value), label: t('sorting.priorityOf', { priority: value }) }))}
          value={search.priorite === undefined ? null : String(search.priorite)}
          clearable
          onChange={(value) => onChange({ priorite: priorities.find((one) => String(one) === value) })}
        />
        <Select
          aria-label={t('form.urgency')}
          placeholder={t('form.urgency')}
          data={urgencies.map((value) => ({ value, label: t(`form.urgencies.${value}`) }))}
          value={search.urgence ?? null}
          clearable
          onChange={(value) => onChange({ urgence: wordOf(urgencies, value) })}
        />
        <Select
          aria-label={t('form.medium')}
          placeholder={t('form.medium')}
          data={media.map((value) => ({ value, label: t(`media.${value}`) }))}
          value={search.moyen ?? null}
          clearable
          onChange={(value) => onChange({ moyen: wordOf(media, value) })}
        />
        <Select
          aria-label={t('clocks.filter')}
          placeholder={t('clocks.filter')}
          data={dues.map((value) => ({ value, label: t(`clocks.filters.${value}`) }))}
          value={search.echeance ?? null}
          clearable
          onChange={(value) => onChange({ echeance: dues.find((one) => one === value) })}
        />
      </div>
    </>
  )
}

/** What the list is ordered by. */
export function TicketOrder({ search, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <Select
      className={classes.sort ?? ''}
      aria-label={t('clocks.sort')}
      data={ticketSorts.map((value) => ({ value, label: t(`clocks.sorts.${value}`) }))}
      value={search.tri ?? 'newest'}
      allowDeselect={false}
      leftSection={<IconArrowsSort size={14} stroke={1.7} />}
      onChange={(value) => onChange({ tri: ticketSorts.find((one) => one === value && one !== 'newest') })}
    />
  )
}
