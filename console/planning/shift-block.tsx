import { useRef, useState, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { RotaDay } from '../../server/contract/rota.ts'
import { dayOf } from '../ui/format.ts'
import { farEnough, minutesOf, moved, stepMinutes, stretched } from './geometry.ts'
import { awayWords } from './away-words.ts'
import { postIcons } from './posts.tsx'
import classes from './week-grid.module.css'

type Shift = RotaDay['shifts'][number]
type Span = { readonly from: string; readonly to: string }
type Props = {
  readonly shift: Shift
  readonly lane: number
  readonly of: number
  readonly mine: boolean
  /** Who plans may drag it. */
  readonly movable: boolean
  /** From the top of the day, in minutes; how many make a pixel. */
  readonly topMinutes: number
  readonly minutesPerPixel: number
  /** The day under a point of the screen, when it is over one. */
  readonly dayAt: (x: number) => string | null
  /** The days beside this one, where there are any. */
  readonly daysBeside: { readonly before: string | null; readonly after: string | null }
  readonly onOpen: () => void
  readonly onMove: (to: Span & { readonly day: string }) => void
  readonly onTakeOff: () => void
}

/** A presence in the week: a button that opens it; dragged or moved by Alt and arrows by who plans. */
export function ShiftBlock(props: Props) {
  const { shift, lane, of, mine, movable, topMinutes, minutesPerPixel, dayAt, daysBeside, onOpen, onMove, onTakeOff } = props
  const { t } = useTranslation()
  const [drawn, setDrawn] = useState<(Span & { readonly shift: number }) | null>(null)
  const drag = useRef<{ x: number; y: number; edge: boolean; far: boolean } | null>(null)
  const span: Span = drawn ?? shift
  const Icon = postIcons[shift.post]

  const spanFor = (event: PointerEvent, edge: boolean, y: number) =>
    (edge ? stretched : moved)(shift, (event.clientY - y) * minutesPerPixel)
  const start = (event: PointerEvent<HTMLElement>) => {
    if (!movable || event.button !== 0) return
    const edge = event.target instanceof HTMLElement && event.target.dataset['edge'] !== undefined
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { x: event.clientX, y: event.clientY, edge, far: false }
  }
  const follow = (event: PointerEvent<HTMLElement>) => {
    const from = drag.current
    if (from === null) return
    from.far ||= Math.abs(event.clientY - from.y) > farEnough || Math.abs(event.clientX - from.x) > farEnough
    if (from.far) setDrawn({ ...spanFor(event, from.edge, from.y), shift: from.edge ? 0 : event.clientX - from.x })
  }
  const drop = (event: PointerEvent<HTMLElement>) => {
    const from = drag.current
    if (from?.far !== true) return
    const day = (from.edge ? null : dayAt(event.clientX)) ?? shift.day
    const to = spanFor(event, from.edge, from.y)
    setDrawn(null)
    if (day !== shift.day || to.from !== shift.from || to.to !== shift.to) onMove({ day, ...to })
  }
  const press = (event: KeyboardEvent) => {
    if (!movable) return
    if (event.key === 'Delete') onTakeOff()
    if (!event.altKey) return
    const day = { ArrowLeft: daysBeside.before, ArrowRight: daysBeside.after }[event.key]
    const by = { ArrowUp: -stepMinutes, ArrowDown: stepMinutes }[event.key]
    if (by === undefined && day == null) return
    event.preventDefault()
    if (by === undefined) onMove({ day: day ?? shift.day, from: shift.from, to: shift.to })
    else onMove({ day: shift.day, ...(event.shiftKey ? stretched : moved)(shift, by) })
  }
  const says = [
    t('rota.shiftOf', { name: shift.name, day: dayOf(shift.day), from: shift.from, to: shift.to }),
    t(`rota.posts.${shift.post}`),
    ...awayWords(shift, t),
    ...(shift.offered ? [t('rota.offered')] : []),
  ].join(', ')
  const place = {
    top: `${(minutesOf(span.from) - topMinutes) / minutesPerPixel}px`,
    height: `${(minutesOf(span.to) - minutesOf(span.from)) / minutesPerPixel}px`,
    '--lane': lane,
    '--lanes': of,
    ...(drawn !== null && { translate: `${drawn.shift}px 0` }),
  } as CSSProperties
  return (
    <button
      type="button"
      className={classes.shift}
      data-shift={shift.id}
      style={place}
      data-mine={mine || undefined}
      data-away={shift.away || undefined}
      data-offered={shift.offered || undefined}
      data-drawn={drawn !== null || undefined}
      data-movable={movable || undefined}
      aria-label={says}
      aria-keyshortcuts={
        movable ? 'Alt+ArrowUp Alt+ArrowDown Alt+ArrowLeft Alt+ArrowRight Alt+Shift+ArrowUp Alt+Shift+ArrowDown Delete' : undefined
      }
      onPointerDown={start}
      onPointerMove={follow}
      onPointerUp={drop}
      onPointerCancel={() => {
        drag.current = null
        setDrawn(null)
      }}
      onKeyDown={press}
      onClick={() => {
        const dragged = drag.current?.far === true
        drag.current = null
        if (!dragged) onOpen()
      }}
    >
      <strong>{shift.name}</strong>
      <span className={`${classes.hours} g-num`}>{t('rota.hours', span)}</span>
      <Icon className={classes.post} size={14} stroke={1.6} aria-hidden="true" />
      {awayWords(shift, t).map((words) => (
        <em key={words}>{words}</em>
      ))}
      {shift.offered && <em>{t('rota.offered')}</em>}
      {movable && <i data-edge="" aria-hidden="true" />}
    </button>
  )
}
