import { folded } from './words.ts'

/** Whom a text may name. */
export type KnownPeople = {
  /** Of the people concerned: also parts of their names are left out. */
  readonly names: readonly string[]
  /** Logins, phone numbers as they were written. */
  readonly others?: readonly string[]
  /** Whole names of people of the directory that the text holds (`candidateNames`). */
  readonly whole?: readonly string[]
}

const capital = "\\p{Lu}[\\p{L}\\p{M}’'-]*"
const civility = new RegExp(
  `\\b(M\\.|MM\\.|Mme|Mmes|Mlle|Monsieur|Madame|Mademoiselle|Dr|Docteur|Pr|Professeur)(\\s+(?:${capital}\\s*){1,3})`,
  'gu',
)
const pair = new RegExp(`${capital}(?:\\s+(?:de\\s+|du\\s+|le\\s+|la\\s+|van\\s+|von\\s+)?${capital})+`, 'gu')

/** What might be somebody's whole name: runs of capitalised words, two by two; for who can look them up. */
export function candidateNames(text: string): readonly string[] {
  const found = [...text.matchAll(pair)].flatMap(([run]) => {
    const parts = run.split(/\s+/)
    return parts.flatMap((_, i) => [2, 3].flatMap((n) => (i + n <= parts.length ? [parts.slice(i, i + n).join(' ')] : [])))
  })
  return [...new Set(found)].slice(0, 200)
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A text as it is compared, and where each of its letters stands in it: folding « œ » makes two of one. */
function comparable(text: string): { readonly plain: string; readonly places: readonly number[] } {
  let plain = ''
  const places: number[] = []
  let place = 0
  for (const letter of text) {
    const letters = folded(letter)
    plain += letters
    places.push(...Array.from({ length: letters.length }, () => place))
    place += letter.length
  }
  return { plain, places: [...places, text.length] }
}

/** Each place where a word or several, folded, stand in a text; a name that is also a word ("Petit") only where it has a capital. */
function without(text: string, name: string, capitalised: boolean, by: string): string {
  const wanted = folded(name).trim()
  if (wanted.length < 3) return text
  // Whichever apostrophe: a directory has one, and what is typed the other.
  const parts = wanted.split(/[\s-]+/).map((part) => escaped(part).replace(/['’]/g, "['’]"))
  const { plain, places } = comparable(text)
  const found = [...plain.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])${parts.join('[\\s-]+')}(?![\\p{L}\\p{N}])`, 'gu'))]
  let result = ''
  let from = 0
  for (const match of found) {
    const at = places[match.index] ?? 0
    if (capitalised && !/\p{Lu}/u.test(text[at] ?? '')) continue
    result += text.slice(from, at) + by
    from = places[match.index + match[0].length] ?? text.length
  }
  return result + text.slice(from)
}

/**
 * A text without what says who it is about: names, addresses, numbers, logins. What it cannot know, a nickname or a person that nobody
 * knows and whom nothing announces, stays: somebody reads it before it is published.
 */
export function leaveOut(text: string, { names, others = [], whole = [] }: KnownPeople): string {
  // NFC, so that folding a letter with an accent keeps its length.
  let said = text.normalize('NFC')
  said = said.replace(/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, '[adresse]')
  for (const other of others)
    if (other.trim().length >= 3)
      said = said.replace(new RegExp(`(?<![\\p{L}\\p{N}])${escaped(other.trim())}(?![\\p{L}\\p{N}])`, 'giu'), '[numéro]')
  said = said
    .replace(/(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g, '[adresse IP]')
    .replace(/\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b/gi, '[adresse]')
    .replace(/(?<!\d)(?:\+\d{1,3}|00\d{1,3}|0)[\s.-]?(?:\(0\)\s?)?[1-9](?:[\s./-]?\d{2}){4}(?!\d)/g, '[numéro]')
    .replace(/(?<=\b(?:poste|posté|tél\.?|téléphone|numéro|n°)\s(?:au\s)?)\d{4,6}(?!\d)/giu, '[numéro]')
    .replace(/(?<![\p{L}\d])\d(?:[\s.-]?\d){6,}(?!\d)/gu, '[numéro]')
  said = said.replace(civility, (_all: string, title: string, rest: string) => `${title} [nom]${/\s+$/.exec(rest)?.[0] ?? ''}`)
  for (const name of [...whole, ...names]) said = without(said, name, false, '[nom]')
  for (const part of names.flatMap((name) => [...name.split(/\s+/), ...name.split(/[\s-]+/)])) said = without(said, part, true, '[nom]')
  return said.replace(/\[nom\](?:[\s-]+\[nom\])+/g, '[nom]')
}
