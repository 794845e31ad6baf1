import type { Logger } from 'pino'
import { below, type Entity, entityPath } from '../contract/partition.ts'
import type { DueMail } from '../database/indicator-mail-store.ts'
import type { Stores } from '../database/stores.ts'
import { indicatorMailText, periodBefore } from '../indicators/schedule.ts'
import { Rounds } from './rounds.ts'

type Ports = {
  readonly stores: Pick<Stores, 'indicators' | 'indicatorMails' | 'accounts' | 'partition'>
  readonly entities: () => readonly Entity[]
  readonly timeZone: string
  readonly publicUrl: string
  readonly log: Pick<Logger, 'warn'>
  /** Mails were owed. */
  readonly onOwed: () => void
}
const everyMs = 60_000

/**
 * Owes the mails of indicators that are due. PostgreSQL away, or the service: they go out later, and once. One of an entity goes out only as
 * long as whoever ordered it is still told of that entity; else it pauses, and its page says so.
 */
export const indicatorMails = ({ stores, entities, timeZone, publicUrl, log, onOwed }: Ports): Rounds =>
  new Rounds({
    everyMs,
    log,
    failing: 'Mails of indicators cannot be sent now',
    async look() {
      for (const mail of await stores.indicatorMails.due()) {
        if (!(await mayStill(stores, mail))) {
          log.warn({ mail: mail.id }, 'A mail of indicators is paused: who ordered it is no longer told of its entity')
          await stores.indicatorMails.pause(mail)
          continue
        }
        const period = periodBefore(mail.every, Date.parse(mail.nextAt), timeZone)
        const scope = { entities: mail.entityId === null ? null : [...below(entities(), mail.entityId)], theirs: null }
        const [calls, tickets] = await Promise.all([
          stores.indicators.calls(period, scope),
          stores.indicators.tickets({ ...period, by: 'medium' }, scope),
        ])
        const entity = mail.entityId === null ? null : entityPath(entities(), mail.entityId) || mail.entityId
        if (await stores.indicatorMails.send(mail, indicatorMailText({ ...mail, entity, calls, tickets, publicUrl }))) onOwed()
      }
    },
  })

/** Whoever ordered a mail may have left, or lost the entity since. Those of the whole are management's, as are those older than entities. */
async function mayStill(stores: Ports['stores'], { entityId, byId }: DueMail): Promise<boolean> {
  if (byId === null) return true
  const account = await stores.accounts.byId(byId)
  if (account === null) return entityId === null
  const counted = await stores.partition.countedFor(account)
  return counted === null || (entityId !== null && counted.entities.includes(entityId))
}
