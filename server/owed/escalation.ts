/*
 * An answer owed that is late is taken further, each step once: at its due time the supervisors see it, and a while later, in opening
 * hours, the site's addresses are written to. A new due time agreed with the person begins anew; settled ends it.
 */
import { showNumber } from '../calls/number.ts'
import type { MailLanguage, MailSettings } from '../contract/mail-templates.ts'
import { mailText } from '../tickets/mail-text.ts'
import type { OwedFact } from './facts.ts'
import type { Entry, EscalationStep } from './model.ts'

export type EscalationRules = {
  /** When the mail falls for what was due at a moment (ms); null: no mail is written. */
  readonly mailAt: ((dueAt: number) => number) | null
  readonly mailTo: readonly string[]
}

/** The step that an entry has come to by now, and whom it tells; null when there is none, or it was taken already. */
export function escalationOf(entry: Entry, rules: EscalationRules, now: number): Extract<OwedFact, { type: 'escalated' }> | null {
  const { status, dueAt, escalated } = entry
  if (status.kind === 'settled' || dueAt > now) return null
  const step = (name: EscalationStep, to: readonly string[]) => ({ at: now, type: 'escalated', step: name, to }) as const
  if (escalated === null) return step('supervisors', [])
  if (escalated === 'mail' || rules.mailAt === null || rules.mailAt(dueAt) > now) return null
  return step('mail', rules.mailTo)
}

type Words = {
  readonly link: string
  /** Who has a number, when that is one person. */
  readonly nameOf: (number: string) => string | null
  /** A moment in words. */
  readonly when: (ms: number, language: MailLanguage) => string
  readonly mails: MailSettings
}

/** What the addresses read of the answers that are late. */
export function lateMail(
  late: readonly Entry[],
  { link, nameOf, when, mails }: Words,
): { readonly subject: string; readonly text: string } {
  const who = (number: string | null) => {
    const name = number === null ? null : nameOf(number)
    return name === null ? showNumber(number) : `${name} (${showNumber(number)})`
  }
  const french = ({ number, dueAt, status }: Entry) =>
    `- ${who(number)} : réponse attendue ${when(dueAt, 'fr')}${status.kind === 'taken' ? `, ${status.by.name} s’en occupe` : ''}`
  const english = ({ number, dueAt, status }: Entry) =>
    `- ${who(number)}: answer due ${when(dueAt, 'en')}${status.kind === 'taken' ? `, ${status.by.name} is on it` : ''}`
  const counted = {
    fr: late.length === 1 ? 'Une réponse est en retard' : `${late.length} réponses sont en retard`,
    en: late.length === 1 ? 'One answer is late' : `${late.length} answers are late`,
  }
  return mailText(mails.late, mails, null, (language) => ({
    list: late.map(language === 'fr' ? french : english).join('\n'),
    count: counted[language],
    link,
  }))
}
