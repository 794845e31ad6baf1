import type { SharedPages } from './engine/shared-pages.ts'
import { pageOfCookie } from './portal/shared-page-routes.ts'
import type { FormTokens } from './portal/tokens.ts'
import type { Realtime } from './realtime/realtime.ts'
import { Visitors } from './realtime/visitors.ts'

type Parts = {
  readonly realtime: Realtime
  readonly sharedPages: Pick<SharedPages, 'ofId' | 'entered' | 'types'>
  readonly tokens: FormTokens
}

export const roomOfPage = (id: string) => `page:${id}`
const pageOf = (room: string): string | null => (room.startsWith('page:') ? room.slice('page:'.length) : null)

/** The public's pages that show what is new by themselves. */
export function publicVisitors({ realtime, sharedPages, tokens }: Parts): Visitors {
  return new Visitors(realtime.sockets, {
    async admit(cookie, topic) {
      if (topic.of !== 'page') return null
      const id = pageOfCookie(cookie, tokens)
      return id === null || (await sharedPages.ofId(id)) === null ? null : roomOfPage(id)
    },
    onPresence(room) {
      const page = pageOf(room)
      if (page !== null) void sharedPages.entered(page).catch(() => undefined)
    },
    onTypes(room) {
      const page = pageOf(room)
      if (page !== null) sharedPages.types(page)
    },
  })
}
