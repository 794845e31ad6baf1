import type { FastifyInstance } from 'fastify'
import type { MailReach } from '../../server/contract/http.ts'
import type { IncomingMail } from '../../server/contract/incoming-mails.ts'
import type { sampleMails } from './fake-world.ts'

type World = {
  mails: ReturnType<typeof sampleMails>
  mailReach: MailReach
  received: IncomingMail[]
  readonly me: { readonly name: string }
}

/** Mails that are owed, sent or refused, and those that came in. */
export function mailRoutes(app: FastifyInstance, world: World): void {
  app.get<{ Querystring: { only?: 'waiting' | 'to-settle' } }>('/api/mails', ({ query: { only } }) =>
    world.mails.filter(({ state }) =>
      only === undefined ? true : (only === 'waiting' ? ['pending', 'sending'] : ['uncertain', 'failed']).includes(state),
    ),
  )
  app.get('/api/mails/sending', () => {
    const of = (state: string) => world.mails.filter((one) => one.state === state)
    const waits = [...of('pending'), ...of('sending')]
    const oldestAt = waits.map(({ at }) => at).toSorted()[0] ?? null
    return {
      ...world.mailReach,
      waiting: waits.length,
      oldestAt,
      nextAt: oldestAt,
      uncertain: of('uncertain').length,
      failed: of('failed').length,
    }
  })
  app.post('/api/mails/retry', () => {
    world.mailReach = { ...world.mailReach, server: 'up', problem: null }
    world.mails = world.mails.map((one) => (one.state === 'pending' ? { ...one, state: 'sent' as const } : one))
    return { hastened: 1 }
  })
  app.get('/api/mails/in', () => world.received)
  app.post<{ Params: { id: string } }>('/api/mails/in/:id/seen', ({ params }) => {
    const seen = { toSee: false, seenBy: world.me.name, seenAt: new Date().toISOString() }
    world.received = world.received.map((one) => (one.id === params.id ? { ...one, ...seen } : one))
    return {}
  })
  app.post<{ Params: { id: string }; Body: { as: 'sent' | 'again' } }>('/api/mails/:id/settle', ({ params, body }) => {
    const state = body.as === 'sent' ? ('sent' as const) : ('pending' as const)
    const settled = { state, settledBy: world.me.name, settledAt: new Date().toISOString() }
    world.mails = world.mails.map((one) => (one.id === params.id ? { ...one, ...settled } : one))
    return {}
  })
}
