import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { ExchangeCalls } from '../../server/contract/exchanges.ts'
import type { RemoteSession } from '../../server/contract/remote.ts'

/** An exchange that keeps the queue, and a tool of remote control. */
export class FakeNeighbours {
  elsewhere: ExchangeCalls = { calls: [], busy: [] }
  sessions: RemoteSession[] = []

  routes(app: FastifyInstance): void {
    app.get('/api/exchanges/calls', () => this.elsewhere)
    app.post<{ Params: { id: string } }>('/api/exchanges/calls/:id/ticket', ({ params }) => {
      const calls = this.elsewhere.calls.map((call) => (call.id === params.id ? { ...call, ticket: 10388 } : call))
      this.elsewhere = { ...this.elsewhere, calls }
      return { number: 10388 }
    })
    const shown = () => ({ offered: true, sessions: this.sessions })
    app.get('/api/calls/:id/remote', shown)
    app.get('/api/tickets/:number/remote', shown)
    app.post<{ Params: { number: string }; Body: { machine: string | null } }>('/api/tickets/:number/remote', ({ params, body }) => {
      const begun = { by: 'Alice Martin', byId: 'alice', startedAt: new Date().toISOString(), endedAt: null }
      this.sessions = [{ id: randomUUID(), machine: body.machine, url: `${params.number === '10388' ? '/carte' : '/'}?outil`, ...begun }]
      return shown()
    })
    app.post('/api/tickets/:number/remote/:id/end', () => {
      this.sessions = this.sessions.map((one) => ({ ...one, endedAt: new Date().toISOString() }))
      return shown()
    })
  }
}
