/** Metropolitan France, or one of the three departments of Alsace-Moselle, which have two more days. */
export type Region = 'FR' | 'FR-57' | 'FR-67' | 'FR-68'
export const regions: readonly Region[] = ['FR', 'FR-57', 'FR-67', 'FR-68']

export type Holiday = { readonly month: number; readonly day: number; readonly name: string; readonly english: string }

const fixed: readonly Holiday[] = [
  { month: 1, day: 1, name: 'jour de l’An', english: 'New Year’s Day' },
  { month: 5, day: 1, name: 'fête du Travail', english: 'Labour Day' },
  { month: 5, day: 8, name: 'victoire de 1945', english: 'Victory Day 1945' },
  { month: 7, day: 14, name: 'fête nationale', english: 'Bastille Day' },
  { month: 8, day: 15, name: 'Assomption', english: 'Assumption' },
  { month: 11, day: 1, name: 'Toussaint', english: 'All Saints’ Day' },
  { month: 11, day: 11, name: 'armistice de 1918', english: 'Armistice Day 1918' },
  { month: 12, day: 25, name: 'Noël', english: 'Christmas Day' },
]

/** Easter Sunday, as days after 1 March (0 is 1 March). Anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, ch. 8). */
function easterAfterMarch(year: number): number {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  return h + l - 7 * m + 21
}

/** From days after 1 March, up to the end of June. */
function springDay(afterMarch: number, name: string, english: string): Holiday {
  const lengths = [31, 30, 31, 30]
  let rest = afterMarch
  let month = 3
  for (const length of lengths) {
    if (rest < length) break
    rest -= length
    month += 1
  }
  return { month, day: rest + 1, name, english }
}

/**
 * The public holidays of a year (Code du travail, L3133-1; for Alsace-Moselle L3134-13), in order.
 * @param year 1583 or later
 */
export function frenchHolidays(year: number, region: Region): readonly Holiday[] {
  const easter = easterAfterMarch(year)
  const moving = [
    springDay(easter + 1, 'lundi de Pâques', 'Easter Monday'),
    springDay(easter + 39, 'Ascension', 'Ascension Day'),
    springDay(easter + 50, 'lundi de Pentecôte', 'Whit Monday'),
  ]
  const local =
    region === 'FR'
      ? []
      : [springDay(easter - 2, 'Vendredi saint', 'Good Friday'), { month: 12, day: 26, name: 'Saint-Étienne', english: 'St Stephen’s Day' }]
  return [...fixed, ...moving, ...local].sort((a, b) => a.month - b.month || a.day - b.day)
}

/** The holiday that a date is, or null. */
export function holidayOn(date: { readonly year: number; readonly month: number; readonly day: number }, region: Region): Holiday | null {
  return frenchHolidays(date.year, region).find((holiday) => holiday.month === date.month && holiday.day === date.day) ?? null
}
