import { ActionIcon, Button, SegmentedControl, Slider } from '@mantine/core'
import { IconArrowLeft, IconCalendarPlus, IconChevronLeft, IconChevronRight, IconPrinter, IconUsers } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Staffing, StaffingMethod, StaffingSlot } from '../../server/contract/staffing.ts'
import { tellFailure } from '../api/commands.ts'
import { errorText } from '../api/error-text.ts'
import { writeCover } from '../api/rota.ts'
import { type Aims, staffingFileUrl, staffingQuery } from '../api/staffing.ts'
import { Empty } from '../ui/empty.tsx'
import { clockOf, count, dayHeading, dayOf, today } from '../ui/format.ts'
import { decimal, percent } from '../ui/numbers.ts'
import { usePageTitle } from '../ui/page-title.ts'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { SheetButtons } from '../ui/sheet-buttons.tsx'
import { Compare, neededBy } from './staffing-compare.tsx'
import classes from './staffing.module.css'
import { daysLater, mondayOf } from './week.ts'

const usual: Aims = { weeks: 12, serviceLevel: 0.8, withinS: 60, occupancy: 0.85, calls: 1, handling: 1, limitMinutes: null }
const sliders = [
  { name: 'serviceLevel', min: 50, max: 98, step: 1, scale: 100 },
  { name: 'withinS', min: 10, max: 300, step: 10, scale: 1 },
  { name: 'occupancy', min: 50, max: 100, step: 1, scale: 100 },
  { name: 'calls', min: 50, max: 250, step: 5, scale: 100 },
  { name: 'handling', min: 50, max: 200, step: 5, scale: 100 },
  { name: 'limitMinutes', min: 3, max: 60, step: 1, scale: 1 },
  { name: 'weeks', min: 1, max: 52, step: 1, scale: 1 },
] as const satisfies readonly { name: keyof Aims; min: number; max: number; step: number; scale: number }[]
const longest = 60

/** How many operators each half hour of a week needs, and where the rota has too few. */
export function StaffingPage() {
  const { t } = useTranslation()
  const [from, setFrom] = useState(mondayOf(today()))
  const [shown, setShown] = useState(usual)
  const [aims, setAims] = useState(usual)
  const { data, error } = useQuery(staffingQuery(from, aims))
  /** Where the limit's slider stands: at its end nothing is cut. */
  const limit = shown.limitMinutes ?? data?.simulation?.limitMinutes ?? longest
  usePageTitle(t('staffing.heading'))
  return (
    <Page
      wide
      heading={t('staffing.heading')}
      aside={
        <div className={classes.aside}>
          <ActionIcon variant="default" aria-label={t('staffing.previous')} onClick={() => setFrom(daysLater(from, -7))}>
            <IconChevronLeft size={16} />
          </ActionIcon>
          <span>{t('staffing.week', { day: dayOf(from) })}</span>
          <ActionIcon variant="default" aria-label={t('staffing.next')} onClick={() => setFrom(daysLater(from, 7))}>
            <IconChevronRight size={16} />
          </ActionIcon>
          <Link to="/console/planning" className={classes.back}>
            <IconArrowLeft size={16} stroke={1.7} aria-hidden="true" />
            {t('staffing.back')}
          </Link>
        </div>
      }
    >
      <Panel label={t('staffing.whatIf')}>
        <div className={classes.aims}>
          {sliders.map(({ name, min, max, step, scale }) => {
            const value = name === 'limitMinutes' ? (limit === 0 ? longest : limit) : Math.round(shown[name] * scale)
            const uncut = name === 'limitMinutes' && value >= longest
            const label = uncut ? t('staffing.uncut') : t(`staffing.${name}`, { value })
            // At its end the limit's slider means that nothing is cut.
            const chosen = (next: number) => ({ ...shown, [name]: name === 'limitMinutes' && next >= longest ? 0 : next / scale })
            return (
              <div key={name}>
                <span className="g-num">{label}</span>
                <Slider
                  aria-label={label}
                  thumbLabel={label}
                  label={null}
                  size="sm"
                  min={min}
                  max={max}
                  step={step}
                  value={value}
                  onChange={(next) => setShown(chosen(next))}
                  onChangeEnd={(next) => setAims(chosen(next))}
                />
              </div>
            )
          })}
          {JSON.stringify(aims) !== JSON.stringify(usual) && (
            <Button
              variant="default"
              className={classes.reset ?? ''}
              onClick={() => {
                setShown(usual)
                setAims(usual)
              }}
            >
              {t('staffing.reset')}
            </Button>
          )}
        </div>
      </Panel>
      {error !== null && (
        <p role="alert">
          <strong>{t('staffing.failed')}.</strong> {errorText(error)}
        </p>
      )}
      {data !== undefined && <Result staffing={data} from={from} aims={aims} />}
    </Page>
  )
}

