import type { Log } from '../../server/supervisor/setup-error.ts'

/** Tells nothing but errors. */
export const quiet: Log = {
  info: () => {},
  warn: () => {},
  error: (message) => process.stderr.write(`${message}\n`),
}
