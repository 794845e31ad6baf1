/** What falls due: every deadline is part of the state, so that after a restart each is right. */
import { alarmDeadline, raiseAlarm } from './alarm.ts'
import { lostPlaybackMs } from './change.ts'
import { matchDeadline } from './distribution.ts'
import { mustHear } from './disruption.ts'
import { endCall } from './ending.ts'
import { limitDeadline, watchLimit } from './limit.ts'
import { endConsult, transferDeadline, transferFailed } from './transfer.ts'
import { endWatch } from './watching.ts'
import type { Announcement, Call, CallStatus, DeskState, Talking } from './model.ts'
import type { Settings } from './settings.ts'
import { nothingKeyed } from './message-number.ts'
import { endOffer, mayRingMore } from './offers.ts'
import { dialDeadline, endDialling } from './outgoing.ts'
import { playbackEnded } from './playback.ts'
import { isDue, waitingOrder } from './queue.ts'
import { giveUpRejoining, rejoinDeadline } from './rejoining.ts'
import type { Turn } from './turn.ts'
import { announceAgain } from './waiting.ts'
import { endWrapUps, wrapUpDeadline } from './wrap-up.ts'

export function tick(turn: Turn): void {
  for (const { id } of turn.state.calls.values()) {
    for (const offer of turn.call(id)?.offers ?? []) {
      const rung = turn.call(id)
      if (rung !== undefined && offer.madeAt + turn.settings.ringMs <= turn.now) endOffer(turn, rung, offer, 'no-answer')
    }
    const call = turn.call(id)
    if (call === undefined) continue
    raiseAlarm(turn, call)
    const { status } = turn.latest(call)
    if (status.kind === 'waiting' && (status.nextAnnouncementAt <= turn.now || mustHear(call, turn.settings))) announceAgain(turn, call)
    if (status.kind === 'talking' && limitDeadline(call, status, turn.settings) <= turn.now) watchLimit(turn, call)
    const saying = saidTo(status)
    if (saying !== null && lostAt(status.since, saying) <= turn.now) playbackEnded(turn, saying.playback)
    if (status.kind === 'transferring' && transferDeadline(status.since, status.target, turn.settings) <= turn.now)
      transferFailed(turn, call, 'no-answer')
    if (status.kind === 'talking') stopRingingInVain(turn, call, status)
    if (status.kind === 'talking' && rejoinDeadline(status) <= turn.now) giveUpRejoining(turn, turn.latest(call))
    if (status.kind === 'dialling' && dialDeadline(status, turn.settings) <= turn.now) endDialling(turn, call, 'no-answer')
    if (status.kind === 'kept' && turn.state.open && status.nextAt > 0 && status.nextAt <= turn.now)
      turn.record({ type: 'place-due', callId: id })
    if (status.kind === 'message' && messageDeadline(status, turn.settings) <= turn.now)
      if (status.asking === undefined) endCall(turn, call, 'desk')
      else nothingKeyed(turn, call, status.asking.keeping)
  }
  // Last: a phone that has just stopped ringing gives its operator back to a wrap-up that may be over.
  endWrapUps(turn)
}

/** When a phone that rings during a conversation is given up. */
function ringingDeadline({ consult, watch }: Talking, settings: Settings): number {
  const asked = consult?.phase === 'ringing' ? transferDeadline(consult.since, consult.target, settings) : Number.POSITIVE_INFINITY
  const watcher = watch?.phase === 'ringing' ? watch.since + settings.ringMs : Number.POSITIVE_INFINITY
  return Math.min(asked, watcher)
}

function stopRingingInVain(turn: Turn, call: Call, { consult, watch }: Talking): void {
  const { now, settings } = turn
  if (consult?.phase === 'ringing' && transferDeadline(consult.since, consult.target, settings) <= now)
    endConsult(turn, turn.latest(call), 'no-answer')
  if (watch?.phase === 'ringing' && watch.since + settings.ringMs <= now) endWatch(turn, turn.latest(call))
}

/** What somebody hears who is not waiting for anybody: it is over when it was said. */
const saidTo = (status: CallStatus): Announcement | null =>
  status.kind === 'closed' || status.kind === 'ending' || status.kind === 'kept' ? status.playing : null

/** No sound is longer: what has several may well be, and whoever is asked to speak after them would be while they are played. */
const lostAt = (since: number, { sounds }: Announcement): number => since + sounds.length * lostPlaybackMs

/** A recording that never reports its end is ended; a number that is not given is waited for no longer. */
const messageDeadline = ({ since, asking }: Extract<CallStatus, { kind: 'message' }>, { messageMaxS }: Settings): number =>
  asking?.nextAt ?? since + (messageMaxS + 30) * 1000

/** The next moment at which `tick` has something to do; null when nothing is due ever. */
export function nextDeadline(state: DeskState, settings: Settings): number | null {
  let next = wrapUpDeadline(state)
  for (const call of state.calls.values()) {
    const { offers, status } = call
    for (const { madeAt } of offers) next = Math.min(next, madeAt + settings.ringMs)
    switch (status.kind) {
      case 'waiting':
        next = Math.min(next, mustHear(call, settings) ? 0 : status.nextAnnouncementAt, alarmDeadline(call, settings))
        break
      case 'talking':
        next = Math.min(next, limitDeadline(call, status, settings), ringingDeadline(status, settings), rejoinDeadline(status))
        break
      case 'kept':
        if (status.playing !== null) next = Math.min(next, lostAt(status.since, status.playing))
        else if (state.open && offers.length === 0 && status.nextAt > 0) next = Math.min(next, status.nextAt)
        break
      case 'transferring':
        next = Math.min(next, transferDeadline(status.since, status.target, settings))
        break
      case 'dialling':
        next = Math.min(next, dialDeadline(status, settings))
        break
      case 'closed':
      case 'ending':
        next = Math.min(next, lostAt(status.since, status.playing))
        break
      case 'message':
        next = Math.min(next, messageDeadline(status, settings))
        break
      case 'ringing':
      case 'placing':
        break
      default:
        return status satisfies never
    }
  }
  for (const call of waitingOrder(state))
    if ((call.offers.length === 0 || mayRingMore(call, settings)) && isDue(state, call, 0))
      next = Math.min(next, matchDeadline(state, call, settings))
  return Number.isFinite(next) ? next : null
}
