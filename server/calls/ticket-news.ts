/**
 * Somebody known who calls again while a ticket of theirs is open hears, after the waiting message or in the closed one, where it stands
 * and when its next step is, and may add to it (R26). What comes once the closed message is said comes too late. Never what it is about: a number can be forged, and somebody else may be listening.
 */
import { onlyOne } from '../contract/only-one.ts'
import { sound } from './announcements.ts'
import { playbackId } from './ids.ts'
import type { Call, TicketNews } from './model.ts'
import { newsSounds } from './sentences-ticket.ts'
import type { Turn } from './turn.ts'
import { holdLimitS } from './waiting.ts'

/** What was looked up beside the call has come; a number of several people, or a withheld one, is nobody in particular. */
export function findTicket(turn: Turn, callId: string, ticket: TicketNews): void {
  const call = turn.call(callId)
  if (call === undefined || call.number === null || onlyOne(call.people) === null || call.ticket !== null) return
  if (call.status.kind === 'ringing' || call.status.kind === 'waiting') turn.record({ type: 'ticket-found', callId, ticket })
}

export function tellTicket(turn: Turn, call: Call, news: TicketNews): void {
  const announcement = { playback: playbackId(call), sounds: soundsOf(news) }
  turn.record({ type: 'ticket-told', callId: call.id, announcement })
  turn.perform({ type: 'hold', channel: call.channel, limitS: holdLimitS })
  turn.perform({ type: 'play', channel: call.channel, language: call.language, ...announcement })
}

const soundsOf = (news: TicketNews): readonly string[] => [...newsSounds(news), 'ticket-key'].map(sound)
