import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { CallView, OperatorView, OtherParty } from '../../server/contract/entities.ts'
import type { ErrorCode } from '../../server/contract/errors.ts'
import { consultation, keysSent, muting, recordingChange, transfer, watching, type TransferTo } from '../../server/contract/http.ts'
import type { DeskChange } from '../../server/contract/live.ts'

type World = {
  readonly me: { readonly id: string }
  readonly operators: readonly OperatorView[]
  readonly calls: ReadonlyMap<string, CallView>
  callFails: ErrorCode | null
  readonly sentKeys: string[]
  /** Whom calls were handed over to at once. */
  readonly transfers: unknown[]
  readonly change: (change: Partial<Pick<DeskChange, 'calls'>>) => void
}
type Refuse = (reply: FastifyReply, code: ErrorCode) => FastifyReply
type Request = FastifyRequest<{ Params: { id: string } }>

function partyOf(to: TransferTo, operators: readonly OperatorView[]): OtherParty {
  if (to.kind === 'operator')
    return { name: operators.find((o) => o.id === to.operatorId)?.name ?? '', operatorId: to.operatorId, number: null }
  if (to.kind === 'group') return { name: `${to.groupId} · Farid Nasri`, operatorId: null, number: '+33561556612' }
  return { name: to.name ?? to.number, operatorId: null, number: to.number }
}

/** Does to the call what the service says it has done; who picks up is what a test says. */
export function conversationRoutes(app: FastifyInstance, world: World, refuse: Refuse): void {
  const on = (method: 'POST' | 'PUT' | 'DELETE', action: string, after: (call: CallView, body: unknown) => Partial<CallView>) =>
    app.route({
      method,
      url: `/api/calls/:id/${action}`,
      handler: (request: Request, reply) => {
        const call = world.calls.get(request.params.id)
        if (world.callFails !== null || call === undefined) return refuse(reply, world.callFails ?? 'not_found')
        world.change({ calls: [{ ...call, ...after(call, request.body) }] })
        return reply.code(204).send()
      },
    })
  const asked = (to: TransferTo) => ({ ...partyOf(to, world.operators), state: 'ringing' as const, since: new Date().toISOString() })

  on('POST', 'consult', (_call, body) => ({ consult: asked(consultation.parse(body).to) }))
  on('DELETE', 'consult', () => ({ consult: null }))
  on('POST', 'conference', ({ consult }) => ({ consult: consult === null ? null : { ...consult, state: 'joined' } }))
  on('POST', 'transfer', ({ consult }, body) => {
    const { to } = transfer.parse(body)
    world.transfers.push(to)
    const rung = to === null ? consult : asked(to)
    if (consult?.state === 'talking') return { operatorId: consult.operatorId, consult: null }
    return { status: 'transferring', operatorId: null, consult: rung, offeredTo: rung?.operatorId == null ? [] : [rung.operatorId] }
  })
  on('POST', 'mute', (_call, body) => ({ muted: muting.parse(body).on }))
  on('POST', 'recording', (_call, body) => {
    const { order } = recordingChange.parse(body)
    return { recording: order === 'cancel' ? null : order === 'pause' ? 'paused' : order === 'start' ? 'announcing' : 'on' }
  })
  on('POST', 'keys', (_call, body) => {
    world.sentKeys.push(keysSent.parse(body).keys)
    return {}
  })
  on('POST', 'take', () => ({ offeredTo: [world.me.id] }))
  on('PUT', 'watch', ({ watch }, body) => ({
    watch: { supervisorId: world.me.id, mode: watching.parse(body).mode, state: watch?.state ?? 'ringing' },
  }))
  on('DELETE', 'watch', () => ({ watch: null }))
}
