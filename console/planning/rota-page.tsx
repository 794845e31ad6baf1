import { ActionIcon, Button, Menu, SegmentedControl } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import {
  IconAlertTriangle,
  IconCalendarPlus,
  IconCalendarShare,
  IconChevronLeft,
  IconChevronRight,
  IconCopy,
  IconDots,
  IconUserCheck,
  IconUsers,
  IconUserOff,
  IconUsersMinus,
} from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Rota, RotaDay } from '../../server/contract/rota.ts'
import { mayCall } from '../../server/contract/rights.ts'
import { tellFailure } from '../api/commands.ts'
import { sessionQuery } from '../api/queries.ts'
import { copyWeek, rotaQuery } from '../api/rota.ts'
import { Deferred } from '../ui/deferred.tsx'
import { dayAndYear, monthAndYear, today } from '../ui/format.ts'
import { usePageTitle } from '../ui/page-title.ts'
import { Page } from '../ui/page.tsx'
import { ReadFailure } from '../ui/read-failure.tsx'
import { DayList } from './day-list.tsx'
import { useDeskTime } from './desk-time.ts'
import { minutesOf } from './geometry.ts'
import { useMoved } from './move.ts'
import classes from './rota-page.module.css'
import { ProposeDialog } from './propose-dialog.tsx'
import { ShiftDialog, type Wanted } from './shift-dialog.tsx'
import { SubscribeDialog } from './subscribe-dialog.tsx'
import { daysLater, mondayOf, monthsLater, spanOf, type Span } from './week.ts'
import { WeekGrid } from './week-grid.tsx'
import type { Who } from './who.ts'

const weekDays = 7
const none: readonly RotaDay[] = []

/** The rota: who is at the desk when, what is uncovered, who should be here and is not. */
export function RotaPage() {
  const { t } = useTranslation()
  /** A day of what is shown. */
  const { semaine } = useSearch({ strict: false })
  const [about, setAbout] = useState(semaine ?? today())
  const [span, setSpan] = useState<Span>('week')
  const { from, days } = spanOf(about, span)
  const show = (day: string) =>
    setAbout((date) => {
      const shown = spanOf(date, span)
      return shown.from <= day && day < daysLater(shown.from, shown.days) ? date : day
    })
  const [open, setOpen] = useState<RotaDay['shifts'][number] | Wanted | null>(null)
  const [subscribing, setSubscribing] = useState(false)
  const [proposing, setProposing] = useState(false)
  const found = useQuery({ ...rotaQuery(from, days), placeholderData: keepPreviousData })
  const moved = useMoved(found.data?.days ?? none, from, days)
  const session = useQuery(sessionQuery).data ?? null
  const narrow = useMediaQuery('(max-width: 820px)') ?? false
  const time = useDeskTime()
  usePageTitle(t('rota.heading'))
  if (session === null) return null
  const plans = mayCall(session, 'POST /api/rota/shifts')
  const who: Who = { id: session.id, plans, takesCalls: found.data?.operators.some(({ id }) => id === session.id) ?? false }
  return (
    <Page
      wide
      heading={t('rota.heading')}
      aside={
        <div className={classes.bar}>
          <Period about={about} span={span} onAbout={setAbout} onSpan={setSpan} />
          {found.data !== undefined && (
            <Actions
              plans={plans}
              reckons={mayCall(session, 'GET /api/staffing')}
              from={from}
              weekly={span === 'week'}
              onAdd={() => setOpen(firstWanted(found.data.days))}
              onSubscribe={() => setSubscribing(true)}
            />
          )}
        </div>
      }
    >
      {found.isError && <ReadFailure text={t('rota.failed')} of={found} />}
      {found.data !== undefined && (
        <Deferred>
          <div className={classes.head}>
            <Now now={found.data.now} gaps={found.data.days.reduce((sum, day) => sum + (day.date < today() ? 0 : day.gaps.length), 0)} />
            <Short days={found.data.days} onPropose={plans && span === 'week' ? () => setProposing(true) : null} />
          </div>
          {span === 'week' && !narrow ? (
            <WeekGrid days={moved} who={who} time={time} onOpen={setOpen} />
          ) : (
            <DayList
              days={moved}
              who={who}
              month={span === 'month' ? about.slice(0, 7) : null}
              sheets={!narrow}
              onOpen={setOpen}
              onShow={show}
            />
          )}
          {plans && !narrow && <p className={classes.hint}>{t(span === 'week' ? 'rota.hint' : 'rota.monthHint')}</p>}
          {subscribing && <SubscribeDialog takesCalls={who.takesCalls} onClose={() => setSubscribing(false)} />}
          {proposing && <ProposeDialog from={from} onClose={() => setProposing(false)} />}
          {open !== null && (
            <ShiftDialog
              key={'id' in open ? open.id : open.from}
              operators={found.data.operators}
              who={who}
              about={open}
              onClose={() => setOpen(null)}
            />
          )}
        </Deferred>
      )}
    </Page>
  )
}

