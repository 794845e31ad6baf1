/**
 * The number of a voice message is the caller's own, unless they key another one (key 3); who withholds theirs is asked for one first,
 * since nobody could call them back. Nobody has to give any, or to know how: the star, and silence, lead to the message.
 *
 *              figures, then # or silence     1            2        *         silence
 *   keying     read back; unclear: again      –            –        speaks    speaks
 *   confirm    –                              is theirs    keying   speaks    is theirs
 */
import { sound, spokenDigits } from './announcements.ts'
import { playbackId, recordingId } from './ids.ts'
import type { Call, Keeping } from './model.ts'
import { normaliseNumber } from './number.ts'
import { allowingPrefix } from './outgoing-rules.ts'
import type { Turn } from './turn.ts'
import { holdLimitS, howToSpeak, stopAnnouncing } from './waiting.ts'

const keying: Keeping = { step: 'keying', digits: '' }

/** The caller is to leave a message. */
export function inviteMessage(turn: Turn, call: Call): void {
  stopAnnouncing(turn, call)
  if (call.number === null) return ask(turn, call, keying)
  const announcement = { playback: playbackId(call), sounds: howToSpeak }
  turn.record({ type: 'message-invited', callId: call.id, recording: recordingId(call), announcement, ...ticketOf(call) })
  turn.perform({ type: 'play', channel: call.channel, language: call.language, ...announcement })
}

/** What the caller was just told of their ticket, the message joins; on the closed side, where everybody leaves one, it is chosen by the key. */
const ticketOf = ({ status, ticket }: Call): { readonly ticket?: number } =>
  ticket !== null && (status.kind === 'closed' || (status.kind === 'waiting' && status.aboutTicket)) ? { ticket: ticket.news.number } : {}

/** Not the number they call from, or that was said. */
export function askMessageNumber(turn: Turn, call: Call): void {
  stopAnnouncing(turn, call)
  ask(turn, call, keying)
}

/** After an absence, once nothing is said any more. */
export const askAgain = (turn: Turn, call: Call, keeping: Keeping): void => ask(turn, call, keeping.step === 'confirm' ? keeping : keying)

function ask(turn: Turn, call: Call, keeping: Keeping, before: readonly string[] = []): void {
  const question =
    keeping.step === 'confirm'
      ? [sound('place-number'), ...spokenDigits(keeping.number), sound('message-confirm')]
      : [sound('message-key-number')]
  const announcement = { playback: playbackId(call), sounds: [...before, ...question] }
  if (call.status.kind === 'message') turn.record({ type: 'message-number-asked', callId: call.id, keeping, announcement })
  else {
    const recording = recordingId(call)
    turn.record({ type: 'message-invited', callId: call.id, recording, announcement, asks: keeping })
  }
  // Music while they key it, and the dialplan's net under them, also for whom no queue had.
  turn.perform({ type: 'hold', channel: call.channel, limitS: holdLimitS })
  turn.perform({ type: 'play', channel: call.channel, language: call.language, ...announcement })
}

/** The number is whole. It is for a person to call: a ceiling reached by now says nothing against it. */
export function checkMessageNumber(turn: Turn, call: Call, digits: string): void {
  stopAnnouncing(turn, call)
  const number = normaliseNumber(digits)
  if (number === null) ask(turn, call, keying, [sound('number-unreadable')])
  else if (allowingPrefix(turn.settings.outgoing.prefixes, number) === null) ask(turn, call, keying, [sound('place-refused')])
  else ask(turn, call, { step: 'confirm', number })
}

/** Silence: what was read back holds, and what was keyed is looked at. */
export function nothingKeyed(turn: Turn, call: Call, keeping: Keeping): void {
  if (keeping.step === 'confirm') inviteToSpeak(turn, call, keeping.number)
  else if (keeping.digits === '') inviteToSpeak(turn, call, null)
  else checkMessageNumber(turn, call, keeping.digits)
}

/** The tone comes next. @param number null: none was given */
export function inviteToSpeak(turn: Turn, call: Call, number: string | null): void {
  stopAnnouncing(turn, call)
  const announcement = { playback: playbackId(call), sounds: [sound('after-the-tone')] }
  turn.record({ type: 'message-numbered', callId: call.id, number, announcement })
  turn.perform({ type: 'play', channel: call.channel, language: call.language, ...announcement })
}
