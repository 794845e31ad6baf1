import { VisuallyHidden } from '@mantine/core'
import { useRef, useState, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { RotaDay } from '../../server/contract/rota.ts'
import { today, weekdayAndDay } from '../ui/format.ts'
import { between, lanes, minutesOf, shownDays, shownHours, timeAt } from './geometry.ts'
import { moveTo } from './move.ts'
import { ShiftBlock } from './shift-block.tsx'
import type { Wanted } from './shift-dialog.tsx'
import { takeOff } from './take-off.tsx'
import classes from './week-grid.module.css'
import type { Who } from './who.ts'

type Shift = RotaDay['shifts'][number]
type Props = {
  readonly days: readonly RotaDay[]
  readonly who: Who
  /** The desk's time of day, `10:24`. */
  readonly time: string
  readonly onOpen: (about: Shift | Wanted) => void
}

const pixelsPerHour = 52
const minutesPerPixel = 60 / pixelsPerHour

/** A week by the hour: who is there, when nobody is, and now. Who plans draws, drags and stretches presences. */
export function WeekGrid({ days, who, time, onOpen }: Props) {
  const { t } = useTranslation()
  const columns = useRef(new Map<string, HTMLElement>())
  const [seen, setSeen] = useState<readonly string[]>([])
  const shown = shownDays(days, seen)
  // A day off which something was moved stays: it may be moved back.
  if (shown.some(({ date }) => !seen.includes(date))) setSeen([...seen, ...shown.map(({ date }) => date)])
  const { first, last } = shownHours(shown)
  const hours = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  const dayAt = (x: number) =>
    [...columns.current].find(([, column]) => {
      const { left, right } = column.getBoundingClientRect()
      return left <= x && x < right
    })?.[0] ?? null
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard
    <div className={classes.scroll} role="region" aria-label={t('rota.week')} tabIndex={0}>
      <div className={classes.grid} style={{ gridTemplateColumns: `52px repeat(${shown.length}, minmax(132px, 1fr))` }}>
        <div className={classes.corner} />
        {shown.map(({ date }) => (
          <h2 key={date} className={classes.heading} data-today={date === today() || undefined}>
            {weekdayAndDay(date)}
          </h2>
        ))}
        <div className={`${classes.hoursAxis} g-num`} style={{ height: (last - first) * pixelsPerHour }} aria-hidden="true">
          {hours.map((hour) => (
            <span key={hour} style={{ top: (hour - first) * pixelsPerHour }}>
              {t('rota.hour', { hour })}
            </span>
          ))}
        </div>
        {shown.map((day, i) => (
          <Day
            key={day.date}
            day={day}
            who={who}
            firstMinute={first * 60}
            lastMinute={last * 60}
            time={day.date === today() ? time : null}
            dayAt={dayAt}
            daysBeside={{ before: shown[i - 1]?.date ?? null, after: shown[i + 1]?.date ?? null }}
            hold={(element) => {
              if (element === null) columns.current.delete(day.date)
              else columns.current.set(day.date, element)
            }}
            onOpen={onOpen}
          />
        ))}
      </div>
    </div>
  )
}

type DayProps = Pick<Props, 'who' | 'onOpen'> & {
  readonly day: RotaDay
  readonly firstMinute: number
  readonly lastMinute: number
  readonly time: string | null
  readonly dayAt: (x: number) => string | null
  readonly daysBeside: { readonly before: string | null; readonly after: string | null }
  readonly hold: (element: HTMLElement | null) => void
}

