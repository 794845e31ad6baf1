import { z } from 'zod'
import { colleagues, writers } from '../contract/colleagues.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const oneTicket = z.object({ number: z.coerce.number().int().min(1).max(2_147_483_647) })
/** Whoever has not typed for so long writes no more. */
const stillMs = 12_000
const mostTickets = 2_000

/** Who works here, to be named in a line; and who writes on a ticket at this moment, which is kept in memory alone. */
export function writingRoutes(app: App, { stores, now }: Pick<HttpParts, 'stores' | 'now'>): void {
  const writing = new Map<number, Map<string, { readonly name: string; readonly at: number }>>()

  const othersOn = (number: number, me: string) => {
    const here = writing.get(number)
    for (const [id, { at }] of here ?? []) if (now() - at > stillMs) here?.delete(id)
    if (here?.size === 0) writing.delete(number)
    return [...(here ?? [])].flatMap(([id, { name }]) => (id === me ? [] : [name]))
  }

  app.get('/api/colleagues', { schema: { summary: 'Who works here, by name', response: answering(colleagues) } }, async () =>
    (await stores.accounts.list()).filter(({ role }) => role !== 'user').map(({ id, name, login }) => ({ id, name, login })),
  )

  app.get(
    '/api/tickets/:number/writing',
    { schema: { summary: 'Who else writes on a ticket at this moment', params: oneTicket, response: answering(writers) } },
    async (request) => ({ others: othersOn(request.params.number, signedIn(request).id) }),
  )

  app.post(
    '/api/tickets/:number/writing',
    { schema: { summary: 'I am writing on this ticket; sent again every few seconds', params: oneTicket, response: answering(writers) } },
    async (request) => {
      const { id, name } = signedIn(request)
      const { number } = request.params
      const here = writing.get(number) ?? new Map<string, { readonly name: string; readonly at: number }>()
      if (writing.size < mostTickets || writing.has(number)) writing.set(number, here.set(id, { name, at: now() }))
      return { others: othersOn(number, id) }
    },
  )
}
