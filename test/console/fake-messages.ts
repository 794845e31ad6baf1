import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ErrorCode } from '../../server/contract/errors.ts'
import type { OwedEntry } from '../../server/contract/http.ts'
import type { Listening } from '../../server/contract/messages.ts'
import { claire, ticket, type KeptTicket } from './fake-world.ts'

type World = {
  owed: OwedEntry[]
  tickets: KeptTicket[]
  /** Who listened, the latest first; by message. */
  readonly listened: Map<string, Listening[]>
  /** Messages cannot be heard while it is set. */
  soundFails: boolean
  readonly me: { readonly name: string }
}

/** A rising and falling tone, long enough to be paused: 16 bits, 8 kHz, mono. */
function toneWav(seconds = 20): Buffer {
  const samples = Buffer.alloc(16_000 * seconds)
  for (let i = 0; i < samples.length / 2; i += 1)
    samples.writeInt16LE(Math.round(9_000 * Math.sin(i / 5) * Math.sin((Math.PI * 2 * i) / samples.length)), i * 2)
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + samples.length, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(8_000, 24)
  header.writeUInt32LE(16_000, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(samples.length, 40)
  return Buffer.concat([header, samples])
}

/** Voice messages: their shape, their sound, who listened, and the pre-ticket made of one. */
export function messageRoutes(app: FastifyInstance, world: World, refuse: (reply: FastifyReply, code: ErrorCode) => FastifyReply): void {
  app.get('/api/messages/:id/shape', () => ({
    peaks: Array.from({ length: 120 }, (_, i) => Math.round(50 + 45 * Math.sin(i / 4))),
    transcription: 'off',
  }))
  app.get<{ Params: { id: string } }>('/api/messages/:id/sound', (request, reply) => {
    if (world.soundFails) return refuse(reply, 'not_found')
    const { id } = request.params
    const heard: Listening = { at: new Date().toISOString(), who: world.me.name, how: 'heard' }
    world.listened.set(id, [heard, ...(world.listened.get(id) ?? [])])
    return reply.type('audio/wav').send(toneWav())
  })
  app.get<{ Params: { id: string } }>('/api/messages/:id/listenings', (request) => world.listened.get(request.params.id) ?? [])
  app.post<{ Params: { id: string } }>('/api/messages/:id/ticket', (request, reply) => {
    const { id } = request.params
    const made = ticket(10_500, 'Message vocal', claire, 0, { status: 'pre-ticket', medium: 'message', message: { id, seconds: 2 } })
    world.tickets.push(made)
    const linked = (origin: OwedEntry['origins'][number]) => (origin.messageId === id ? { ...origin, ticket: made.number } : origin)
    world.owed = world.owed.map((entry) => ({ ...entry, origins: entry.origins.map(linked) }))
    return reply.code(201).send(made)
  })
  app.post<{ Params: { number: string } }>('/api/tickets/:number/take-up', (request) => {
    const number = Number(request.params.number)
    world.tickets = world.tickets.map((t) => (t.number === number ? { ...t, status: 'in-progress' } : t))
    return world.tickets.find((t) => t.number === number)
  })
}
