import { mainLine } from '../calls/model.ts'
import { normaliseNumber } from '../calls/number.ts'
import { misplaced } from '../tickets/categories.ts'
import type { LinesSettings, SettingsValues } from '../contract/settings.ts'

/** What a schema cannot see: numbers that nobody could dial, two things of one name or number. @returns the field, or null */
export function unusable({ hours, desk, outgoing, lines, categories, redirection }: SettingsValues): string | null {
  if (new Set(hours.exceptions.map((e) => e.id)).size < hours.exceptions.length) return 'exceptions.id'
  if (desk.phone !== null && normaliseNumber(desk.phone) === null) return 'phone'
  const wrongLine = unusableLine(lines)
  if (wrongLine !== null) return wrongLine
  const wrongCategory = misplaced(categories.categories)
  if (wrongCategory !== null) return `categories.${wrongCategory}`
  if (new Set(redirection.rules.map(({ id }) => id)).size < redirection.rules.length) return 'rules.id'
  const wrong = outgoing.targets.findIndex(({ number }) => normaliseNumber(number) === null)
  return wrong < 0 ? null : `targets.${wrong}.number`
}

function unusableLine({ lines }: LinesSettings): string | null {
  if (lines[0]?.id !== mainLine || new Set(lines.map(({ id }) => id)).size < lines.length) return 'lines.id'
  const seen = new Set<string>()
  for (const [i, { numbers }] of lines.entries()) {
    for (const [j, written] of numbers.entries()) {
      const number = normaliseNumber(written)
      if (number === null || seen.has(number)) return `lines.${i}.numbers.${j}`
      seen.add(number)
    }
  }
  return null
}
