import type { FastifyInstance, FastifyReply } from 'fastify'
import { dispositionOrder, type CallWithoutTicket } from '../../server/contract/dispositions.ts'
import { draftWrite, type Draft } from '../../server/contract/drafts.ts'
import type { ErrorCode } from '../../server/contract/errors.ts'
import { nextAsked, type NextThing } from '../../server/contract/next.ts'
import { writeDraft } from '../../server/tickets/drafts.ts'

type World = {
  unwritten: CallWithoutTicket[]
  drafts: Draft[]
  readonly draftsOver: string[]
  draftsFail: ErrorCode | null
  readonly dispositions: { readonly callId: string; readonly order: unknown }[]
  next: NextThing[]
  readonly me: { readonly id: string; readonly name: string }
  readonly stale: (what: 'calls' | 'drafts') => void
}

/** What calls leave behind, drafts by the server's own rule, and « Suivant » as a test says it. */
export function afterCallRoutes(app: FastifyInstance, world: World, refuse: (reply: FastifyReply, code: ErrorCode) => FastifyReply): void {
  app.get('/api/calls/without-ticket', () => ({ calls: world.unwritten, total: world.unwritten.length }))
  app.post<{ Params: { id: string } }>('/api/calls/:id/dispositions', (request, reply) => {
    const { id } = request.params
    world.dispositions.push({ callId: id, order: dispositionOrder.parse(request.body) })
    world.unwritten = world.unwritten.filter((call) => call.id !== id)
    world.drafts = world.drafts.filter((draft) => draft.key !== id)
    world.draftsOver.push(id)
    world.stale('calls')
    return reply.code(201).send([])
  })
  app.get('/api/drafts', () => ({ drafts: world.drafts, over: world.draftsOver }))
  app.put<{ Params: { key: string } }>('/api/drafts/:key', (request, reply) => {
    if (world.draftsFail !== null) return refuse(reply, world.draftsFail)
    const { key } = request.params
    if (world.draftsOver.includes(key)) return { outcome: 'over' }
    const current = world.drafts.find((draft) => draft.key === key) ?? null
    const callId = key.startsWith('hand-') ? null : key
    const written = writeDraft(current, key, callId, draftWrite.parse(request.body), world.me, new Date().toISOString())
    if (written.outcome === 'kept') world.drafts = [...world.drafts.filter((draft) => draft.key !== key), written.draft]
    return written
  })
  app.delete<{ Params: { key: string } }>('/api/drafts/:key', (request, reply) => {
    world.drafts = world.drafts.filter((draft) => draft.key !== request.params.key)
    world.draftsOver.push(request.params.key)
    return reply.code(204).send()
  })
  const answer = (passed: readonly string[]) => {
    const left = world.next.filter((thing) => !passed.includes(thing.key))
    return { next: left[0] ?? null, others: Math.max(0, left.length - 1) }
  }
  app.get('/api/next', () => answer([]))
  app.post('/api/next', (request) => answer(nextAsked.parse(request.body).passed))
}
