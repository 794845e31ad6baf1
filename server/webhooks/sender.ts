import { randomBytes } from 'node:crypto'
import type { BlockList } from 'node:net'
import type { Logger } from 'pino'
import type { Delivery, WebhookChange, WebhookGiven } from '../contract/webhooks.ts'
import type { DueDelivery, WebhookStore } from '../database/webhook-store.ts'
import { ServiceError } from '../errors.ts'
import { createSealing } from '../sealing.ts'
import { post, type Resolve } from './post.ts'
import { signatureOf } from './signature.ts'
import { inWords } from './words.ts'

/** When to try again after each attempt, in s; then it has failed: about a day in all. */
const backOffSeconds = [10, 60, 300, 1_800, 7_200, 21_600, 43_200]
/** A try holds its delivery for so long; one that a kill cut short is taken up again after it. */
const leaseMs = 60_000
const everyMs = 5_000
const daysKept = 30
const cleanedEveryMs = 3_600_000

/**
 * Tells other programs of what happened: at least once, each time with the same `Guichet-Delivery`, signed.
 * @param parts.key the site's secret, from which the webhooks' ones are sealed
 * @param parts.now in ms
 */
export function createWebhooks(parts: {
  readonly store: WebhookStore
  readonly key: string
  readonly allowed: BlockList
  readonly publicUrl: string
  readonly log: Pick<Logger, 'warn'>
  readonly now: () => number
  readonly resolve?: Resolve
}) {
  const { store, allowed, log, now } = parts
  const sealing = createSealing(parts.key, 'webhooks')
  let running: Promise<void> | null = null
  let timer: NodeJS.Timeout | null = null
  let stopped = false
  let cleanedAt = 0

  async function attempt(due: DueDelivery): Promise<void> {
    const secret = sealing.open(due.secret)?.toString()
    const body = JSON.stringify({ id: due.id, text: inWords(due.body, parts.publicUrl), ...due.body })
    const at = Math.floor(now() / 1_000)
    const tried =
      secret === undefined
        ? { status: null, error: 'secret illisible : recréez ce webhook', tookMs: 0 }
        : await post(
            {
              url: due.url,
              body,
              headers: { 'guichet-delivery': due.id, 'guichet-signature': signatureOf(secret, at, body), 'user-agent': 'guichet-unique' },
            },
            allowed,
            parts.resolve,
          )
    const wait = backOffSeconds[due.attempts - 1]
    await store.tried(due, tried, tried.error === null || wait === undefined ? null : new Date(now() + wait * 1_000))
  }

  async function round(): Promise<void> {
    try {
      for (let due = await store.claim(leaseMs); due !== null && !stopped; due = await store.claim(leaseMs)) await attempt(due)
      if (now() - cleanedAt < cleanedEveryMs) return
      cleanedAt = now()
      await store.forget(daysKept)
    } catch (error) {
      log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'Webhooks cannot be read or written')
    }
  }
  const wake = (): Promise<void> =>
    (running ??= round().finally(() => {
      running = null
    }))

  return {
    /** Sends what is due, now and whenever something is. */
    start(): void {
      void wake()
      timer = setInterval(() => void wake(), everyMs)
      timer.unref()
    },
    /** Lets the try under way end. */
    async stop(): Promise<void> {
      stopped = true
      if (timer !== null) clearInterval(timer)
      await running
    },
    /** Everything due has been tried once this resolves. Never rejects. */
    wake,

    async create(change: WebhookChange, by: string): Promise<WebhookGiven> {
      const secret = `gws_${randomBytes(32).toString('base64url')}`
      const id = await store.create(change, sealing.seal(Buffer.from(secret)), by)
      const view = (await store.list()).find((one) => one.id === id)
      if (view === undefined) throw new ServiceError('not_found')
      return { secret, view }
    },

    /** Send something now, and wait for what comes of it. @throws ServiceError `not_found` */
    async deliver(deliveryId: string | null): Promise<Delivery> {
      if (deliveryId === null) throw new ServiceError('not_found')
      const due = await store.claim(leaseMs, deliveryId)
      if (due !== null) await attempt(due)
      const done = await store.delivery(deliveryId)
      if (done === null) throw new ServiceError('not_found')
      return done
    },
  }
}
export type Webhooks = ReturnType<typeof createWebhooks>
