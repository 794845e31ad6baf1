/**
 * The desk line's rules. `decide` takes the state, one input and the moment, and says what happened (facts) and what is to be
 * done (effects); it touches nothing. Every input is handled for every status of its call: where a status has no part in an
 * input (a key pressed during a conversation, the end of a playback already replaced), the handler's guard lets it pass.
 */
import type { Effect } from './effects.ts'
import type { Fact } from './facts.ts'
import { arrive } from './arrival.ts'
import { tick } from './deadlines.ts'
import { endCall } from './ending.ts'
import { forgetNumbers, forgetNumbersBefore } from './forgetting.ts'
import { notRung } from './hang-up-causes.ts'
import { callOf } from './ids.ts'
import type { Input } from './inputs.ts'
import type { Call, DeskState, Talking } from './model.ts'
import type { Settings } from './settings.ts'
import { endOffers, matchQueue } from './offers.ts'
import { askOperator, browserPhone, setRoster } from './operators.ts'
import { endDialling, placeCall } from './outgoing.ts'
import { keyPressed } from './keys.ts'
import { dropPlaceOf, leavePlace } from './places.ts'
import { takeInventory } from './recovery.ts'
import { playbackEnded } from './playback.ts'
import { partOf } from './parties.ts'
import { phoneAnswered, phoneFailed } from './phones.ts'
import { loseOperator } from './rejoining.ts'
import { followRecordings, recordingFailed, recordingLost } from './recording.ts'
import { handOver } from './transfer.ts'
import { wish } from './wishes.ts'
import { findTicket } from './ticket-news.ts'
import { byRank } from './queue.ts'
import { finish } from './survey.ts'
import { beginTurn, type Turn } from './turn.ts'
import { lengthenWrapUp, timeWrapUps } from './wrap-up.ts'
import { farewell, isSpeaking, keepMessage, playClosed, queueCall, stopAnnouncing } from './waiting.ts'

export type Decision = { readonly state: DeskState; readonly facts: readonly Fact[]; readonly effects: readonly Effect[] }

export function decide(state: DeskState, input: Input, now: number, settings: Settings): Decision {
  const turn = beginTurn(state, now, settings)
  handle(turn, input)
  timeWrapUps(turn, state)
  matchQueue(turn)
  followRecordings(turn, state)
  return { state: turn.state, facts: turn.facts, effects: turn.effects }
}

function handle(turn: Turn, input: Input): void {
  switch (input.type) {
    case 'call-arrived':
      return arrive(turn, input)
    case 'caller-identified': {
      const known = turn.call(input.callId)
      // Whose account it is says more than whose number.
      if (known !== undefined && known.page?.signedIn !== true) turn.record(input)
      return
    }
    case 'ticket-found':
      return findTicket(turn, input.callId, input.ticket)
    case 'channel-gone':
      return channelGone(turn, input.channel, input.cause)
    case 'phone-hung-up':
      return phoneHungUp(turn, input.channel)
    case 'leg-answered':
      return phoneAnswered(turn, input.leg)
    case 'playback-ended':
      return playbackEnded(turn, input.playback)
    case 'recording-ended': {
      const call = callOf(turn.state, input.recording)
      if (call !== undefined) recordingLost(turn, call, input.recording)
      if (call?.status.kind !== 'message' || call.status.recording !== input.recording || call.status.asking !== undefined) return
      return farewell(turn, call, keepMessage(turn, call, input.durationMs) ? 'message-kept' : 'message-empty', 'message')
    }
    case 'key-pressed':
      return keyPressed(turn, input.channel, input.key)
    case 'command-failed':
      return commandFailed(turn, input.command, input.target)
    case 'operator-asks':
      return askOperator(turn, input.operatorId, input.change, input.by)
    case 'browser-phone':
      return browserPhone(turn, input.operatorId, input.here)
    case 'operator-needs-longer':
      return lengthenWrapUp(turn, input.operatorId)
    case 'number-settled':
      return dropPlaceOf(turn, input.number)
    case 'numbers-erased':
      return forgetNumbers(turn, input.numbers)
    case 'numbers-over':
      return forgetNumbersBefore(turn, input.before)
    case 'operator-calls':
      return placeCall(turn, input)
    case 'opening-ordered': {
      const { open, by, until } = input
      if (open !== null) turn.record({ type: 'opening-ordered', open, by, until })
      else if (turn.state.opening !== null) turn.record({ type: 'opening-order-over', by })
      return
    }
    case 'hours':
      return changeHours(turn, input.open)
    case 'roster':
      return setRoster(turn, input.operators)
    case 'inventory':
      return takeInventory(turn, input.inventory)
    case 'tick':
      return tick(turn)
    default: {
      const call = turn.call(input.callId)
      if (call !== undefined) wish(turn, call, input)
    }
  }
}

