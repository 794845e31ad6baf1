import type { FastifyInstance, FastifyReply } from 'fastify'
import { fillWording, originalAnnouncements, unknownPlaceholders } from '../../server/calls/announcements.ts'
import {
  announcementChange,
  announcementText,
  type AnnouncementSide,
  type AnnouncementVersion,
  type AnnouncementView,
  phoneTask,
  type PhoneProgress,
  type SoundDraft,
  type SpokenLanguage,
} from '../../server/contract/announcements.ts'
import type { ErrorCode } from '../../server/contract/errors.ts'
import { wavOf } from '../../server/sounds/level.ts'
import { voice } from '../support/sound.ts'

const wording = { name: 'Guichet unique', hours: { fr: 'de 8 heures 30 à 16 heures 30', en: 'from 8:30 to 16:30' }, limitMinutes: 15 }
const originals = originalAnnouncements()

/** What a fake desk line says: every text is « spoken » as the same two seconds of sound. */
export class FakeAnnouncements {
  readonly #versions = new Map<string, AnnouncementVersion[]>()
  readonly #inForce = new Map<string, number>()
  task: PhoneProgress | null = null
  heard = true
  /** A file is refused with this while it is set. */
  uploadFails: ErrorCode | null = null
  readonly uploads: number[] = []

  versions(name: string, language: SpokenLanguage): AnnouncementVersion[] {
    const key = `${name}/${language}`
    const kept = this.#versions.get(key) ?? [
      { number: 1, kind: 'original', text: this.text(name, language), address: null, at: null, by: null },
    ]
    this.#versions.set(key, kept)
    return kept
  }

  publish(name: string, language: SpokenLanguage, made: Pick<AnnouncementVersion, 'kind' | 'text' | 'address'>): void {
    const versions = this.versions(name, language)
    versions.unshift({ ...made, number: versions.length + 1, at: new Date().toISOString(), by: 'Sophie Garnier' })
    this.choose(name, language, versions.length)
  }

  choose(name: string, language: SpokenLanguage, number: number): void {
    this.#inForce.set(`${name}/${language}`, number)
  }

  view(name: string): AnnouncementView {
    return { name, fr: this.#side(name, 'fr'), en: this.#side(name, 'en') }
  }

  text(name: string, language: SpokenLanguage): string {
    return originals.find((o) => o.name === name && o.language === language)?.text ?? ''
  }

  #side(name: string, language: SpokenLanguage): AnnouncementSide {
    const versions = this.versions(name, language)
    const version = versions.find((v) => v.number === (this.#inForce.get(`${name}/${language}`) ?? 1)) ?? versions[0]
    if (version === undefined) throw new Error(`${name} has no version`)
    const spoken = version.text === null ? null : fillWording(version.text, wording, language)
    return { version, original: this.text(name, language), spoken, sound: 'a'.repeat(32), seconds: 24 }
  }
}

type Side = { Params: { name: string; language: SpokenLanguage } }

export function announcementRoutes(
  app: FastifyInstance,
  world: FakeAnnouncements,
  refuse: (reply: FastifyReply, code: ErrorCode) => FastifyReply,
): void {
  const names = originals.filter((o) => o.language === 'fr').map((o) => o.name)
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.get('/api/announcements', () => ({ announcements: names.map((name) => world.view(name)), voice: true, heard: world.heard }))
  app.get('/api/announcements/sounds/:address', (_request, reply) => reply.type('audio/wav').send(wavOf(voice(3, 2))))
  app.get<Side>('/api/announcements/:name/:language/versions', ({ params: { name, language } }) =>
    world.versions(name, language).map((v) => ({ ...v, sound: 'b'.repeat(32), seconds: 2 })),
  )
  app.post<Side>('/api/announcements/:name/:language/speech', ({ params, body }, reply) => {
    const { text } = announcementText.parse(body)
    if (unknownPlaceholders(text).length > 0) return refuse(reply, 'unknown_placeholder')
    return { sound: 'c'.repeat(32), seconds: 2, spoken: fillWording(text, wording, params.language) } satisfies SoundDraft
  })
  app.post<{ Body: Buffer }>('/api/announcements/recordings', ({ body }, reply) => {
    if (world.uploadFails !== null) return refuse(reply, world.uploadFails)
    world.uploads.push(body.length)
    return reply.code(201).send({ sound: 'd'.repeat(32), seconds: 2, spoken: null } satisfies SoundDraft)
  })
  app.put<Side>('/api/announcements/:name/:language', ({ params: { name, language }, body }) => {
    const change = announcementChange.parse(body)
    if ('version' in change) world.choose(name, language, change.version)
    else if ('text' in change) world.publish(name, language, { kind: 'text', text: change.text, address: null })
    else world.publish(name, language, { kind: 'upload', text: null, address: change.recording })
    return world.view(name)
  })
  app.get('/api/announcements/phone', () => ({
    task: world.task,
    telephones: [
      { operatorId: 'alice', name: 'Alice Martin', extension: '6101' },
      { operatorId: 'bruno', name: 'Bruno Petit', extension: '6102' },
    ],
  }))
  app.post('/api/announcements/phone', ({ body }) => {
    world.task = { id: 'studio-1', kind: phoneTask.parse(body).kind, stage: 'ringing', reason: null, draft: null }
    return world.task
  })
  app.delete('/api/announcements/phone', (_request, reply) => reply.code(204).send())
}
