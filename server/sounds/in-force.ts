import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { fillWording, type Language, type Spoken, spokenAnnouncements, type Wording } from '../calls/announcements.ts'
import { announcementVersion, type AnnouncementVersion, spokenLanguage } from '../contract/announcements.ts'
import type { Announcement } from './prepare.ts'

const chosen = z.object({ name: z.string(), language: spokenLanguage, version: announcementVersion })
const added = z.object({ name: z.string(), language: spokenLanguage, text: z.string() })
const stored = z.object({ chosen: z.array(chosen), added: z.array(added) })

/** What the site chose in place of the original texts, and the sentences it added at run time (a closure's own). */
export type InForce = z.infer<typeof stored>

const nothing: InForce = { chosen: [], added: [] }
export const soundsFolder = (varDir: string): string => join(varDir, 'sounds')
export const recordingFile = (varDir: string, address: string): string => join(soundsFolder(varDir), `${address}.wav`)
const stateFile = (varDir: string) => join(soundsFolder(varDir), 'in-force.json')

/** Known from `VAR_DIR` alone, so that PostgreSQL need not be there. A file that cannot be read counts as none: callers hear the originals. */
export function readInForce(varDir: string): InForce {
  try {
    return stored.parse(JSON.parse(readFileSync(stateFile(varDir), 'utf8')))
  } catch {
    return nothing
  }
}

export function writeInForce(varDir: string, state: InForce): void {
  mkdirSync(soundsFolder(varDir), { recursive: true, mode: 0o700 })
  const file = stateFile(varDir)
  writeFileSync(`${file}.new`, JSON.stringify(state, null, 1), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

export const isSide = (name: string, language: Language) => (side: { readonly name: string; readonly language: Language }) =>
  side.name === name && side.language === language

/**
 * All that is to be in its place for callers: the site's version of each sentence where it chose one, else the original; then what
 * it added. A recording whose file is lost gives way to the original.
 */
export function announcementsInForce(varDir: string, wording: Wording, state = readInForce(varDir)): readonly Announcement[] {
  const known = spokenAnnouncements(wording).map((original) => {
    const choice = state.chosen.find(isSide(original.name, original.language))
    return choice === undefined ? original : inPlaceOf(original, choice.version, varDir, wording)
  })
  const added = state.added.filter(({ name, language }) => !known.some(isSide(name, language)))
  return [...known, ...added.map((a) => ({ ...a, text: fillWording(a.text, wording, a.language) }))]
}

function inPlaceOf(original: Spoken, version: AnnouncementVersion, varDir: string, wording: Wording): Announcement {
  if (version.text !== null) return { ...original, text: fillWording(version.text, wording, original.language) }
  if (version.address === null) return original
  const recording = recordingFile(varDir, version.address)
  return existsSync(recording) ? { ...original, recording } : original
}
