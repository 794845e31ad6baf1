import { type SQL, sql } from 'drizzle-orm'
import type { Period, TicketCriterion } from '../contract/indicators.ts'
import { within } from './period-sql.ts'

/** Calls refused as not for this desk, each once: they leave no ticket. */
export const refusedCalls = (period: Period, zone: string): SQL => sql`
  select d.call_id, d.at, d.by_name, d.reason, d.target_name, coalesce(c.entity_id, 'root') as entity_id
  from dispositions d left join call_figures c on c.call_id = d.call_id
  where d.kind = 'refused' and ${within(sql`d.at`, period, zone)}
    and not exists (select 1 from dispositions e where e.call_id = d.call_id and e.kind = 'refused' and e.id < d.id)`

const known: Readonly<Partial<Record<TicketCriterion, SQL>>> = {
  medium: sql`'phone'`,
  entity: sql`f.entity_id`,
  sentTo: sql`coalesce(f.target_name, 'nobody')`,
}
/** What is known of them by a criterion of tickets; of most, nothing. */
export const ofRefusedCall = (criterion: TicketCriterion | null): SQL => (criterion === null ? undefined : known[criterion]) ?? sql`null`
