import { exceptionalOn } from '../calendar/ahead.ts'
import type { Settings } from '../calls/settings.ts'
import type { SettingsValues } from '../contract/settings.ts'
import { closureWords, type OwnSounds, type OwnWords, welcomeWords } from './own-sounds.ts'

/** Sentences that a site's own closures and lines bring. */
export const ownWords = ({ hours, lines }: SettingsValues): readonly OwnWords[] => [
  ...hours.exceptions.map(closureWords),
  ...lines.lines.map(welcomeWords),
]

/**
 * The desk line's settings on one day: a closure has its days, and a sentence of its own is played once its sound is there.
 * @param today as the desk counts days, `2026-12-24`
 */
export function lineNow({ hours, lines }: SettingsValues, line: Settings, ownSounds: OwnSounds, today: string): Settings {
  const closed = exceptionalOn(hours, today)
  const welcomes = new Map(lines.lines.map((one) => [one.id, ownSounds.of(welcomeWords(one))]))
  return {
    ...line,
    closure: closed === null ? null : ownSounds.of(closureWords(closed)),
    lines: line.lines.map((rules) => ({ ...rules, welcome: welcomes.get(rules.id) ?? null })),
  }
}
