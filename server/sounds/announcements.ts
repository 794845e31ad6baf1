import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  fillWording,
  type Language,
  originalAnnouncements,
  sound as soundMedia,
  type Spoken,
  unknownPlaceholders,
} from '../calls/announcements.ts'
import type {
  AnnouncementChange,
  AnnouncementHistory,
  AnnouncementList,
  AnnouncementVersion,
  AnnouncementView,
  SoundDraft,
} from '../contract/announcements.ts'
import type { AnnouncementStore, Author, VersionContent } from '../database/announcement-store.ts'
import { ServiceError } from '../errors.ts'
import { bringSound } from './bring.ts'
import { isSide, recordingFile, soundsFolder } from './in-force.ts'
import { secondsOf } from './prepare.ts'
import { originalVersion, type SoundPlaces, type Sounds } from './sounds.ts'
import { addressOf, makeOnce, type SoundTools, speech } from './voice.ts'

type AnnouncementsPorts = {
  readonly sounds: Sounds
  readonly places: SoundPlaces
  readonly varDir: string
  readonly store: AnnouncementStore
}

const isAddress = (address: string) => /^[0-9a-f]{32}$/.test(address)

/**
 * The site's own announcements: spoken or brought as drafts, heard, put in force, kept as versions. PostgreSQL is their master:
 * a version is there before callers hear it.
 */
export class Announcements {
  readonly #ports: AnnouncementsPorts
  readonly #drafts: string
  /** How each recording that is not in force yet was made. */
  readonly #brought = new Map<string, 'upload' | 'phone'>()

  constructor(ports: AnnouncementsPorts) {
    this.#ports = ports
    this.#drafts = join(soundsFolder(ports.varDir), 'drafts')
    // Nobody waits any more for what was brought before a restart.
    if (existsSync(this.#drafts)) for (const file of readdirSync(this.#drafts)) rmSync(join(this.#drafts, file))
  }

  list(): AnnouncementList {
    const { sounds } = this.#ports
    return { announcements: [...sounds.list()], voice: sounds.speaks, heard: sounds.heard }
  }

  /** @throws ServiceError `not_found` */
  async versions(name: string, language: Language): Promise<AnnouncementHistory> {
    const original = this.#original(name, language)
    const kept = await this.#ports.store.versions({ name, language })
    return Promise.all([...kept, originalVersion(original.text)].map((version) => this.#heard(version, original)))
  }

  /** Speak a text as callers would hear it. @throws ServiceError `not_found`, `unknown_placeholder`, `voice_away` */
  async speak(name: string, language: Language, text: string): Promise<SoundDraft> {
    const original = this.#original(name, language)
    const [unknown] = unknownPlaceholders(text)
    if (unknown !== undefined) throw new ServiceError('unknown_placeholder', unknown)
    const spoken = fillWording(text, this.#ports.sounds.wording, language)
    return { ...(await this.#spoken(spoken, original)), spoken }
  }

  /** Bring a recording: a file's content, or what a telephone recorded. @throws ServiceError `sound_…`, `voice_away` */
  async bring(bytes: Buffer, how: 'upload' | 'phone'): Promise<SoundDraft> {
    const wav = await bringSound(bytes, this.#tools.sox, this.#drafts)
    const sound = addressOf(wav)
    const file = this.#draftFile(sound)
    writeFileSync(file, wav, { mode: 0o600 })
    this.#brought.set(sound, how)
    return { sound, seconds: secondsOf(file), spoken: null }
  }

  /**
   * Put a text, a brought recording or an earlier version in force. Callers hear it when this resolves; whoever hears the one
   * before hears it out.
   * @throws ServiceError `not_found`, `unknown_placeholder`, `voice_away`, `database_away`, `conflict`
   */
  async change(name: string, language: Language, change: AnnouncementChange, by: Author): Promise<AnnouncementView> {
    const { sounds, store } = this.#ports
    const side = { name, language }
    const version =
      'version' in change
        ? await store.goBack(side, change.version, by)
        : await store.publish(side, await this.#contentOf(name, language, change), by)
    await sounds.choose(name, language, version)
    const after = sounds.list().find((a) => a.name === name)
    if (after === undefined) throw new ServiceError('not_found')
    return after
  }

  /** Where that content lies. @returns null when there is none */
  file(address: string): string | null {
    if (!isAddress(address)) return null
    const { places, varDir } = this.#ports
    const files = [join(places.cacheDir, address), recordingFile(varDir, address), this.#draftFile(address)]
    return files.find((file) => existsSync(file)) ?? null
  }

  /** Where Asterisk finds that content for a moment, so that a telephone can be played it. @returns null when there is none */
  lend(address: string): string | null {
    const file = this.file(address)
    if (file === null) return null
    const name = `lent-${address}`
    const folder = join(this.#ports.places.soundsDir, 'fr', 'guichet')
    mkdirSync(folder, { recursive: true })
    copyFileSync(file, join(folder, `${name}.wav`))
    return soundMedia(name)
  }

  /** What PostgreSQL says is in force wins over what was noted here: one of them may have been restored from elsewhere. */
  async reconcile(): Promise<void> {
    const { sounds, store } = this.#ports
    for (const { name, language, version } of await store.inForce())
      if ((sounds.chosen(name, language)?.number ?? 1) !== (version?.number ?? 1)) await sounds.choose(name, language, version)
  }

  async #contentOf(name: string, language: Language, change: Exclude<AnnouncementChange, { version: number }>): Promise<VersionContent> {
    if ('text' in change) {
      await this.speak(name, language, change.text)
      return { kind: 'text', text: change.text, address: addressOf(change.text) }
    }
    this.#original(name, language)
    const kind = this.#brought.get(change.recording)
    if (kind === undefined) throw new ServiceError('not_found')
    const { varDir } = this.#ports
    mkdirSync(soundsFolder(varDir), { recursive: true, mode: 0o700 })
    copyFileSync(this.#draftFile(change.recording), recordingFile(varDir, change.recording))
    return { kind, address: change.recording }
  }

  async #heard(version: AnnouncementVersion, original: Spoken): Promise<AnnouncementHistory[number]> {
    const { sounds } = this.#ports
    if (version.text !== null && sounds.speaks) {
      const { sound, seconds } = await this.#spoken(fillWording(version.text, sounds.wording, original.language), original)
      return { ...version, sound, seconds }
    }
    const file = version.address === null ? null : this.file(version.address)
    return { ...version, sound: file === null ? null : version.address, seconds: file === null ? 0 : secondsOf(file) }
  }

  async #spoken(text: string, { name, language, voice = language }: Spoken): Promise<{ readonly sound: string; readonly seconds: number }> {
    const recipe = speech(this.#tools, text, voice)
    const file = await makeOnce(recipe, this.#ports.places.cacheDir, name)
    return { sound: recipe.address, seconds: secondsOf(file) }
  }

  #original(name: string, language: Language): Spoken {
    const found = originalAnnouncements().find(isSide(name, language))
    if (found === undefined) throw new ServiceError('not_found')
    return found
  }

  get #tools(): SoundTools {
    const { tools } = this.#ports.places
    if (tools === null) throw new ServiceError('voice_away')
    return tools
  }

  readonly #draftFile = (address: string): string => join(this.#drafts, `${address}.wav`)
}
