/** The names of what the desk line says, and every sentence that must exist as a sound before the line opens. */
import { englishSentences } from './sentences-english.ts'
import { frenchSentences } from './sentences-french.ts'
import type { WaitRange } from './wait.ts'

export type Language = 'fr' | 'en'
export type Wording = {
  readonly name: string
  /** « de 8 heures 30 à 16 heures 30 » */
  readonly hours: Readonly<Record<Language, string>>
  /** A number, or what stands for it in a text that is shown. */
  readonly limitMinutes: number | string
}
/** @property voice the language it is pronounced in, when not that of those who hear it */
export type Spoken = { readonly name: string; readonly language: Language; readonly text: string; readonly voice?: Language }

/** Bounds, in minutes, between which a wait is announced. */
export const waitBounds = [0, 1, 2, 3, 5, 8, 10, 15, 20, 30] as const
export const spokenPositions = 20

export const spokenAnnouncements = (wording: Wording): readonly Spoken[] => [...frenchSentences(wording), ...englishSentences(wording)]

/** What a text of the site's own may hold in place of the wording; the same in both languages' texts, under either name. */
const placeholders = {
  nom: 'name',
  name: 'name',
  horaires: 'hours',
  hours: 'hours',
  limite: 'limitMinutes',
  limit: 'limitMinutes',
} as const
const isPlaceholder = (word: string): word is keyof typeof placeholders => word in placeholders
const written = /\{([^{}]*)\}/g

/** Every sentence as the service brings it, its placeholders standing. */
export const originalAnnouncements = (): readonly Spoken[] => [
  ...frenchSentences({ name: '{nom}', hours: { fr: '{horaires}', en: '{horaires}' }, limitMinutes: '{limite}' }),
  ...englishSentences({ name: '{name}', hours: { fr: '{hours}', en: '{hours}' }, limitMinutes: '{limit}' }),
]

/** A text with its placeholders filled in; unknown ones stand. */
export const fillWording = (text: string, wording: Wording, language: Language): string =>
  text.replace(written, (whole, word: string) => {
    if (!isPlaceholder(word)) return whole
    const field = placeholders[word]
    return String(field === 'hours' ? wording.hours[language] : wording[field])
  })

/** What stands between braces in a text and means nothing. */
export const unknownPlaceholders = (text: string): readonly string[] =>
  [...text.matchAll(written)].flatMap(([whole, word = '']) => (isPlaceholder(word) ? [] : [whole]))

export const waitSound = (low: number, high: number): string => `wait-${low}-${high}`
export const sound = (name: string): string => `sound:guichet/${name}`
export const positionSound = (position: number): string => sound(position <= spokenPositions ? `position-${position}` : 'wait-many')

/** A normalised number, figure by figure, in the recorded voice of whoever hears it; a French one as it is dialled in France. */
export function spokenDigits(number: string): readonly string[] {
  const digits = number.replace(/^ext:/, '').replace(/^\+33/, '0').replace(/^\+/, '00')
  return [...digits].map((digit) => `sound:digits/${digit}`)
}

/** Round a range outwards to the spoken bounds. @returns null beyond the longest bound: better silent than wrong. */
export function spokenWait(
  range: Pick<WaitRange, 'lowMs' | 'highMs'>,
): { readonly sound: string; readonly lowMs: number; readonly highMs: number } | null {
  const high = waitBounds.find((b) => b * 60_000 >= range.highMs && b > 0)
  if (high === undefined) return null
  const low = waitBounds.findLast((b) => b < high && b * 60_000 <= range.lowMs) ?? 0
  return { sound: sound(waitSound(low, high)), lowMs: low * 60_000, highMs: high * 60_000 }
}
