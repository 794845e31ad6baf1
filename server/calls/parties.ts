/** The channels and bridges that a call has besides the caller's own. */
import { bridgeOfLeg } from './ids.ts'
import type { Call, CallStatus, Consult, Offer, Talking, Target, Watch } from './model.ts'
import type { Callee } from './effects.ts'
import type { Turn } from './turn.ts'

export const calleeOf = (target: Target): Callee =>
  target.kind === 'operator' ? { kind: 'operator', operatorId: target.operatorId } : { kind: 'number', number: target.number }

const ofTalk = ({ leg, consult, watch, rejoining }: Talking): readonly string[] => [
  leg,
  ...(rejoining?.leg == null ? [] : [rejoining.leg]),
  ...(consult === null ? [] : [consult.leg]),
  ...(watch === null ? [] : [watch.leg]),
]

const legsOfStatus = (status: CallStatus): readonly string[] =>
  status.kind === 'talking' ? ofTalk(status) : 'leg' in status ? [status.leg] : []

/** Channels that were made for a call and are still wanted, but the person's. */
export const legsOf = ({ offers, status }: Call): readonly string[] => [...offers.map(({ leg }) => leg), ...legsOfStatus(status)]

/**
 * What a channel is to its call.
 *
 * person     whoever calls, once we called them and they picked up too
 * dialled    whom we call, `dialling`: the phone of the operator who hears it ring
 * offered    an operator's phone that rings for the call
 * handed     the phone of whom the caller is handed over to
 * asked      the phone of somebody else in a conversation; `watching`: a supervisor's
 * rejoining  the phone that rings to take a conversation up again
 * talking    the phone of who has the conversation
 */
export type Part =
  | { readonly is: 'person' | 'dialled' | 'dialling' }
  | { readonly is: 'offered'; readonly offer: Offer }
  | { readonly is: 'handed'; readonly target: Target }
  | { readonly is: 'asked'; readonly consult: Consult }
  | { readonly is: 'watching'; readonly watch: Watch }
  | { readonly is: 'rejoining' | 'talking'; readonly talk: Talking }

/** @returns null for one that is not, or no longer, wanted */
export function partOf({ channel, offers, status }: Call, id: string): Part | null {
  if (id === channel) return { is: status.kind === 'dialling' ? 'dialled' : 'person' }
  const offer = offers.find(({ leg }) => leg === id)
  if (offer !== undefined) return { is: 'offered', offer }
  if (status.kind === 'talking') return partOfTalk(status, id)
  if (!('leg' in status) || status.leg !== id) return null
  return status.kind === 'dialling' ? { is: 'dialling' } : { is: 'handed', target: status.target }
}

function partOfTalk(talk: Talking, id: string): Part | null {
  const { leg, consult, watch, rejoining } = talk
  if (consult?.leg === id) return { is: 'asked', consult }
  if (watch?.leg === id) return { is: 'watching', watch }
  if (rejoining?.leg === id) return { is: 'rejoining', talk }
  return leg === id ? { is: 'talking', talk } : null
}

/** Bridges made for a call. */
export function bridgesOf(call: Call): readonly string[] {
  const { status } = call
  const ofLegs = legsOf(call).map(bridgeOfLeg)
  return status.kind === 'talking' ? [...new Set([...ofLegs, status.bridge])] : ofLegs
}

/** Which operators' phones ring for a call, and on which legs: as offered, asked or to be handed over to, or supervising. */
export function rungFor({ offers, status }: Call): readonly { readonly operatorId: string; readonly leg: string }[] {
  const rung = (target: Target, leg: string) => (target.kind === 'operator' ? [{ operatorId: target.operatorId, leg }] : [])
  if (offers.length > 0) return offers
  if (status.kind === 'transferring') return rung(status.target, status.leg)
  if (status.kind !== 'talking') return []
  const { consult, watch, rejoining, operatorId } = status
  return [
    ...(rejoining?.leg == null || operatorId === null ? [] : [{ operatorId, leg: rejoining.leg }]),
    ...(consult?.phase === 'ringing' ? rung(consult.target, consult.leg) : []),
    ...(watch?.phase === 'ringing' ? [{ operatorId: watch.supervisorId, leg: watch.leg }] : []),
  ]
}

/** Whether a colleague asks this operator, who has picked up. */
export const isAsked = ({ status }: Call, operatorId: string): boolean =>
  status.kind === 'talking' &&
  status.consult !== null &&
  status.consult.phase !== 'ringing' &&
  status.consult.target.kind === 'operator' &&
  status.consult.target.operatorId === operatorId

/** Everybody of a call but the caller, and whoever it was offered to, is hung up. @param gone the telephone that has hung up already */
export function hangUpParties(turn: Turn, { status }: Call, gone?: string): void {
  if (status.kind === 'talking' && status.watch?.phase === 'up' && status.watch.mode !== 'join')
    turn.perform({ type: 'stop-spying', channel: status.leg, leg: status.watch.leg })
  for (const channel of legsOfStatus(status)) if (channel !== gone) turn.perform({ type: 'hang-up', channel })
}

/** Whether the caller is in the conversation's bridge, not apart with music. */
const isTogether = ({ onHold, consult, rejoining }: Talking): boolean =>
  !onHold && rejoining == null && (consult === null || consult.phase === 'joined')

/** Where the operator talks: with the caller, or with somebody asked while the caller is apart. */
export const bridgeOfTalk = ({ consult, bridge }: Talking): string => (consult?.phase === 'talking' ? bridgeOfLeg(consult.leg) : bridge)

/** The conversation is over for everybody but the caller, who is spoken to. */
export function keepCaller(turn: Turn, call: Call, gone?: string): void {
  const { status, channel } = call
  hangUpParties(turn, call, gone)
  if (status.kind === 'talking' && isTogether(status)) turn.perform({ type: 'leave-bridge', channel, bridge: status.bridge })
  dropBridges(turn, call)
}

export function dropBridges(turn: Turn, { status }: Call): void {
  const legs = legsOfStatus(status)
  for (const leg of legs) turn.perform({ type: 'drop-bridge', bridge: bridgeOfLeg(leg), channel: leg })
  // After a conference that one party left, the conversation goes on in that party's bridge.
  if (status.kind === 'talking' && !legs.map(bridgeOfLeg).includes(status.bridge))
    turn.perform({ type: 'drop-bridge', bridge: status.bridge, channel: status.leg })
}
