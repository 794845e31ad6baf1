import { createHmac, timingSafeEqual } from 'node:crypto'

type OfTicket = { readonly id: string; readonly number: number }

export type AnswerLinks = {
  /** Where the requester answers what was proposed at that moment (ISO 8601). */
  readonly url: (ticket: OfTicket, proposedAt: string) => string
  /** When the solution that this key is about was proposed; null when the key was not made here for this ticket. */
  readonly proposedAt: (ticket: OfTicket, key: string) => string | null
}

/** Links signed with a secret of this place: whoever holds one may answer one proposal of one ticket, and nothing else. */
export function answerLinks(secret: string, publicUrl: string): AnswerLinks {
  const sign = (ticket: OfTicket, at: string) =>
    createHmac('sha256', secret).update(`answer ${ticket.id} ${at}`).digest('base64url').slice(0, 24)
  return {
    url(ticket, proposedAt) {
      const at = Date.parse(proposedAt).toString(36)
      return `${publicUrl}/avis/${ticket.number}?cle=${at}.${sign(ticket, at)}`
    },
    proposedAt(ticket, key) {
      const [, at, signature] = /^([0-9a-z]{1,11})\.([\w-]{24})$/.exec(key) ?? []
      if (at === undefined || signature === undefined) return null
      if (!timingSafeEqual(Buffer.from(signature), Buffer.from(sign(ticket, at)))) return null
      return new Date(Number.parseInt(at, 36)).toISOString()
    },
  }
}
