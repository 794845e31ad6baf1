import { spokenAnnouncements } from '../calls/announcements.ts'
import { daysBetween, exceptionalOn, notices, yearFrom } from '../calendar/ahead.ts'
import { hoursSentence, type Language, writtenWeek } from '../calendar/sentences.ts'
import type { HoursPreview, SettingsValues } from '../contract/settings.ts'
import { derive } from './derived.ts'

const noticeDays = 30

/** What the public page says of the hours, beside whether the desk is open now. */
export function hoursInWords({ hours }: SettingsValues, today: string, language: Language): { week: string[]; notices: string[] } {
  return { week: [...writtenWeek(hours.week, language)], notices: [...notices(hours, today, noticeDays, language)] }
}

/** What these hours would mean: the words for callers and the public, and the year day by day. */
export function previewHours(values: SettingsValues, timeZone: string, nowMs: number): HoursPreview {
  const { calendar, wording } = derive(values, timeZone)
  const { today, from, to } = yearFrom(timeZone, nowMs)
  const spoken = spokenAnnouncements(wording)
  const own = exceptionalOn(values.hours, today)?.announcement ?? null
  const inWords = (language: Language) => {
    const textOf = (name: string) => spoken.find((s) => s.name === name && s.language === language)?.text ?? ''
    const closed = own === null ? textOf('closed') : `${own[language]} ${textOf('closed-otherwise')}`
    return { ...hoursInWords(values, today, language), now: hoursSentence(calendar, nowMs, language), closed }
  }
  const days = daysBetween(values.hours, from, to).map((day) => ({ ...day, spans: [...day.spans] }))
  return { today, fr: inWords('fr'), en: inWords('en'), days }
}
