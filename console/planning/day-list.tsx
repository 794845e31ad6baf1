import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { RotaDay } from '../../server/contract/rota.ts'
import { dayOf, today, weekdayAndDay } from '../ui/format.ts'
import { awayWords } from './away-words.ts'
import { postIcons } from './posts.tsx'
import classes from './day-list.module.css'
import type { Wanted } from './shift-dialog.tsx'
import type { Who } from './who.ts'

type Shift = RotaDay['shifts'][number]
type Props = {
  readonly days: readonly RotaDay[]
  readonly who: Who
  readonly onOpen: (about: Shift | Wanted) => void
  /** Seven columns, a week a row; else one day under the other. */
  readonly month: boolean
}

/** Days as sheets: who is there by time, and when nobody is. For several weeks at once, and for narrow screens. */
export function DayList({ days, who, onOpen, month }: Props) {
  return (
    <div className={classes.days} data-month={month || undefined}>
      {days.map((day) => (
        <Day key={day.date} day={day} who={who} onOpen={onOpen} />
      ))}
    </div>
  )
}

function Day({ day, who, onOpen }: Pick<Props, 'who' | 'onOpen'> & { readonly day: RotaDay }) {
  const { t } = useTranslation()
  const shut = day.open.length === 0
  return (
    <section className={classes.day} data-shut={shut || undefined} data-today={day.date === today() || undefined}>
      <h2 className="g-num">{weekdayAndDay(day.date)}</h2>
      {shut && day.shifts.length === 0 && <p className={classes.none}>{t('rota.closed')}</p>}
      <ul>
        {day.shifts.map((shift) => (
          <li key={shift.id}>
            <Row shift={shift} mine={shift.operatorId === who.id} onOpen={() => onOpen(shift)} />
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
            aria-label={t('rota.fillGap', { ...gap, day: weekdayAndDay(day.date) })}
            onClick={() => onOpen({ day: day.date, ...gap })}
          >
            {says}
          </button>
        ) : (
          <p key={gap.from} className={`${classes.gap} g-num`}>
            {says}
          </p>
        )
      })}
    </section>
  )
}

function Row({ shift, mine, onOpen }: { shift: Shift; mine: boolean; onOpen: () => void }) {
  const { t } = useTranslation()
  const Icon = postIcons[shift.post]
  const { name, from, to } = shift
  const marks = [...awayWords(shift, t), ...(shift.offered ? [t('rota.offered')] : [])]
  return (
    <button
      type="button"
      className={classes.shift}
      data-mine={mine || undefined}
      data-away={shift.away || undefined}
      aria-label={[t('rota.shiftOf', { name, day: dayOf(shift.day), from, to }), t(`rota.posts.${shift.post}`), ...marks].join(', ')}
      onClick={onOpen}
    >
      <span className="g-num">{t('rota.hours', shift)}</span>
      <Icon size={13} stroke={1.7} aria-hidden="true" />
      <strong>{name}</strong>
      {marks.length > 0 && <em>{marks.join(', ')}</em>}
    </button>
  )
}
