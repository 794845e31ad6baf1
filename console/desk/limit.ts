import type { CallView } from '../../server/contract/entities.ts'

/** The last seconds before the limit, when the clock changes tone, and when it insists. */
const nearSeconds = 120
const lastSeconds = 60

export type Limit = { readonly totalSeconds: number; readonly leftSeconds: number; readonly near: 'near' | 'last' | null }

/** How the conversation stands against its limit at `nowMs` (the server's clock); null when it has none. */
export function limitOf(call: CallView, nowMs: number): Limit | null {
  if (call.capAt === null || call.answeredAt === null) return null
  const capMs = Date.parse(call.capAt)
  const leftSeconds = Math.max(0, Math.ceil((capMs - nowMs) / 1_000))
  return {
    totalSeconds: Math.max(1, Math.round((capMs - Date.parse(call.answeredAt)) / 1_000)),
    leftSeconds,
    near: leftSeconds <= lastSeconds ? 'last' : leftSeconds <= nearSeconds ? 'near' : null,
  }
}
