import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { settingsSchemas, type SettingsValues, type SettingsView } from '../contract/settings.ts'

const stored = z.record(
  z.string(),
  z.object({ version: z.int(), value: z.unknown(), by: z.string().nullable(), at: z.string().nullable() }),
)
const fileOf = (varDir: string) => join(varDir, 'settings.json')

function readStored(varDir: string): z.infer<typeof stored> {
  try {
    return stored.parse(JSON.parse(readFileSync(fileOf(varDir), 'utf8')))
  } catch {
    return {}
  }
}

/**
 * The settings in force as `VAR_DIR` knows them: the desk opens with them whether PostgreSQL is there or not. A domain that cannot be
 * read is at its defaults until PostgreSQL says better.
 */
export function readSettings(varDir: string, defaults: SettingsValues): SettingsView {
  const kept = readStored(varDir)
  const one = <D extends keyof SettingsValues>(domain: D) => {
    const { value, ...rest } = kept[domain] ?? { value: undefined, version: 0, by: null, at: null }
    const read = settingsSchemas[domain].safeParse(value)
    const unread = { version: 0, by: null, at: null }
    return read.success ? { ...rest, value: read.data as SettingsValues[D] } : { ...unread, value: defaults[domain] }
  }
  return {
    hours: one('hours'),
    desk: one('desk'),
    outgoing: one('outgoing'),
    followUp: one('followUp'),
    tickets: one('tickets'),
    lines: one('lines'),
    directory: one('directory'),
    signIn: one('signIn'),
    categories: one('categories'),
    redirection: one('redirection'),
    mails: one('mails'),
    clocks: one('clocks'),
    phrases: one('phrases'),
    script: one('script'),
    portal: one('portal'),
    entities: one('entities'),
    knowledge: one('knowledge'),
    sharedCalendar: one('sharedCalendar'),
    glpi: one('glpi'),
    ocs: one('ocs'),
    retention: one('retention'),
  }
}

export const valuesOf = (view: SettingsView): SettingsValues => ({
  hours: view.hours.value,
  desk: view.desk.value,
  outgoing: view.outgoing.value,
  followUp: view.followUp.value,
  tickets: view.tickets.value,
  lines: view.lines.value,
  directory: view.directory.value,
  signIn: view.signIn.value,
  categories: view.categories.value,
  redirection: view.redirection.value,
  mails: view.mails.value,
  clocks: view.clocks.value,
  phrases: view.phrases.value,
  script: view.script.value,
  portal: view.portal.value,
  entities: view.entities.value,
  knowledge: view.knowledge.value,
  sharedCalendar: view.sharedCalendar.value,
  glpi: view.glpi.value,
  ocs: view.ocs.value,
  retention: view.retention.value,
})

/** Whole or not at all. Domains at their defaults are left out, so that the environment's go on holding. */
export function writeSettings(varDir: string, settings: SettingsView): void {
  mkdirSync(varDir, { recursive: true })
  const saved = Object.fromEntries(Object.entries(settings).filter(([, { version }]) => version > 0))
  writeFileSync(`${fileOf(varDir)}.new`, `${JSON.stringify(saved, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${fileOf(varDir)}.new`, fileOf(varDir))
}
