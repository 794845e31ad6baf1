import { Temporal } from 'temporal-polyfill'

/** What Outlook and Exchange call zones (CLDR's windowsZones), those of metropolitan and overseas France and their neighbours. */
const windows: Readonly<Record<string, string>> = {
  'Romance Standard Time': 'Europe/Paris',
  'W. Europe Standard Time': 'Europe/Berlin',
  'Central Europe Standard Time': 'Europe/Budapest',
  'Central European Standard Time': 'Europe/Warsaw',
  'GMT Standard Time': 'Europe/London',
  'Greenwich Standard Time': 'Atlantic/Reykjavik',
  'E. Europe Standard Time': 'Europe/Chisinau',
  'FLE Standard Time': 'Europe/Kiev',
  'SA Western Standard Time': 'America/Martinique',
  'SA Eastern Standard Time': 'America/Cayenne',
  'Mauritius Standard Time': 'Indian/Reunion',
  'Central Pacific Standard Time': 'Pacific/Noumea',
  UTC: 'UTC',
}

function known(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}

/**
 * The zone an event means: written plainly, after a vendor's prefix (`/mozilla.org/20050126_1/Europe/Paris`), or in Windows' words.
 * @returns null when it is none of these: the event's own VTIMEZONE has to say
 */
export function zoneOf(tzid: string): string | null {
  const name = tzid.trim().replace(/^"|"$/g, '')
  const mapped = windows[name]
  if (mapped !== undefined) return mapped
  if (known(name)) return name
  const last = /([A-Za-z_]+\/[A-Za-z_]+(?:\/[A-Za-z_]+)?)$/.exec(name)?.[1]
  return last !== undefined && known(last) ? last : null
}
