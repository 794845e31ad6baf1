import { z } from 'zod'
import { attachment } from './attachments.ts'
import { moment } from './entities.ts'
import { sharedKind } from './shared-kind.ts'

const sharedLine = z.object({
  id: z.int(),
  at: moment,
  side: z.enum(['operator', 'caller']),
  by: z.string(),
  kind: sharedKind,
  /** Empty for a confidential one that the service has forgotten. */
  text: z.string(),
  confidential: z.boolean(),
  /** What the caller's browser speaks: `ar`, `pt-BR`. */
  language: z.string().nullable(),
  doneAt: moment.nullable(),
  files: z.array(attachment),
})
export type SharedLine = z.infer<typeof sharedLine>

/** The page that the caller of this call and the desk share. */
export const sharedPage = z.object({
  callId: z.string(),
  /** Whether anything can still be written. */
  open: z.boolean(),
  /** What the caller types to come in; null: nobody comes in any more, unless by a new one. */
  code: z.string().nullable(),
  codeUntil: moment.nullable(),
  /** Codes are longer, and were changed, because somebody tries them. */
  guessed: z.boolean(),
  /** Where it is typed: `guichet.univ.fr/p`. */
  address: z.string(),
  endsAt: moment.nullable(),
  /** How many screens of the caller's show it now. */
  screens: z.int(),
  callerTypes: z.boolean(),
  /** Where the operator's side of the remote control is; null: this site has none. */
  remoteUrl: z.string().nullable(),
  lines: z.array(sharedLine),
})
export type SharedPage = z.infer<typeof sharedPage>
export const sharedPageOrNone = z.object({ page: sharedPage.nullable() })
export type SharedPageOrNone = z.infer<typeof sharedPageOrNone>

export const sharedWrite = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['text', 'step']), text: z.string().trim().min(1).max(2_000) }),
  z.object({ kind: z.literal('spelled'), text: z.string().trim().min(1).max(120), confidential: z.boolean().default(false) }),
  z.object({ kind: z.literal('remote') }),
])
export type SharedWrite = z.input<typeof sharedWrite>

/** What visitors' pages hear by: the namespace, what they say of themselves, and that there is something new to read. */
export const visitorNamespace = '/visiteurs'
export type VisitorEvents = { news: () => void }
export type FromVisitor = { types: () => void; seen: () => void }
