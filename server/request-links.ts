import { createHmac, timingSafeEqual } from 'node:crypto'

type OfTicket = { readonly id: string; readonly number: number }

export type RequestLinks = {
  /** Where the requester follows a request without signing in. */
  readonly followUrl: (ticket: OfTicket) => string
  /** Where whoever reads the mail says that the request is theirs. */
  readonly confirmUrl: (ticket: OfTicket) => string
  /** What lets one follow it, kept in the browser of whoever made it. */
  readonly key: (ticket: OfTicket) => string
  /** What is read aloud or written down beside the number, to follow it without a mail: `K7QF-2MPX`. */
  readonly code: (ticket: OfTicket) => string
  /** Whether a key was made here for this ticket: `follow` by its link, or the code as somebody typed it. */
  readonly mayFollow: (ticket: OfTicket, key: string) => boolean
  readonly mayConfirm: (ticket: OfTicket, key: string) => boolean
}

/** No letter that is read as another, or as a figure. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** Links and codes signed with a secret of this place: nothing is kept, and whoever holds one may follow one ticket, and nothing else. */
export function requestLinks(secret: string, publicUrl: string): RequestLinks {
  const sign = (what: string, { id }: OfTicket) => createHmac('sha256', secret).update(`${what} ${id}`).digest()
  const key = (what: 'follow' | 'confirm', ticket: OfTicket) => sign(what, ticket).toString('base64url').slice(0, 32)
  const letters = (ticket: OfTicket) => [...sign('code', ticket).subarray(0, 8)].map((byte) => alphabet[byte % 32]).join('')
  const same = (a: string, b: string) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
  const isAscii = (text: string) => /^[\x20-\x7E]{1,60}$/.test(text)
  return {
    followUrl: (ticket) => `${publicUrl}/demandes/${ticket.number}?cle=${key('follow', ticket)}`,
    confirmUrl: (ticket) => `${publicUrl}/demandes/${ticket.number}/confirmer?cle=${key('confirm', ticket)}`,
    key: (ticket) => key('follow', ticket),
    code: (ticket) => letters(ticket).replace(/^.{4}/, '$&-'),
    mayFollow: (ticket, given) =>
      isAscii(given) && (same(given, key('follow', ticket)) || same(given.toUpperCase().replace(/[\s-]/g, ''), letters(ticket))),
    mayConfirm: (ticket, given) => isAscii(given) && same(given, key('confirm', ticket)),
  }
}
