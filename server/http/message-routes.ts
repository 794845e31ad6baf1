import { basename, join } from 'node:path'
import { z } from 'zod'
import { showNumber } from '../calls/number.ts'
import { messageChange, voiceMessage, voiceMessages, type VoiceMessage } from '../contract/http.ts'
import type { StoredMessage } from '../database/message-store.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'
import { sendSound } from './sound.ts'

const oneMessage = z.object({ id: z.string().max(100) })

type Parts = Pick<HttpParts, 'stores' | 'directory' | 'messagesFolder' | 'onMessageSettled'>

/** Voice messages, answers owed. */
export function messageRoutes(app: App, { stores, directory, messagesFolder, onMessageSettled }: Parts): void {
  const shown = ({ file: _file, at, settledAt, ...message }: StoredMessage): VoiceMessage => ({
    ...message,
    at: at.toISOString(),
    settledAt: settledAt?.toISOString() ?? null,
    numberShown: showNumber(message.number),
    people: message.number === null ? [] : [...directory.findByPhone(message.number)],
  })

  app.get('/api/messages', { schema: { summary: 'Voice messages, those owed first', response: answering(voiceMessages) } }, async () =>
    (await stores.messages.list()).map(shown),
  )

  app.get(
    '/api/messages/:id/sound',
    { schema: { summary: 'Listen to a message; who listened is written down', params: oneMessage } },
    async (request, reply) => {
      const message = await stores.messages.byId(request.params.id)
      if (message === null) throw new ServiceError('not_found')
      await stores.messages.traceListening(message.id, signedIn(request).id)
      return sendSound(reply, join(messagesFolder, basename(message.file)))
    },
  )

  app.put(
    '/api/messages/:id',
    {
      schema: { summary: 'Settle a message', params: oneMessage, body: messageChange, response: answering(voiceMessage) },
    },
    async (request) => {
      const settled = await stores.messages.settle(request.params.id, signedIn(request))
      if (settled === null) throw new ServiceError('not_found')
      onMessageSettled(settled.id)
      return shown(settled)
    },
  )
}
