/** Ids of everything that belongs to a call are made from the call's own, so that what Asterisk reports leads back to it. */
import type { Call, DeskState } from './model.ts'

export const legId = (call: Call): string => `${call.id}~leg${call.serial}`
/** The channel of somebody whom we call. */
export const outChannelId = (call: Call): string => `${call.id}~out${call.serial}`
export const bridgeOfLeg = (leg: string): string => `${leg}~bridge`
/** The leg whose conversation's bridge this is; another's id is no leg's. */
export const legOfBridge = (bridge: string): string => bridge.replace(/~bridge$/, '')
export const playbackId = (call: Call): string => `${call.id}~play${call.serial}`
/** The recording of a conversation, or of a part of it. */
export const talkRecordingId = (call: Call): string => `${call.id}~rec${call.serial}`
export const recordingId = (call: Call): string => `message-${call.id}`

export const callIdOf = (id: string): string => {
  const mark = id.indexOf('~')
  return mark < 0 ? id.replace(/^message-/, '') : id.slice(0, mark)
}
/** A channel that we made: an operator's phone, or somebody's whom we call. */
export const isLeg = (id: string): boolean => /~(leg|out)\d+$/.test(id)
/** The number in a leg's id. */
export const serialOf = (leg: string): number => Number(/\d+$/.exec(leg)?.[0] ?? 0)

export const callOf = (state: DeskState, id: string): Call | undefined => state.calls.get(callIdOf(id))
