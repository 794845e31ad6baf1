import { bigint, boolean, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { Delivery, WebhookEvent } from '../contract/webhooks.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const accountPreferences = pgTable('account_preferences', {
  accountId: text('account_id').primaryKey(),
  value: jsonb('value').notNull(),
  at: moment('at').notNull(),
})

export const secondFactors = pgTable('second_factors', {
  accountId: text('account_id').primaryKey(),
  totpSecret: text('totp_secret').notNull(),
  totpStep: bigint('totp_step', { mode: 'number' }).notNull(),
  since: moment('since').notNull(),
})

export const secondFactorResets = pgTable('second_factor_resets', {
  accountId: text('account_id').primaryKey(),
  at: moment('at').notNull(),
})

export const recoveryCodes = pgTable(
  'recovery_codes',
  { accountId: text('account_id').notNull(), codeHash: text('code_hash').notNull() },
  (t) => [primaryKey({ columns: [t.accountId, t.codeHash] })],
)

export const passkeys = pgTable('passkeys', {
  id: text('id').primaryKey(),
  accountId: text('account_id').notNull(),
  name: text('name').notNull(),
  publicKey: text('public_key').notNull(),
  counter: bigint('counter', { mode: 'number' }).notNull(),
  transports: text('transports').array().notNull(),
  createdAt: moment('created_at').notNull(),
  lastUsedAt: moment('last_used_at'),
})

export const signInSteps = pgTable('sign_in_steps', {
  tokenHash: text('token_hash').primaryKey(),
  kind: text('kind').notNull(),
  accountId: text('account_id'),
  content: jsonb('content').$type<Record<string, unknown>>().notNull(),
  expiresAt: moment('expires_at').notNull(),
})

export const apiKeys = pgTable('api_keys', {
  id: uuid('id').primaryKey().defaultRandom(),
  name: text('name').notNull(),
  hint: text('hint').notNull(),
  keyHash: text('key_hash').notNull(),
  role: text('role').$type<'operator' | 'supervisor'>().notNull(),
  routes: text('routes').array(),
  createdAt: moment('created_at').notNull(),
  createdBy: text('created_by').notNull(),
  expiresAt: moment('expires_at').notNull(),
  lastUsedAt: moment('last_used_at'),
  lastAddress: text('last_address'),
  revokedAt: moment('revoked_at'),
  revokedBy: text('revoked_by'),
})

export const webhooks = pgTable('webhooks', {
  id: uuid('id').primaryKey().defaultRandom(),
  name: text('name').notNull(),
  url: text('url').notNull(),
  secret: text('secret').notNull(),
  events: text('events').array().$type<WebhookEvent[]>().notNull(),
  active: boolean('active').notNull(),
  createdAt: moment('created_at').notNull(),
  createdBy: text('created_by').notNull(),
})

export const webhookDeliveries = pgTable('webhook_deliveries', {
  id: uuid('id').primaryKey().defaultRandom(),
  webhookId: uuid('webhook_id').notNull(),
  event: text('event').notNull(),
  body: jsonb('body').$type<Record<string, unknown>>().notNull(),
  at: moment('at').notNull().defaultNow(),
  state: text('state').$type<Delivery['state']>().notNull().default('pending'),
  attempts: integer('attempts').notNull().default(0),
  nextAttemptAt: moment('next_attempt_at').notNull().defaultNow(),
  lastAt: moment('last_at'),
  lastStatus: integer('last_status'),
  lastError: text('last_error'),
  tookMs: integer('took_ms'),
})
