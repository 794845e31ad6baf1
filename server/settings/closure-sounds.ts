import type { ExceptionalDays } from '../contract/settings.ts'
import type { Sounds } from '../sounds/sounds.ts'

const nameOf = ({ id }: ExceptionalDays) => `closure-${id}`
const languages = ['fr', 'en'] as const

/**
 * The announcements of closures declared ahead, spoken as soon as they are saved. Until its sound is in place in both languages, a
 * closure is told by the usual message: better that than silence.
 */
export class ClosureSounds {
  readonly #sounds: Pick<Sounds, 'speak' | 'unspeak' | 'plays'>
  #known: ReadonlyMap<string, string> = new Map()

  constructor(sounds: Pick<Sounds, 'speak' | 'unspeak' | 'plays'>) {
    this.#sounds = sounds
  }

  /** Speak what is new or has changed, forget what is no more. */
  async follow(exceptions: readonly ExceptionalDays[]): Promise<void> {
    const wanted = exceptions.filter((e) => e.announcement !== null)
    const before = this.#known
    this.#known = new Map(wanted.map((e) => [nameOf(e), JSON.stringify(e.announcement)]))
    const gone = [...before.keys()].filter((name) => !this.#known.has(name))
    if (gone.length > 0) await this.#sounds.unspeak(gone)
    for (const one of wanted.filter((e) => before.get(nameOf(e)) !== this.#known.get(nameOf(e))))
      for (const language of languages) await this.#sounds.speak(nameOf(one), language, one.announcement?.[language] ?? '')
  }

  /** The sound to play for a closure; null when there is none, or not yet. */
  of(exceptional: ExceptionalDays | null): string | null {
    if (exceptional === null || exceptional.announcement === null) return null
    const name = nameOf(exceptional)
    return languages.every((language) => this.#sounds.plays(name, language)) ? name : null
  }
}
