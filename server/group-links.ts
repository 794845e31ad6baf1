import { createHmac, timingSafeEqual } from 'node:crypto'
import type { GroupGesture, Holder } from './tickets/model.ts'

type OfTicket = { readonly id: string; readonly number: number }

export type GroupLinks = {
  readonly url: (ticket: OfTicket, holder: Holder, gesture: GroupGesture) => string
  /** Null when the key was not made here for this ticket. */
  readonly holderOf: (ticket: OfTicket, key: string) => Holder | null
}

/** How each gesture is called in an address. */
export const gestureNames = { take: 'prendre', giveBack: 'refuser', ask: 'demander' } as const satisfies Readonly<
  Record<GroupGesture, string>
>

/** Links signed with a secret of this place: whoever holds one has read a mail by which this ticket came to this group. */
export function groupLinks(secret: string, publicUrl: string): GroupLinks {
  const sign = ({ id }: OfTicket, said: string) =>
    createHmac('sha256', secret).update(`group ${id} ${said}`).digest('base64url').slice(0, 24)
  return {
    url(ticket, { groupId, accountId }, gesture) {
      const said = Buffer.from(JSON.stringify(accountId === null ? [groupId] : [groupId, accountId])).toString('base64url')
      return `${publicUrl}/groupe/${ticket.number}?geste=${gestureNames[gesture]}&cle=${said}.${sign(ticket, said)}`
    },
    holderOf(ticket, key) {
      const [, said, signature] = /^([\w-]{4,400})\.([\w-]{24})$/.exec(key) ?? []
      if (said === undefined || signature === undefined) return null
      if (!timingSafeEqual(Buffer.from(signature), Buffer.from(sign(ticket, said)))) return null
      const [groupId = '', accountId = null] = JSON.parse(Buffer.from(said, 'base64url').toString()) as [string?, string?]
      return { groupId, accountId }
    },
  }
}
