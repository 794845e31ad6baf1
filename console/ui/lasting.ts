import type { TFunction } from 'i18next'

/** `40 s`, `2 min`, `3 h`, `2 j`: one unit, rounded down. */
export function lasting(seconds: number, t: TFunction): string {
  if (seconds < 60) return t('time.seconds', { n: Math.max(0, Math.round(seconds)) })
  if (seconds < 3_600) return t('time.minutes', { n: Math.floor(seconds / 60) })
  if (seconds < 86_400) return t('time.hours', { n: Math.floor(seconds / 3_600) })
  return t('time.days', { n: Math.floor(seconds / 86_400) })
}
