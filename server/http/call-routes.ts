import { z } from 'zod'
import { normaliseNumber } from '../calls/number.ts'
import { callList, extension, holding, outgoingCall, outgoingCallPlaced } from '../contract/http.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const oneCall = z.object({ id: z.string().max(100) })
const done = { 204: z.null() }

/** The calls of the moment; from memory, whatever the database does. */
export function callRoutes(app: App, { desk, directory }: Pick<HttpParts, 'desk' | 'directory'>): void {
  app.get('/api/calls', { schema: { summary: 'The calls of the moment', response: answering(callList) } }, () => {
    const { calls, operators } = desk.view()
    const waiting = calls.filter((call) => call.position !== null).sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
    return { waiting, others: calls.filter((call) => call.position === null), operators: [...operators] }
  })

  app.post(
    '/api/calls',
    { schema: { summary: 'Call somebody; my own phone rings first', body: outgoingCall, response: { 201: outgoingCallPlaced } } },
    async (request, reply) => {
      const { number: raw, owedId } = request.body
      const number = normaliseNumber(raw)
      if (number === null) throw new ServiceError('invalid_body', 'number')
      const people = directory.findByPhone(number)
      return reply.code(201).send({ callId: desk.call(signedIn(request).id, number, { people, owedId }) })
    },
  )

  const commands = {
    answer: ['Pick up the demo’s phone', desk.answer],
    decline: ['Refuse the ringing call', desk.decline],
    hangup: ['End the conversation', desk.hangUp],
  } as const
  for (const [verb, [summary, command]] of Object.entries(commands)) {
    app.post(`/api/calls/:id/${verb}`, { schema: { summary, params: oneCall, response: done } }, async (request, reply) => {
      command.call(desk, signedIn(request).id, request.params.id)
      return reply.code(204).send(null)
    })
  }

  app.post(
    '/api/calls/:id/extend',
    { schema: { summary: 'Put the conversation’s limit off', params: oneCall, body: extension, response: done } },
    async (request, reply) => {
      desk.extend(signedIn(request).id, request.params.id, request.body.reason)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/calls/:id/hold',
    { schema: { summary: 'Put the caller on hold, or take them back', params: oneCall, body: holding, response: done } },
    async (request, reply) => {
      desk.hold(signedIn(request).id, request.params.id, request.body.on)
      return reply.code(204).send(null)
    },
  )
}
