import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconCircleCheck, IconSearch, IconTicketOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/error-text.ts'
import { ticketsQuery, type TicketFilter } from '../api/queries.ts'
import { Empty } from '../ui/empty.tsx'
import { Keys } from '../ui/kbd.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import { Page, ReadFailure } from '../ui/page.tsx'
import { TicketTable } from './ticket-table.tsx'
import classes from './tickets-page.module.css'

const step = 50
const most = 200
type Shown = 'open' | 'closed' | 'all'

/** The list of tickets: search, filter, and the keyboard to go through it. */
export function TicketsPage() {
  const { t } = useTranslation()
  const [shown, setShown] = useState<Shown>('open')
  const [typed, setTyped] = useState('')
  const [limit, setLimit] = useState(step)
  const [search] = useDebouncedValue(typed.trim(), 200)
  const filter: TicketFilter = { limit, ...(shown !== 'all' && { status: shown }), ...(search !== '' && { search }) }
  const found = useQuery(ticketsQuery(filter))
  usePageTitle(t('tickets.heading'))
  const tickets = found.data?.tickets ?? []
  const total = found.data?.total ?? 0
  return (
    <Page
      wide
      heading={t('tickets.heading')}
      aside={
        found.data !== undefined && (
          <span className={`${classes.total} g-num`} role="status">
            {t('tickets.total', { count: total })}
          </span>
        )
      }
    >
      <div className={classes.tools}>
        <TextInput
          className={classes.search ?? ''}
          data-page-search
          type="search"
          leftSection={<IconSearch size={16} stroke={1.6} />}
          rightSection={<Keys keys="/" />}
          placeholder={t('tickets.search')}
          aria-label={t('tickets.search')}
          aria-keyshortcuts="/"
          maxLength={200}
          value={typed}
          onChange={(e) => {
            setTyped(e.currentTarget.value)
            setLimit(step)
          }}
        />
        <SegmentedControl
          aria-label={t('tickets.filter')}
          value={shown}
          onChange={(value) => {
            setShown(value)
            setLimit(step)
          }}
          data={[
            { value: 'open', label: t('tickets.open') },
            { value: 'closed', label: t('tickets.closed') },
            { value: 'all', label: t('tickets.all') },
          ]}
        />
      </div>
      {found.isError && (
        <ReadFailure
          text={t('tickets.failed')}
          why={errorText(found.error)}
          retry={
            <Button variant="default" onClick={() => void found.refetch()}>
              {t('tickets.retry')}
            </Button>
          }
        />
      )}
      {tickets.length > 0 && <TicketTable tickets={tickets} />}
      {found.data !== undefined &&
        tickets.length === 0 &&
        (search === '' ? (
          <Empty
            icon={<IconCircleCheck size={24} stroke={1.6} />}
            heading={t(shown === 'open' ? 'tickets.none' : 'context.noneAtAll')}
            text={t('tickets.noneText')}
          />
        ) : (
          <Empty icon={<IconTicketOff size={24} stroke={1.6} />} heading={t('tickets.noneFound')} text={t('tickets.noneFoundText')}>
            {shown !== 'all' && (
              <Button variant="default" onClick={() => setShown('all')}>
                {t('tickets.searchAll')}
              </Button>
            )}
          </Empty>
        ))}
      {total > tickets.length && limit < most && (
        <Button variant="default" className={classes.more ?? ''} loading={found.isFetching} onClick={() => setLimit(limit + step)}>
          {t('tickets.more')}
        </Button>
      )}
    </Page>
  )
}
