import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { mayCall } from '../contract/rights.ts'
import { erasureDone, erasureOrder, exportQuery, purgeReports } from '../contract/privacy.ts'
import { ServiceError } from '../errors.ts'
import { remover } from '../engine/purge.ts'
import { exportPage } from '../people/export.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const onePerson = z.object({ id: z.string().max(200) })
/** Sounds beyond this are listed without being carried along. */
const mostSoundBytes = 20_000_000

type Parts = Pick<
  HttpParts,
  'stores' | 'settings' | 'config' | 'now' | 'messagesFolder' | 'recordingsFolder' | 'rawMail' | 'numbers' | 'ocs' | 'drafts' | 'desk'
>

/** What the law lets a person ask for: what is held about them, and that it go; and what goes by itself. */
export function privacyRoutes(
  app: App,
  { stores, settings, config, now, messagesFolder, recordingsFolder, rawMail, numbers, ocs, drafts, desk }: Parts,
): void {
  const remove = remover({ message: messagesFolder, recording: recordingsFolder }, rawMail)

  app.get(
    '/api/people/:id/export',
    {
      schema: {
        summary: 'All that is held about a person, as a page to read with its JSON, or JSON alone',
        params: onePerson,
        querystring: exportQuery,
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const all = await stores.privacy.everythingOf(id)
      if (all === null) throw new ServiceError('not_found')
      const by = signedIn(request)
      await stores.reads.trace('export', id, by.id)
      const taken = (messageId: string) => stores.messages.traceListening(messageId, by.id, 'downloaded')
      const name = `donnees-${all.person.name
        .normalize('NFD')
        .replaceAll(/\p{M}/gu, '')
        .replaceAll(/[^A-Za-z]+/g, '-')}`
      const attached = (kind: string) => reply.header('content-disposition', `attachment; filename="${name}.${kind}"`)
      if (request.query.format === 'json') {
        // What a machine understood of a message is read as it is heard.
        for (const { message, transcript } of all.messages) if (transcript !== null) await taken(message.id)
        return attached('json')
          .type('application/json; charset=utf-8')
          .send(JSON.stringify(all, null, 1))
      }
      const sounds = new Map<string, string>()
      let bytes = 0
      const carry = async (
        folder: string,
        { id: soundId, file }: { readonly id: string; readonly file: string },
        traced: () => Promise<void>,
      ): Promise<boolean> => {
        if (file === '' || bytes > mostSoundBytes) return false
        const sound = await readFile(join(folder, basename(file))).catch(() => null)
        if (sound === null) return false
        await traced()
        bytes += sound.length
        sounds.set(soundId, sound.toString('base64'))
        return true
      }
      for (const { message, transcript } of all.messages) {
        const carried = await carry(messagesFolder, message, () => taken(message.id))
        if (!carried && transcript !== null) await taken(message.id)
      }
      // A conversation is for those alone who may take its sound away otherwise.
      if (mayCall(by, 'GET /api/recordings/:id/file'))
        for (const recording of all.recordings)
          await carry(recordingsFolder, recording, () => stores.recordings.trace(recording.id, by.id, 'downloaded'))
      const page = exportPage(all, {
        desk: settings.values.desk.name,
        at: new Date(now()),
        timeZone: config.timeZone,
        soundOf: (messageId) => sounds.get(messageId) ?? null,
      })
      return attached('html').type('text/html; charset=utf-8').send(page)
    },
  )

  app.post(
    '/api/people/:id/erasure',
    { schema: { summary: 'Erase what is held about a person', params: onePerson, body: erasureOrder, response: answering(erasureDone) } },
    async (request) => {
      const { id } = request.params
      const known = await stores.persons.known(id)
      const done = await stores.privacy.erase(id, request.body, signedIn(request), {
        remove,
        forgetDraft: (key) => drafts.end(key),
        forgetNumbers: (theirs) => desk.forget(theirs),
      })
      for (const { number, source } of known?.numbers ?? []) if (source === 'attached') numbers.detached(id, number)
      ocs.forget()
      return done
    },
  )

  app.get('/api/retention', { schema: { summary: 'What went by itself of late, day by day', response: answering(purgeReports) } }, () =>
    stores.retention.reports(),
  )
}
