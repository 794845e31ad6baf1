import { randomBytes } from 'node:crypto'
import type { BlockList } from 'node:net'
import type { Logger } from 'pino'
import type { Delivery, WebhookChange, WebhookGiven } from '../contract/webhooks.ts'
import type { DueDelivery, WebhookStore } from '../database/webhook-store.ts'
import { Rounds } from '../engine/rounds.ts'
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
const failing = 'Webhooks cannot be read or written'

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
  let cleanedAt = 0

  /** @returns whether it was taken */
  async function attempt(due: DueDelivery): Promise<boolean> {
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
    return tried.error === null
  }

  /** Each has a lane of its own: one that never answers holds up no other. What is not taken ends the round of its lane. */
  const lanes = new Map<string, Rounds>()
  function laneOf(webhook: string): Rounds {
    const known = lanes.get(webhook)
    if (known !== undefined) return known
    const look = async (stopping: () => boolean) => {
      for (let taken = true; taken && !stopping(); ) {
        const due = await store.claim(leaseMs, { webhook })
        taken = due !== null && (await attempt(due))
      }
    }
    const lane = new Rounds({ everyMs: null, look, failing, log })
    lanes.set(webhook, lane)
    return lane
  }

  async function look(): Promise<void> {
    for (const id of await store.owed()) void laneOf(id).look()
    if (now() - cleanedAt < cleanedEveryMs) return
    cleanedAt = now()
    await store.forget(daysKept)
  }
  const rounds = new Rounds({ everyMs, look, failing, log })

  return {
    /** Sends what is due, now and whenever something is. */
    start(): void {
      rounds.start()
    },
    /** Lets the tries under way end. */
    async stop(): Promise<void> {
      await rounds.stop()
      await Promise.all([...lanes.values()].map((lane) => lane.stop()))
    },
    /** Resolves once all that is due was sent, or the first that is not taken was tried of each. Never rejects. */
    async wake(): Promise<void> {
      await rounds.look()
      await Promise.all([...lanes.values()].map((lane) => lane.look()))
    },

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
      const due = await store.claim(leaseMs, { delivery: deliveryId })
      if (due !== null) await attempt(due)
      const done = await store.delivery(deliveryId)
      if (done === null) throw new ServiceError('not_found')
      return done
    },
  }
}
export type Webhooks = ReturnType<typeof createWebhooks>
