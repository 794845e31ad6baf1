import { showNumber } from '../calls/number.ts'
import { slotInWords } from '../calendar/slots.ts'
import type { MailSettings } from '../contract/mail-templates.ts'
import { mailText } from '../tickets/mail-text.ts'
import type { CalendarEvent } from '../tickets/model.ts'

/** A call back at a half hour that somebody chose. Moments are milliseconds since 1970 (UTC). */
export type ChosenSlot = {
  /** What calendars know it by, the same when it is moved; `sequence` counts what they were told (RFC 5546). */
  readonly eventId: string
  readonly sequence: number
  readonly fromMs: number
  readonly toMs: number
  /** Normalised. */
  readonly number: string
  /** In a few words; '' when nothing was said. */
  readonly subject: string
  /** Who chose it, as far as that is sure; '' for whoever was not signed in. */
  readonly name: string
  readonly email: string
}
export type SlotMailWords = {
  readonly mails: MailSettings
  /** Where it is seen and cancelled; where another is chosen. */
  readonly link: string
  readonly choose: string
  readonly desk: string
  readonly timeZone: string
}

/** `callback-shut`: the desk is closed then; their calendar lets it go, the desk does not. */
export type SlotMail = 'callback-booked' | 'callback-shut' | 'callback-cancelled'

/** What a calendar shows of it. @param about in its title; '' for nothing */
export const slotEvent = (
  { eventId, sequence, fromMs, toMs, number, name, email }: ChosenSlot,
  { desk, link }: Pick<SlotMailWords, 'desk' | 'link'>,
  { about, cancelled = false }: { readonly about: string; readonly cancelled?: boolean },
): CalendarEvent => ({
  of: 'callback',
  id: eventId,
  sequence,
  startsAt: new Date(fromMs).toISOString(),
  endsAt: new Date(toMs).toISOString(),
  place: showNumber(number),
  title: [`${desk} : rappel`, about].filter(Boolean).join(', '),
  text: cancelled ? '' : link,
  cancelled,
  invited: [{ name, mail: email }],
})

/**
 * What somebody is written of the call back they chose, and what their calendar is told. The words of a stranger are not repeated in a mail
 * to an address that nobody has confirmed: anybody could have the desk write them to anybody.
 */
export function slotMail(
  kind: SlotMail,
  slot: ChosenSlot,
  words: SlotMailWords,
): { readonly to: string; readonly subject: string; readonly text: string; readonly event: CalendarEvent } {
  const { mails, link, choose, timeZone } = words
  const about = slot.name === '' ? '' : slot.subject
  const mail = mailText(mails[kind], mails, null, (language) => ({
    callback: slotInWords(slot, language, timeZone).whole,
    phone: showNumber(slot.number),
    title: about,
    link,
    form: choose,
  }))
  return { to: slot.email, ...mail, event: slotEvent(slot, words, { about, cancelled: kind !== 'callback-booked' }) }
}
