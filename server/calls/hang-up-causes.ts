/** What a hang-up cause (ITU-T Q.850) says of a phone that was rung and never answered. */
import type { ConsultEnd, DialEnd, OfferEnd } from './facts.ts'

const busy = new Set([17, 21])
const unanswered = new Set([16, 18, 19])
const unallocated = new Set([1, 28])
/** A temporary failure, as for a phone that could not even be rung. */
export const notRung = 41

/** Of an operator's own phone: who makes it busy does not want the call. */
export function offerEndOf(cause: number): OfferEnd {
  if (busy.has(cause)) return 'declined'
  return unanswered.has(cause) ? 'no-answer' : 'unreachable'
}

/** Of whom we called. */
export function dialEndOf(cause: number): Extract<DialEnd, 'busy' | 'unallocated' | 'no-answer' | 'unreachable'> {
  if (busy.has(cause)) return 'busy'
  if (unallocated.has(cause)) return 'unallocated'
  return unanswered.has(cause) || cause === 0 ? 'no-answer' : 'unreachable'
}

/** Of whoever was to be asked, or handed a caller. */
export function consultEndOf(cause: number): ConsultEnd {
  const end = dialEndOf(cause)
  return end === 'unallocated' ? 'unreachable' : end
}
