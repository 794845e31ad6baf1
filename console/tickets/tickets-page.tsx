import { Button, TextInput } from '@mantine/core'
import { IconArrowUp, IconCircleCheck, IconSearch, IconTicketOff } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { query } from '../api/client.ts'
import { mostListed, ticketPagesQuery } from '../api/ticket-pages.ts'
import { Deferred } from '../ui/deferred.tsx'
import { Empty } from '../ui/empty.tsx'
import { Keys } from '../ui/kbd.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import { Page } from '../ui/page.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import { useSearchText } from '../ui/search-text.ts'
import { SheetMenu } from '../ui/sheet-buttons.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { filtersOf, type ListSearch } from './list-search.ts'
import { ListTabs } from './list-tabs.tsx'
import { SavedViews } from './saved-views.tsx'
import { useMayTreat } from './state-band.tsx'
import { useSelection } from './use-selection.ts'
import { useSteady } from './steady.ts'
import { TicketFilters, TicketOrder } from './ticket-filters.tsx'
import { TicketTable } from './ticket-table.tsx'
import classes from './tickets-page.module.css'
import { ariaKey } from '../ui/shortcuts.ts'

/** The lists of tickets: whose they are, search, filters, all in the address; and the keyboard to go through them. */
export function TicketsPage() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/console/tickets' })
  const navigate = useNavigate()
  const filters = filtersOf(search)
  const found = useInfiniteQuery(ticketPagesQuery(filters))
  const key = JSON.stringify(filters)
  const [first] = found.data?.pages ?? []
  // A ticket that moved down while the pages were read is on two of them.
  const listed = useMemo(() => {
    const all = found.data?.pages.flatMap(({ tickets }) => tickets)
    return all && [...new Map(all.toReversed().map((ticket) => [ticket.id, ticket])).values()].toReversed()
  }, [found.data])
  const whole = listed !== undefined && !found.hasNextPage && listed.length < mostListed
  const { rows, newer, gone, showAnew } = useSteady(key, found.isPlaceholderData ? undefined : listed, whole)
  usePageTitle(t('tickets.heading'))
  const { total = 0, more = false } = first ?? {}
  const go = (change: { [K in keyof ListSearch]: ListSearch[K] | undefined }) => {
    const next = Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined && value !== ''))
    void navigate({ to: '/console/tickets', search: next, replace: true })
  }
  const shown = found.isPlaceholderData ? (listed ?? []).map((ticket) => ({ ...ticket, gone: false })) : rows
  const selection = useSelection(
    key,
    shown.map(({ number }) => number),
  )
  const chosen = shown.filter(({ number }) => selection.chosen.has(number)).map(({ number }) => number)
  const field = useRef<HTMLInputElement>(null)
  /** The words from which the list is gone into, as soon as it is theirs: who types is faster than the answer. */
  const [entering, setEntering] = useState<string | null>(null)
  const entered = found.data !== undefined && !found.isPlaceholderData && entering === (search.q ?? '').trim()
  if (entered && shown.length === 0) setEntering(null)
  const may = useMayTreat()
  const readFurther = () => {
    if (!found.isFetchingNextPage) void found.fetchNextPage()
  }
  return (
    <Page
      wide
      heading={t('tickets.heading')}
      aside={
        found.data !== undefined && (
          <span className={`${classes.total} g-num`} role="status">
            {more ? t('lists.moreThan', { count: total }) : t('tickets.total', { count: total })}
          </span>
        )
      }
    >
      <div className={classes.heads}>
        <ListTabs current={search.liste ?? 'open'} onChoose={(liste) => go({ liste: liste === 'open' ? undefined : liste })} />
        <SavedViews search={search} onOpen={(kept) => void navigate({ to: '/console/tickets', search: kept, replace: true })} />
      </div>
      <div className={classes.tools}>
        <Search value={search.q ?? ''} field={field} onSearch={(q) => go({ q })} onEnter={setEntering} />
        <TicketOrder search={search} onChange={go} />
        <SheetMenu url={(format, language) => `/api/tickets/export${query({ ...filters, format, language })}`} />
        <TicketFilters search={search} onChange={go} />
      </div>
      {found.isError && <ReadFailure text={t('tickets.failed')} of={found} />}
      {first?.corrected?.map(({ typed, taken }) => (
        <p key={typed} className={classes.corrected} role="status">
          {t('knowledge.corrected', { typed, taken })}
        </p>
      ))}
      {newer + gone > 0 && (
        <Button variant="light" leftSection={<IconArrowUp size={16} stroke={1.8} />} onClick={showAnew}>
          {newer > 0 ? t('lists.newer', { count: newer }) : t('bulk.goneSome', { count: gone })}
        </Button>
      )}
      <Deferred>
        {shown.length > 0 && (
          <TicketTable
            of={key}
            tickets={shown}
            entered={entered}
            selection={may ? selection : null}
            onFurther={found.hasNextPage ? readFurther : null}
            onLeave={() => field.current?.focus()}
          />
        )}
      </Deferred>
      {found.data !== undefined && shown.length === 0 && <Nothing search={search} onEverywhere={() => go({ liste: 'all' })} />}
      {found.hasNextPage && (
        <Button variant="default" className={classes.more ?? ''} loading={found.isFetchingNextPage} onClick={readFurther}>
          {t('tickets.more')}
        </Button>
      )}
      {shown.length >= mostListed && <p className={classes.corrected}>{t('lists.mostListed', { count: mostListed })}</p>}
      {chosen.length > 0 && <BulkBar numbers={chosen} onClear={selection.clear} />}
    </Page>
  )
}

type SearchProps = {
  readonly value: string
  readonly field: RefObject<HTMLInputElement | null>
  readonly onSearch: (q: string) => void
  /** Into the list of these words; null: not any more. */
  readonly onEnter: (words: string | null) => void
}

function Search({ value, field, onSearch, onEnter }: SearchProps) {
  const { t } = useTranslation()
  const { text, change, now } = useSearchText(value, onSearch)
  const enter = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    onEnter(now())
  }
  return (
    <TextInput
      ref={field}
      className={classes.search ?? ''}
      data-page-search
      type="search"
      leftSection={<IconSearch size={16} stroke={1.6} />}
      rightSection={<Keys keys="/" />}
      placeholder={t('tickets.search')}
      aria-label={t('tickets.search')}
      aria-keyshortcuts={ariaKey('/')}
      maxLength={200}
      value={text}
      onChange={(e) => {
        onEnter(null)
        change(e.currentTarget.value)
      }}
      onKeyDown={enter}
      onBlur={() => onEnter(null)}
    />
  )
}

function Nothing({ search, onEverywhere }: { search: ListSearch; onEverywhere: () => void }) {
  const { t } = useTranslation()
  const { liste = 'open', ...filters } = search
  if (Object.keys(filters).length > 0)
    return (
      <Empty icon={<IconTicketOff size={24} stroke={1.6} />} heading={t('tickets.noneFound')} text={t('tickets.noneFoundText')}>
        {liste !== 'all' && (
          <Button variant="default" onClick={onEverywhere}>
            {t('tickets.searchAll')}
          </Button>
        )}
      </Empty>
    )
  return <Empty icon={<IconCircleCheck size={24} stroke={1.6} />} heading={t(`lists.none.${liste}`)} text={t(`lists.noneText.${liste}`)} />
}
