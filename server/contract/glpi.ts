import { z } from 'zod'
import { moment, ticketStatus } from './entities.ts'

/*
 * GLPI next door, by its REST interface (`apirest.php`). What is chosen is the settings `glpi`; the tokens are none of them: they are kept
 * sealed, for one address, and never given back.
 */

/** An address without a password in it; plain `http://` to this machine alone. */
const glpiAddress = z
  .url()
  .max(500)
  .refine((written) => /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost|\[::1\])(?=[:/]|$))[^@?#]*$/i.test(written))

/** GLPI's own: 1 new, 2 processing (assigned), 3 processing (planned), 4 pending, 5 solved, 6 closed. */
const glpiStatus = z.int().min(1).max(6)
const status = (usual: number) => glpiStatus.default(usual)
const statuses = z.object({
  'pre-ticket': status(1),
  new: status(1),
  'in-progress': status(2),
  redirected: status(2),
  waiting: status(4),
  'solution-proposed': status(5),
  reopened: status(2),
  closed: status(6),
})

/** What both sides hold of a ticket, and may both change. */
export const glpiField = z.enum(['title', 'status', 'urgency', 'category', 'group'])
export type GlpiField = z.infer<typeof glpiField>
const glpiSide = z.enum(['guichet', 'glpi'])
export type GlpiSide = z.infer<typeof glpiSide>
const winner = glpiSide.default('guichet')
const winners = z.object({ title: winner, status: winner, urgency: winner, category: winner, group: winner })
export type GlpiWinners = z.infer<typeof winners>

const pair = z.object({ ours: z.string().trim().min(1).max(100), theirs: z.int().min(1) })
export type GlpiPair = z.infer<typeof pair>
const isOnceEach = (pairs: readonly GlpiPair[]) => new Set(pairs.map(({ ours }) => ours)).size === pairs.length
const pairs = z.array(pair).max(1_000).refine(isOnceEach).default([])

export const glpiSettings = z.object({
  /** `both`: tickets live here and there; `pop`: GLPI keeps the tickets, and wins wherever both changed one. */
  mode: z.enum(['off', 'both', 'pop']).default('off'),
  address: glpiAddress.nullable().default(null),
  /** GLPI's entity of new tickets; null: that of the account. */
  entity: z.int().min(0).nullable().default(null),
  groups: pairs,
  categories: pairs,
  statuses: statuses.default(statuses.parse({})),
  winners: winners.default(winners.parse({})),
  /** How often GLPI is asked what has changed. */
  everyMinutes: z.int().min(1).max(60).default(2),
  /** Whether GLPI writes to the requester too. */
  notify: z.boolean().default(false),
})
export type GlpiSettings = z.infer<typeof glpiSettings>

const token = z.string().trim().min(1).max(500).nullable()
/** What is left out stays; null is forgotten. */
export const glpiSecrets = z.object({
  address: glpiAddress,
  appToken: token.optional(),
  userToken: token.optional(),
  /** The secret that GLPI 11 signs its webhooks with. */
  webhookSecret: token.optional(),
})
export type GlpiSecrets = z.infer<typeof glpiSecrets>

/** Tokens null: those that are kept, if they are for this address. */
export const glpiTrial = z.object({
  address: glpiAddress,
  appToken: token.default(null),
  userToken: token.default(null),
})
export type GlpiTrial = z.input<typeof glpiTrial>

const named = z.array(z.object({ id: z.int(), name: z.string() }))
export const glpiTrialled = z.object({
  ok: z.boolean(),
  /** A sentence each: what answered, or why nothing did. */
  steps: z.array(z.object({ ok: z.boolean(), says: z.string() })),
  version: z.string().nullable(),
  /** What can be chosen there. */
  groups: named,
  categories: named,
  entities: named,
})
export type GlpiTrialled = z.infer<typeof glpiTrialled>

/** What GLPI would be given of a ticket, by settings that may not be saved yet. */
export const glpiPreview = z.object({ number: z.int().min(1), settings: glpiSettings })
export type GlpiPreview = z.input<typeof glpiPreview>
export const glpiPreviewed = z.object({
  number: z.int(),
  /** It is there already. */
  glpiId: z.int().nullable(),
  title: z.string(),
  status: glpiStatus,
  from: ticketStatus,
  urgency: z.int(),
  category: z.object({ ours: z.string().nullable(), theirs: z.int().nullable() }),
  group: z.object({ ours: z.string().nullable(), theirs: z.int().nullable() }),
  /** As GLPI would find them: by login, then by address. */
  requester: z.object({ login: z.string().nullable(), email: z.string().nullable(), name: z.string() }),
})
export type GlpiPreviewed = z.infer<typeof glpiPreviewed>

export const glpiState = z.object({
  /** `waiting`: for its first time. */
  state: z.enum(['off', 'no-token', 'waiting', 'well', 'failing']),
  /** Of those for the address in force. */
  kept: z.object({ appToken: z.boolean(), userToken: z.boolean(), webhookSecret: z.boolean() }),
  version: z.string().nullable(),
  /** When it last succeeded. */
  doneAt: moment.nullable(),
  failure: z.object({ at: moment, says: z.string() }).nullable(),
  nextAt: moment.nullable(),
  running: z.boolean(),
  /** Tickets that are here and there. */
  linked: z.int(),
  /** Lines that wait to be sent, and since when the oldest does. */
  pending: z.int(),
  oldest: moment.nullable(),
  /** What GLPI would not have, the latest first. */
  refused: z.array(
    z.object({
      id: z.int(),
      ticket: z.int(),
      kind: z.string(),
      at: moment,
      says: z.string(),
      /** It stays here alone, and is not tried again. */
      dropped: z.boolean(),
    }),
  ),
  webhookUrl: z.string(),
})
export type GlpiState = z.infer<typeof glpiState>

/** What a person has open in GLPI, beside the call. */
export const glpiOpen = z.object({
  /** `asking`: they come in a moment; `away`: GLPI does not answer, and nothing was read before. */
  state: z.enum(['off', 'asking', 'away', 'known']),
  at: moment.nullable(),
  tickets: z.array(
    z.object({
      id: z.int(),
      title: z.string(),
      status: glpiStatus,
      /** As GLPI writes it, without a zone. */
      openedAt: z.string(),
      url: z.string(),
      /** Its number here, if it is here too. */
      number: z.int().nullable(),
    }),
  ),
})
export type GlpiOpen = z.infer<typeof glpiOpen>

/** What can be taken over once, when a site comes from GLPI. */
export const glpiImportPart = z.enum(['categories', 'users', 'tickets', 'faq'])
export type GlpiImportPart = z.infer<typeof glpiImportPart>
export const glpiImportOrder = z.object({
  parts: z.array(glpiImportPart).min(1).max(4),
  /** Nothing is written: what would be is counted. */
  dry: z.boolean(),
  /** Tickets that are solved or closed there too. */
  closedToo: z.boolean().default(false),
})
export type GlpiImportOrder = z.output<typeof glpiImportOrder>
const imported = z.object({
  part: glpiImportPart,
  /** Found in GLPI; here already, or known under another name; taken over, or that would be; left aside. */
  found: z.int(),
  known: z.int(),
  made: z.int(),
  left: z.int(),
  /** What is worth a look, some of each. */
  notes: z.array(z.string()),
})
export type GlpiImported = z.infer<typeof imported>
const glpiImport = z.object({
  at: moment,
  by: z.string(),
  dry: z.boolean(),
  /** Null: under way. */
  endedAt: moment.nullable(),
  parts: z.array(imported),
  /** Why it stopped before its end; what was taken over stays, and is not taken over again. */
  failure: z.string().nullable(),
})
export type GlpiImport = z.infer<typeof glpiImport>
export const glpiImports = z.array(glpiImport)

/** Where a ticket is in GLPI. */
export const glpiOfTicket = z.object({
  /** Null: tickets are not told to GLPI. */
  link: z.object({ id: z.int().nullable(), url: z.string().nullable(), pending: z.int(), refused: z.int() }).nullable(),
})
export type GlpiOfTicket = z.infer<typeof glpiOfTicket>
