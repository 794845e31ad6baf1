import { ActionIcon, Slider } from '@mantine/core'
import { IconArrowLeft, IconChevronLeft, IconChevronRight, IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Staffing } from '../../server/contract/staffing.ts'
import { errorText } from '../api/error-text.ts'
import { type Aims, staffingQuery } from '../api/staffing.ts'
import { Empty } from '../ui/empty.tsx'
import { clockOf, count, dayHeading, dayOf, today } from '../ui/format.ts'
import { usePageTitle } from '../ui/page-title.ts'
import { Page } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import classes from './staffing.module.css'
import { daysLater, mondayOf } from './week.ts'

const usual: Aims = { weeks: 12, serviceLevel: 0.8, withinS: 60, occupancy: 0.85, calls: 1, handling: 1 }
const sliders = [
  { name: 'serviceLevel', min: 50, max: 98, step: 1, scale: 100 },
  { name: 'withinS', min: 10, max: 300, step: 10, scale: 1 },
  { name: 'occupancy', min: 50, max: 100, step: 1, scale: 100 },
  { name: 'calls', min: 50, max: 250, step: 5, scale: 100 },
  { name: 'handling', min: 50, max: 200, step: 5, scale: 100 },
  { name: 'weeks', min: 1, max: 52, step: 1, scale: 1 },
] as const satisfies readonly { name: keyof Aims; min: number; max: number; step: number; scale: number }[]

/** How many operators each half hour of a week needs, and where the rota has too few. */
export function StaffingPage() {
  const { t } = useTranslation()
  const [from, setFrom] = useState(mondayOf(today()))
  const [shown, setShown] = useState(usual)
  const [aims, setAims] = useState(usual)
  const { data, error } = useQuery(staffingQuery(from, aims))
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
      <Panel label={t('staffing.heading')}>
        <div className={classes.aims}>
          {sliders.map(({ name, min, max, step, scale }) => {
            const value = Math.round(shown[name] * scale)
            const label = t(`staffing.${name}`, { value })
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
                  onChange={(next) => setShown({ ...shown, [name]: next / scale })}
                  onChangeEnd={(next) => setAims({ ...shown, [name]: next / scale })}
                />
              </div>
            )
          })}
        </div>
      </Panel>
      {error !== null && (
        <p role="alert">
          <strong>{t('staffing.failed')}.</strong> {errorText(error)}
        </p>
      )}
      {data !== undefined && <Result staffing={data} />}
    </Page>
  )
}

function Result({ staffing: { basis, days } }: { staffing: Staffing }) {
  const { t } = useTranslation()
  const open = days.filter(({ slots }) => slots.length > 0)
  if (open.length === 0)
    return <Empty icon={<IconUsers size={24} stroke={1.6} />} heading={t('staffing.empty')} text={t('staffing.emptyText')} />
  const clock = (s: number | null) => (s === null ? t('staffing.none') : clockOf(s))
  const times = [...new Set(open.flatMap(({ slots }) => slots.map((slot) => slot.from)))].toSorted((a, b) => a.localeCompare(b))
  const short = open.flatMap(({ slots }) => slots).filter((slot) => slot.planned < slot.needed).length
  return (
    <>
      <p role="status" className={classes.short} data-short={short > 0 || undefined}>
        {t('staffing.short', { count: short })}
      </p>
      <Panel heading={t('staffing.table')} figure={t('staffing.legend')}>
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
              {times.map((from) => (
                <tr key={from}>
                  <th scope="row">{from}</th>
                  {open.map(({ date, slots }) => (
                    <Cell key={date} date={date} slot={slots.find((one) => one.from === from)} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
      <p className={classes.basis}>
        {t('staffing.basis', {
          from: dayOf(basis.from),
          to: dayOf(basis.to),
          calls: count(basis.calls),
          talk: clock(basis.talkS),
          wrapUp: clock(basis.wrapUpS),
          patience: clock(basis.patienceS),
        })}{' '}
        {t('staffing.source')}
      </p>
    </>
  )
}

function Cell({ date, slot }: { date: string; slot: Staffing['days'][number]['slots'][number] | undefined }) {
  const { t } = useTranslation()
  if (slot === undefined) return <td>–</td>
  const { planned, needed, serviceLevel } = slot
  const title = t('staffing.cell', {
    ...slot,
    day: dayOf(date),
    calls: slot.calls.toFixed(1),
    service: serviceLevel === null ? '–' : `${Math.round(serviceLevel * 100)} %`,
  })
  return (
    <td title={title} data-short={planned < needed || undefined} data-spare={planned > needed + 1 || undefined}>
      <b>{planned}</b> / {needed}
      {planned < needed && <i aria-hidden="true">▲</i>}
    </td>
  )
}
