import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Person } from '../../server/contract/entities.ts'
import type { ErrorCode } from '../../server/contract/errors.ts'
import { owedOutcome, type OwedEntry } from '../../server/contract/http.ts'
import { ahmed, claire, ines, paul, zoe } from './fake-world.ts'

const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString()
type Origin = OwedEntry['origins'][number]

const origin = (kind: Origin['kind'], seconds: number, lasted: number | null): Origin => ({
  kind,
  at: ago(seconds),
  callId: `c-${kind}-${seconds}`,
  messageId: kind === 'message' ? `m-${seconds}` : null,
  seconds: lasted,
  subject: null,
  ticket: null,
})

/** An answer owed for these origins, due an hour after the first. */
function owed(id: string, people: readonly Person[], numberShown: string, origins: Origin[], rest: Partial<OwedEntry> = {}): OwedEntry {
  const firstAt = origins[0]?.at ?? ago(0)
  return {
    id,
    number: people[0]?.phones[0] ?? `+33${id}`,
    numberShown,
    people: [...people],
    origins,
    firstAt,
    lastAt: origins.at(-1)?.at ?? firstAt,
    dueAt: new Date(Date.parse(firstAt) + 3_600_000).toISOString(),
    priority: false,
    takenBy: null,
    attempts: [],
    escalations: [],
    told: [],
    escalated: false,
    settledAt: null,
    settledHow: null,
    settledBy: null,
    ...rest,
  }
}

export const sampleOwed = (): OwedEntry[] => [
  owed('o1', [claire], '05 61 55 12 34', [origin('capped', 700, 900)], { priority: true }),
  owed('o2', [ahmed], '05 61 55 12 35', [origin('abandoned', 5_400, 125), origin('message', 4_900, 42)], {
    attempts: [
      { at: ago(2_400), by: 'Bruno Petit', outcome: 'no-answer', note: null, laterAt: null },
      { at: ago(1_200), by: 'Alice Martin', outcome: 'busy', note: 'Le poste sonne occupé sans arrêt.', laterAt: null },
    ],
    told: [{ at: ago(2_390), about: 'attempted' }],
  }),
  owed('o3', [zoe, paul], '05 61 55 20 00', [origin('closed', 3_300, null)], {
    takenBy: { id: 'bruno', name: 'Bruno Petit', at: ago(60) },
  }),
  owed('o4', [], '06 11 22 33 44', [origin('abandoned', 2_000, 48)]),
  owed('o5', [ines], '4242', [origin('cut', 90_000, 65)], {
    settledAt: ago(80_000),
    settledHow: 'got-through',
  }),
  owed('o6', [], '06 98 76 54 32', [origin('message', 95_000, 12)], {
    settledAt: ago(92_000),
    settledHow: 'reached',
    settledBy: 'Chloé Faure',
    attempts: [{ at: ago(92_000), by: 'Chloé Faure', outcome: 'reached', note: null, laterAt: null }],
  }),
]

type World = {
  owed: OwedEntry[]
  readonly me: { readonly id: string; readonly name: string }
  readonly stale: () => void
}

/** Takes, gives back and settles as the service does; what somebody else has is refused. */
export function owedRoutes(app: FastifyInstance, world: World, refuse: (reply: FastifyReply, code: ErrorCode) => FastifyReply): void {
  app.get<{ Querystring: { state: 'open' | 'settled' } }>('/api/owed', ({ query }) => ({
    entries: world.owed.filter((e) => (e.settledAt === null) === (query.state === 'open')),
    open: world.owed.filter((e) => e.settledAt === null).length,
  }))
  app.post<{ Params: { id: string; action: string } }>('/api/owed/:id/:action', ({ params, body }, reply) => {
    const entry = world.owed.find((e) => e.id === params.id)
    if (entry === undefined) return refuse(reply, 'not_found')
    if (entry.settledAt !== null || (entry.takenBy !== null && entry.takenBy.id !== world.me.id)) return refuse(reply, 'conflict')
    const after = { ...entry, ...changes(entry, params.action, body, world.me) }
    world.owed = world.owed.map((e) => (e.id === entry.id ? after : e))
    world.stale()
    return after
  })
}

function changes(entry: OwedEntry, action: string, body: unknown, me: World['me']): Partial<OwedEntry> {
  const at = new Date().toISOString()
  if (action === 'take') return { takenBy: { ...me, at } }
  if (action === 'release') return { takenBy: null }
  const told = owedOutcome.parse(body)
  const laterAt = told.outcome === 'later' ? told.laterAt : null
  const tried = {
    takenBy: null,
    dueAt: laterAt ?? entry.dueAt,
    attempts: [...entry.attempts, { at, by: me.name, outcome: told.outcome, note: told.note, laterAt }],
  }
  if (told.outcome !== 'reached' && told.outcome !== 'wrong-number') return tried
  const origins = entry.origins.map((o) => (o.messageId === null ? o : { ...o, ticket: o.ticket ?? 1_042 }))
  return { ...tried, origins, settledAt: at, settledHow: told.outcome, settledBy: me.name }
}
