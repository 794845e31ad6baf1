import { useTranslation } from 'react-i18next'
import type { HoursPreview } from '../../server/contract/settings.ts'
import { Panel } from '../ui/panel.tsx'
import { longDate, monthName, weekdayOf } from './dates.ts'
import classes from './year.module.css'

type Day = HoursPreview['days'][number]
const isOpen = ({ spans }: Day) => spans.length > 0

/** Twelve months at a glance: the days the desk is open, those it is not, and why. */
export function Year({ days, today }: { days: readonly Day[]; today: string }) {
  const { t } = useTranslation()
  const months = [...new Set(days.map(({ date }) => date.slice(0, 7)))]
  return (
    <Panel heading={t('settings.hours.year')} figure={t('settings.hours.yearFigure', { count: days.filter(isOpen).length })}>
      <div className={classes.months}>
        {months.map((month) => (
          <Month key={month} month={month} days={days.filter(({ date }) => date.startsWith(month))} today={today} />
        ))}
      </div>
      <ul className={classes.legend}>
        {(['open', 'closed', 'holiday', 'exceptional'] as const).map((kind) => (
          <li key={kind}>
            <i data-open={kind === 'open' || undefined} data-kind={kind} aria-hidden="true" />
            {t(`settings.hours.legend.${kind}`)}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Month({ month, days, today }: { month: string; days: readonly Day[]; today: string }) {
  const { t, i18n } = useTranslation()
  const titleOf = (day: Day) =>
    [longDate(day.date), day.name?.[i18n.language === 'en' ? 'en' : 'fr'], hoursOf(day)].filter(Boolean).join(', ')
  const hoursOf = ({ spans }: Day) =>
    spans.length === 0 ? t('settings.hours.closed') : spans.map(({ from, to }) => `${from}–${to}`).join(' ')
  const open = days.filter(isOpen).length
  const first = days[0]
  return (
    <figure className={classes.month}>
      <figcaption>{monthName(month)}</figcaption>
      <div
        className={classes.days}
        role="img"
        aria-label={t('settings.hours.monthSays', { month: monthName(month), open, closed: days.length - open })}
      >
        {days.map((day) => (
          <span
            key={day.date}
            className="g-num"
            style={day === first ? { gridColumnStart: weekdayOf(day.date) } : undefined}
            title={titleOf(day)}
            data-open={isOpen(day) || undefined}
            data-kind={day.kind}
            data-today={day.date === today || undefined}
          >
            {Number(day.date.slice(8))}
          </span>
        ))}
      </div>
    </figure>
  )
}
