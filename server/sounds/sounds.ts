import type { Logger } from 'pino'
import { fillWording, type Language, originalAnnouncements, type Spoken, type Wording } from '../calls/announcements.ts'
import type { AnnouncementSide, AnnouncementVersion, AnnouncementView } from '../contract/announcements.ts'
import { announcementsInForce, type InForce, isSide, readInForce, writeInForce } from './in-force.ts'
import { type Announcement, type Placed, prepareSounds } from './prepare.ts'
import type { SoundTools } from './voice.ts'

/** Where sounds are made and kept. */
export type SoundPlaces = {
  /** Null where nothing can speak or convert: what is in its place stays. */
  readonly tools: SoundTools | null
  /** Asterisk's sounds folder. */
  readonly soundsDir: string
  /** Whether Asterisk plays from there; else somebody copies them. */
  readonly heard: boolean
  /** What was made once, by content. */
  readonly cacheDir: string
}

type SoundsPorts = {
  readonly places: SoundPlaces
  readonly varDir: string
  readonly wording: Wording
  /** Sentences that are not the site's to change: the demo's voices, the words of the recording telephone. */
  readonly voices: readonly Spoken[]
  readonly log: Logger
  readonly onChange: () => void
}

/** The text as it was before anybody changed it. */
export const originalVersion = (text: string): AnnouncementVersion => ({
  number: 1,
  kind: 'original',
  text,
  address: null,
  at: null,
  by: null,
})

/**
 * What callers hear, kept in its place while the desk works: changed wording, sentences spoken at run time, and the site's own
 * versions, one change after another. Each file is ready before it replaces the one in force, whose listeners hear it out.
 */
export class Sounds {
  readonly #ports: SoundsPorts
  #wording: Wording
  #state: InForce
  #placed: readonly Placed[] = []
  #said: readonly Announcement[] = []
  #turn: Promise<void> = Promise.resolve()

  constructor(ports: SoundsPorts) {
    this.#ports = ports
    this.#wording = ports.wording
    this.#state = readInForce(ports.varDir)
  }

  /** Bring all that is in force into its place. Never rejects: what could not be made is logged, and what was there is still heard. */
  start(): Promise<void> {
    return this.#place(() => undefined)
  }

  /** Resolves when nothing is being made any more. */
  settled(): Promise<void> {
    return this.#turn
  }

  get wording(): Wording {
    return this.#wording
  }

  get speaks(): boolean {
    return this.#ports.places.tools !== null
  }

  /** The desk's name, hours or limit have changed: what mentions them is spoken again. Resolves when callers hear it. */
  setWording(wording: Wording): Promise<void> {
    return this.#place(() => {
      this.#wording = wording
    })
  }

  /**
   * Speak a sentence that the desk line does not bring itself, to be played as `sound:guichet/NAME`; the same name is replaced, and
   * found again after a restart. Resolves when it can be played.
   */
  speak(name: string, language: Language, text: string): Promise<void> {
    const other = (side: { readonly name: string; readonly language: Language }) => !isSide(name, language)(side)
    return this.#keep((state) => ({ ...state, added: [...state.added.filter(other), { name, language, text }] }))
  }

  /** Whether Asterisk plays what is put in place here. */
  get heard(): boolean {
    return this.#ports.places.heard
  }

  /** What callers read in place of hearing it; null: a recording, whose words nobody wrote, or unknown. */
  textOf(name: string, language: Language): string | null {
    const said = this.#said.find(isSide(name, language))
    if (said !== undefined) return said.recording === undefined ? said.text : null
    const original = originalAnnouncements().find(isSide(name, language))
    return original === undefined ? null : fillWording(original.text, this.#wording, language)
  }

  /** Whether that sound is where Asterisk plays it from. */
  plays(name: string, language: Language): boolean {
    return this.heard && this.#placed.some(isSide(name, language))
  }

  /** Forget what was spoken under these names. */
  unspeak(names: readonly string[]): Promise<void> {
    return this.#keep((state) => ({ ...state, added: state.added.filter((a) => !names.includes(a.name)) }))
  }

  /** @param version null goes back to the original. Resolves when callers hear it. */
  choose(name: string, language: Language, version: AnnouncementVersion | null): Promise<void> {
    return this.#keep((state) => {
      const others = state.chosen.filter((c) => !isSide(name, language)(c))
      return { ...state, chosen: version === null ? others : [...others, { name, language, version }] }
    })
  }

  /** The version in force; null for the original. */
  chosen(name: string, language: Language): AnnouncementVersion | null {
    return this.#state.chosen.find(isSide(name, language))?.version ?? null
  }

  /** Every announcement that the site may change, in the order in which callers meet them. */
  list(): readonly AnnouncementView[] {
    const originals = originalAnnouncements()
    return originals
      .filter((o) => o.language === 'fr')
      .map(({ name }) => ({ name, fr: this.#side(name, 'fr', originals), en: this.#side(name, 'en', originals) }))
  }

  #side(name: string, language: Language, originals: readonly Spoken[]): AnnouncementSide {
    const original = originals.find(isSide(name, language))?.text ?? ''
    const placed = this.#placed.find(isSide(name, language))
    const said = this.#said.find(isSide(name, language))
    return {
      version: this.chosen(name, language) ?? originalVersion(original),
      original,
      spoken: said === undefined || said.recording !== undefined ? null : said.text,
      sound: placed?.address ?? null,
      seconds: placed?.seconds ?? 0,
    }
  }

  #keep(change: (state: InForce) => InForce): Promise<void> {
    return this.#place(() => {
      this.#state = change(this.#state)
      writeInForce(this.#ports.varDir, this.#state)
    })
  }

  #place(change: () => void): Promise<void> {
    const turn = this.#turn.then(() => this.#prepare(change))
    this.#turn = turn
    return turn
  }

  async #prepare(change: () => void): Promise<void> {
    const { places, voices, varDir, log, onChange } = this.#ports
    try {
      change()
      const { tools, soundsDir, cacheDir } = places
      if (tools === null) return
      const announcements = [...announcementsInForce(varDir, this.#wording, this.#state), ...voices]
      const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
      this.#placed = await prepareSounds({ tools, soundsDir, cacheDir, announcements, log: quiet })
      this.#said = announcements
    } catch (error) {
      log.error({ err: error }, 'An announcement could not be made; callers hear the one before')
    }
    onChange()
  }
}
