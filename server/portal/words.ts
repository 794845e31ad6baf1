import { withFirst } from '../contract/first-of-month.ts'
import { en } from './words-en.ts'
import { fr, type Words } from './words-fr.ts'

export type { Words }
export type Language = 'fr' | 'en'
export const words: Readonly<Record<Language, Words>> = { fr, en }

/** A moment as people say it at the desk: « mardi 24 novembre à 9 h 30 ». */
export function moment(iso: string, language: Language, timeZone: string, withTime = true): string {
  const locale = language === 'fr' ? 'fr-FR' : 'en-GB'
  const at = new Date(iso)
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone }).format(at)
  if (!withTime) return language === 'fr' ? withFirst(day) : day
  const time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone }).format(at)
  return language === 'fr' ? `${withFirst(day)} à ${time.replace(':', '\u202fh\u202f')}` : `${day} at ${time}`
}
