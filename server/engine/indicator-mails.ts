import type { Logger } from 'pino'
import type { Stores } from '../database/stores.ts'
import { indicatorMailText, periodBefore } from '../indicators/schedule.ts'

type Ports = {
  readonly stores: Pick<Stores, 'indicators' | 'indicatorMails'>
  readonly timeZone: string
  readonly publicUrl: string
  readonly log: Pick<Logger, 'warn'>
  /** Mails were owed. */
  readonly onOwed: () => void
}
const everyMs = 60_000

/** Owes the mails of indicators that are due. PostgreSQL away, or the service: they go out later, and once. */
export class IndicatorMails {
  readonly #ports: Ports
  #timer: NodeJS.Timeout | null = null
  #looking: Promise<void> | null = null

  constructor(ports: Ports) {
    this.#ports = ports
  }

  start(): void {
    if (this.#timer !== null) return
    this.#timer = setInterval(() => void this.look(), everyMs)
    this.#timer.unref()
    void this.look()
  }

  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null
    })
    return this.#looking
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
    await this.#looking
  }

  async #look(): Promise<void> {
    const { stores, timeZone, publicUrl, log, onOwed } = this.#ports
    try {
      for (const mail of await stores.indicatorMails.due()) {
        const period = periodBefore(mail.every, Date.parse(mail.nextAt), timeZone)
        const [calls, tickets] = await Promise.all([
          stores.indicators.calls(period),
          stores.indicators.tickets({ ...period, by: 'medium' }),
        ])
        if (await stores.indicatorMails.send(mail, indicatorMailText({ ...mail, calls, tickets, publicUrl }))) onOwed()
      }
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'Mails of indicators cannot be sent now')
    }
  }
}
