/** What may be dialled, and how much of it (toll fraud): pure questions, asked before anything is dialled and before it is promised. */
import type { DeskState } from './model.ts'
import type { Settings } from './settings.ts'
import { isInternal } from './number.ts'

export const hourMs = 3_600_000

/** The prefix that lets a number be dialled; null when none does. @param number normalised */
export const allowingPrefix = (prefixes: readonly string[], number: string): string | null =>
  prefixes.find((prefix) => number.startsWith(prefix)) ?? null

/**
 * Whether a number may be dialled now.
 * @param number normalised
 * @param operatorId null for a kept place
 * @returns why not, or null
 */
export function refusalOf(
  { dialled }: DeskState,
  { outgoing }: Settings,
  { number, operatorId, now }: { readonly number: string; readonly operatorId: string | null; readonly now: number },
): 'not-allowed' | 'ceiling' | null {
  if (allowingPrefix(outgoing.prefixes, number) === null) return 'not-allowed'
  if (isInternal(number)) return null
  const lately = dialled.filter(({ at }) => at > now - hourMs)
  if (lately.length >= outgoing.perHour) return 'ceiling'
  const own = operatorId === null ? 0 : lately.filter(({ by }) => by === operatorId).length
  return own >= outgoing.perOperatorPerHour ? 'ceiling' : null
}
