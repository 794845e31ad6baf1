import { and, desc, eq, inArray, or } from 'drizzle-orm'
import type { Ticket } from '../contract/entities.ts'
import { asksVerified } from '../contract/category-tree.ts'
import type { TicketContext } from '../tickets/model.ts'
import type { Queries } from './connection.ts'
import { identityChecks } from './schema-people.ts'

/** What of a ticket says whose identity it asks for; `id` null: it is being opened. */
type Asking = Pick<Ticket, 'callId' | 'categoryId'> & {
  readonly id: string | null
  readonly requester: Pick<Ticket['requester'], 'personId'>
}

/** What is decided of a ticket whose category wants to know who asks, with whether somebody has made sure, in its call or since. */
export async function withIdentity<C extends TicketContext>(
  tx: Queries,
  context: C,
  { id, callId, categoryId, requester }: Asking,
): Promise<C> {
  if (!asksVerified(context.policy.categories, categoryId)) return context
  const about = [...(id === null ? [] : [eq(identityChecks.ticketId, id)]), ...(callId === null ? [] : [eq(identityChecks.callId, callId)])]
  const [latest] =
    about.length === 0
      ? []
      : await tx
          .select({ outcome: identityChecks.outcome, personId: identityChecks.personId })
          .from(identityChecks)
          .where(and(or(...about), inArray(identityChecks.outcome, ['verified', 'failed'])))
          .orderBy(desc(identityChecks.at))
          .limit(1)
  return { ...context, isVerified: latest?.outcome === 'verified' && latest.personId === requester.personId }
}
