import { Button, SegmentedControl, Select, TextInput } from '@mantine/core'
import { IconChartBar, IconMailForward, IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallIndicators, Period } from '../../server/contract/indicators.ts'
import { heldToEntities, mayCall } from '../../server/contract/rights.ts'
import { callIndicatorsQuery, figureEntitiesQuery, indicatorFileUrl, ticketIndicatorsQuery } from '../api/indicators.ts'
import { sessionQuery } from '../api/queries.ts'
import { Deferred } from '../ui/deferred.tsx'
import { Empty } from '../ui/empty.tsx'
import { dayOf, today } from '../ui/format.ts'
import { usePageTitle } from '../ui/page-title.ts'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import { SheetButtons } from '../ui/sheet-buttons.tsx'
import { Calls } from './calls.tsx'
import classes from './indicators.module.css'
import { type Criteria, Tickets } from './tickets.tsx'
import { language } from './words.ts'

const lasts = [7, 30, 90, 365] as const
const dayMs = 86_400_000
const lastDays = (days: number): Period => ({
  from: new Date(Date.parse(today()) - (days - 1) * dayMs).toISOString().slice(0, 10),
  to: today(),
})
const daysOf = ({ from, to }: Period) => (Date.parse(to) - Date.parse(from)) / dayMs + 1

/** Without those that lie below another of them. */
const largest = (paths: readonly string[]) => paths.filter((path) => !paths.some((other) => path.startsWith(`${other} › `)))

/** On a day of closure nobody is offered, but callers hear the closed message, leave messages, are owed an answer. */
const isNothing = ({ figures }: CallIndicators) => Object.values(figures).every((figure) => figure === null || figure === 0)

/** Figures of any period, against as many days before it. */
export function IndicatorsPage() {
  const { t } = useTranslation()
  usePageTitle(t('indicators.heading'))
  const session = useQuery(sessionQuery).data ?? null
  const mayCalls = session !== null && mayCall(session, 'GET /api/indicators/calls')
  const held = session !== null && heldToEntities.includes(session.role)
  const [asked, setSide] = useState<'calls' | 'tickets' | null>(null)
  // Whoever treats tickets looks at theirs first.
  const side = mayCalls ? (asked ?? (held ? 'tickets' : 'calls')) : 'tickets'
  const entities = useQuery(figureEntitiesQuery).data?.entities ?? []
  const [entityId, setEntityId] = useState<string | null>(null)
  const { du, au } = useSearch({ strict: false })
  const [period, setPeriod] = useState<Period>(() => (du === undefined || au === undefined ? lastDays(30) : { from: du, to: au }))
  const [criteria, setCriteria] = useState<Criteria>({ by: 'medium', across: null })
  const days = daysOf(period)
  const sound = days >= 1 && days <= 366
  const calls = useQuery({ ...callIndicatorsQuery(period, entityId), enabled: sound && side === 'calls' })
  const tickets = useQuery({
    ...ticketIndicatorsQuery(period, criteria.by, criteria.across, entityId),
    enabled: sound && side === 'tickets',
  })
  const shown = side === 'calls' ? calls : tickets
  const theirs = (side === 'calls' ? calls.data?.theirs : tickets.data?.theirs) ?? null
  const theirGroups = (side === 'tickets' && tickets.data?.theirs?.groups) || []
  const offered = entities.map(({ id, name }) => ({ value: id, label: name }))
  const preset = period.to === today() ? String(days) : ''
  return (
    <Page
      heading={t('indicators.heading')}
      wide
      aside={
        <>
          {mayCalls && (
            <SegmentedControl
              aria-label={t('indicators.side')}
              value={side}
              onChange={setSide}
              data={[
                { value: 'calls', label: t('indicators.calls') },
                { value: 'tickets', label: t('indicators.tickets') },
              ]}
            />
          )}
          <span className={classes.tools}>
            {session !== null && mayCall(session, 'GET /api/indicators/mails') && (
              <Button
                variant="subtle"
                leftSection={<IconMailForward size={16} stroke={1.6} />}
                renderRoot={(props) => <Link to="/console/indicateurs/envois" {...props} />}
              >
                {t('indicators.mails.link')}
              </Button>
            )}
            <Button variant="default" leftSection={<IconPrinter size={16} stroke={1.6} />} onClick={() => window.print()}>
              {t('indicators.print')}
            </Button>
            <SheetButtons
              disabled={!sound}
              url={(format, language) => indicatorFileUrl({ side, format, language, ...period, ...criteria, entityId })}
            />
          </span>
        </>
      }
    >
      <div className={classes.period}>
        <SegmentedControl
          aria-label={t('indicators.period')}
          value={preset}
          onChange={(value) => setPeriod(lastDays(Number(value)))}
          data={lasts.map((n) => ({ value: String(n), label: t('indicators.last', { count: n }) }))}
        />
        {(['from', 'to'] as const).map((edge) => (
          <TextInput
            key={edge}
            type="date"
            label={t(`indicators.${edge}`)}
            value={period[edge]}
            onChange={({ currentTarget }) => currentTarget.value !== '' && setPeriod({ ...period, [edge]: currentTarget.value })}
          />
        ))}
        {(held ? offered.length > 1 : offered.length > 0) && (
          <Select
            label={t('entities.label')}
            placeholder={t('indicators.allEntities')}
            data={offered}
            value={entityId}
            clearable
            searchable
            onChange={setEntityId}
          />
        )}
      </div>
      {!sound && <p role="alert">{t('indicators.upsideDown')}</p>}
      {shown.isError && <ReadFailure text={t('indicators.failed')} of={shown} />}
      {shown.data !== undefined && (
        <p className={classes.compared}>
          {t('indicators.compared', {
            from: dayOf(shown.data.period.from),
            to: dayOf(shown.data.period.to),
            before: dayOf(shown.data.previous.from),
            until: dayOf(shown.data.previous.to),
          })}{' '}
          {t('indicators.source')}
        </p>
      )}
      {theirs !== null && (
        <p className={classes.compared}>
          {t(side === 'calls' ? 'indicators.theirCalls' : 'indicators.theirs', {
            what: new Intl.ListFormat(language()).format([...largest(theirs.entities), ...theirGroups]) || t('indicators.noTheirs'),
          })}
        </p>
      )}
      {side === 'calls' && (theirs !== null || entityId !== null) && <p className={classes.compared}>{t('indicators.callsOfEntity')}</p>}
      <Deferred>
        {side === 'calls' &&
          calls.data !== undefined &&
          (isNothing(calls.data) ? <Nothing /> : <Calls indicators={calls.data} period={period} entityId={entityId} />)}
        {side === 'tickets' && tickets.data !== undefined && (
          <Tickets
            indicators={tickets.data}
            period={period}
            criteria={criteria}
            entityId={entityId}
            partitioned={entities.length > 0}
            onChange={setCriteria}
          />
        )}
      </Deferred>
    </Page>
  )
}

function Nothing() {
  const { t } = useTranslation()
  return (
    <Panel label={t('indicators.empty')}>
      <Empty icon={<IconChartBar size={24} stroke={1.6} />} heading={t('indicators.empty')} text={t('indicators.emptyText')} />
    </Panel>
  )
}
