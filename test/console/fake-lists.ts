import type { FastifyInstance } from 'fastify'
import { bulkCreation, type BulkProgress } from '../../server/contract/bulk.ts'
import type { Disruption } from '../../server/contract/disruptions.ts'
import type { Monitor } from '../../server/contract/monitors.ts'
import type { Staffing, StaffingSlot } from '../../server/contract/staffing.ts'
import type { TicketLinks } from '../../server/contract/ticket-links.ts'
import type { WallRow } from '../../server/contract/walls.ts'

const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()

const disruption = (change: Partial<Disruption>): Disruption => ({
  id: 'd1',
  version: 1,
  kind: 'incident',
  title: 'Wi-Fi en panne',
  place: 'Bâtiment A',
  placeId: null,
  categoryId: null,
  touched: 'Étudiants du bâtiment A',
  workaround: 'Utilisez une prise réseau.',
  audience: 'public',
  startsAt: at(-2),
  expectedEndAt: at(1),
  spoken: { fr: 'Le Wi-Fi est en panne.', en: 'The Wi-Fi is down.' },
  phase: 'under-way',
  ticket: 10_388,
  announcedBy: 'Alice Martin',
  announcedAt: at(-2),
  by: 'Alice Martin',
  at: at(-2),
  endedAt: null,
  resolution: '',
  monitor: null,
  telephone: 'on',
  children: 4,
  absorbed: 2,
  informed: 0,
  ...change,
})

const underWay = [
  disruption({}),
  disruption({
    id: 'd2',
    title: 'Coupure du 4R3',
    kind: 'planned',
    phase: 'ahead',
    audience: 'staff',
    telephone: 'off',
    spoken: null,
    ticket: null,
  }),
]
const over = [
  disruption({ id: 'd3', title: 'Moodle en panne', phase: 'ended', endedAt: at(-1), resolution: 'Serveur redémarré.', informed: 3 }),
  disruption({
    id: 'd4',
    title: 'Bascule du courrier',
    kind: 'planned',
    phase: 'called-off',
    startsAt: at(48),
    endedAt: at(-1),
    expectedEndAt: at(50),
  }),
]

const monitor: Monitor = { id: 'm1', name: 'Alertmanager du réseau', createdAt: at(-50), createdBy: 'Sophie Garnier', seenAt: at(-1) }

const wall: WallRow = {
  id: 'w1',
  name: 'Hall du bâtiment 3',
  names: 'first',
  scheme: 'auto',
  sound: true,
  url: 'https://g.example/mur/abcdefgh-abcdefghijklmnopqrst',
  createdAt: at(-50),
  by: 'Sophie Garnier',
  screens: 1,
}

const links: TicketLinks = {
  links: [
    {
      kind: 'child-of',
      outward: false,
      ticket: 10_390,
      title: 'Wi-Fi en panne',
      status: 'in-progress',
      requester: 'Zoé Lambert',
      light: true,
      shares: 'nothing',
      merged: false,
      at: at(-1),
      by: 'Alice Martin',
    },
  ],
  children: 1,
  informed: 0,
}

const expected = (serviceLevel: number) => ({ serviceLevel, abandoned: 0.06, waitS: 41, occupancy: 0.7 })
const slot = (from: string, calls: number, needed: number, planned: number): StaffingSlot => ({
  from,
  calls,
  planned,
  needed: { simulation: needed, erlangA: needed, erlangC: needed + 1 },
  expected: { simulation: expected(planned === 0 ? 0 : 0.82), erlangA: expected(0.8), erlangC: { ...expected(0.7), waitS: null } },
})
const staffing = (from: string): Staffing => ({
  basis: { from, to: from, calls: 1_240, talkS: 260, wrapUpS: 40, patienceS: 95, capped: 0.03, busySigma: 0.18 },
  simulation: { days: 300, talkMedianS: 220, talkSigma: 0.8, limitMinutes: 15 },
  days: [0, 1, 2, 3, 4, 5, 6].map((n) => ({
    date: new Date(Date.parse(from) + n * 86_400_000).toISOString().slice(0, 10),
    slots: n > 4 ? [] : [slot('08:30', 6.2, 3, 2), slot('09:00', 9.1, 4, 4), slot('09:30', 3, 2, 0)],
  })),
})

/** Gestures on many tickets, links, disruptions, monitors, walls and staffing: as much of them as a page shows. */
export function listRoutes(app: FastifyInstance): void {
  const gestures = new Map<string, BulkProgress>()
  app.post('/api/bulk', ({ body }) => {
    const { id, numbers } = bulkCreation.parse(body)
    const total = numbers.length
    gestures.set(id, { id, state: 'done', total, done: total, undone: 0, kept: 0, failed: [], undoableUntil: at(1) })
    return { ...gestures.get(id), state: 'running', done: 0 }
  })
  app.get<{ Params: { id: string } }>('/api/bulk/:id', ({ params }) => gestures.get(params.id))
  app.post<{ Params: { id: string } }>('/api/bulk/:id/undo', ({ params }) => {
    const done = gestures.get(params.id)
    if (done !== undefined) gestures.set(params.id, { ...done, state: 'undone', undone: done.total, undoableUntil: null })
    return gestures.get(params.id)
  })
  app.get('/api/tickets/:number/links', () => links)
  app.get<{ Querystring: { ended?: string } }>('/api/disruptions', ({ query }) => (query.ended === 'true' ? over : underWay))
  app.get('/api/disruptions/suggested', () => [])
  app.get('/api/monitors', () => [monitor])
  const calls = { in: 42, answered: 38, missed: 4, out: 3, ticketed: 12 }
  const exchange = { id: 'e1', name: 'Autocommutateur', createdAt: monitor.createdAt, createdBy: 'Sophie Garnier', seenAt: null, calls }
  app.get('/api/exchanges', () => [exchange])
  app.get('/api/walls', () => [wall])
  app.get<{ Querystring: { from: string } }>('/api/staffing', ({ query }) => staffing(query.from))
}
