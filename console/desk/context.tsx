import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TicketSummary } from '../../server/contract/entities.ts'
import type { ListedTicket } from '../../server/contract/ticket-lists.ts'
import { ticketsQuery } from '../api/queries.ts'
import { fullMoment, momentOf } from '../ui/format.ts'
import { later } from '../ui/later.tsx'
import { Panel, PanelHeading } from '../ui/panel.tsx'
import { Pill } from '../ui/pill.tsx'
import { TimeLeft } from '../ui/time-left.tsx'
import { TicketStatusPill } from '../ui/ticket-status.tsx'
import classes from './context.module.css'
import { useAlike, usePageTicket, useTheirTickets } from './their-tickets.ts'

const shown = 6
const SuggestedArticles = later<{ title: string; onTake: ((text: string) => void) | null }>(
  async () => (await import('./suggested-articles.tsx')).SuggestedArticles,
)

const BesideCall = later<{ personId: string; callId: string | null }>(async () => (await import('./beside.tsx')).BesideCall)

type ContextProps = {
  readonly callId: string | null
  readonly personId: string | null
  /** Of the ticket being written. */
  readonly categoryId: string | null
  readonly writing: boolean
  /** The title that is being written. */
  readonly title: string
  /** Take an article's text as the solution; null while nothing is written. */
  readonly onTake: ((text: string) => void) | null
}

/** Beside the ticket being written: what this person has asked already; with nobody there, the desk's latest. */
export function Context({ callId, personId, categoryId, writing, title, onTake }: ContextProps) {
  const { t } = useTranslation()
  const alike = useAlike(title, categoryId)
  const articles = <SuggestedArticles title={title} onTake={onTake} />
  if (personId !== null) return <Theirs personId={personId} callId={callId} alike={alike} articles={articles} />
  if (writing) return <UnknownPerson callId={callId} alike={alike} articles={articles} />
  return <Latest heading={t('context.latest')} />
}

type AsideProps = { readonly callId: string | null; readonly alike: readonly TicketSummary[]; readonly articles: ReactNode }

function Theirs({ personId, callId, alike, articles }: AsideProps & { readonly personId: string }) {
  const { t } = useTranslation()
  const { open, closed } = useTheirTickets(callId, personId)
  const from = usePageTicket(callId)
  return (
    <Panel label={t('context.heading')} grow>
      <PanelHeading text={t('context.open')} figure={open.length} />
      <List tickets={open} none={t('context.noneOpen')} alike={alike} from={from} />
      <BesideCall personId={personId} callId={callId} />
      {articles}
      <Alike tickets={alike.filter(({ id }) => open.every((own) => own.id !== id))} />
      <PanelHeading text={t('context.recent')} />
      <List tickets={closed.slice(0, shown)} none={t('context.noneRecent')} />
    </Panel>
  )
}

function UnknownPerson({ callId, alike, articles }: AsideProps) {
  const { t } = useTranslation()
  const { open } = useTheirTickets(callId, null)
  const from = usePageTicket(callId)
  return (
    <Panel label={t('context.heading')} grow>
      <PanelHeading text={t('context.open')} figure={open.length > 0 ? open.length : undefined} />
      <List tickets={open} none={t('context.unknown')} from={from} />
      {articles}
      <Alike tickets={alike} />
    </Panel>
  )
}

/** Maybe the same trouble: others have called about it today. */
function Alike({ tickets }: { readonly tickets: readonly TicketSummary[] }) {
  const { t } = useTranslation()
  if (tickets.length === 0) return null
  return (
    <>
      <PanelHeading text={t('context.alike')} figure={tickets.length} />
      <List tickets={tickets.slice(0, shown)} none="" />
    </>
  )
}

function Latest({ heading }: { heading: string }) {
  const { t } = useTranslation()
  const latest = useQuery(ticketsQuery({ limit: 8 }))
  return (
    <Panel label={heading} grow>
      <PanelHeading text={heading} />
      {latest.data !== undefined && <List tickets={latest.data.tickets} none={t('context.noneAtAll')} />}
    </Panel>
  )
}

function List({
  tickets,
  none,
  alike = [],
  from = null,
}: {
  tickets: readonly (TicketSummary & { clock?: ListedTicket['clock']; leftMs?: number | null })[]
  none: string
  /** Those that may be about what is being written stand out. */
  alike?: readonly TicketSummary[]
  /** The number of the one from whose page the call comes. */
  from?: number | null
}) {
  const { t } = useTranslation()
  if (tickets.length === 0) return <p className={classes.none}>{none}</p>
  return (
    <ul className={classes.list}>
      {tickets.map((ticket) => (
        <li key={ticket.id} className={classes.item}>
          <p>
            <Link to="/console/tickets/$number" params={{ number: String(ticket.number) }}>
              {ticket.title}
            </Link>
            <small className="g-num">n°&nbsp;{ticket.number}</small>
            {ticket.number === from && <Pill tone="accent">{t('fromPage.here')}</Pill>}
            {alike.some(({ id }) => id === ticket.id) && <Pill tone="warn">{t('work.looksAlike')}</Pill>}
          </p>
          <p>
            <small title={fullMoment(ticket.openedAt)}>{momentOf(ticket.openedAt)}</small>
            <TimeLeft ticket={{ clock: ticket.clock ?? null, leftMs: ticket.leftMs ?? null }} />
            <TicketStatusPill status={ticket.status} />
          </p>
        </li>
      ))}
    </ul>
  )
}
