import { Button } from '@mantine/core'
import { IconArrowLeft, IconArrowUp, IconPhoneOutgoing, IconTicketOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { categoryName } from '../../server/contract/category-tree.ts'
import type { Asked, JournalEntry } from '../../server/contract/entities.ts'
import { nextDue } from '../../server/contract/next-due.ts'
import { mayCall } from '../../server/contract/rights.ts'
import { articleQuery } from '../api/articles.ts'
import { placeCall } from '../api/calling.ts'
import { ApiError } from '../api/client.ts'
import { settingsQuery } from '../api/settings.ts'
import { ticketRecordingsQuery } from '../api/recordings.ts'
import { sessionQuery, ticketQuery, type TicketPage as Ticket } from '../api/queries.ts'
import { groupsQuery } from '../api/groups.ts'
import { myself } from '../live/desk.ts'
import { useLive } from '../live/use-live.ts'
import { Avatar } from '../ui/avatar.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Deferred } from '../ui/deferred.tsx'
import { Empty } from '../ui/empty.tsx'
import { fullMoment, momentOf } from '../ui/format.ts'
import { KeyButton } from '../ui/key-button.tsx'
import { MessagePlayer } from '../ui/message-player.tsx'
import { ReadingsPanel } from '../ui/readings.tsx'
import { RecordingPlayer } from '../ui/recording-player.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import { openTime, TimeLeft } from '../ui/time-left.tsx'
import { TicketStatusPill } from '../ui/ticket-status.tsx'
import { Links } from './links.tsx'
import { Observers } from './observers.tsx'
import { Presence } from './presence.tsx'
import { Composer } from './composer.tsx'
import { Moves } from './moves.tsx'
import { Neighbours } from './neighbours.tsx'
import { RequesterIdentity } from './requester-identity.tsx'
import { StateBand, useMayTreat } from './state-band.tsx'
import classes from './ticket-page.module.css'
import { TicketArticles } from './ticket-articles.tsx'
import { EntityField } from './entity-field.tsx'
import { Timeline } from './timeline.tsx'
import { Visits } from './visits.tsx'

export function TicketPage() {
  const { t } = useTranslation()
  const { number } = useParams({ from: '/console/tickets/$number' })
  const found = useQuery(ticketQuery(Number(number)))
  usePageTitle(found.data === undefined ? t('tickets.heading') : `n° ${number} ${found.data.title}`)
  if (found.data !== undefined) return <Shown ticket={found.data} />
  if (!found.isError) return null
  const absent = found.error instanceof ApiError && (found.error.status === 404 || found.error.status === 400)
  return (
    <Page heading={<BackLink />}>
      {absent ? (
        <Empty icon={<IconTicketOff size={24} stroke={1.6} />} heading={t('ticket.notFound')} text={t('ticket.notFoundText')}>
          <Button variant="default" renderRoot={(props) => <Link to="/console/tickets" {...props} />}>
            {t('ticket.back')}
          </Button>
        </Empty>
      ) : (
        <ReadFailure text={t('tickets.failed')} of={found} />
      )}
    </Page>
  )
}

function BackLink() {
  const { t } = useTranslation()
  return (
    <Link to="/console/tickets" className={classes.back}>
      <IconArrowLeft size={15} stroke={1.8} aria-hidden="true" />
      {t('ticket.back')}
    </Link>
  )
}

function Shown({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const may = useMayTreat()
  const [cited, setCited] = useState<JournalEntry | null>(null)
  const groups = useQuery(groupsQuery).data
  const session = useQuery(sessionQuery).data
  const me = session?.name ?? ''
  const guichet = useQuery(settingsQuery).data?.desk.value.name ?? ''
  // Its id is nobody's word for it.
  const group =
    ticket.groupId === null ? null : groups === undefined ? '' : (groups.find(({ id }) => id === ticket.groupId)?.name ?? ticket.groupId)
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <BackLink />
        <h1>{ticket.title}</h1>
        <p className={classes.under}>
          <TicketStatusPill status={ticket.status} />
          <span className={`${classes.number} g-num`}>
            n°&nbsp;{ticket.number}
            <CopyButton value={String(ticket.number)} label={`${t('ticket.copy')} ${ticket.number}`} />
          </span>
          <TimeLeft ticket={ticket} />
          <span>
            {t('ticket.openedBy', { who: ticket.openedBy })}, {fullMoment(ticket.openedAt)}
          </span>
        </p>
      </header>
      {may && <Moves ticket={ticket} />}
      <div className={classes.columns}>
        <div className={classes.main}>
          <StateBand ticket={ticket} group={group} />
          <Panel heading={t('ticket.request')}>
            {ticket.message !== null && (
              <div className={classes.message}>
                <MessagePlayer
                  id={ticket.message.id}
                  seconds={ticket.message.seconds}
                  label={t('owed.listen', { who: ticket.requester.name || t('tickets.noName'), time: momentOf(ticket.openedAt) })}
                />
              </div>
            )}
            <p className={classes.text}>{ticket.summary.trim() === '' ? <em>{t('ticket.noSummary')}</em> : ticket.summary}</p>
          </Panel>
          {ticket.solution !== null && (
            <section className={classes.solution} aria-label={t('ticket.solution')}>
              <h2>{t('ticket.solution')}</h2>
              <p>{ticket.solution}</p>
            </section>
          )}
          <AddedMessages ticket={ticket} />
          <TicketRecordings number={ticket.number} />
          {ticket.callId !== null && <CallStoryLink callId={ticket.callId} />}
          <Panel heading={t('ticket.journal')}>
            <Timeline
              entries={ticket.journal}
              summary={ticket.summary}
              onCorrect={setCited}
              ticket={ticket.number}
              attachments={ticket.attachments}
            />
            <Presence number={ticket.number} />
            <Composer
              number={ticket.number}
              me={session?.id ?? ''}
              solvable={ticket.status !== 'closed' && ticket.status !== 'solution-proposed'}
              cited={cited}
              values={{ nom: ticket.requester.name, numéro: String(ticket.number), titre: ticket.title, opérateur: me, guichet }}
              onUncite={() => setCited(null)}
            />
          </Panel>
        </div>
        <div className={classes.side}>
          <Details ticket={ticket} group={group} />
          <Deferred>
            <Observers number={ticket.number} />
            <Visits number={ticket.number} open={ticket.status !== 'closed'} waiting={ticket.waiting} />
            <Links number={ticket.number} />
            <Neighbours ticket={ticket} />
            <TicketArticles number={ticket.number} />
            <TicketReadings number={ticket.number} />
          </Deferred>
        </div>
      </div>
    </div>
  )
}

/** Who read it; for supervisors. */
function TicketReadings({ number }: { number: number }) {
  const session = useQuery(sessionQuery).data ?? null
  return session !== null && mayCall(session, 'GET /api/readings') ? <ReadingsPanel of={{ ticket: number }} /> : null
}

/** The way to what happened to the call it was written of; for supervisors. */
function CallStoryLink({ callId }: { callId: string }) {
  const { t } = useTranslation()
  const session = useQuery(sessionQuery).data ?? null
  if (session === null || !mayCall(session, 'GET /api/calls/:id/story')) return null
  return (
    <Link to="/console/appels/$id" params={{ id: callId }}>
      {t('story.heading')}
    </Link>
  )
}

/** The conversations about it that were recorded. */
function TicketRecordings({ number }: { number: number }) {
  const { t } = useTranslation()
  const session = useQuery(sessionQuery).data ?? null
  const may = session !== null && mayCall(session, 'GET /api/recordings')
  const { data } = useQuery({ ...ticketRecordingsQuery(number), enabled: may })
  if (data === undefined || data.recordings.length === 0) return null
  return (
    <Panel heading={t('recording.heading')}>
      {data.recordings.map((one) => (
        <div key={one.id} className={classes.message}>
          <RecordingPlayer recording={one} removedAfterDays={data.removedAfterDays} />
        </div>
      ))}
    </Panel>
  )
}

/** What the requester said at the telephone since. */
function AddedMessages({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const who = ticket.requester.name || t('tickets.noName')
  if (ticket.addedMessages.length === 0) return null
  return (
    <Panel heading={t('followUp.addedMessages')}>
      {ticket.addedMessages.map(({ id, at, seconds }) => (
        <div key={id} className={classes.message}>
          <MessagePlayer id={id} seconds={seconds} label={t('owed.listen', { who, time: momentOf(at) })} />
        </div>
      ))}
    </Panel>
  )
}

/** Calls the requester; for those who have a phone at the desk. */
function CallButton({ number }: { number: string }) {
  const { t } = useTranslation()
  const { desk } = useLive()
  const me = desk === null ? null : myself(desk)
  if (me === null) return null
  return (
    <KeyButton
      mt={6}
      size="compact-sm"
      variant="default"
      disabled={me.state === 'ringing' || me.state === 'talking'}
      leftSection={<IconPhoneOutgoing size={15} stroke={1.7} />}
      keys="C"
      onClick={() => void placeCall(number)}
      data-page-call
    >
      {t('calling.theirs')}
    </KeyButton>
  )
}

/** What the author of a request said besides, in their own words. */
function AskedFacts({ asked }: { asked: Asked }) {
  const { t } = useTranslation()
  return (
    <>
      {(['qualification', 'place', 'contact'] as const).map(
        (field) =>
          asked[field] !== null && (
            <Fragment key={field}>
              <dt>{t(`files.asked.${field}`)}</dt>
              <dd>{asked[field]}</dd>
            </Fragment>
          ),
      )}
      {asked.article !== undefined && <ReadArticle number={asked.article} />}
    </>
  )
}

/** The answer that its author had read before, and that was not enough. */
function ReadArticle({ number }: { number: number }) {
  const { t } = useTranslation()
  const article = useQuery(articleQuery(number)).data
  return (
    <>
      <dt>{t('knowledge.ticket.read')}</dt>
      <dd>
        <Link to="/console/connaissances/$number" params={{ number: String(number) }}>
          {article?.title ?? `n° ${number}`}
        </Link>
      </dd>
    </>
  )
}

/** What is timed, until when; or that the count stands still, with what is left of it. */
function Delay({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const due = nextDue(ticket.clock)
  const solve = ticket.clock?.solve ?? null
  if (due === null && (solve === null || solve.allowedMs === null)) return null
  return (
    <>
      <dt>{t('clocks.heading')}</dt>
      <dd>
        {due === null ? t('clocks.stands') : t('clocks.title', { name: t(`clocks.names.${due.name}`), when: momentOf(due.dueAt) })}
        {due === null && solve?.allowedMs != null && (
          <small>{t('clocks.stoodWith', { time: openTime(t, Math.max(0, solve.allowedMs - solve.usedMs)) })}</small>
        )}
      </dd>
    </>
  )
}

function Details({ ticket, group }: { ticket: Ticket; group: string | null }) {
  const { t } = useTranslation()
  const { requester } = ticket
  const place = categoryName(useQuery(settingsQuery).data?.categories.value.categories ?? [], ticket.placeId)
  return (
    <Panel label={t('ticket.details')}>
      <div className={classes.person}>
        <Avatar name={requester.name} />
        <div>
          <strong>
            {requester.personId === null ? (
              requester.name || t('tickets.noName')
            ) : (
              <Link to="/console/personnes/$id" params={{ id: requester.personId }} title={t('people.openPage', { name: requester.name })}>
                {requester.name || t('tickets.noName')}
              </Link>
            )}
          </strong>
          {requester.email !== null && <a href={`mailto:${requester.email}`}>{requester.email}</a>}
          {requester.phone !== null && <span className="g-num">{requester.phone}</span>}
          {requester.phone !== null && <CallButton number={requester.phone} />}
          <RequesterIdentity ticket={ticket} />
        </div>
      </div>
      <dl className={classes.facts}>
        <dt>{t('life.owner')}</dt>
        <dd>{ticket.owner?.name ?? t(group === null ? 'life.level1' : 'life.nobodyYet')}</dd>
        {group !== null && (
          <>
            <dt>{t('life.group')}</dt>
            <dd>{group}</dd>
          </>
        )}
        <dt>{t('form.medium')}</dt>
        <dd>{t(`media.${ticket.medium}`)}</dd>
        <dt>{t('form.nature')}</dt>
        <dd>{ticket.nature ?? t('ticket.none')}</dd>
        {place !== null && (
          <>
            <dt>{t('sorting.place')}</dt>
            <dd>{place}</dd>
          </>
        )}
        {ticket.asked !== null && <AskedFacts asked={ticket.asked} />}
        <dt>{t('sorting.priority')}</dt>
        <dd className="g-num">{t('sorting.priorityOf', { priority: ticket.priority })}</dd>
        <dt>{t('sorting.impact')}</dt>
        <dd>{t(`sorting.impacts.${ticket.impact}`)}</dd>
        <dt>{t('form.urgency')}</dt>
        <dd data-high={ticket.urgency === 'high' || undefined}>
          {ticket.urgency === 'high' && <IconArrowUp size={13} stroke={2} aria-hidden="true" />}
          {t(`form.urgencies.${ticket.urgency}`)}
        </dd>
        <Delay ticket={ticket} />
        <EntityField ticket={ticket} />
        {ticket.closedAt !== null && (
          <>
            <dt>{t('tickets.status.closed')}</dt>
            <dd>
              {fullMoment(ticket.closedAt)}
              {ticket.closedHow !== null && <small>{t(`life.closedHow.${ticket.closedHow}`)}</small>}
            </dd>
          </>
        )}
      </dl>
    </Panel>
  )
}
