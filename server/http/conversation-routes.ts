import { z } from 'zod'
import { consultation, keysSent, muting, recordingChange, transfer, watching } from '../contract/http.ts'
import { signedIn } from './access.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const params = z.object({ id: z.string().max(100) })
const response = { 204: z.null() }
const none = z.unknown()

type Asked<Body extends z.ZodType> = { readonly me: string; readonly call: string; readonly body: z.output<Body> }

/** A conversation with more than two: transfer, consultation, conference, keys; and supervision. */
export function conversationRoutes(app: App, { desk }: Pick<HttpParts, 'desk'>): void {
  function command<Body extends z.ZodType>(route: string, summary: string, body: Body, perform: (asked: Asked<Body>) => void): void {
    const [method = '', verb = ''] = route.split(' ')
    app.route({
      method,
      url: `/api/calls/:id/${verb}`,
      schema: { summary, params, response, ...(body !== (none as z.ZodType) && { body }) },
      handler: async (request, reply) => {
        perform({ me: signedIn(request).id, call: request.params.id, body: request.body as z.output<Body> })
        return reply.code(204).send(null)
      },
    })
  }

  command('POST consult', 'Ask somebody while the caller hears music', consultation, ({ me, call, body }) =>
    desk.consult(me, call, body.to),
  )
  command('DELETE consult', 'Back to the caller', none, ({ me, call }) => desk.endConsult(me, call))
  command('POST conference', 'All three talk', none, ({ me, call }) => desk.confer(me, call))
  command('POST transfer', 'Hand the caller over, at once or to whom is being asked', transfer, ({ me, call, body }) =>
    desk.transfer(me, call, body.to),
  )
  command('POST mute', 'Cut my microphone', muting, ({ me, call, body }) => desk.mute(me, call, body.on))
  command('POST recording', 'Record my conversation, pause that or go on', recordingChange, ({ me, call, body }) =>
    desk.orderRecording(me, call, body.order),
  )
  command('POST keys', 'Send telephone keys', keysSent, ({ me, call, body }) => desk.sendKeys(me, call, body.keys))
  command('POST take', 'Ring my phone for this waiting caller', none, ({ me, call }) => desk.take(me, call))
  command('PUT watch', 'Listen to a conversation, whisper, or join it', watching, ({ me, call, body }) => desk.watch(me, call, body.mode))
  command('DELETE watch', 'Leave a conversation I supervise', none, ({ me, call }) => desk.leaveWatch(me, call))
  command('POST end', 'End a call, as a supervisor', none, ({ call }) => desk.stop(call))
}
