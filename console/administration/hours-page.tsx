import { SegmentedControl } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { sessionQuery } from '../api/queries.ts'
import { hoursPreviewQuery } from '../api/settings.ts'
import { Panel } from '../ui/panel.tsx'
import { longDate } from './dates.ts'
import { isWhole } from './exception.tsx'
import { Exceptions } from './exceptions.tsx'
import { History } from './history.tsx'
import classes from './hours-page.module.css'
import { HoursWords } from './hours-words.tsx'
import { OpeningNow } from './opening-now.tsx'
import { SaveBar } from './save-bar.tsx'
import { areSound } from './time-of-day.ts'
import { useSettings } from './use-settings.ts'
import { WeekTable, weekdays } from './week-table.tsx'
import { Year } from './year.tsx'

const holidaysShown = 8

/** When the desk is open: the week, the holidays, the days that are neither; and what follows from them, as it is typed. */
export default function HoursPage() {
  const { t, i18n } = useTranslation()
  const editing = useSettings('hours')
  const demo = useQuery(sessionQuery).data?.demo ?? false
  const value = editing?.value ?? null
  const sound = value !== null && weekdays.every((day) => areSound(value.week[day])) && value.exceptions.every(isWhole)
  const [shown] = useDebouncedValue(sound ? value : null, 250)
  const preview = useQuery(hoursPreviewQuery(shown)).data
  if (editing === null || value === null) return null
  const language = i18n.language === 'en' ? 'en' : 'fr'
  const holidays = (preview?.days ?? []).filter((d) => d.kind === 'holiday' && d.date >= (preview?.today ?? '')).slice(0, holidaysShown)
  return (
    <>
      <OpeningNow demo={demo} alwaysOpen={value.alwaysOpen} onAlwaysOpen={(alwaysOpen) => editing.edit({ alwaysOpen })} />
      <Panel heading={t('settings.hours.week')}>
        <WeekTable week={value.week} onChange={(week) => editing.edit({ week })} />
      </Panel>
      <Panel heading={t('settings.hours.holidays')}>
        <div className={classes.holidays}>
          <SegmentedControl
            aria-label={t('settings.hours.region')}
            value={value.region}
            onChange={(region) => editing.edit({ region })}
            data={[
              { value: 'metropole', label: t('settings.hours.regions.metropole') },
              { value: 'alsace-moselle', label: t('settings.hours.regions.alsace') },
            ]}
          />
          <ul>
            {holidays.map(({ date, name }) => (
              <li key={date}>
                <span>{name?.[language]}</span> <time dateTime={date}>{longDate(date)}</time>
              </li>
            ))}
          </ul>
        </div>
      </Panel>
      <Exceptions exceptions={value.exceptions} today={preview?.today ?? ''} onChange={(exceptions) => editing.edit({ exceptions })} />
      {preview !== undefined && <HoursWords preview={preview} />}
      {preview !== undefined && <Year days={preview.days} today={preview.today} />}
      <History editing={editing} />
      <SaveBar {...editing} problem={sound ? null : t('settings.hours.toCorrect')} />
    </>
  )
}
