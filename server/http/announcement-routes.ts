import { basename, dirname } from 'node:path'
import { z } from 'zod'
import {
  announcement,
  announcementChange,
  announcementList,
  announcementText,
  announcementVersions,
  phoneProgress,
  phoneState,
  phoneTask,
  soundDraft,
  spokenLanguage,
} from '../contract/announcements.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering, creating } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const oneSide = z.object({ name: z.string().max(100), language: spokenLanguage })
const oneSound = z.object({ address: z.string().max(64) })
/** Two minutes of uncompressed stereo, and more than any compressed format needs. */
const largestUpload = 25 * 1_048_576

/** What the desk line says, and the site's own versions of it. */
export function announcementRoutes(app: App, { announcements, studio, desk }: Pick<HttpParts, 'announcements' | 'studio' | 'desk'>): void {
  app.get('/api/announcements', { schema: { summary: 'What callers hear', response: answering(announcementList) } }, () =>
    announcements.list(),
  )

  app.get(
    '/api/announcements/sounds/:address',
    { schema: { summary: 'Listen to a sound; an address is that of a content and never means another', params: oneSound } },
    (request, reply) => {
      const file = announcements.file(request.params.address)
      if (file === null) throw new ServiceError('not_found')
      return reply
        .header('cache-control', 'private, max-age=31536000, immutable')
        .type('audio/wav')
        .sendFile(basename(file), dirname(file), { cacheControl: false })
    },
  )

  app.get(
    '/api/announcements/:name/:language/versions',
    { schema: { summary: 'Every version, the newest first', params: oneSide, response: answering(announcementVersions) } },
    ({ params }) => announcements.versions(params.name, params.language),
  )

  app.post(
    '/api/announcements/:name/:language/speech',
    {
      schema: {
        summary: 'Speak a text, without putting it in force',
        params: oneSide,
        body: announcementText,
        response: answering(soundDraft),
      },
    },
    ({ params, body }) => announcements.speak(params.name, params.language, body.text),
  )

  app.put(
    '/api/announcements/:name/:language',
    {
      schema: {
        summary: 'Put a text, a recording or an earlier version in force',
        params: oneSide,
        body: announcementChange,
        response: answering(announcement),
      },
    },
    (request) => announcements.change(request.params.name, request.params.language, request.body, signedIn(request)),
  )

  app.get(
    '/api/announcements/phone',
    { schema: { summary: 'My task at a telephone, and whose can be rung', response: answering(phoneState) } },
    (request) => ({
      task: studio.progress(signedIn(request).id),
      telephones: desk.view().operators.map(({ id, name, extension }) => ({ operatorId: id, name, extension })),
    }),
  )

  app.post(
    '/api/announcements/phone',
    {
      schema: {
        summary: 'Ring a telephone, to record at it or to play a sound to it',
        body: phoneTask,
        response: answering(phoneProgress),
      },
    },
    (request) => {
      const { telephony, operators } = desk.view()
      if (!telephony) throw new ServiceError('telephony_away')
      const operator = operators.find((o) => o.id === request.body.operatorId)
      if (operator === undefined) throw new ServiceError('no_phone')
      if (operator.callId !== null) throw new ServiceError('conflict', `${operator.name} est en communication`)
      return studio.begin(signedIn(request).id, request.body)
    },
  )

  app.delete(
    '/api/announcements/phone',
    { schema: { summary: 'Let the telephone go', response: { 204: z.null() } } },
    async (request, reply) => {
      await studio.end(signedIn(request).id)
      return reply.code(204).send(null)
    },
  )

  app.register(async (uploads) => {
    uploads.removeAllContentTypeParsers()
    uploads.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: largestUpload }, (_request, body, done) => done(null, body))
    uploads.post(
      '/api/announcements/recordings',
      {
        bodyLimit: largestUpload,
        schema: { summary: 'Bring a sound file (its bytes are the body), without putting it in force', response: creating(soundDraft) },
      },
      async (request, reply) => {
        if (!Buffer.isBuffer(request.body)) throw new ServiceError('sound_unreadable')
        return reply.code(201).send(await announcements.bring(request.body, 'upload'))
      },
    )
  })
}
