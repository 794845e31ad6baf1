import { basename, join } from 'node:path'
import { z } from 'zod'
import { showNumber } from '../calls/number.ts'
import { ticket } from '../contract/entities.ts'
import { messageChange, voiceMessage, voiceMessages, type VoiceMessage } from '../contract/http.ts'
import { listenings, messageShape, transcript, type MessageShape } from '../contract/messages.ts'
import type { StoredMessage } from '../database/message-store.ts'
import { ServiceError } from '../errors.ts'
import { peaksBeside } from '../sounds/peaks.ts'
import { ticketOfMessage } from '../tickets/messages.ts'
import { signedIn } from './access.ts'
import { answering, creating } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'
import { sendSound } from './sound.ts'

const oneMessage = z.object({ id: z.string().max(100) })

type Parts = Pick<
  HttpParts,
  | 'stores'
  | 'directory'
  | 'messagesFolder'
  | 'transcribes'
  | 'onMessageSettled'
  | 'messagesTraced'
  | 'onTicketSaved'
  | 'onCallSettled'
  | 'onOwedChanged'
>

/** Voice messages, answers owed. */
export function messageRoutes(app: App, parts: Parts): void {
  const { stores, directory, messagesFolder, onMessageSettled } = parts
  const shown = ({ file: _file, at, settledAt, ...message }: StoredMessage): VoiceMessage => ({
    ...message,
    at: at.toISOString(),
    settledAt: settledAt?.toISOString() ?? null,
    numberShown: showNumber(message.number),
    people: message.number === null ? [] : [...directory.findByPhone(message.number)],
  })

  const found = async (id: string): Promise<StoredMessage> => {
    const message = await stores.messages.byId(id)
    if (message === null) throw new ServiceError('not_found')
    return message
  }
  const soundOf = (message: StoredMessage) => join(messagesFolder, basename(message.file))

  app.get('/api/messages', { schema: { summary: 'Voice messages, those owed first', response: answering(voiceMessages) } }, async () =>
    (await stores.messages.list()).map(shown),
  )

  app.get(
    '/api/messages/:id/sound',
    { schema: { summary: 'Listen to a message; who listened is written down', params: oneMessage } },
    async (request, reply) => {
      const message = await found(request.params.id)
      await stores.messages.traceListening(message.id, signedIn(request).id)
      return sendSound(reply, soundOf(message))
    },
  )

  app.get(
    '/api/messages/:id/file',
    { schema: { summary: 'Take the sound of a message away; who did is written down', params: oneMessage } },
    async (request, reply) => {
      const message = await found(request.params.id)
      await stores.messages.traceListening(message.id, signedIn(request).id, 'downloaded')
      const name = `message-${message.at.toISOString().slice(0, 16).replaceAll(/[T:]/g, '-')}.wav`
      return sendSound(reply.header('content-disposition', `attachment; filename="${name}"`), soundOf(message))
    },
  )

  app.get(
    '/api/messages/:id/listenings',
    { schema: { summary: 'Who listened to a message, and when', params: oneMessage, response: answering(listenings) } },
    async (request) => stores.messages.listeningsOf((await found(request.params.id)).id),
  )

  app.get(
    '/api/messages/:id/shape',
    { schema: { summary: 'The loudness of a message from beginning to end', params: oneMessage, response: answering(messageShape) } },
    async (request): Promise<MessageShape> => {
      const message = await found(request.params.id)
      const written = await stores.messages.transcriptOf(message.id)
      const peaks = await peaksBeside(soundOf(message)).catch(() => [])
      const otherwise = parts.transcribes ? 'waiting' : 'off'
      return { peaks: [...peaks], transcription: written === null ? otherwise : 'done' }
    },
  )

  app.get(
    '/api/messages/:id/transcript',
    {
      schema: { summary: 'Read what a machine understood; who read is written down', params: oneMessage, response: answering(transcript) },
    },
    async (request) => {
      const written = await stores.messages.transcriptOf(request.params.id)
      if (written === null) throw new ServiceError('not_found')
      await stores.messages.traceListening(request.params.id, signedIn(request).id)
      return written
    },
  )

  app.post(
    '/api/messages/:id/ticket',
    { schema: { summary: 'Make a message a pre-ticket, with its sound', params: oneMessage, response: creating(ticket) } },
    async (request, reply) => {
      const { numberShown, people, callId, seconds } = shown(await found(request.params.id))
      const order = ticketOfMessage({ numberShown, people, callId, seconds })
      const { ticket: saved, created } = await stores.tickets.openPre(order, signedIn(request))
      if (created) {
        parts.onTicketSaved(saved)
        parts.onCallSettled(callId)
        parts.onOwedChanged()
      }
      return reply.code(201).header('location', `/api/tickets/${saved.number}`).send(saved)
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
      await parts.messagesTraced()
      return shown(settled)
    },
  )
}
