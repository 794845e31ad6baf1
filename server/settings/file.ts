import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { eachDomain, settingsSchemas, type SettingsValues, type SettingsView } from '../contract/settings.ts'

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
  return eachDomain((domain) => {
    const { value, ...rest } = kept[domain] ?? { value: undefined, version: 0, by: null, at: null }
    const read = settingsSchemas[domain].safeParse(value)
    return read.success ? { ...rest, value: read.data } : { version: 0, by: null, at: null, value: defaults[domain] }
  }) as SettingsView
}

export const valuesOf = (view: SettingsView): SettingsValues => eachDomain((domain) => view[domain].value) as SettingsValues

/** Whole or not at all. Domains at their defaults are left out, so that the environment's go on holding. */
export function writeSettings(varDir: string, settings: SettingsView): void {
  mkdirSync(varDir, { recursive: true })
  const saved = Object.fromEntries(Object.entries(settings).filter(([, { version }]) => version > 0))
  writeFileSync(`${fileOf(varDir)}.new`, `${JSON.stringify(saved, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${fileOf(varDir)}.new`, fileOf(varDir))
}