function Day({ day, who, firstMinute, lastMinute, time, dayAt, daysBeside, hold, onOpen }: DayProps) {
  const { t } = useTranslation()
  const [drawn, setDrawn] = useState<{ readonly from: string; readonly to: string } | null>(null)
  const begun = useRef<number | null>(null)
  const at = (time_: string) => (minutesOf(time_) - firstMinute) / minutesPerPixel
  const place = ({ from, to }: { from: string; to: string }) => ({ top: at(from), height: at(to) - at(from) })
  const minuteUnder = (event: PointerEvent<HTMLElement>) =>
    firstMinute + (event.clientY - event.currentTarget.getBoundingClientRect().top) * minutesPerPixel
  const closed = closedSpans(day, timeAt(firstMinute), timeAt(lastMinute))
  const start = (event: PointerEvent<HTMLElement>) => {
    if (!who.plans || event.button !== 0 || (event.target instanceof HTMLElement && event.target.closest('button') !== null)) return
    begun.current = minuteUnder(event)
    event.currentTarget.setPointerCapture(event.pointerId)
  }
  const follow = (event: PointerEvent<HTMLElement>) => {
    if (begun.current !== null) setDrawn(between(begun.current, minuteUnder(event)))
  }
  const end = () => {
    if (begun.current !== null && drawn !== null) onOpen({ day: day.date, ...drawn })
    begun.current = null
    setDrawn(null)
  }
  return (
    <section
      className={classes.day}
      ref={hold}
      tabIndex={-1}
      data-day={day.date}
      aria-label={weekdayAndDay(day.date)}
      data-plans={who.plans || undefined}
      data-covered={day.cover.length > 0 || undefined}
      onPointerDown={start}
      onPointerMove={follow}
      onPointerUp={end}
      onPointerCancel={end}
    >
      {closed.map((span) => (
        <div key={span.from} className={classes.closed} style={place(span)} />
      ))}
      {day.open.length === 0 && <p className={classes.shut}>{t('rota.closed')}</p>}
      {day.gaps.map((gap) =>
        who.plans ? (
          <button
            key={gap.from}
            type="button"
            className={classes.gap}
            style={place(gap)}
            aria-label={t('rota.fillGap', { ...gap, day: weekdayAndDay(day.date) })}
            onClick={() => onOpen({ day: day.date, ...gap })}
          >
            <span>{t('rota.nobodyThere')}</span>
          </button>
        ) : (
          <p key={gap.from} className={classes.gap} style={place(gap)}>
            <span aria-hidden="true">{t('rota.nobodyThere')}</span>
            <VisuallyHidden>{t('rota.gap', gap)}</VisuallyHidden>
          </p>
        ),
      )}
      {day.short.map((part) => {
        const says = t('rota.short', { ...part, day: weekdayAndDay(day.date) })
        return who.plans ? (
          <button
            key={part.from}
            type="button"
            className={`${classes.short} g-num`}
            style={place(part)}
            title={says}
            aria-label={`${says} ${t('rota.fillShort')}`}
            onClick={() => onOpen({ day: day.date, from: part.from, to: part.to })}
          >
            −{part.missing}
          </button>
        ) : (
          <p key={part.from} className={`${classes.short} g-num`} style={place(part)} title={says}>
            <span aria-hidden="true">−{part.missing}</span>
            <VisuallyHidden>{says}</VisuallyHidden>
          </p>
        )
      })}
      {lanes(day.shifts).map(({ shift, lane, of }) => (
        <ShiftBlock
          key={shift.id}
          shift={shift}
          lane={lane}
          of={of}
          mine={shift.operatorId === who.id}
          movable={who.plans}
          topMinutes={firstMinute}
          minutesPerPixel={minutesPerPixel}
          dayAt={dayAt}
          daysBeside={daysBeside}
          onOpen={() => onOpen(shift)}
          onTakeOff={() => takeOff(shift)}
          onMove={(to) => moveTo(shift, to)}
        />
      ))}
      {drawn !== null && (
        <div className={`${classes.drawn} g-num`} style={place(drawn)}>
          {t('rota.hours', drawn)}
        </div>
      )}
      {time !== null && minutesOf(time) >= firstMinute && minutesOf(time) < lastMinute && (
        <div className={classes.now} style={{ top: at(time) }} aria-hidden="true" />
      )}
    </section>
  )
}

/** What of the hours shown lies outside the opening. */
function closedSpans({ open }: RotaDay, from: string, to: string) {
  const edges = [from, ...open.flatMap((span) => [span.from, span.to]), to]
  return edges.flatMap((edge, i) => {
    const next = edges[i + 1]
    return i % 2 === 0 && next !== undefined && edge < next ? [{ from: edge, to: next }] : []
  })
}
