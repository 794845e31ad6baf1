import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { dutyAt, rotaDays } from '../../server/calendar/rota.ts'
import type { CoverWrite, Rota, RotaProposal, RotaShift, ShiftChange, ShiftCreation } from '../../server/contract/rota.ts'

const operators = [
  { id: 'alice', name: 'Alice Martin' },
  { id: 'bruno', name: 'Bruno Petit' },
]
const nameOf = (operatorId: string) => operators.find(({ id }) => id === operatorId)?.name ?? operatorId
const open = [{ from: '08:30', to: '16:30' }]
export const shift = (operatorId: string, from: string, to: string, offered = false): RotaShift => ({
  id: randomUUID(),
  operatorId,
  name: nameOf(operatorId),
  day: '2026-11-23',
  from,
  to,
  post: 'both',
  offered,
})

/** The day that needs somebody once needs are written, which must not be over. */
const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
const proposal: RotaProposal = {
  shifts: [
    { operatorId: 'bruno', name: 'Bruno Petit', day: tomorrow, from: '08:30', to: '10:00' },
    { operatorId: 'alice', name: 'Alice Martin', day: tomorrow, from: '09:30', to: '10:00' },
  ],
  unfilled: [{ day: tomorrow, from: '08:30', to: '09:00', missing: 1 }],
}

/** So many days from one on, of which the Monday is open. */
const daysFrom = (from: string, length: number) =>
  Array.from({ length }, (_, i) => {
    const date = new Date(Date.parse(`${from}T12:00:00Z`) + i * 86_400_000).toISOString().slice(0, 10)
    return { date, spans: date === '2026-11-23' ? open : [] }
  })

/** The rota's side of the contract: a week of one open Monday with a gap and somebody away, whatever week is asked for; months as they are asked for. */
export class FakeRota {
  shifts = [shift('alice', '08:30', '12:30'), shift('bruno', '08:30', '12:30', true), shift('alice', '12:00', '14:00')]
  readonly feeds: string[] = []
  readonly copied: string[] = []
  /** For which nobody is put down now. */
  gap: Rota['now']['gap'] = null
  /** The needs that were written last. */
  cover: CoverWrite | null = null

  view(from: string, length = 7): Rota {
    const days = rotaDays(daysFrom(length > 7 ? from : '2026-11-23', length), this.shifts, [])
    const afternoonAway = days.map((day) => ({ ...day, shifts: day.shifts.map((s) => ({ ...s, away: s.from === '12:00' })) }))
    const [monday] = rotaDays(daysFrom('2026-11-23', 1), this.shifts, [])
    if (monday === undefined) throw new Error('One day was asked for.')
    const gaps = this.shifts.some(({ to }) => to === '16:30') ? [] : [{ from: '12:30', to: '16:30' }]
    const lacking = rotaDays([{ date: tomorrow, spans: open }], this.shifts, []).map((day) => ({
      ...day,
      short: day.shifts.length === 0 ? [{ from: '08:30', to: '10:00', missing: 2 }] : [],
    }))
    return {
      days: [...(this.cover === null ? [] : lacking), ...afternoonAway].map((day) => (day.date === '2026-11-23' ? { ...day, gaps } : day)),
      operators,
      now: { ...dutyAt(monday, '09:00', new Set(['alice'])), gap: this.gap },
    }
  }
}

export function rotaRoutes(app: FastifyInstance, rota: FakeRota): void {
  app.put<{ Body: CoverWrite }>('/api/rota/cover', async ({ body }, reply) => {
    rota.cover = body
    return reply.code(204).send()
  })
  app.get('/api/rota/proposals', () => proposal)
  app.get<{ Querystring: { from: string; days?: string } }>('/api/rota', ({ query }) => rota.view(query.from, Number(query.days ?? 7)))
  app.post<{ Body: ShiftCreation }>('/api/rota/shifts', async ({ body }, reply) => {
    const { operatorId, day, from, to, post } = body
    rota.shifts.push({ ...shift(operatorId, from, to), day, post: post ?? 'both' })
    return reply.code(201).send(null)
  })
  app.put<{ Params: { id: string }; Body: ShiftChange }>('/api/rota/shifts/:id', async ({ params, body }, reply) => {
    rota.shifts = rota.shifts.map((s) =>
      s.id === params.id ? { ...s, offered: false, ...body, name: nameOf('operatorId' in body ? body.operatorId : s.operatorId) } : s,
    )
    return reply.code(204).send()
  })
  app.delete<{ Params: { id: string } }>('/api/rota/shifts/:id', async ({ params }, reply) => {
    rota.shifts = rota.shifts.filter(({ id }) => id !== params.id)
    return reply.code(204).send()
  })
  const feed = { id: 'abcdefgh', everybody: true, url: 'https://guichet.univ.example/calendrier/abcdefgh-x.ics', readAt: null }
  app.get('/api/rota/feeds', () => rota.feeds.map(() => feed))
  app.post('/api/rota/feeds', async (_request, reply) => {
    rota.feeds.push(feed.id)
    return reply.code(201).send(feed)
  })
  app.delete('/api/rota/feeds/:id', async (_request, reply) => {
    rota.feeds.pop()
    return reply.code(204).send()
  })
  app.get('/api/rota/shifts/:id/history', () => [])
  app.post<{ Body: { from: string; to: string } }>('/api/rota/weeks', ({ body }) => {
    rota.copied.push(`${body.from} → ${body.to}`)
    return { added: 2, skipped: 1 }
  })
}
