import type { TFunction } from 'i18next'

/** `40 s`, `2 min`, `3 h`, `2 j`: one unit, rounded down. */
export function lasting(seconds: number, t: TFunction): string {
  if (seconds < 60) return t('owed.seconds', { n: Math.max(0, Math.round(seconds)) })
  if (seconds < 3_600) return t('owed.minutes', { n: Math.floor(seconds / 60) })
  if (seconds < 86_400) return t('owed.hours', { n: Math.floor(seconds / 3_600) })
  return t('owed.days', { n: Math.floor(seconds / 86_400) })
}
