import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { WeekTable as Week } from '../../server/contract/settings.ts'
import { weekdayName } from './dates.ts'
import { SpansField } from './spans-field.tsx'
import classes from './week-table.module.css'

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const

/** The usual week, day by day. */
export function WeekTable({ week, onChange }: { week: Week; onChange: (week: Week) => void }) {
  const { t } = useTranslation()
  const monday = week[1]
  return (
    <div className={classes.week}>
      {weekdays.map((day) => (
        <div key={day} className={classes.day}>
          <span className={classes.name}>{weekdayName(day)}</span>
          <SpansField of={weekdayName(day)} spans={week[day]} onChange={(spans) => onChange({ ...week, [day]: spans })} />
        </div>
      ))}
      <Button
        className={classes.copy ?? ''}
        size="compact-sm"
        variant="default"
        onClick={() => onChange({ ...week, 2: monday, 3: monday, 4: monday, 5: monday })}
      >
        {t('settings.hours.likeMonday')}
      </Button>
    </div>
  )
}
