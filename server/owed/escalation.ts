/*
 * An answer owed that is late is taken further, each step once: at its due time the supervisors see it, and a while later, in opening
 * hours, the site's addresses are written to. A new due time agreed with the person begins anew; settled ends it.
 */
import { showNumber } from '../calls/number.ts'
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

/** What the addresses read of the answers that are late. @param nameOf who has a number, when that is one person @param when a moment in words */
export function lateMail(
  late: readonly Entry[],
  {
    link,
    nameOf,
    when,
  }: { readonly link: string; readonly nameOf: (number: string) => string | null; readonly when: (ms: number) => string },
): { readonly subject: string; readonly text: string } {
  const subject =
    late.length === 1 ? '[Guichet unique] Une réponse est en retard' : `[Guichet unique] ${late.length} réponses sont en retard`
  const lines = late.map(({ number, dueAt, status }) => {
    const name = number === null ? null : nameOf(number)
    const who = name === null ? showNumber(number) : `${name} (${showNumber(number)})`
    return `- ${who} : réponse attendue ${when(dueAt)}${status.kind === 'taken' ? `, ${status.by.name} s’en occupe` : ''}`
  })
  return {
    subject,
    text: [
      'Bonjour,',
      'Ces personnes attendent toujours d’être rappelées :',
      ...lines,
      `La liste est à l’adresse : ${link}`,
      'Cordialement.',
    ].join('\n'),
  }
}
