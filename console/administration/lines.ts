import type { TFunction } from 'i18next'
import type { LineSettings } from '../../server/contract/settings.ts'

/** Rows typed into a field, the empty ones left out. */
export const rowsOf = (typed: string): string[] =>
  typed
    .split('\n')
    .map((row) => row.trim())
    .filter(Boolean)

const digitsOf = (number: string) => number.replace(/\D/g, '')
const isNumber = (number: string) => /^\+?[\d\s().\-/]+$/.test(number) && digitsOf(number).length >= 2

/** A line nobody has named yet. */
export const newLine = (): LineSettings => ({
  id: `ligne-${Math.random().toString(36).slice(2, 8)}`,
  name: '',
  numbers: [],
  aheadSeconds: 0,
  operators: null,
  overflowSeconds: 60,
  recording: 'off',
  limitCuts: null,
  welcome: null,
})

/** What must be corrected before lines can be saved, in words; null when nothing. The server knows more of numbers. */
export function problemOf(lines: readonly LineSettings[], t: TFunction): string | null {
  const seen = new Set<string>()
  for (const [i, { name, numbers, operators, welcome }] of lines.entries()) {
    if (name.trim() === '') return t('lines.problem.name')
    if (i > 0 && numbers.length === 0) return t('lines.problem.noNumber', { name })
    for (const number of numbers) {
      if (!isNumber(number)) return t('lines.problem.number', { number })
      if (seen.has(digitsOf(number))) return t('lines.problem.twice', { number })
      seen.add(digitsOf(number))
    }
    if (operators?.length === 0) return t('lines.problem.nobody', { name })
    if (welcome !== null && (welcome.fr.trim() === '' || welcome.en.trim() === '')) return t('lines.problem.welcome')
  }
  return null
}
