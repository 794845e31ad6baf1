/** What a site lets be dialled, in families that people know; each is some beginnings of numbers. */
const families = {
  internal: ['ext:'],
  landlines: ['+331', '+332', '+333', '+334', '+335'],
  mobiles: ['+336', '+337'],
  boxes: ['+339'],
  overseas: ['+262', '+508', '+590', '+594', '+596'],
  premium: ['+338'],
} as const
export type Family = keyof typeof families
export const familyNames = Object.keys(families) as readonly Family[]

const known: ReadonlySet<string> = new Set(Object.values(families).flat())

/** A family is in when all of it is. */
export const holds = (prefixes: readonly string[], family: Family): boolean => families[family].every((p) => prefixes.includes(p))

/** Those of no family, nor of one that is only partly in. */
export const othersIn = (prefixes: readonly string[]): readonly string[] =>
  prefixes.filter((p) => !known.has(p) || familyNames.some((f) => !holds(prefixes, f) && (families[f] as readonly string[]).includes(p)))

export function withFamily(prefixes: readonly string[], family: Family, on: boolean): string[] {
  const rest = prefixes.filter((p) => !(families[family] as readonly string[]).includes(p))
  return on ? [...rest, ...families[family]] : rest
}

/** @param typed beginnings apart from one another by spaces or commas; null when one of them is none */
export function readOthers(typed: string): string[] | null {
  const found = typed.split(/[\s,;]+/).filter(Boolean)
  return found.every((p) => /^\+[1-9]\d{0,14}$/.test(p)) ? [...new Set(found)] : null
}

/** The first that lets premium numbers through without their family being in. */
export const tooWide = (prefixes: readonly string[]): string | null =>
  holds(prefixes, 'premium') ? null : (prefixes.find((p) => p.startsWith('+') && '+338'.startsWith(p)) ?? null)
