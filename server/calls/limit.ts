/**
 * The limit of a conversation (R14): a tone to the operator alone at X−2 minutes, an announcement to both at X−1, a polite end at
 * X; an operator may put it off, with a reason. Where the limit only warns, the operator hears the tone at X−2 and at X. For a limit other than 15 minutes the warnings keep their proportion, two and one
 * minute being the most.
 */
import { sound } from './announcements.ts'
import { bridgeOfTalk, keepCaller } from './parties.ts'
import { playbackId } from './ids.ts'
import { limitCuts } from './lines.ts'
import type { Call, Talking } from './model.ts'
import type { Settings } from './settings.ts'
import type { Turn } from './turn.ts'
import { farewell, lastWords } from './waiting.ts'

const minute = 60_000
const whisperBeforeMs = ({ capMs }: Settings): number => Math.min(2 * minute, (capMs * 2) / 15)
const announceBeforeMs = ({ capMs }: Settings): number => Math.min(minute, capMs / 15)
/** What one extension adds: a third of the limit, five minutes of fifteen. */
export const extensionMs = ({ capMs }: Settings): number => capMs / 3

type OfLine = Pick<Call, 'line'>
/** What Asterisk allows beyond a limit that only warns. */
const warnOnlyMs = 4 * 3_600_000
const netMarginS = 10
/** Asterisk's own limit, in s: a net a little wider than ours. */
export const netSeconds = ({ now, settings }: Pick<Turn, 'now' | 'settings'>, { line }: OfLine, capAt: number): number =>
  Math.ceil(Math.max(1_000, capAt - now + (limitCuts(settings, line) ? 0 : warnOnlyMs)) / 1000) + netMarginS

/** The limit of a conversation of which Asterisk's net alone is known. @param leftS what is left of that, in s */
export const capOfNet = ({ now, settings }: Pick<Turn, 'now' | 'settings'>, { line }: OfLine, leftS: number): number =>
  now + (leftS - netMarginS) * 1000 - (limitCuts(settings, line) ? 0 : warnOnlyMs)

/** The next moment at which the limit has something to say. */
export function limitDeadline({ line }: OfLine, status: Talking, settings: Settings): number {
  const cuts = limitCuts(settings, line)
  switch (status.warned) {
    case 'none':
      return status.capAt - whisperBeforeMs(settings)
    case 'whispered':
      return cuts ? status.capAt - announceBeforeMs(settings) : status.capAt
    case 'announced':
      return status.capAt
    case 'passed':
      return cuts ? status.capAt : Number.POSITIVE_INFINITY
    default:
      return status.warned satisfies never
  }
}

/** The limit's deadline has fallen: say what it has to say by now; after a long absence only the last of it. */
export function watchLimit(turn: Turn, call: Call): void {
  if (call.status.kind !== 'talking') return
  const { status } = call
  const { settings, now } = turn
  if (!limitCuts(settings, call.line)) {
    const passed = status.capAt <= now
    warn(turn, call, status, passed ? 'passed' : 'whispered')
    // Begun while the limit still cut, they would be cut by Asterisk.
    if (passed) armNet(turn, call)
    return
  }
  if (status.capAt <= now) return endByLimit(turn, call)
  if (status.capAt - announceBeforeMs(settings) > now) return warn(turn, call, status, 'whispered')
  turn.record({ type: 'limit-warned', callId: call.id, how: 'announced' })
  const said = { playback: playbackId(call), sounds: [sound('limit-soon')] }
  turn.perform({ type: 'announce', channel: call.channel, bridge: bridgeOfTalk(status), language: call.language, ...said })
  if (status.onHold || status.rejoining != null)
    turn.perform({ type: 'play', channel: call.channel, language: call.language, playback: `${said.playback}-held`, sounds: said.sounds })
}

/** The tone to the operator alone: at X−2, and where the limit only warns once more at X. */
function warn(turn: Turn, { id }: Call, { operatorId, leg }: Talking, how: 'whispered' | 'passed'): void {
  turn.record({ type: 'limit-warned', callId: id, how })
  if (operatorId !== null) turn.perform({ type: 'whisper', channel: leg })
}

function endByLimit(turn: Turn, call: Call): void {
  keepCaller(turn, call)
  lastWords(turn, call)
  farewell(turn, call, 'limit-reached', 'capped')
}

export function extendLimit(turn: Turn, call: Call, operatorId: string, reason: string): void {
  if (call.status.kind !== 'talking' || call.status.operatorId !== operatorId) return
  // One that only warns may have passed long ago.
  const capAt = Math.max(call.status.capAt, turn.now) + extensionMs(turn.settings)
  turn.record({ type: 'limit-extended', callId: call.id, operatorId, reason, capAt })
  armNet(turn, turn.latest(call))
}

/** Asterisk's own limit, anew for everybody in the conversation: for whom is asked too, who would be cut off by the earlier one. */
export function armNet(turn: Turn, call: Call): void {
  const { channel, status } = call
  if (status.kind !== 'talking') return
  const { leg, consult, capAt } = status
  const legs = consult === null || consult.phase === 'ringing' ? [leg] : [leg, consult.leg]
  for (const one of legs) turn.perform({ type: 'limit', channel, leg: one, limitS: netSeconds(turn, call, capAt) })
}
