/**
 * Somebody known who calls again while a ticket of theirs is open hears, after the waiting message or in the closed one, where it stands
 * and when its next step is, and may add to it (R26). What comes while the closed message is said is told after it; once they speak, too late.
 * Never what it is about: a number can be forged, and somebody else may be listening.
 */
import { onlyOne } from '../contract/only-one.ts'
import { sound } from './announcements.ts'
import { playbackId } from './ids.ts'
import type { Call, TicketNews } from './model.ts'
import { closedNews, newsSounds } from './sentences-ticket.ts'
import type { Turn } from './turn.ts'
import { holdLimitS, howToSpeak } from './waiting.ts'

/** What was looked up beside the call has come; a number of several people, or a withheld one, is nobody in particular. */
export function findTicket(turn: Turn, callId: string, ticket: TicketNews): void {
  const call = turn.call(callId)
  if (call === undefined || call.number === null || onlyOne(call.people) === null || call.ticket !== null) return
  const { kind } = call.status
  if (kind === 'ringing' || kind === 'waiting' || kind === 'closed') turn.record({ type: 'ticket-found', callId, ticket })
}

export function tellTicket(turn: Turn, call: Call, news: TicketNews): void {
  const announcement = { playback: playbackId(call), sounds: soundsOf(news) }
  turn.record({ type: 'ticket-told', callId: call.id, announcement })
  turn.perform({ type: 'hold', channel: call.channel, limitS: holdLimitS })
  turn.perform({ type: 'play', channel: call.channel, language: call.language, ...announcement })
}

/** On the closed side, to whom the closed message did not say it. */
export function tellTicketClosed(turn: Turn, call: Call, news: TicketNews): void {
  const announcement = { playback: playbackId(call), sounds: [...closedNews(news).map(sound), ...howToSpeak] }
  turn.record({ type: 'closed-message-started', callId: call.id, announcement })
  turn.perform({ type: 'play', channel: call.channel, language: call.language, ...announcement })
}

const soundsOf = (news: TicketNews): readonly string[] => [...newsSounds(news), 'ticket-key'].map(sound)
