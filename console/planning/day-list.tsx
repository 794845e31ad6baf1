import { IconAlertTriangle } from '@tabler/icons-react'
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { RotaDay } from '../../server/contract/rota.ts'
import { dayOf, today, weekdayAndDay } from '../ui/format.ts'
import { awayWords } from './away-words.ts'
import { postIcons } from './posts.tsx'
import classes from './day-list.module.css'
import { farEnough } from './geometry.ts'
import { moveTo, type Show } from './move.ts'
import type { Wanted } from './shift-dialog.tsx'
import { takeOff } from './take-off.tsx'
import { daysLater } from './week.ts'
import type { Who } from './who.ts'

type Shift = RotaDay['shifts'][number]
type Props = {
  readonly days: readonly RotaDay[]
  readonly who: Who
  readonly onOpen: (about: Shift | Wanted) => void
  readonly onShow: Show
  /** Whose days these are, `2026-11`: those of the months beside it step back. Null: all alike. */
  readonly month: string | null
  /** Seven columns, a week a row; else one day under the other. */
  readonly sheets: boolean
}

/** Days as sheets: who is there by time, and when nobody is. For several weeks at once, and for narrow screens. Who plans drags a presence onto another day. */
export function DayList({ days, who, onOpen, onShow, month, sheets }: Props) {
  const held = useRef(new Map<string, HTMLElement>())
  const [over, setOver] = useState<string | null>(null)
  const dayAt = (x: number, y: number) =>
    [...held.current].find(([, element]) => {
      const { left, right, top, bottom } = element.getBoundingClientRect()
      return left <= x && x < right && top <= y && y < bottom
    })?.[0] ?? null
  return (
    <div className={classes.days} data-month={sheets || undefined}>
      {days.map((day) => (
        <Day
          key={day.date}
          day={day}
          who={who}
          outside={month !== null && !day.date.startsWith(month)}
          over={over === day.date}
          dayAt={dayAt}
          onOver={setOver}
          hold={(element) => {
            if (element === null) held.current.delete(day.date)
            else held.current.set(day.date, element)
          }}
          onOpen={onOpen}
          onShow={onShow}
        />
      ))}
    </div>
  )
}

type DayProps = Pick<Props, 'who' | 'onOpen' | 'onShow'> & {
  readonly day: RotaDay
  readonly outside: boolean
  /** A presence is held over it. */
  readonly over: boolean
  readonly dayAt: (x: number, y: number) => string | null
  readonly onOver: (day: string | null) => void
  readonly hold: (element: HTMLElement | null) => void
}

function Day({ day, who, outside, over, dayAt, onOver, hold, onOpen, onShow }: DayProps) {
  const { t } = useTranslation()
  const shut = day.open.length === 0
  const past = day.date < today()
  return (
    <section
      className={classes.day}
      ref={hold}
      tabIndex={-1}
      data-day={day.date}
      aria-label={weekdayAndDay(day.date)}
      data-shut={shut || undefined}
      data-outside={outside || undefined}
      data-over={over || undefined}
      data-today={day.date === today() || undefined}
    >
      <h2 className="g-num">{weekdayAndDay(day.date)}</h2>
      {shut && day.shifts.length === 0 && <p className={classes.none}>{t('rota.closed')}</p>}
      <ul>
        {day.shifts.map((shift) => (
          <li key={shift.id}>
            <Row
              shift={shift}
              mine={shift.operatorId === who.id}
              movable={who.plans}
              dayAt={dayAt}
              onOver={onOver}
              onOpen={() => onOpen(shift)}
              onShow={onShow}
            />
          </li>
        ))}
      </ul>
      {day.gaps.map((gap) => {
        const says = (
          <>
            <IconAlertTriangle size={13} stroke={1.8} aria-hidden="true" />
            {t('rota.gap', gap)}
          </>
        )
        return who.plans ? (
          <button
            key={gap.from}
            type="button"
            className={`${classes.gap} g-num`}
            data-past={past || undefined}
            aria-label={t('rota.fillGap', { ...gap, day: weekdayAndDay(day.date) })}
            onClick={() => onOpen({ day: day.date, ...gap })}
          >
            {says}
          </button>
        ) : (
          <p key={gap.from} className={`${classes.gap} g-num`} data-past={past || undefined}>
            {says}
          </p>
        )
      })}
    </section>
  )
}

type RowProps = Pick<DayProps, 'dayAt' | 'onOver' | 'onShow'> & {
  readonly shift: Shift
  readonly mine: boolean
  readonly movable: boolean
  readonly onOpen: () => void
}

function Row({ shift, mine, movable, dayAt, onOver, onOpen, onShow }: RowProps) {
  const { t } = useTranslation()
  const [by, setBy] = useState<{ readonly x: number; readonly y: number } | null>(null)
  const drag = useRef<{ x: number; y: number; far: boolean } | null>(null)
  const Icon = postIcons[shift.post]
  const { name, from, to } = shift
  const marks = [...awayWords(shift, t), ...(shift.offered ? [t('rota.offered')] : [])]
  const start = (event: PointerEvent<HTMLElement>) => {
    if (!movable || event.button !== 0 || event.pointerType === 'touch') return
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { x: event.clientX, y: event.clientY, far: false }
  }
  const follow = (event: PointerEvent<HTMLElement>) => {
    const begun = drag.current
    if (begun === null) return
    begun.far ||= Math.hypot(event.clientX - begun.x, event.clientY - begun.y) > farEnough
    if (!begun.far) return
    setBy({ x: event.clientX - begun.x, y: event.clientY - begun.y })
    onOver(dayAt(event.clientX, event.clientY))
  }
  const drop = (event: PointerEvent<HTMLElement>) => {
    const day = drag.current?.far === true ? dayAt(event.clientX, event.clientY) : null
    setBy(null)
    onOver(null)
    if (day !== null && day !== shift.day) moveTo(shift, { day, from, to })
  }
  const press = (event: KeyboardEvent) => {
    if (!movable) return
    if (event.key === 'Delete') takeOff(shift)
    const days = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key]
    if (days === undefined || !event.altKey) return
    event.preventDefault()
    moveTo(shift, { day: daysLater(shift.day, days), from, to }, onShow)
  }
  return (
    <button
      type="button"
      className={classes.shift}
      data-shift={shift.id}
      data-mine={mine || undefined}
      data-away={shift.away || undefined}
      data-movable={movable || undefined}
      data-drawn={by !== null || undefined}
      style={by === null ? undefined : { translate: `${by.x}px ${by.y}px` }}
      aria-label={[t('rota.shiftOf', { name, day: dayOf(shift.day), from, to }), t(`rota.posts.${shift.post}`), ...marks].join(', ')}
      aria-keyshortcuts={movable ? 'Alt+ArrowLeft Alt+ArrowRight Alt+ArrowUp Alt+ArrowDown Delete' : undefined}
      onPointerDown={start}
      onPointerMove={follow}
      onPointerUp={drop}
      onPointerCancel={() => {
        drag.current = null
        setBy(null)
        onOver(null)
      }}
      onKeyDown={press}
      onClick={() => {
        const dragged = drag.current?.far === true
        drag.current = null
        if (!dragged) onOpen()
      }}
    >
      <span className="g-num">{t('rota.hours', shift)}</span>
      <Icon size={13} stroke={1.7} aria-hidden="true" />
      <strong>{name}</strong>
      {marks.length > 0 && <em>{marks.join(', ')}</em>}
    </button>
  )
}
