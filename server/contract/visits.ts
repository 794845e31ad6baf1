import { z } from 'zod'

const moment = z.iso.datetime()

/** When somebody comes, and where. `visitorId`: the account that goes; null: whoever plans it. `suspends`: the delay stands still until then. */
export const visitOrder = z.object({
  startsAt: moment,
  endsAt: moment,
  place: z.string().trim().min(1).max(200),
  visitorId: z.string().min(1).max(100).nullable().default(null),
  /** For the requester, who reads it in the mail. */
  note: z.string().trim().max(2_000).default(''),
  suspends: z.boolean().default(true),
})
export type VisitOrder = z.input<typeof visitOrder>
export const visitCancelling = z.object({ reason: z.string().trim().max(2_000).default('') })

const visitAnswer = z.enum(['accepted', 'declined', 'tentative'])
export type VisitAnswer = z.infer<typeof visitAnswer>

/** A visit as it stands. `sequence`: how many times it was changed since the first invitation. */
const visit = z.object({
  id: z.uuid(),
  startsAt: moment,
  endsAt: moment,
  place: z.string(),
  note: z.string(),
  visitor: z.object({ id: z.string(), name: z.string() }),
  state: z.enum(['planned', 'cancelled']),
  sequence: z.int(),
  answer: visitAnswer.nullable(),
})
export type Visit = z.infer<typeof visit>
/** The next first. */
const visits = z.array(visit)

/** What may go: level 2 and supervisors, who may be chosen as visitors. */
const visitors = z.array(z.object({ id: z.string(), name: z.string() }))
/** A ticket's visits, and who may be sent, those of its group first. */
export const visitPage = z.object({ visits, visitors, place: z.string() })
export type VisitPage = z.infer<typeof visitPage>
