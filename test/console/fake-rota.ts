import type { FastifyInstance } from 'fastify'
import type { Rota } from '../../server/contract/rota.ts'

const operators = [
  { id: 'alice', name: 'Alice Martin' },
  { id: 'bruno', name: 'Bruno Petit' },
]
const open = [{ from: '08:30', to: '16:30' }]
const shift = (n: number, offered: boolean, away: boolean) => ({
  id: `00000000-0000-4000-8000-00000000000${n}`,
  operatorId: operators[n % 2]?.id ?? '',
  name: operators[n % 2]?.name ?? '',
  day: '2026-11-23',
  from: n < 2 ? '08:30' : '12:00',
  to: n < 2 ? '12:30' : '14:00',
  offered,
  away,
})
const week: Rota = {
  days: [
    {
      date: '2026-11-23',
      open,
      shifts: [shift(0, false, false), shift(1, true, false), shift(2, false, true)],
      gaps: [{ from: '12:30', to: '16:30' }],
    },
    { date: '2026-11-29', open: [], shifts: [], gaps: [] },
  ],
  operators,
  now: { expected: operators, missing: operators.slice(1) },
}

/** The rota's side of the contract: a day with a gap, and one when the desk is closed. */
export function rotaRoutes(app: FastifyInstance): void {
  app.get('/api/rota', () => week)
}
