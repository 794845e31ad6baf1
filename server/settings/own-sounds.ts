import type { ExceptionalDays, LineSettings } from '../contract/settings.ts'
import type { Sounds } from '../sounds/sounds.ts'

const languages = ['fr', 'en'] as const
/** Words of the site's own, in both languages, and the name of their sound; null: there are none. */
export type OwnWords = { readonly name: string; readonly words: Readonly<Record<(typeof languages)[number], string>> } | null

/** What tells of a closure declared ahead. */
export const closureWords = ({ id, announcement }: ExceptionalDays): OwnWords =>
  announcement === null ? null : { name: `closure-${id}`, words: announcement }

/** What welcomes a line's callers. */
export const welcomeWords = ({ id, welcome }: LineSettings): OwnWords =>
  welcome === null ? null : { name: `welcome-${id}`, words: welcome }

/**
 * Announcements that come with a setting, spoken as soon as it is saved. Until its sound is in place in both languages, the setting
 * does without: better the usual message than silence.
 */
export class OwnSounds {
  readonly #sounds: Pick<Sounds, 'speak' | 'unspeak' | 'plays'>
  #known: ReadonlyMap<string, string> = new Map()

  constructor(sounds: Pick<Sounds, 'speak' | 'unspeak' | 'plays'>) {
    this.#sounds = sounds
  }

  /** Speak what is new or has changed, forget what is no more. @param all every setting's words */
  async follow(all: readonly OwnWords[]): Promise<void> {
    const wanted = all.flatMap((one) => one ?? [])
    const before = this.#known
    this.#known = new Map(wanted.map(({ name, words }) => [name, JSON.stringify(words)]))
    const gone = [...before.keys()].filter((name) => !this.#known.has(name))
    if (gone.length > 0) await this.#sounds.unspeak(gone)
    for (const { name, words } of wanted.filter((one) => before.get(one.name) !== this.#known.get(one.name)))
      for (const language of languages) await this.#sounds.speak(name, language, words[language])
  }

  /** The sound to play; null when there is none, or not yet. */
  of(own: OwnWords): string | null {
    return own !== null && languages.every((language) => this.#sounds.plays(own.name, language)) ? own.name : null
  }
}
