import type { Logger } from 'pino'
import type { Stores } from '../database/stores.ts'
import { indicatorMailText, periodBefore } from '../indicators/schedule.ts'
import { Rounds } from './rounds.ts'

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
export const indicatorMails = ({ stores, timeZone, publicUrl, log, onOwed }: Ports): Rounds =>
  new Rounds({
    everyMs,
    log,
    failing: 'Mails of indicators cannot be sent now',
    async look() {
      for (const mail of await stores.indicatorMails.due()) {
        const period = periodBefore(mail.every, Date.parse(mail.nextAt), timeZone)
        const [calls, tickets] = await Promise.all([
          stores.indicators.calls(period),
          stores.indicators.tickets({ ...period, by: 'medium' }),
        ])
        if (await stores.indicatorMails.send(mail, indicatorMailText({ ...mail, calls, tickets, publicUrl }))) onOwed()
      }
    },
  })
