import type { FastifyInstance, FastifyReply } from 'fastify'
import { accountCreation, type Account, type OwnSession } from '../../server/contract/accounts.ts'
import type { ErrorCode } from '../../server/contract/errors.ts'

const windows = 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0'
const at = '2026-11-24T08:00:00.000Z'
const session = (n: number, current: boolean, browser: string): OwnSession => ({
  id: `00000000-0000-4000-8000-00000000000${n}`,
  current,
  since: at,
  lastSeen: at,
  address: '127.0.0.1',
  browser,
})

/** Accounts and sessions, kept in memory. */
export class FakeAccounts {
  all: Account[] = [
    {
      id: 'alice',
      login: 'alice',
      name: 'Alice Martin',
      role: 'operator',
      extension: '6101',
      phone: 'demo',
      source: 'local',
      disabled: false,
      canSignIn: true,
      secondFactor: false,
      secondFactorResetAt: null,
    },
  ]
  sessions: OwnSession[] = [session(1, true, 'HeadlessChrome'), session(2, false, windows)]
  readonly chosen: string[] = []
}

/** The accounts' side of the contract. */
export function accountRoutes(
  app: FastifyInstance,
  accounts: FakeAccounts,
  refuse: (reply: FastifyReply, code: ErrorCode) => FastifyReply,
): void {
  app.get('/api/accounts/all', () => accounts.all)
  app.post('/api/accounts', (request, reply) => {
    const asked = accountCreation.parse(request.body)
    accounts.all.push({
      ...asked,
      id: asked.login,
      source: 'local',
      disabled: false,
      canSignIn: false,
      secondFactor: false,
      secondFactorResetAt: null,
    })
    return reply.code(201).send({ url: `http://127.0.0.1/mot-de-passe#of-${asked.login}`, expiresAt: at })
  })
  app.get('/api/sessions', () => accounts.sessions)
  app.delete<{ Params: { id: string } }>('/api/sessions/:id', (request, reply) => {
    accounts.sessions = accounts.sessions.filter((one) => one.id !== request.params.id)
    return reply.code(204).send()
  })
  app.post<{ Body: { token: string } }>('/api/passwords/offer', ({ body }, reply) =>
    body.token === 'of-paul' ? { login: 'paul', name: 'Paul Roux' } : refuse(reply, 'not_found'),
  )
  app.post<{ Body: { password: string } }>('/api/passwords', ({ body }, reply) => {
    accounts.chosen.push(body.password)
    return reply.code(204).send()
  })
}
