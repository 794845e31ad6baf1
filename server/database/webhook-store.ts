import { and, desc, eq, inArray, lt, lte, sql } from 'drizzle-orm'
import type { Delivery, Webhook, WebhookChange } from '../contract/webhooks.ts'
import type { Db } from './connection.ts'
import { webhookDeliveries, webhooks } from './schema-access.ts'

/** A delivery taken to be sent; `attempts` proves afterwards that it is still this try that holds it. */
export type DueDelivery = {
  readonly id: string
  readonly attempts: number
  readonly body: Record<string, unknown>
  readonly url: string
  readonly secret: string
}
export type Tried = { readonly status: number | null; readonly error: string | null; readonly tookMs: number }

const shown = (row: typeof webhookDeliveries.$inferSelect): Delivery => ({
  id: row.id,
  event: row.event,
  body: row.body,
  state: row.state,
  attempts: row.attempts,
  at: row.at.toISOString(),
  nextAttemptAt: row.state === 'pending' ? row.nextAttemptAt.toISOString() : null,
  lastAt: row.lastAt?.toISOString() ?? null,
  lastStatus: row.lastStatus,
  lastError: row.lastError,
  tookMs: row.tookMs,
})

/** Who is told of what, and what is owed to them. What happened is written there by triggers, in its own transaction. */
export function webhookStore(db: Db, now: () => Date) {
  const own = (id: string) => eq(webhooks.id, id)
  return {
    async list(): Promise<Webhook[]> {
      const rows = await db.select().from(webhooks).orderBy(webhooks.name)
      const latest = await db
        .selectDistinctOn([webhookDeliveries.webhookId])
        .from(webhookDeliveries)
        .orderBy(webhookDeliveries.webhookId, desc(webhookDeliveries.at))
      const waiting = await db
        .select({ id: webhookDeliveries.webhookId, n: sql<number>`count(*)::int` })
        .from(webhookDeliveries)
        .where(inArray(webhookDeliveries.state, ['pending', 'sending']))
        .groupBy(webhookDeliveries.webhookId)
      return rows.map(({ secret: _secret, createdAt, ...row }) => {
        const last = latest.find((one) => one.webhookId === row.id)
        const { at, state, lastStatus, lastError } =
          last === undefined ? { at: null, state: null, lastStatus: null, lastError: null } : shown(last)
        return {
          ...row,
          createdAt: createdAt.toISOString(),
          waiting: waiting.find(({ id }) => id === row.id)?.n ?? 0,
          last: at === null || state === null ? null : { at, state, lastStatus, lastError },
        }
      })
    },

    async create(change: WebhookChange, secret: string, by: string): Promise<string> {
      const [made] = await db
        .insert(webhooks)
        .values({ ...change, secret, createdAt: now(), createdBy: by })
        .returning({ id: webhooks.id })
      if (made === undefined) throw new Error('no row')
      return made.id
    },

    /** @returns whether there is one */
    async change(id: string, change: WebhookChange): Promise<boolean> {
      return (await db.update(webhooks).set(change).where(own(id))).rowCount === 1
    },

    /** @returns whether there was one; what was owed to it goes too */
    async remove(id: string): Promise<boolean> {
      return (await db.delete(webhooks).where(own(id))).rowCount === 1
    },

    async deliveries(webhookId: string): Promise<Delivery[]> {
      const rows = await db
        .select()
        .from(webhookDeliveries)
        .where(eq(webhookDeliveries.webhookId, webhookId))
        .orderBy(desc(webhookDeliveries.at))
        .limit(50)
      return rows.map(shown)
    },

    async delivery(id: string): Promise<Delivery | null> {
      const [found] = await db.select().from(webhookDeliveries).where(eq(webhookDeliveries.id, id))
      return found === undefined ? null : shown(found)
    },

    /** Owe one that nothing brought. @returns its id; null when there is no such webhook */
    async owe(webhookId: string, event: string, body: Record<string, unknown>): Promise<string | null> {
      if ((await db.select({ id: webhooks.id }).from(webhooks).where(own(webhookId))).length === 0) return null
      const [made] = await db
        .insert(webhookDeliveries)
        .values({ webhookId, event, body, at: now(), nextAttemptAt: now() })
        .returning({ id: webhookDeliveries.id })
      return made?.id ?? null
    },

    /** What an earlier one said is owed again. @returns the new one's id; null when it is not this webhook's */
    async again(webhookId: string, deliveryId: string): Promise<string | null> {
      const [before] = await db
        .select({ event: webhookDeliveries.event, body: webhookDeliveries.body })
        .from(webhookDeliveries)
        .where(and(eq(webhookDeliveries.id, deliveryId), eq(webhookDeliveries.webhookId, webhookId)))
      return before === undefined ? null : this.owe(webhookId, before.event, before.body)
    },

    /** The webhooks that something is due to. */
    async owed(): Promise<string[]> {
      const rows = await db
        .selectDistinct({ id: webhookDeliveries.webhookId })
        .from(webhookDeliveries)
        .where(and(inArray(webhookDeliveries.state, ['pending', 'sending']), lte(webhookDeliveries.nextAttemptAt, now())))
      return rows.map(({ id }) => id)
    },

    /** The next one that is due to a webhook, or one that is to be sent now, due or not, held for `leaseMs`; null when there is none. */
    async claim(leaseMs: number, what: { readonly webhook: string } | { readonly delivery: string }): Promise<DueDelivery | null> {
      const due =
        'delivery' in what
          ? eq(webhookDeliveries.id, what.delivery)
          : and(eq(webhookDeliveries.webhookId, what.webhook), lte(webhookDeliveries.nextAttemptAt, now()))
      const next = db
        .select({ id: webhookDeliveries.id })
        .from(webhookDeliveries)
        .innerJoin(webhooks, eq(webhooks.id, webhookDeliveries.webhookId))
        .where(and(inArray(webhookDeliveries.state, ['pending', 'sending']), due))
        .orderBy(webhookDeliveries.nextAttemptAt)
        .limit(1)
        .for('update', { of: webhookDeliveries, skipLocked: true })
      const [taken] = await db
        .update(webhookDeliveries)
        .set({ state: 'sending', attempts: sql`${webhookDeliveries.attempts} + 1`, nextAttemptAt: new Date(now().getTime() + leaseMs) })
        .where(inArray(webhookDeliveries.id, next))
        .returning()
      if (taken === undefined) return null
      const [to] = await db.select({ url: webhooks.url, secret: webhooks.secret }).from(webhooks).where(own(taken.webhookId))
      return to === undefined ? null : { id: taken.id, attempts: taken.attempts, body: taken.body, ...to }
    },

    /** @param againAt null: it is over, well or not */
    async tried({ id, attempts }: DueDelivery, { status, error, tookMs }: Tried, againAt: Date | null): Promise<void> {
      const state = error === null ? 'sent' : againAt === null ? 'failed' : 'pending'
      await db
        .update(webhookDeliveries)
        .set({ state, lastAt: now(), lastStatus: status, lastError: error, tookMs, ...(againAt && { nextAttemptAt: againAt }) })
        .where(and(eq(webhookDeliveries.id, id), eq(webhookDeliveries.attempts, attempts)))
    },

    /** What is over is forgotten after so many days. */
    async forget(days: number): Promise<void> {
      const before = new Date(now().getTime() - days * 86_400_000)
      await db.delete(webhookDeliveries).where(and(inArray(webhookDeliveries.state, ['sent', 'failed']), lt(webhookDeliveries.at, before)))
    },
  }
}
export type WebhookStore = ReturnType<typeof webhookStore>