function Result({ staffing, from, aims }: { staffing: Staffing; from: string; aims: Aims }) {
  const { t } = useTranslation()
  const { basis, days, simulation } = staffing
  const [asked, setMethod] = useState<StaffingMethod | null>(null)
  const method = asked ?? (simulation !== null ? 'simulation' : basis.patienceS !== null ? 'erlangA' : 'erlangC')
  const open = days.filter(({ slots }) => slots.length > 0)
  if (open.length === 0)
    return <Empty icon={<IconUsers size={24} stroke={1.6} />} heading={t('staffing.empty')} text={t('staffing.emptyText')} />
  const clock = (s: number | null) => (s === null ? t('staffing.none') : clockOf(s))
  const times = [...new Set(open.flatMap(({ slots }) => slots.map((slot) => slot.from)))].toSorted((a, b) => a.localeCompare(b))
  const short = open.flatMap(({ slots }) => slots).filter((slot) => slot.planned < neededBy(slot, method)).length
  return (
    <>
      <div className={classes.tools}>
        <p role="status" className={classes.short} data-short={short > 0 || undefined}>
          {t('staffing.short', { count: short })}
        </p>
        <Button variant="default" leftSection={<IconPrinter size={16} stroke={1.6} />} onClick={() => window.print()}>
          {t('indicators.print')}
        </Button>
        <SheetButtons url={(format, language) => staffingFileUrl(from, aims, { format, language })} />
        <Propose staffing={staffing} from={from} method={method} />
      </div>
      <Panel heading={t('staffing.table')} figure={t('staffing.legend')}>
        <div className={classes.method}>
          <SegmentedControl
            aria-label={t('staffing.method')}
            value={method}
            onChange={(value) => setMethod(value)}
            data={(['simulation', 'erlangA', 'erlangC'] as const).map((value) => ({
              value,
              label: t(`staffing.methods.${value}`),
              disabled: (value === 'simulation' && simulation === null) || (value === 'erlangA' && basis.patienceS === null),
            }))}
          />
        </div>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard */}
        <div className={classes.scroll} role="group" aria-label={t('staffing.table')} tabIndex={0}>
          <table className={`${classes.table} g-num`}>
            <thead>
              <tr>
                <th scope="col">{t('staffing.time')}</th>
                {open.map(({ date }) => (
                  <th key={date} scope="col">
                    {dayHeading(`${date}T12:00:00Z`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {times.map((time) => (
                <tr key={time}>
                  <th scope="row">{time}</th>
                  {open.map(({ date, slots }) => (
                    <Cell key={date} date={date} method={method} slot={slots.find((one) => one.from === time)} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
      <Compare staffing={staffing} />
      <p className={classes.basis}>
        {t('staffing.basis', {
          from: dayOf(basis.from),
          to: dayOf(basis.to),
          calls: count(basis.calls),
          talk: clock(basis.talkS),
          wrapUp: clock(basis.wrapUpS),
          patience: clock(basis.patienceS),
          capped: basis.capped === null ? '–' : percent(basis.capped),
          busy: percent(basis.busySigma),
        })}
      </p>
    </>
  )
}

/** The needs go into the rota, where they stand beside who is put down; presences that would meet them are proposed there. */
function Propose({ staffing, from, method }: { staffing: Staffing; from: string; method: StaffingMethod }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const propose = useMutation({
    mutationFn: () =>
      writeCover({
        from,
        slots: staffing.days.flatMap(({ date, slots }) =>
          slots.map((slot) => ({ day: date, from: slot.from, needed: neededBy(slot, method) })),
        ),
      }),
    onSuccess: () => navigate({ to: '/console/planning', search: { semaine: from } }),
    onError: (error) => tellFailure(error),
  })
  return (
    <Button leftSection={<IconCalendarPlus size={16} stroke={1.7} />} loading={propose.isPending} onClick={() => propose.mutate()}>
      {t('staffing.propose')}
    </Button>
  )
}

function Cell({ date, method, slot }: { date: string; method: StaffingMethod; slot: StaffingSlot | undefined }) {
  const { t } = useTranslation()
  if (slot === undefined) return <td>–</td>
  const { planned, needed, expected } = slot
  const need = neededBy(slot, method)
  const none = (n: number | null) => (n === null ? '–' : String(n))
  const service = (of: { serviceLevel: number } | null) => (of === null ? '–' : percent(of.serviceLevel))
  const title = t('staffing.cell', {
    from: slot.from,
    planned,
    day: dayOf(date),
    calls: decimal(slot.calls, 1),
    simulation: none(needed.simulation),
    erlangA: none(needed.erlangA),
    erlangC: String(needed.erlangC),
    simulated: service(expected.simulation),
    formula: service(expected.erlangA ?? expected.erlangC),
  })
  return (
    <td title={title} data-short={planned < need || undefined} data-spare={planned > need + 1 || undefined}>
      <b>{planned}</b> / {need}
      {planned < need && <i aria-hidden="true">▲</i>}
    </td>
  )
}
