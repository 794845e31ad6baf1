import { setTimeout as delay } from 'node:timers/promises'

/**
 * Ask `probe` again and again until it says true.
 * @returns false when `deadlineMs` passed first, or `signal` aborted.
 */
export async function until(
  probe: () => boolean | Promise<boolean>,
  deadlineMs: number,
  options: { everyMs?: number; signal?: AbortSignal } = {},
): Promise<boolean> {
  const end = performance.now() + deadlineMs
  for (;;) {
    if (options.signal?.aborted) return false
    if (await probe()) return true
    if (performance.now() >= end) return false
    await delay(options.everyMs ?? 25)
  }
}
