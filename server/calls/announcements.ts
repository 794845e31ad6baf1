/** The names of what the desk line says, and every sentence that must exist as a sound before the line opens. */
import { englishSentences } from './sentences-english.ts'
import { frenchSentences } from './sentences-french.ts'
import type { WaitRange } from './wait.ts'

export type Language = 'fr' | 'en'
export type Wording = {
  readonly name: string
  /** « de 8 heures 30 à 16 heures 30 » */
  readonly hours: Readonly<Record<Language, string>>
  readonly limitMinutes: number
}
/** @property voice the language it is pronounced in, when not that of those who hear it */
export type Spoken = { readonly name: string; readonly language: Language; readonly text: string; readonly voice?: Language }

/** Bounds, in minutes, between which a wait is announced. */
export const waitBounds = [0, 1, 2, 3, 5, 8, 10, 15, 20, 30] as const
export const spokenPositions = 20

export const spokenAnnouncements = (wording: Wording): readonly Spoken[] => [...frenchSentences(wording), ...englishSentences(wording)]

export const waitSound = (low: number, high: number): string => `wait-${low}-${high}`
export const sound = (name: string): string => `sound:guichet/${name}`
export const positionSound = (position: number): string => sound(position <= spokenPositions ? `position-${position}` : 'wait-many')

/** Round a range outwards to the spoken bounds. @returns null beyond the longest bound: better silent than wrong. */
export function spokenWait(range: WaitRange): { readonly sound: string; readonly highMs: number } | null {
  const high = waitBounds.find((b) => b * 60_000 >= range.highMs && b > 0)
  const low = waitBounds.findLast((b) => b * 60_000 <= range.lowMs)
  if (high === undefined || low === undefined || low >= high) return null
  return { sound: sound(waitSound(low, high)), highMs: high * 60_000 }
}
