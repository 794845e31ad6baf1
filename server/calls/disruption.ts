/**
 * What hampers many at once is told to callers before anything else, once for each text of it; those who wait when it begins hear of it
 * at once. Whoever is served meanwhile is never held back: what is being said stops as for any announcement.
 */
import { sound } from './announcements.ts'
import type { Call, Settings } from './model.ts'
import type { Turn } from './turn.ts'

type About = {
  readonly sounds: readonly string[]
  /** The key alone, for those who know what it is about. */
  readonly reminder: readonly string[]
  readonly note: { readonly disruption?: string }
}
const nothing: About = { sounds: [], reminder: [], note: {} }

/** @param again told even to who has heard it: in another language, or on the closed side */
export function aboutDisruption({ settings }: Turn, call: Call, again = false): About {
  const { disruption } = settings
  if (disruption === null) return nothing
  if (call.toldOf === disruption.sound && !again) return { ...nothing, reminder: [sound('disruption-reminder')] }
  return { sounds: [sound(disruption.sound), sound('disruption-key')], reminder: [], note: { disruption: disruption.sound } }
}

/** Somebody in the music who has not heard of it yet; what is being said or keyed ends first. */
export const mustHear = ({ status, toldOf }: Call, { disruption }: Settings): boolean =>
  disruption !== null && status.kind === 'waiting' && status.playing === null && status.keeping === null && toldOf !== disruption.sound
