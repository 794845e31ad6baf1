/**
 * What hampers many at once is told to callers before anything else, once for each text of it; those who wait when it begins hear of it
 * at once. Whoever is served meanwhile is never held back: what is being said stops as for any announcement.
 */
import { sound } from './announcements.ts'
import type { Call } from './model.ts'
import type { Settings, SpokenDisruption } from './settings.ts'
import type { Turn } from './turn.ts'

type About = {
  readonly sounds: readonly string[]
  /** The key alone, for those who know what it is about. */
  readonly reminder: readonly string[]
  readonly note: { readonly disruption?: string }
}
const nothing: About = { sounds: [], reminder: [], note: {} }

const isHeard = ({ heardOf = [] }: Call, { sound: text }: SpokenDisruption): boolean => heardOf.includes(text)

/** The one that key 4 joins: the one told last, or the newest. */
export const joined = ({ toldOf }: Call, { disruptions }: Settings): SpokenDisruption | null =>
  disruptions.find(({ sound: text }) => text === toldOf) ?? disruptions[0] ?? null

/**
 * Of several, one at a time with its key, so that the key means the one just heard; once all are known they come round again, and one
 * alone is only recalled.
 */
function toTell(call: Call, { disruptions }: Settings): SpokenDisruption | null {
  const next = disruptions.find((one) => !isHeard(call, one))
  if (next !== undefined) return next
  const last = disruptions.findIndex(({ sound: text }) => text === call.toldOf)
  return disruptions.length > 1 ? (disruptions[(last + 1) % disruptions.length] ?? null) : null
}

/** @param again what they heard last is told anew, in another language */
export function aboutDisruption({ settings }: Turn, call: Call, again = false): About {
  if (settings.disruptions.length === 0) return nothing
  const one = again ? joined(call, settings) : toTell(call, settings)
  if (one === null) return { ...nothing, reminder: [sound('disruption-reminder')] }
  return { sounds: [sound(one.sound), sound('disruption-key')], reminder: [], note: { disruption: one.sound } }
}

/** On the closed side there is one occasion: every text, and the key for the last one said, which is the newest. */
export function aboutAll({ settings }: Turn, call: Call): About {
  const one = joined(call, settings)
  if (one === null) return nothing
  const others = settings.disruptions.filter((other) => other !== one)
  return {
    sounds: [...[...others, one].map((each) => sound(each.sound)), sound('disruption-key')],
    reminder: [],
    note: { disruption: one.sound },
  }
}

/** Somebody in the music who has not heard of one yet; what is being said or keyed ends first. */
export const mustHear = (call: Call, { disruptions }: Settings): boolean =>
  call.status.kind === 'waiting' &&
  call.status.playing === null &&
  call.status.keeping === null &&
  disruptions.some((one) => !isHeard(call, one))
