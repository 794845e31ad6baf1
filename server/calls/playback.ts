import { endCall } from './ending.ts'
import { callOf } from './ids.ts'
import { inviteMessage } from './message-number.ts'
import { keyingMs, leavePlace } from './places.ts'
import { recordingTold } from './recording.ts'
import { tellTicket, tellTicketClosed } from './ticket-news.ts'
import type { Turn } from './turn.ts'
import { recordMessage } from './waiting.ts'

/** What was said to somebody is over: what follows from it. */
export function playbackEnded(turn: Turn, playback: string): void {
  const call = callOf(turn.state, playback)
  if (call !== undefined) recordingTold(turn, call, playback)
  if (call === undefined || !('playing' in call.status) || call.status.playing?.playback !== playback) return
  switch (call.status.kind) {
    case 'waiting':
      if (call.status.keeping === null && call.ticket?.told === false) return tellTicket(turn, call, call.ticket.news)
      return turn.record({
        type: 'announcement-ended',
        callId: call.id,
        nextAt: turn.now + (call.status.keeping === null ? turn.settings.musicMs : keyingMs),
      })
    case 'closed':
      if (call.ticket?.told === false) return tellTicketClosed(turn, call, call.ticket.news)
      return call.number === null ? inviteMessage(turn, call) : recordMessage(turn, call)
    case 'message':
      if (call.status.asking === undefined) return recordMessage(turn, call)
      return turn.record({ type: 'announcement-ended', callId: call.id, nextAt: turn.now + keyingMs })
    case 'kept':
      return leavePlace(turn, call, false)
    case 'ending':
      return endCall(turn, call, 'desk')
    default:
      return call.status satisfies never
  }
}
