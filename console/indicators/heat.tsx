import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { count } from '../ui/format.ts'
import classes from './indicators.module.css'

type HeatProps = {
  readonly label: string
  /** What is counted, in a sentence, with its source. */
  readonly definition: string
  readonly hours: readonly { readonly weekday: number; readonly hour: number; readonly value: number }[]
  /** A cell in words. */
  readonly title: (of: { weekday: string; hour: number; count: number; weekdayNumber: number }) => string
  readonly onOpen: (weekday: number, hour: number) => void
}

/** Weekday × hour: the figure is in each cell, its shade repeats it. */
export function Heat({ label, definition, hours, title, onOpen }: HeatProps) {
  const { t } = useTranslation()
  const [first, last] = [Math.min(8, ...hours.map((h) => h.hour)), Math.max(16, ...hours.map((h) => h.hour))]
  const columns = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  const weekdays = t('indicators.weekdays', { returnObjects: true }).map((name, i) => ({ name, weekday: i + 1 }))
  const most = Math.max(1, ...hours.map((h) => h.value))
  const rows = weekdays.filter(({ weekday }) => weekday <= 5 || hours.some((h) => h.weekday === weekday))
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard
    <div className={classes.scroll} role="group" aria-label={label} tabIndex={0}>
      <p className={classes.compared}>{definition}</p>
      <table className={`${classes.heat} g-num`}>
        <thead>
          <tr>
            <th scope="col">{t('indicators.weekday')}</th>
            {columns.map((hour) => (
              <th key={hour} scope="col">
                {hour} h
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, weekday }) => (
            <tr key={weekday}>
              <th scope="row">{name}</th>
              {columns.map((hour) => {
                const cell = hours.find((h) => h.weekday === weekday && h.hour === hour)
                const share = (cell?.value ?? 0) / most
                return (
                  <td key={hour} style={{ '--share': `${Math.round(55 * share)}%` } as CSSProperties}>
                    {cell !== undefined && (
                      <button
                        type="button"
                        title={title({ weekday: name, hour, count: cell.value, weekdayNumber: weekday })}
                        onClick={() => onOpen(weekday, hour)}
                      >
                        {count(cell.value)}
                      </button>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