function channelGone(turn: Turn, channel: string, cause: number): void {
  const call = callOf(turn.state, channel)
  const part = call === undefined ? null : partOf(call, channel)
  if (call === undefined || part === null) return
  switch (part.is) {
    case 'person':
      return call.status.kind === 'kept' ? leavePlace(turn, call, true) : endCall(turn, call, 'caller', { callerGone: true })
    case 'dialling':
      return endDialling(turn, call, 'cancelled', [channel])
    case 'talking':
      return talkerGone(turn, call, part.talk)
    default:
      return phoneFailed(turn, call, part, cause, [channel])
  }
}

function talkerGone(turn: Turn, call: Call, talk: Talking): void {
  // One that is being replaced ends by our own word.
  if (talk.rejoining != null || loseOperator(turn, call, talk)) return
  if (talk.consult === null) finish(turn, call, talk.leg)
  else handOver(turn, call, true)
}

/** Whoever has the conversation is free for the next as soon as their telephone says so. Others are heard of when their channel goes. */
function phoneHungUp(turn: Turn, channel: string): void {
  const call = callOf(turn.state, channel)
  const part = call === undefined ? null : partOf(call, channel)
  if (call !== undefined && part?.is === 'talking') talkerGone(turn, call, part.talk)
}

function commandFailed(turn: Turn, command: Extract<Input, { type: 'command-failed' }>['command'], target: string): void {
  const call = callOf(turn.state, target)
  if (call === undefined) return
  const part = partOf(call, target)
  switch (command) {
    case 'ring':
      if (part !== null) phoneFailed(turn, call, part, notRung)
      return
    case 'play':
      recordingFailed(turn, call, target)
      return playbackEnded(turn, target)
    case 'announce':
      return recordingFailed(turn, call, target)
    case 'record':
      recordingFailed(turn, call, target)
      if (call.status.kind === 'message' && isSpeaking(call.status)) farewell(turn, call, 'message-empty', 'cut')
      return
    case 'connect':
      // A leg that is being replaced could not be joined: it is waited for.
      if (part?.is === 'talking' && part.talk.rejoining == null) endCall(turn, call, 'desk')
      return
    default:
      return command satisfies never
  }
}

function changeHours(turn: Turn, open: boolean): void {
  if (turn.state.open === open) return
  turn.record({ type: open ? 'desk-opened' : 'desk-closed' })
  if (open) return letIn(turn)
  for (const call of turn.state.calls.values()) {
    if (call.status.kind === 'kept') endOffers(turn, call, 'closed')
    if (call.status.kind !== 'waiting' && call.status.kind !== 'ringing') continue
    endOffers(turn, call, 'closed')
    stopAnnouncing(turn, call)
    playClosed(turn, turn.latest(call))
  }
}

/** Who hears that the desk is closed as it opens is in line, by their arrival; who was asked for a message, or leaves one, goes on. */
function letIn(turn: Turn): void {
  const hearing = [...turn.state.calls.values()].filter(({ status }) => status.kind === 'closed')
  for (const call of hearing.sort(byRank)) {
    stopAnnouncing(turn, call)
    queueCall(turn, call)
  }
}
