import { normaliseNumber } from '../calls/number.ts'
import type { SettingsValues } from '../contract/settings.ts'

/** What a schema cannot see: numbers that nobody could dial, two exceptional days of one name. @returns the field, or null */
export function unusable({ hours, desk, outgoing }: SettingsValues): string | null {
  if (new Set(hours.exceptions.map((e) => e.id)).size < hours.exceptions.length) return 'exceptions.id'
  if (desk.phone !== null && normaliseNumber(desk.phone) === null) return 'phone'
  const wrong = outgoing.targets.findIndex(({ number }) => normaliseNumber(number) === null)
  return wrong < 0 ? null : `targets.${wrong}.number`
}
