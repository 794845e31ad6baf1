/**
 * Keeping one's place (key 3): the number to call is confirmed or keyed, the place is written down, the caller hangs up. From then on
 * it waits in the queue like anybody, with the order of its arrival, until its turn comes in opening hours; who calls again
 * meanwhile has it back.
 */
import { sound, spokenDigits } from './announcements.ts'
import { playbackId } from './ids.ts'
import type { Call, CallStatus, Keeping } from './model.ts'
import { normaliseNumber } from './number.ts'
import { endOffers } from './offers.ts'
import { stopDialling } from './outgoing.ts'
import { refusalOf } from './outgoing-rules.ts'
import { askNumberToJoin, join } from './joining.ts'
import { checkMessageNumber } from './message-number.ts'
import { placeOf } from './queue.ts'
import type { Turn } from './turn.ts'
import { announceAgain, stopAnnouncing } from './waiting.ts'

/** Silence between two keys, or after a question, before the caller is taken back to the music. */
export const keyingMs = 10_000
/** Longer than any number that may be dialled. */
const longestKeyed = 15

const callable = (turn: Turn, number: string | null): number is string =>
  number !== null && refusalOf(turn.state, turn.settings, { number, operatorId: null, now: turn.now }) === null

/** The waiting caller asks for the place to be kept. */
export function askPlace(turn: Turn, call: Call): void {
  if (callable(turn, call.number)) ask(turn, call, { step: 'confirm', number: call.number })
  else askOtherNumber(turn, call)
}

function ask(turn: Turn, call: Call, keeping: Keeping, before: readonly string[] = []): void {
  stopAnnouncing(turn, call)
  const question =
    keeping.step === 'confirm'
      ? [sound('place-number'), ...spokenDigits(keeping.number), sound('place-confirm')]
      : [sound('place-key-number')]
  const announcement = { playback: playbackId(call), sounds: [...before, ...question] }
  turn.record({ type: 'place-asked', callId: call.id, keeping, announcement })
  turn.perform({ type: 'play', channel: call.channel, language: call.language, ...announcement })
}

/** Back to the music, the place not kept. */
export function stayInLine(turn: Turn, call: Call): void {
  stopAnnouncing(turn, call)
  announceAgain(turn, call)
}

/** Not the number that was said. */
export const askOtherNumber = (turn: Turn, call: Call): void => ask(turn, call, { step: 'keying', digits: '' })

type Keying = Extract<Keeping, { step: 'keying' }>

/** One more figure of the number. */
export function keyFigure(turn: Turn, call: Call, keying: Keying, key: string): void {
  const digits = `${keying.digits}${key}`.slice(0, longestKeyed)
  stopAnnouncing(turn, call)
  turn.record({ type: 'number-keyed', callId: call.id, digits, nextAt: turn.now + keyingMs })
  // Ten figures after a 0 are a French number; there is nothing to wait for.
  if (/^0[1-9]\d{8}$/.test(digits)) checkKeyed(turn, turn.latest(call), { ...keying, digits })
}

/** The number is whole. */
export function checkKeyed(turn: Turn, call: Call, { digits, joins }: Keying): void {
  if (call.status.kind === 'message') return checkMessageNumber(turn, call, digits)
  const number = normaliseNumber(digits)
  if (joins === true) {
    // It is only written down: whether it may be called from here is another question.
    if (number === null) askNumberToJoin(turn, call, [sound('number-unreadable')])
    else join(turn, call, number)
    return
  }
  if (callable(turn, number)) ask(turn, call, { step: 'confirm', number })
  else ask(turn, call, { step: 'keying', digits: '' }, [sound('place-refused')])
}

/** Written down before it is said. */
export function keepPlace(turn: Turn, call: Call, number: string): void {
  stopAnnouncing(turn, call)
  endOffers(turn, call, 'caller-gone')
  const before = placeOf(turn.state, number)
  const announcement = { playback: playbackId(turn.latest(call)), sounds: [sound('place-kept')] }
  // While the place before is there still: this one has its rank.
  turn.record({ type: 'place-kept', callId: call.id, number, announcement })
  if (before !== null) dropPlace(turn, before)
  turn.perform({ type: 'play', channel: call.channel, language: call.language, ...announcement })
}

/** The goodbye is over, or nobody listens any more. */
export function leavePlace(turn: Turn, call: Call, channelGone: boolean): void {
  if (call.status.kind !== 'kept' || call.status.playing === null) return
  if (!channelGone) turn.perform({ type: 'hang-up', channel: call.channel })
  turn.record({ type: 'place-left', callId: call.id })
}

/** A number's kept place is needed no more: its person was answered, or keeps another. */
export function dropPlaceOf(turn: Turn, number: string | null): void {
  const place = placeOf(turn.state, number)
  if (place !== null) dropPlace(turn, place)
}

function dropPlace(turn: Turn, place: Call): void {
  endOffers(turn, place, 'caller-gone')
  if (place.status.kind === 'kept' && place.status.playing !== null) turn.perform({ type: 'hang-up', channel: place.channel })
  if (place.status.kind === 'dialling') stopDialling(turn, place, place.status)
  turn.record({ type: 'call-ended', callId: place.id, reason: 'got-through', by: 'caller' })
}

type Kept = Extract<CallStatus, { kind: 'kept' }>
/** What is said again to a caller who has not yet left; to whom it was said, the line is hung up. */
export function repeatGoodbye(turn: Turn, call: Call, status: Kept): void {
  if (status.playing === null) return turn.perform({ type: 'hang-up', channel: call.channel })
  turn.perform({ type: 'stop-playing', channel: call.channel, playback: status.playing.playback })
  turn.perform({ type: 'take-over', channel: call.channel, beside: false })
  const announcement = { playback: playbackId(call), sounds: status.playing.sounds }
  turn.record({ type: 'place-kept', callId: call.id, number: call.number ?? '', announcement })
  turn.perform({ type: 'play', channel: call.channel, language: call.language, ...announcement })
}
