/** Something on this machine stops the start; the message is one French sentence that says what to install or set. */
export class SetupError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SetupError'
  }
}

/** Where the supervisor tells its progress; pino's logger fits. */
export type Log = {
  info(message: string): void
  warn(message: string): void
  error(message: string): void
}
