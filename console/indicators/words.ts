import type { TicketCriterion, Unit } from '../../server/contract/indicators.ts'
import { clockOf, count } from '../ui/format.ts'
import { i18n } from '../ui/i18n.ts'

const locale = () => (i18n.language === 'en' ? 'en-GB' : 'fr-FR')
const dayS = 86_400

/** « 84,2 % », « 03:12 », « 2,4 j », « 1 240 »; a dash where there was nothing to count. */
export function shown(value: number | null, unit: Unit): string {
  if (value === null) return '–'
  switch (unit) {
    case 'count':
      return count(value)
    case 'share':
      return new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 1 }).format(value)
    case 'seconds':
      return value < dayS
        ? clockOf(value)
        : new Intl.NumberFormat(locale(), { style: 'unit', unit: 'day', unitDisplay: 'short', maximumFractionDigits: 1 }).format(
            value / dayS,
          )
    default:
      return unit satisfies never
  }
}

/** Where a criterion's values have their words; others are shown as they are written. */
const wordsOf: Readonly<Partial<Record<TicketCriterion, string>>> = {
  medium: 'tickets.media',
  urgency: 'form.urgencies',
  status: 'tickets.status',
  affiliation: 'affiliation',
}

/** A ticket's value of one criterion, in words; one that nobody said says so. */
export function valueShown(criterion: TicketCriterion, value: string | null): string {
  if (value === null) return i18n.t('indicators.unsaid')
  const words = wordsOf[criterion]
  return words === undefined ? value : i18n.t(`${words}.${value}`, { defaultValue: value })
}

/** A file of these rows, as spreadsheets here read it: semicolons, the locale's decimals, an UTF-8 mark. */
export function saveCsv(name: string, rows: readonly (readonly (string | number | null)[])[]): void {
  const cell = (value: string | number | null) => {
    const text =
      typeof value === 'number' ? value.toLocaleString(locale(), { useGrouping: false, maximumFractionDigits: 4 }) : (value ?? '')
    // A cell that begins like a formula is read as text.
    const safe = typeof value === 'string' && /^[=+\-@\t]/.test(text) ? `'${text}` : text
    return /[;"\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  const text = `\uFEFF${rows.map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
