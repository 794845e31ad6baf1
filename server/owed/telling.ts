/*
 * Whoever is owed an answer is written to, once for each thing (R50): that nobody answered their call, a while after it, since many call
 * again at once; and that they were called back in vain. Whoever left a message, kept a place, chose a half hour or was cut by the limit was
 * told on the telephone what follows. What is long past is not told any more: a service that was away does not write of yesterday.
 */
import { showNumber } from '../calls/number.ts'
import { momentInWords } from '../calendar/slots.ts'
import type { MailSettings } from '../contract/mail-templates.ts'
import { mailText } from '../tickets/mail-text.ts'
import type { Entry, OriginKind, Told } from './model.ts'

const callsAgainMs = 3 * 60_000
const longPastMs = 2 * 3_600_000
const unanswered: ReadonlySet<OriginKind> = new Set(['abandoned', 'closed'])

/** What a person is to be written by now, and of when; null: nothing. Moments are in ms. */
export function toTell(
  { status, origins, attempts, told = [] }: Entry,
  now: number,
): { readonly about: Told; readonly when: number } | null {
  if (status.kind === 'settled') return null
  const last = attempts.at(-1)
  if (last !== undefined) {
    const inVain = last.outcome === 'no-answer' || last.outcome === 'busy'
    const known = told.some(({ about, at }) => about === 'attempted' && at >= last.at)
    return inVain && !known && now - last.at <= longPastMs ? { about: 'attempted', when: last.at } : null
  }
  const [first] = origins
  if (first === undefined || told.length > 0 || origins.some(({ kind }) => !unanswered.has(kind))) return null
  const since = now - first.at
  return since >= callsAgainMs && since <= longPastMs ? { about: 'missed', when: first.at } : null
}

/** @param when in ms @param number normalised */
export const tellingMail = (
  about: Told,
  { when, number }: { readonly when: number; readonly number: string },
  { mails, form, timeZone }: { readonly mails: MailSettings; readonly form: string; readonly timeZone: string },
): { readonly subject: string; readonly text: string } =>
  mailText(mails[about === 'missed' ? 'callback-missed' : 'callback-attempted'], mails, null, (language) => ({
    call: momentInWords(when, language, timeZone),
    phone: showNumber(number),
    form,
  }))
