import type { TFunction } from 'i18next'
import { pauseReasonsFr } from './locales/pause-reasons-fr.ts'

type Known = keyof typeof pauseReasonsFr
const known = new Map<string, Known>((Object.keys(pauseReasonsFr) as Known[]).map((key) => [pauseReasonsFr[key], key]))

/** A reason that the service comes with, by name; null for a site's own. */
export const knownReason = (reason: string): Known | null => known.get(reason) ?? null

/** Why somebody is paused, in the reader's language; a site's own words are shown as they are. */
export function pauseReason(reason: string, t: TFunction): string {
  if (reason === 'missed' || reason === 'unreachable') return t(`state.${reason}`)
  const key = knownReason(reason)
  return key === null ? reason : t(`state.reasons.${key}`)
}
