import type { FastifyInstance, FastifyReply } from 'fastify'
import type { z } from 'zod'
import type { CallView, OperatorView } from '../../server/contract/entities.ts'
import type { ErrorCode } from '../../server/contract/errors.ts'
import type { outgoingCall } from '../../server/contract/http.ts'
import type { DeskChange } from '../../server/contract/live.ts'
import { call, everybody, operator } from './fake-world.ts'

type World = {
  readonly me: { readonly id: string; readonly name: string }
  callFails: ErrorCode | null
  readonly placed: unknown[]
  readonly pop: (call: CallView) => void
  readonly change: (change: Partial<Pick<DeskChange, 'calls' | 'operators'>>) => void
}

/** That call, made by this operator, whose own phone rings. */
export const placing = (id: string, number: string, by: string, rest: Partial<CallView> = {}): CallView =>
  call(
    id,
    everybody.filter((p) => p.phones.includes(number)),
    { number, status: 'placing', direction: 'out', position: null, operatorId: by, offeredTo: [by], waited: 0, ...rest },
  )

/** The operator has picked up, and the person's phone rings. */
export const dialling = (placed: CallView): CallView => ({ ...placed, status: 'dialling', offeredTo: [] })

const ringing = ({ id, name }: World['me'], callId: string): OperatorView => operator(id, name, 'ringing', { callId })

/** Places calls as the service does: the operator's own phone rings; what follows is what a test says. */
export function callingRoutes(app: FastifyInstance, world: World, refuse: (reply: FastifyReply, code: ErrorCode) => FastifyReply): void {
  app.post<{ Body: Required<z.input<typeof outgoingCall>> }>('/api/calls', ({ body: asked }, reply) => {
    if (world.callFails !== null) return refuse(reply, world.callFails)
    world.placed.push(asked)
    const placed = placing('out-1', asked.number, world.me.id, { owedId: asked.owedId })
    world.pop(placed)
    world.change({ calls: [placed], operators: [ringing(world.me, placed.id)] })
    return reply.code(201).send({ callId: placed.id })
  })
}
