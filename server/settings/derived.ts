import type { Wording } from '../calls/announcements.ts'
import type { Settings } from '../calls/settings.ts'
import { callSettings } from '../calls/settings.ts'
import type { OpeningCalendar } from '../calendar/calendar.ts'
import { calendarOf } from '../calendar/from-settings.ts'
import { spokenHours } from '../calendar/sentences.ts'
import type { SettingsValues } from '../contract/settings.ts'
import type { TicketPolicy } from '../tickets/model.ts'

/** What follows from the settings, made once for each change. */
export type Derived = {
  readonly calendar: OpeningCalendar
  readonly line: Settings
  readonly wording: Wording
  readonly tickets: TicketPolicy
}

export function derive(
  { hours, desk, outgoing, tickets, lines, followUp, categories, mails, clocks, entities }: SettingsValues,
  timeZone: string,
): Derived {
  const calendar = calendarOf(hours, timeZone)
  const spoken = { fr: spokenHours(calendar, 'fr'), en: spokenHours(calendar, 'en') }
  return {
    calendar,
    line: { ...callSettings(desk, outgoing, lines.lines), survey: followUp.survey },
    wording: { name: desk.name, hours: spoken, limitMinutes: desk.limitMinutes },
    tickets: { deskName: desk.name, calendar, ...tickets, ...categories, mails, clocks, partition: entities },
  }
}
