import { Button, Menu, Popover, Switch, TextInput } from '@mantine/core'
import { IconBookmark, IconBookmarkPlus, IconTrash, IconUsers } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mayFurther } from '../../server/contract/rights.ts'
import type { SavedView } from '../../server/contract/views.ts'
import { errorText } from '../api/error-text.ts'
import { addView, changeView, removeView, viewsQuery } from '../api/lists.ts'
import { sessionQuery } from '../api/queries.ts'
import { Failure } from './failure.tsx'
import { filtersOf, searchOf, type ListSearch } from './list-search.ts'
import classes from './saved-views.module.css'

type Props = { readonly search: ListSearch; readonly onOpen: (search: ListSearch) => void }

const written = (search: ListSearch) =>
  Object.entries(search)
    .map(([name, value]) => `${name}=${value}`)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join('&')
const same = (a: ListSearch, b: ListSearch) => written(a) === written(b)

/** Lists that are kept, one click each; and the one that is shown, to be kept under a name. */
export function SavedViews({ search, onOpen }: Props) {
  const { t } = useTranslation()
  const views = useQuery(viewsQuery).data ?? []
  const current = views.find((view) => same(searchOf(view.filters), search))
  return (
    <div className={classes.views} role="group" aria-label={t('views.label')}>
      <Menu position="bottom-start" width={300}>
        <Menu.Target>
          <Button
            size="compact-sm"
            variant={current === undefined ? 'default' : 'light'}
            leftSection={<IconBookmark size={15} stroke={1.7} />}
            disabled={views.length === 0}
          >
            {current?.name ?? t('views.open')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.map((view) => (
            <Menu.Item
              key={view.id}
              leftSection={view.shared ? <IconUsers size={15} stroke={1.7} /> : <IconBookmark size={15} stroke={1.7} />}
              onClick={() => onOpen(searchOf(view.filters))}
            >
              {view.name}
              {view.shared && <small className={classes.by}>{t('views.sharedBy', { who: view.by })}</small>}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Keep search={search} current={current ?? null} />
    </div>
  )
}

function Keep({ search, current }: { readonly search: ListSearch; readonly current: SavedView | null }) {
  const { t } = useTranslation()
  const titleId = useId()
  const [open, setOpen] = useState(false)
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" shadow="md" width={320} radius={12} trapFocus returnFocus>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconBookmarkPlus size={15} stroke={1.7} />}
          disabled={Object.keys(search).length === 0 || (current !== null && !current.mine)}
          onClick={() => setOpen(!open)}
        >
          {t(current === null ? 'views.keep' : 'views.change')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={14} maw="calc(100vw - 24px)" aria-labelledby={titleId}>
        <p className={classes.title} id={titleId}>
          {t(current === null ? 'views.keepHeading' : 'views.changeHeading')}
        </p>
        {open && <Form search={search} current={current} onDone={() => setOpen(false)} />}
      </Popover.Dropdown>
    </Popover>
  )
}

function Form({
  search,
  current,
  onDone,
}: {
  readonly search: ListSearch
  readonly current: SavedView | null
  readonly onDone: () => void
}) {
  const { t } = useTranslation()
  const mayShare = mayFurther(useQuery(sessionQuery).data, 'shareViews')
  const [name, setName] = useState(current?.name ?? '')
  const [shared, setShared] = useState(current?.shared ?? false)
  const save = useMutation({
    mutationFn: () => {
      const view = { name: name.trim(), filters: filtersOf(search), shared }
      return current === null ? addView(view) : changeView(current.id, view)
    },
    onSuccess: onDone,
  })
  const remove = useMutation({ mutationFn: (id: string) => removeView(id), onSuccess: onDone })
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '' && !save.isPending) save.mutate()
      }}
    >
      <TextInput
        label={t('views.name')}
        placeholder={t('views.nameExample')}
        value={name}
        maxLength={60}
        required
        withAsterisk={false}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {mayShare && (
        <Switch
          label={t('views.share')}
          description={t('views.shareSays')}
          checked={shared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
      )}
      {save.isError && <Failure text={errorText(save.error)} />}
      <div className={classes.actions}>
        <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
          {t('views.save')}
        </Button>
        {current !== null && (
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconTrash size={15} stroke={1.7} />}
            loading={remove.isPending}
            onClick={() => remove.mutate(current.id)}
          >
            {t('views.remove')}
          </Button>
        )}
      </div>
    </form>
  )
}
