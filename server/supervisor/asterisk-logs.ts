import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

const largest = 20_000_000
const kept = 5
const everyMs = 3_600_000

/** Ask Asterisk for a rotation when its log is large, and drop the oldest ones; looked at now and every hour. */
export function keepLogsSmall(logDir: string, rotate: () => Promise<unknown>): { stop(): void } {
  const look = async (): Promise<void> => {
    const size = statSync(join(logDir, 'messages.log'), { throwIfNoEntry: false })?.size ?? 0
    // Asterisk that does not answer now is asked again in an hour.
    if (size > largest) await rotate().catch(() => null)
    const old = readdirSync(logDir).filter((name) => /^messages\.log\.\d+$/.test(name))
    for (const name of old) if (Number(name.split('.').at(-1)) >= kept) rmSync(join(logDir, name), { force: true })
  }
  const timer = setInterval(() => void look(), everyMs)
  timer.unref()
  void look()
  return { stop: () => clearInterval(timer) }
}
