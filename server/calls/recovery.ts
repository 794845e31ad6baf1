/**
 * After a restart, a lost connection or a freeze, what Asterisk really has is an input like any other: each call of the state
 * is compared with it and taken up where it stands. Conversations of which one party left come first, since that party
 * sits in silence.
 */
import { arrive, rankOf } from './arrival.ts'
import { endCall } from './ending.ts'
import { callIdOf, isLeg, legOfBridge, playbackId, serialOf } from './ids.ts'
import type { Inventory, ListedChannel } from './inputs.ts'
import type { Announcement, Call, CallStatus } from './model.ts'
import { askAgain } from './message-number.ts'
import { endOffer } from './offers.ts'
import { endDialling } from './outgoing.ts'
import { leavePlace, repeatGoodbye } from './places.ts'
import { bridgesOf, partOf } from './parties.ts'
import { takeUpPhone } from './phones.ts'
import { resumeRejoining, resumeTalk, resumeTransfer, takeUpTalk } from './recovery-talk.ts'
import { loseOperator } from './rejoining.ts'
import { handOver } from './transfer.ts'
import type { Turn } from './turn.ts'
import { farewell, holdLimitS, keepMessage, playClosed, recordMessage } from './waiting.ts'

export function takeInventory(turn: Turn, inventory: Inventory): void {
  const cut = meetServer(turn, inventory.startedAt)
  const end = (call: Call) => endCall(turn, call, 'unknown', { callerGone: true, cut })
  const channels = new Map(inventory.channels.map((c) => [c.id, c]))
  const before = turn.state.calls
  const calls = [...before.values()]

  for (const call of calls) {
    const { status } = call
    if (status.kind !== 'talking') continue
    if (!channels.has(call.channel)) end(call)
    else if (status.rejoining != null) resumeRejoining(turn, call, status.rejoining, channels)
    else if (channels.has(status.leg)) resumeTalk(turn, call, { channels, bridges: inventory.bridges })
    else if (loseOperator(turn, call, status)) continue
    else if (status.consult !== null && channels.has(status.consult.leg)) handOver(turn, call, true)
    else endCall(turn, call, 'operator')
  }
  for (const talk of inventory.talks) takeUpTalk(turn, talk, inventory, channels)
  const bridged = new Set([...inventory.bridges.values()].flat())
  for (const { id } of calls) {
    // As it is by now: taken up as a conversation, handed over, or over.
    const call = turn.call(id)
    if (call === undefined || call.status.kind === 'talking') continue
    const { status } = call
    const isThere = channels.has(call.channel)
    if (status.kind === 'dialling') resumeDialling(turn, call, status, channels)
    else if (status.kind === 'transferring' && isThere) resumeTransfer(turn, call, status, channels)
    else if (isThere) resume(turn, call, inventory.recordings, bridged.has(call.channel))
    else if (status.kind === 'kept') leavePlace(turn, call, true)
    else if (status.kind !== 'placing') end(call)
    resumeOffers(turn, call, channels)
  }
  for (const channel of inventory.channels) {
    if (channel.role === 'leg' && !legIsOurs(turn, channel.id)) turn.perform({ type: 'hang-up', channel: channel.id })
  }
  for (const bridge of inventory.bridges.keys()) {
    const leg = legOfBridge(bridge)
    if (isLeg(leg) && !bridgeIsOurs(turn, bridge)) turn.perform({ type: 'drop-bridge', bridge, channel: leg })
  }
  // Who has just been hung up is still listed.
  const strangers = inventory.channels.filter(({ id, role }) => role === 'caller' && !before.has(id) && turn.call(id) === undefined)
  for (const channel of strangers.toSorted((a, b) => rankOf(turn, a) - rankOf(turn, b))) {
    // Killed before they were hung up, they would sit in silence, and not hear it ring.
    const isAlone = channel.state === 'up' && !bridged.has(channel.id)
    if (isAlone || isLeftOfTalk(inventory, channel.id)) turn.perform({ type: 'hold', channel: channel.id, limitS: holdLimitS })
    arrive(turn, { ...channel, channel: channel.id }, serialAfter(inventory, channel.id))
  }
}

/** Whether Asterisk is another one than before: whoever is not there any more was cut, and has not hung up. */
function meetServer(turn: Turn, startedAt: string | null): boolean {
  const before = turn.state.serverStartedAt
  if (startedAt === null || startedAt === before) return false
  turn.record({ type: 'server-met', startedAt })
  return before !== null
}

