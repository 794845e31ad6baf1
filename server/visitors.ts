import type { Ticket } from './contract/entities.ts'
import type { Stores } from './database/stores.ts'
import type { SharedPages } from './engine/shared-pages.ts'
import type { Readers } from './http/ports.ts'
import type { Sessions } from './http/sessions.ts'
import { pageOfCookie } from './portal/shared-page-routes.ts'
import type { FormTokens } from './portal/tokens.ts'
import { mayFollow, whoAsks } from './portal/who.ts'
import type { Realtime } from './realtime/realtime.ts'
import { Visitors } from './realtime/visitors.ts'
import type { RequestLinks } from './request-links.ts'

type Parts = {
  readonly realtime: Realtime
  readonly sharedPages: Pick<SharedPages, 'ofId' | 'entered' | 'types'>
  readonly tokens: FormTokens
  readonly stores: Stores
  readonly sessions: Sessions
  readonly requests: RequestLinks
  readonly now: () => number
}

export const roomOfPage = (id: string) => `page:${id}`
const roomOfRequest = (number: number) => `request:${number}`
const pageOf = (room: string): string | null => (room.startsWith('page:') ? room.slice('page:'.length) : null)
const requestOf = (room: string): number | null => (room.startsWith('request:') ? Number(room.slice('request:'.length)) : null)

export type PublicVisitors = Readers & {
  readonly here: (room: string) => number
  readonly tell: (room: string) => void
  /** A ticket was saved: its requester's page shows it, and a conversation that is over ends. */
  readonly saved: (ticket: Pick<Ticket, 'id' | 'number'>) => void
}

const typingMs = 4_000

/** The public's pages that show what is new by themselves: the page shared during a call, and requests. */
export function publicVisitors({ realtime, sharedPages, tokens, stores, sessions, requests, now }: Parts): PublicVisitors {
  const typing = new Map<number, number>()
  const isHere = (number: number) => visitors.here(roomOfRequest(number)) > 0
  const settle = ({ id, number }: Pick<Ticket, 'id' | 'number'>) =>
    void stores.talks.settle(id, isHere(number)).then(
      () => realtime.stale('talks'),
      () => undefined,
    )
  const visitors: Visitors = new Visitors(realtime.sockets, {
    async admit(cookie, topic) {
      if (topic.of === 'page') {
        const id = pageOfCookie(cookie, tokens)
        return id === null || (await sharedPages.ofId(id)) === null ? null : roomOfPage(id)
      }
      const headers = cookie === undefined ? {} : { cookie }
      const [who, ticket] = await Promise.all([whoAsks({ headers }, { sessions, stores, requests }), stores.tickets.find(topic.number)])
      return ticket !== null && mayFollow(who, ticket, requests) ? roomOfRequest(topic.number) : null
    },
    onPresence(room) {
      const page = pageOf(room)
      if (page !== null) void sharedPages.entered(page).catch(() => undefined)
      const number = requestOf(room)
      if (number === null) return
      realtime.stale('talks')
      if (isHere(number)) return
      typing.delete(number)
      void stores.tickets.find(number).then(
        (ticket) => ticket !== null && settle(ticket),
        () => undefined,
      )
    },
    onTypes(room) {
      const page = pageOf(room)
      if (page !== null) sharedPages.types(page)
      const number = requestOf(room)
      if (number === null) return
      if ((typing.get(number) ?? 0) <= now()) realtime.stale('talks')
      typing.set(number, now() + typingMs)
      setTimeout(() => realtime.stale('talks'), typingMs + 100).unref()
    },
    onSeen(room) {
      const number = requestOf(room)
      if (number !== null) void stores.talks.readBy(number).catch(() => undefined)
    },
  })
  return {
    isHere,
    types: (number) => (typing.get(number) ?? 0) > now(),
    here: (room) => visitors.here(room),
    tell: (room) => visitors.tell(room),
    saved(ticket) {
      visitors.tell(roomOfRequest(ticket.number))
      settle(ticket)
    },
  }
}
