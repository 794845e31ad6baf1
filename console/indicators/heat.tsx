import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallIndicators } from '../../server/contract/indicators.ts'
import { count } from '../ui/format.ts'
import classes from './indicators.module.css'

/** Weekday × hour: the figure is in each cell, its shade repeats it. */
export function Heat({ hours, onOpen }: { hours: CallIndicators['hours']; onOpen: (weekday: number, hour: number) => void }) {
  const { t } = useTranslation()
  const [first, last] = [Math.min(8, ...hours.map((h) => h.hour)), Math.max(16, ...hours.map((h) => h.hour))]
  const columns = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  const weekdays = t('indicators.weekdays', { returnObjects: true }).map((name, i) => ({ name, weekday: i + 1 }))
  const most = Math.max(1, ...hours.map((h) => h.offered))
  const rows = weekdays.filter(({ weekday }) => weekday <= 5 || hours.some((h) => h.weekday === weekday))
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard
    <div className={classes.scroll} role="group" aria-label={t('indicators.hours')} tabIndex={0}>
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
                const share = (cell?.offered ?? 0) / most
                const words = { weekday: name, hour, count: cell?.offered ?? 0, answered: cell?.answered ?? 0 }
                return (
                  <td key={hour} style={{ '--share': `${Math.round(55 * share)}%` } as CSSProperties}>
                    {cell !== undefined && (
                      <button type="button" title={t('indicators.cell', words)} onClick={() => onOpen(weekday, hour)}>
                        {count(cell.offered)}
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
