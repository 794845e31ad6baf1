/*
 * A code proves that whoever calls reads the mail of an address that the directory knows: short-lived, few tries, one at a time.
 */
import type { MailLanguage, MailSettings } from '../contract/mail-templates.ts'
import { englishMark } from '../tickets/mail-text.ts'

export const codeLivesMs = 10 * 60_000
export const mostTries = 3
/** Codes for one person within the hour: beyond, somebody is guessing, or the mail does not arrive. */
export const mostCodesPerHour = 4

export type Check = { readonly tries: number; readonly expiresAt: number; readonly outcome: 'verified' | 'failed' | 'replaced' | null }
export type CheckState = 'pending' | 'verified' | 'failed' | 'expired'

/** @param now in ms; a check that was replaced by a later one is of no use either */
export function stateOf({ outcome, expiresAt }: Check, now: number): CheckState {
  if (outcome === 'verified' || outcome === 'failed') return outcome
  return outcome === 'replaced' || expiresAt <= now ? 'expired' : 'pending'
}

/** What a code that was keyed in makes of a check that is pending. */
export function judged({ tries }: Check, right: boolean): { readonly tries: number; readonly outcome: 'verified' | 'failed' | null } {
  const tried = tries + 1
  return { tries: tried, outcome: right ? 'verified' : tried >= mostTries ? 'failed' : null }
}

/** `claire.dubois@univ.example` → `c•••s@univ.example`: enough to ask « do you read it? », too little to learn it. */
export function masked(address: string): string {
  const at = address.lastIndexOf('@')
  const name = address.slice(0, at)
  return `${name.slice(0, 1)}•••${name.length > 2 ? name.slice(-1) : ''}${address.slice(at)}`
}

const grouped = (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`
/** The code as people read it aloud, wherever it stands in a text, made unreadable. */
export const withoutCode = (text: string): string => text.replace(/\b\d{3} \d{3}\b/g, '••• •••')

type CodeWords = {
  /** The desk's name. */
  readonly desk: string
  /** Who asked for it. */
  readonly operator: string
  /** Until when it serves. */
  readonly time: Readonly<Record<MailLanguage, string>>
  readonly languages: MailSettings['languages']
}
export function codeMail(code: string, { desk, operator, time, languages }: CodeWords) {
  const english = [
    '',
    englishMark,
    '',
    'Hello,',
    `${operator} (${desk}) wants to be sure of speaking with you. Read this code to them:`,
    grouped(code),
    `It serves once, until ${time.en}.`,
    'If you are not on the telephone with us, somebody may be passing for you: give this code to nobody, and tell us.',
    'Kind regards.',
  ]
  return {
    subject: `${desk} : votre code de vérification`,
    text: [
      'Bonjour,',
      `${operator} (${desk}) s’assure de parler avec vous. Lisez-lui ce code :`,
      grouped(code),
      `Il sert une fois, jusqu’à ${time.fr}.`,
      'Si vous n’êtes pas au téléphone avec nous, quelqu’un se fait peut-être passer pour vous : ne donnez ce code à personne et prévenez-nous.',
      'Cordialement.',
      ...(languages === 'fr' ? [] : english),
    ].join('\n'),
  }
}
