import { randomUUID } from 'node:crypto'
import { and, eq, or } from 'drizzle-orm'
import type { Session } from '../contract/http.ts'
import { ticketFilters } from '../contract/ticket-lists.ts'
import type { SavedView, viewWrite } from '../contract/views.ts'
import type { z } from 'zod'
import { mayFurther } from '../contract/rights.ts'
import { ServiceError } from '../errors.ts'
import type { Queries } from './connection.ts'
import { savedViews } from './schema-lists.ts'

const most = 50
type Owner = Pick<Session, 'id' | 'name' | 'role'>
type Write = z.output<typeof viewWrite>
const mayShare = (me: Owner) => mayFurther(me, 'shareViews')

/** Lists that people keep: one's own, and those that are shared. */
export function viewStore(db: Queries, now: () => Date) {
  const may = (me: Owner) => (mayShare(me) ? or(eq(savedViews.ownerId, me.id), savedViews.shared) : eq(savedViews.ownerId, me.id))
  const list = async (me: Owner): Promise<SavedView[]> => {
    const rows = await db
      .select()
      .from(savedViews)
      .where(or(eq(savedViews.ownerId, me.id), savedViews.shared))
      .orderBy(savedViews.shared, savedViews.name)
    return rows.map(({ id, name, filters, shared, ownerId, ownerName }) => ({
      id,
      name,
      // What a filter of an earlier version meant is left out rather than refused.
      filters: ticketFilters.safeParse(filters).data ?? {},
      shared,
      by: ownerName,
      mine: ownerId === me.id || (shared && mayShare(me)),
    }))
  }
  const checked = ({ shared }: Write, me: Owner) => {
    if (shared && !mayShare(me)) throw new ServiceError('forbidden')
  }

  return {
    list,

    /** @throws ServiceError `forbidden` to share without the right, `conflict` beyond fifty of one's own */
    async add(view: Write, me: Owner): Promise<SavedView[]> {
      checked(view, me)
      if ((await list(me)).filter(({ mine }) => mine).length >= most)
        throw new ServiceError('conflict', `${most} listes gardées, retirez-en une`)
      await db.insert(savedViews).values({ ...view, id: randomUUID(), ownerId: me.id, ownerName: me.name, at: now() })
      return list(me)
    },

    /** @throws ServiceError `not_found` for one that is not one's to change, `forbidden` */
    async change(id: string, view: Write, me: Owner): Promise<SavedView[]> {
      checked(view, me)
      const { rowCount } = await db
        .update(savedViews)
        .set({ ...view, at: now() })
        .where(and(eq(savedViews.id, id), may(me)))
      if (rowCount === 0) throw new ServiceError('not_found')
      return list(me)
    },

    async remove(id: string, me: Owner): Promise<SavedView[]> {
      const { rowCount } = await db.delete(savedViews).where(and(eq(savedViews.id, id), may(me)))
      if (rowCount === 0) throw new ServiceError('not_found')
      return list(me)
    },
  }
}
export type ViewStore = ReturnType<typeof viewStore>
