import { useTranslation } from 'react-i18next'
import { type CallFigure, sourceOf, type TicketFigure, type Unit } from '../../server/contract/indicators.ts'
import { count } from '../ui/format.ts'
import classes from './indicators.module.css'
import { hoursOf, language, shown } from './words.ts'

export type FigureName = CallFigure | TicketFigure

/** Each figure with its definition, and what it was before. `onOpen` shows what is behind one. */
export function Figures<N extends FigureName>({
  units,
  figures,
  before,
  of,
  onOpen,
}: {
  units: Readonly<Record<N, Unit>>
  figures: Readonly<Partial<Record<N, number | null>>>
  before: Readonly<Partial<Record<N, number | null>>>
  of: Readonly<Partial<Record<N, number>>>
  onOpen?: (name: N) => (() => void) | null
}) {
  const { t } = useTranslation()
  const names = Object.keys(units) as N[]
  return (
    <dl className={classes.figures}>
      {names.map((name) => {
        const figure: FigureName = name
        const [label, definition] = t(`indicators.figure.${figure}`, { returnObjects: true })
        const open = onOpen?.(name) ?? null
        const value = shown(figures[name] ?? null, units[name])
        const whole = of[name]
        return (
          <div key={name} className={classes.figure}>
            <dt>{label}</dt>
            <dd className="g-num">
              {open === null ? (
                <strong>{value}</strong>
              ) : (
                <button
                  type="button"
                  onClick={open}
                  title={t('indicators.listOf')}
                  aria-label={`${label} : ${value}, ${t('indicators.listOf')}`}
                >
                  {value}
                </button>
              )}
              <small>{t('indicators.before', { value: shown(before[name] ?? null, units[name]) })}</small>
            </dd>
            <dd className={classes.definition}>
              {definition}
              {whole !== undefined && units[name] !== 'count' && (
                <i>
                  {figure === 'occupancy'
                    ? t('indicators.overTime', { time: hoursOf(whole) })
                    : t('indicators.over', { shown: count(whole) })}
                </i>
              )}
              <em>{t('indicators.from_', { source: sourceOf(figure, language()) })}</em>
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
