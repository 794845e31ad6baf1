/** The caller's side of waiting: the queue, its announcements, the voice message, the closed message. */
import { raiseAlarm } from './alarm.ts'
import { sound } from './announcements.ts'
import { aboutAll, aboutDisruption } from './disruption.ts'
import { playbackId, recordingId } from './ids.ts'
import { rulesOf } from './lines.ts'
import type { Call, CallStatus, EndReason } from './model.ts'
import { outlook } from './outlook.ts'
import { closedNews } from './sentences-ticket.ts'
import type { Turn } from './turn.ts'

/** Without a word from the service for this long, the dialplan takes a waiting caller back (and offers to record a message). */
export const holdLimitS = 300

/** What a waiting caller may do other than wait. */
const choices = [sound('key-for-message'), sound('offer-callback')]

/** To whom may key another number than the one they call from. */
export const howToSpeak = [sound('message-other-number'), sound('after-the-tone')]

/** The line's own welcome, if it has one. */
function welcome({ settings }: Turn, { line }: Call): readonly string[] {
  const { welcome: own } = rulesOf(settings, line)
  return own === null ? [] : [sound(own)]
}

/** Answer a caller nobody can be rung for: the waiting message, then music. */
export function queueCall(turn: Turn, call: Call): void {
  const { sounds, promisedBy, told } = outlook(turn, call)
  const disrupted = aboutDisruption(turn, call)
  const announcement = {
    playback: playbackId(call),
    sounds: [sound('other-language'), ...welcome(turn, call), ...disrupted.sounds, sound('waiting'), ...choices, ...sounds],
  }
  turn.record({ type: 'call-queued', callId: call.id, announcement, ...disrupted.note })
  if (promisedBy !== null) turn.record({ type: 'announcement-started', callId: call.id, announcement, promisedBy, told })
  raiseAlarm(turn, turn.latest(call))
  turn.perform({ type: 'answer', channel: call.channel })
  turn.perform({ type: 'hold', channel: call.channel, limitS: holdLimitS })
  turn.perform({ type: 'play', channel: call.channel, language: call.language, ...announcement })
}

/** Position and wait, recomputed; before them, what hampers many, to who has not heard of it. */
export function announceAgain(turn: Turn, call: Call): void {
  const { sounds, promisedBy, told } = outlook(turn, call)
  const disrupted = aboutDisruption(turn, call)
  const announcement = { playback: playbackId(call), sounds: [...disrupted.sounds, ...sounds, ...choices, ...disrupted.reminder] }
  turn.record({ type: 'announcement-started', callId: call.id, announcement, promisedBy, told, ...disrupted.note })
  turn.perform({ type: 'hold', channel: call.channel, limitS: holdLimitS })
  turn.perform({ type: 'play', channel: call.channel, language: call.language, ...announcement })
}

/** What is being said to a caller who waits, or is to leave a message, ends. */
export function stopAnnouncing(turn: Turn, { channel, status }: Call): void {
  if ((status.kind === 'waiting' || status.kind === 'closed' || status.kind === 'message') && status.playing !== null)
    turn.perform({ type: 'stop-playing', channel, playback: status.playing.playback })
}

/** The usual hours, or what the closure of these days has to say; where an open ticket stands; then how to leave a message. */
export function playClosed(turn: Turn, call: Call): void {
  const { closure } = turn.settings
  const said = closure === null ? ['closed'] : [closure, 'closed-otherwise']
  const disrupted = aboutAll(turn, call)
  const ticket = call.ticket === null ? [] : closedNews(call.ticket.news)
  // Who withholds their number is asked for one before they speak.
  const then = call.number === null ? [] : howToSpeak
  const announcement = {
    playback: playbackId(call),
    sounds: [sound('other-language'), ...welcome(turn, call), ...disrupted.sounds, ...[...said, ...ticket].map(sound), ...then],
  }
  turn.record({ type: 'closed-message-started', callId: call.id, announcement, ...disrupted.note })
  turn.perform({ type: 'answer', channel: call.channel })
  turn.perform({ type: 'play', channel: call.channel, language: call.language, ...announcement })
}

/** English, or French again: what was being said is said in the other language. */
export function changeLanguage(turn: Turn, call: Call): void {
  const { status } = call
  if (status.kind !== 'waiting' && status.kind !== 'closed') return
  stopAnnouncing(turn, call)
  turn.record({ type: 'language-chosen', callId: call.id, language: call.language === 'fr' ? 'en' : 'fr' })
  const now = turn.latest(call)
  if (status.kind === 'closed') return playClosed(turn, now)
  const { sounds, promisedBy, told } = outlook(turn, now)
  const disrupted = aboutDisruption(turn, now, true)
  const announcement = {
    playback: playbackId(now),
    sounds: [...welcome(turn, now), ...disrupted.sounds, sound('waiting'), ...choices, ...sounds],
  }
  turn.record({ type: 'announcement-started', callId: now.id, announcement, promisedBy, told, ...disrupted.note })
  turn.perform({ type: 'play', channel: now.channel, language: now.language, ...announcement })
}

export function recordMessage(turn: Turn, call: Call): void {
  const recording = recordingId(call)
  turn.record({ type: 'message-started', callId: call.id, recording })
  turn.perform({ type: 'record', channel: call.channel, recording, maxS: turn.settings.messageMaxS })
}

/** Whether what is said is recorded. */
export const isSpeaking = ({ playing, asking }: Extract<CallStatus, { kind: 'message' }>): boolean =>
  playing === null && asking === undefined

/** Keep a voice message that is long enough to say something. @returns whether it was kept. */
export function keepMessage(turn: Turn, call: Call, durationMs: number | null): boolean {
  if (call.status.kind !== 'message' || !isSpeaking(call.status)) return false
  const lasted = durationMs ?? turn.now - call.status.since
  if (lasted < turn.settings.messageMinMs) return false
  turn.record({ type: 'message-left', callId: call.id, recording: call.status.recording, durationMs: lasted })
  return true
}

/** A conversation's own limit is at hand, or past: it would fall into what is said after it. */
export const lastWords = (turn: Turn, { channel }: Call): void => turn.perform({ type: 'limit', channel, leg: null, limitS: holdLimitS })

/** A last sentence, then the line is hung up. */
export function farewell(turn: Turn, call: Call, saying: string, reason: EndReason): void {
  const announcement = { playback: playbackId(call), sounds: [sound(saying)] }
  turn.record({ type: 'farewell-started', callId: call.id, announcement, reason })
  turn.perform({ type: 'play', channel: call.channel, language: call.language, ...announcement })
}