/** Above that of every phone that rings for a caller of whom nothing is known: it is let go, and its id may not be given again so soon. */
const serialAfter = ({ channels }: Inventory, callId: string): number =>
  Math.max(0, ...channels.filter(({ id }) => isLeg(id) && callIdOf(id) === callId).map(({ id }) => serialOf(id) + 1))

const isLeftOfTalk = ({ bridges }: Inventory, channel: string): boolean =>
  [...bridges].some(([bridge, inside]) => inside.includes(channel) && isLeg(legOfBridge(bridge)))

const legIsOurs = (turn: Turn, leg: string): boolean => {
  const call = turn.call(callIdOf(leg))
  return call !== undefined && partOf(call, leg) !== null
}

function bridgeIsOurs(turn: Turn, bridge: string): boolean {
  const call = turn.call(callIdOf(bridge))
  return call !== undefined && bridgesOf(call).includes(bridge)
}

/**
 * Take up one call that is not in conversation. Also for a caller whom the dialplan's net handed back to us.
 * @param hears whether the caller is where those who wait hear music: Asterisk would carry a command out only once an announcement is over.
 */
export function resume(turn: Turn, call: Call, recordingsUnderWay: readonly string[], hears = false): void {
  const { status } = call
  switch (status.kind) {
    case 'waiting':
      if (!hears) {
        turn.perform({ type: 'answer', channel: call.channel })
        turn.perform({ type: 'hold', channel: call.channel, limitS: holdLimitS })
      }
      // Whether the announcement ended meanwhile is not known; the music goes on for a while before the next.
      if (status.playing !== null) turn.record({ type: 'announcement-ended', callId: call.id, nextAt: turn.now + turn.settings.musicMs })
      break
    case 'closed':
      stopSaying(turn, call, status.playing)
      turn.perform({ type: 'take-over', channel: call.channel, beside: false })
      playClosed(turn, call)
      break
    case 'message':
      if (status.asking !== undefined) {
        if (status.playing !== null) stopSaying(turn, call, status.playing)
        if (!hears) turn.perform({ type: 'answer', channel: call.channel })
        // What was keyed meanwhile was not heard: it is asked for from the beginning.
        askAgain(turn, call, status.asking.keeping)
      } else if (status.playing !== null) {
        stopSaying(turn, call, status.playing)
        recordMessage(turn, call)
      } else if (!recordingsUnderWay.includes(status.recording)) {
        turn.perform({ type: 'take-over', channel: call.channel, beside: false })
        farewell(turn, call, keepMessage(turn, call, null) ? 'message-kept' : 'message-empty', 'message')
      }
      break
    case 'ending':
      stopSaying(turn, call, status.playing)
      turn.perform({ type: 'take-over', channel: call.channel, beside: false })
      repeatFarewell(turn, call, status)
      break
    case 'ringing':
      turn.perform({ type: 'take-over', channel: call.channel, beside: true })
      break
    case 'kept':
      repeatGoodbye(turn, call, status)
      break
    case 'placing':
    case 'dialling':
    case 'transferring':
    case 'talking':
      break
    default:
      return status satisfies never
  }
}

/** What may still be playing must end first: a channel that plays obeys nothing else. */
function stopSaying(turn: Turn, call: Call, { playback }: Announcement): void {
  turn.perform({ type: 'stop-playing', channel: call.channel, playback })
}

function repeatFarewell(turn: Turn, call: Call, { playing, reason, asks }: Extract<CallStatus, { kind: 'ending' }>): void {
  const announcement = { playback: playbackId(call), sounds: playing.sounds }
  turn.record({ type: 'farewell-started', callId: call.id, announcement, reason, ...(asks && { asks }) })
  turn.perform({ type: 'play', channel: call.channel, language: call.language, ...announcement })
}

function resumeOffers(turn: Turn, call: Call, channels: ReadonlyMap<string, ListedChannel>): void {
  for (const offer of call.offers) {
    const now = turn.call(call.id)
    // Of several who answered meanwhile, the first has the caller.
    if (now === undefined || partOf(now, offer.leg)?.is !== 'offered') return
    const leg = channels.get(offer.leg)
    if (leg === undefined) endOffer(turn, now, offer, 'lost', true)
    else takeUpPhone(turn, leg)
  }
}

function resumeDialling(
  turn: Turn,
  call: Call,
  { leg }: Extract<CallStatus, { kind: 'dialling' }>,
  channels: ReadonlyMap<string, ListedChannel>,
): void {
  const theirs = channels.get(call.channel)
  if (theirs !== undefined && channels.has(leg)) return takeUpPhone(turn, theirs)
  const gone = [leg, call.channel].filter((channel) => !channels.has(channel))
  endDialling(turn, call, theirs === undefined ? 'lost' : 'cancelled', gone)
}