/** Half hours of which the staffing needs more than are put down, from today on. */
function Short({ days, onPropose }: { days: readonly RotaDay[]; onPropose: (() => void) | null }) {
  const { t } = useTranslation()
  const halves = days
    .filter(({ date }) => date >= today())
    .flatMap(({ short }) => short)
    .reduce((sum, { from, to }) => sum + (minutesOf(to) - minutesOf(from)) / 30, 0)
  if (halves === 0) return null
  return (
    <p className={classes.now} data-late="">
      <IconUsersMinus size={17} stroke={1.7} aria-hidden="true" />
      {t('rota.shortHalves', { count: halves })}
      {onPropose !== null && (
        <Button variant="light" size="compact-sm" onClick={onPropose}>
          {t('rota.proposals.open')}
        </Button>
      )}
    </p>
  )
}

/** What « Ajouter » begins with: the first gap from today on, else today's morning. */
function firstWanted(days: Rota['days']): Wanted {
  for (const { date, gaps } of days) {
    const [gap] = gaps
    if (date >= today() && gap !== undefined) return { day: date, ...gap }
  }
  return { day: today(), from: '08:30', to: '12:30' }
}

type ActionsProps = {
  readonly plans: boolean
  readonly reckons: boolean
  readonly from: string
  readonly weekly: boolean
  readonly onAdd: () => void
  readonly onSubscribe: () => void
}

function Actions({ plans, reckons, from, weekly, onAdd, onSubscribe }: ActionsProps) {
  const { t } = useTranslation()
  const copy = () =>
    copyWeek(daysLater(from, -weekDays), from).then(
      ({ added, skipped }) =>
        notifications.show({
          withBorder: true,
          message:
            added === 0
              ? t('rota.copiedNone')
              : [t('rota.copied', { count: added }), ...(skipped > 0 ? [t('rota.skipped', { count: skipped })] : [])].join(' '),
        }),
      (error: unknown) => tellFailure(error),
    )
  return (
    <div className={classes.actions}>
      {plans || reckons ? (
        <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
          <Menu.Target>
            <ActionIcon variant="default" size={36} aria-label={t('rota.more')} title={t('rota.more')}>
              <IconDots size={17} stroke={1.7} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {plans && weekly && (
              <Menu.Item leftSection={<IconCopy size={15} stroke={1.7} />} onClick={() => void copy()}>
                {t('rota.copyWeek')}
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconCalendarShare size={16} stroke={1.7} />} onClick={onSubscribe}>
              {t('rota.feeds.subscribe')}
            </Menu.Item>
            {reckons && (
              <Menu.Item
                leftSection={<IconUsers size={16} stroke={1.7} />}
                renderRoot={(props) => <Link to="/console/effectifs" {...props} />}
              >
                {t('staffing.fromRota')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      ) : (
        <Button variant="default" leftSection={<IconCalendarShare size={16} stroke={1.7} />} onClick={onSubscribe}>
          {t('rota.feeds.subscribe')}
        </Button>
      )}
      {plans && (
        <Button leftSection={<IconCalendarPlus size={16} stroke={1.7} />} onClick={onAdd}>
          {t('rota.save')}
        </Button>
      )}
    </div>
  )
}

type PeriodProps = {
  readonly about: string
  readonly span: Span
  readonly onAbout: (date: string) => void
  readonly onSpan: (span: Span) => void
}

function Period({ about, span, onAbout, onSpan }: PeriodProps) {
  const { t } = useTranslation()
  const by = (steps: number) => (span === 'week' ? daysLater(about, steps * weekDays) : monthsLater(about, steps))
  return (
    <div className={classes.period}>
      <span className={classes.month}>
        {span === 'week' ? t('rota.weekOf', { day: dayAndYear(mondayOf(about)) }) : monthAndYear(about)}
      </span>
      <ActionIcon variant="default" size="lg" aria-label={t(`rota.before.${span}`)} onClick={() => onAbout(by(-1))}>
        <IconChevronLeft size={16} stroke={1.8} />
      </ActionIcon>
      <Button variant="default" onClick={() => onAbout(today())}>
        {t('rota.today')}
      </Button>
      <ActionIcon variant="default" size="lg" aria-label={t(`rota.after.${span}`)} onClick={() => onAbout(by(1))}>
        <IconChevronRight size={16} stroke={1.8} />
      </ActionIcon>
      <SegmentedControl
        aria-label={t('rota.span')}
        value={span}
        onChange={(value) => onSpan(value === 'month' ? 'month' : 'week')}
        data={[
          { value: 'week', label: t('rota.week') },
          { value: 'month', label: t('rota.month') },
        ]}
      />
    </div>
  )
}

function Now({ now, gaps }: { now: Rota['now']; gaps: number }) {
  const { t } = useTranslation()
  const names = (people: Rota['now']['expected']) => people.map(({ name }) => name).join(', ')
  const late = now.missing.length > 0
  const Icon = late ? IconUserOff : IconUserCheck
  return (
    <>
      <p className={classes.now} data-late={late || undefined} role="status">
        <Icon size={17} stroke={1.7} aria-hidden="true" />
        {late
          ? t('rota.missing', { names: names(now.missing) })
          : now.expected.length > 0
            ? t('rota.present', { names: names(now.expected) })
            : t('rota.unplanned')}
      </p>
      {gaps > 0 && (
        <p className={classes.now} data-late="">
          <IconAlertTriangle size={17} stroke={1.7} aria-hidden="true" />
          {t('rota.gaps', { count: gaps })}
        </p>
      )}
    </>
  )
}
