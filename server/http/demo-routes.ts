import { z } from 'zod'
import { demoCall, demoCallPlaced, demoState, demoSwitch } from '../contract/http.ts'
import { trainingDebrief, trainingStart, trainingState } from '../contract/training.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering, creating } from './answers.ts'
import type { App } from './app-type.ts'
import type { DemoPort, TrainingPort } from './ports.ts'
import { sendSound } from './sound.ts'

/** The demonstration: place a call as a sample person, hear what each side heard. Open to all, since it only runs on loopback. */
export function demoRoutes(app: App, demo: DemoPort): void {
  app.get('/api/demo', { schema: { summary: 'The demonstration', response: answering(demoState) } }, () => demo.state())

  app.put(
    '/api/demo',
    { schema: { summary: 'Show the open or the closed side', body: demoSwitch, response: answering(demoState) } },
    async (request) => {
      await demo.setClosed(request.body.closed)
      return demo.state()
    },
  )

  app.post(
    '/api/demo/calls',
    { schema: { summary: 'Place a real call', body: demoCall, response: creating(demoCallPlaced) } },
    async (request, reply) => reply.code(201).send(await demo.placeCall(request.body)),
  )

  trainingRoutes(app, demo.training)

  app.get(
    '/api/demo/recordings/:id',
    { schema: { summary: 'What one side heard', params: z.object({ id: z.string().max(200) }) } },
    async (request, reply) => {
      const path = await demo.recording(request.params.id)
      if (path === null) throw new ServiceError('not_found')
      return sendSound(reply, path)
    },
  )
}

/** Training days: one at a time, for whoever is at this desk of samples. */
function trainingRoutes(app: App, training: TrainingPort): void {
  app.get('/api/demo/training', { schema: { summary: 'Training days', response: answering(trainingState) } }, () => training.state())

  app.post(
    '/api/demo/training',
    { schema: { summary: 'Begin a training day', body: trainingStart, response: creating(trainingState) } },
    async (request, reply) => reply.code(201).send(await training.begin(request.body.script, signedIn(request))),
  )

  app.post('/api/demo/training/end', { schema: { summary: 'End the training day', response: answering(trainingDebrief) } }, () =>
    training.end(),
  )

  app.get(
    '/api/demo/training/:id',
    { schema: { summary: 'What was made of a training day', params: z.object({ id: z.uuid() }), response: answering(trainingDebrief) } },
    ({ params }) => training.debrief(params.id),
  )
}
