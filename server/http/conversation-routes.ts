import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { consultation, keysSent, muting, transfer, watching } from '../contract/http.ts'
import { signedIn } from './access.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const params = z.object({ id: z.string().max(100) })
const response = { 204: z.null() }
const me = (request: FastifyRequest) => signedIn(request).id

/** A conversation with more than two: transfer, consultation, conference, keys; and supervision. */
export function conversationRoutes(app: App, { desk }: Pick<HttpParts, 'desk'>): void {
  app.post(
    '/api/calls/:id/consult',
    { schema: { summary: 'Ask somebody while the caller hears music', params, body: consultation, response } },
    async (request, reply) => {
      desk.consult(me(request), request.params.id, request.body.to)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/calls/:id/transfer',
    { schema: { summary: 'Hand the caller over, at once or to whom is being asked', params, body: transfer, response } },
    async (request, reply) => {
      desk.transfer(me(request), request.params.id, request.body.to)
      return reply.code(204).send(null)
    },
  )

  app.post('/api/calls/:id/mute', { schema: { summary: 'Cut my microphone', params, body: muting, response } }, async (request, reply) => {
    desk.mute(me(request), request.params.id, request.body.on)
    return reply.code(204).send(null)
  })

  app.post('/api/calls/:id/keys', { schema: { summary: 'Send keys', params, body: keysSent, response } }, async (request, reply) => {
    desk.sendKeys(me(request), request.params.id, request.body.keys)
    return reply.code(204).send(null)
  })

  app.put(
    '/api/calls/:id/watch',
    { schema: { summary: 'Listen to a conversation, whisper, or join it', params, body: watching, response } },
    async (request, reply) => {
      desk.watch(me(request), request.params.id, request.body.mode)
      return reply.code(204).send(null)
    },
  )

  const commands = [
    ['DELETE', 'consult', 'Back to the caller', (request) => desk.endConsult(me(request), request.params.id)],
    ['POST', 'conference', 'All three talk', (request) => desk.confer(me(request), request.params.id)],
    ['POST', 'take', 'Ring my phone for this waiting caller', (request) => desk.take(me(request), request.params.id)],
    ['DELETE', 'watch', 'Leave a conversation I supervise', (request) => desk.leaveWatch(me(request), request.params.id)],
    ['POST', 'end', 'End a call, as a supervisor', (request) => desk.stop(request.params.id)],
  ] as const satisfies readonly (readonly [
    'POST' | 'DELETE',
    string,
    string,
    (request: FastifyRequest & { params: z.infer<typeof params> }) => void,
  ])[]
  for (const [method, verb, summary, command] of commands) {
    app.route({
      method,
      url: `/api/calls/:id/${verb}`,
      schema: { summary, params, response },
      handler: async (request, reply) => {
        command(request)
        return reply.code(204).send(null)
      },
    })
  }
}
