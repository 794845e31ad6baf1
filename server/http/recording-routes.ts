import { basename, join } from 'node:path'
import { z } from 'zod'
import { listenings } from '../contract/messages.ts'
import { recordings, recordingShape, recordingsOf } from '../contract/recordings.ts'
import { ServiceError } from '../errors.ts'
import { peaksBeside } from '../sounds/peaks.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'
import { sendSound } from './sound.ts'

const params = z.object({ id: z.string().max(120) })

/** Conversations that were recorded: heard by those who may, and every access written down. */
export function recordingRoutes(
  app: App,
  { stores, settings, recordingsFolder }: Pick<HttpParts, 'stores' | 'settings' | 'recordingsFolder'>,
): void {
  const found = async (id: string) => {
    const recording = await stores.recordings.byId(id)
    if (recording === null) throw new ServiceError('not_found')
    return { id, path: join(recordingsFolder, basename(recording.file)) }
  }

  app.get(
    '/api/recordings',
    { schema: { summary: 'The recordings of a call or of a ticket', querystring: recordingsOf, response: answering(recordings) } },
    async ({ query: { call, ticket } }) => ({
      recordings: call !== undefined ? await stores.recordings.ofCall(call) : await stores.recordings.ofTicket(ticket ?? 0),
      removedAfterDays: settings.values.desk.recordingDays,
    }),
  )

  app.get(
    '/api/recordings/:id/sound',
    { schema: { summary: 'Listen to a conversation; who listened is written down', params } },
    async (request, reply) => {
      const { id, path } = await found(request.params.id)
      await stores.recordings.trace(id, signedIn(request).id, 'heard')
      return sendSound(reply, path)
    },
  )

  app.get(
    '/api/recordings/:id/file',
    { schema: { summary: 'Take the sound of a conversation away; who did is written down', params } },
    async (request, reply) => {
      const { id, path } = await found(request.params.id)
      await stores.recordings.trace(id, signedIn(request).id, 'downloaded')
      return sendSound(reply.header('content-disposition', `attachment; filename="${basename(path)}"`), path)
    },
  )

  app.get(
    '/api/recordings/:id/listenings',
    { schema: { summary: 'Who had access to a recording, and when', params, response: answering(listenings) } },
    async (request) => stores.recordings.accessesTo((await found(request.params.id)).id),
  )

  app.get(
    '/api/recordings/:id/shape',
    { schema: { summary: 'The loudness of a recording from beginning to end', params, response: answering(recordingShape) } },
    async (request) => ({ peaks: [...(await peaksBeside((await found(request.params.id)).path).catch(() => []))] }),
  )
}
