import type { Logger } from 'pino'
import {
  type SettingsDomain,
  type settingsChange,
  type SettingsHistory,
  settingsSchemas,
  type SettingsValues,
  type SettingsView,
} from '../contract/settings.ts'
import type { z } from 'zod'
import type { SettingsStore, SettingsVersion } from '../database/settings-store.ts'
import { ServiceError } from '../errors.ts'
import { keepingEntities } from '../tickets/partition.ts'
import { keepingAll } from '../tickets/categories.ts'
import { refuseUnusableMails, unusable } from './check.ts'
import { readSettings, valuesOf, writeSettings } from './file.ts'

type BookPorts = {
  readonly varDir: string
  readonly defaults: SettingsValues
  readonly store: SettingsStore
  readonly log: Logger
  readonly now: () => number
}
type Actor = { readonly id: string; readonly name: string }

/**
 * The site's settings. In memory from the first moment, read from `VAR_DIR`; PostgreSQL holds the master with its history, and what
 * it says wins once it is there. A change is in PostgreSQL before anything follows it.
 */
export class SettingsBook {
  readonly #ports: BookPorts
  readonly #listeners = new Set<(changed: readonly SettingsDomain[]) => void>()
  #view: SettingsView
  #values: SettingsValues

  constructor(ports: BookPorts) {
    this.#ports = ports
    this.#view = readSettings(ports.varDir, ports.defaults)
    this.#values = valuesOf(this.#view)
  }

  /** The values in force; the same object until something changes. */
  get values(): SettingsValues {
    return this.#values
  }

  get view(): SettingsView {
    return this.#view
  }

  /** Be told after each change of what has changed. Returns how to stop. */
  onChange(listener: (changed: readonly SettingsDomain[]) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** What a domain would be with these fields changed. @throws ServiceError `invalid_body` naming the field */
  tried(domain: SettingsDomain, value: Readonly<Record<string, unknown>>): SettingsValues {
    const read = settingsSchemas[domain].safeParse({ ...this.#values[domain], ...value })
    if (!read.success) throw new ServiceError('invalid_body', read.error.issues[0]?.path.join('.') ?? domain)
    const values = this.#nothingLost({ ...this.#values, [domain]: read.data })
    const problem = unusable(values)
    if (problem !== null) throw new ServiceError('invalid_body', problem)
    if (domain === 'mails') refuseUnusableMails(values.mails)
    return values
  }

  /** @throws ServiceError `conflict` when another version was saved meanwhile, `invalid_body` naming the field, `database_away` */
  async change(domain: SettingsDomain, { version, value }: z.infer<typeof settingsChange>, by: Actor): Promise<SettingsView> {
    const before = this.#view[domain]
    if (version !== before.version) throw new ServiceError('conflict', `${before.by ?? 'quelqu’un'} a enregistré entre-temps`)
    const tried = this.tried(domain, value)[domain]
    const at = new Date(this.#ports.now())
    const saved = { domain, version: version + 1, value: tried, at, byId: by.id, byName: by.name }
    await this.#ports.store.append(saved)
    this.#take([saved])
    return this.#view
  }

  /** Categories and entities that a list leaves out are retired: tickets bear them. */
  #nothingLost(values: SettingsValues): SettingsValues {
    const { categories, entities } = values
    const kept = { ...entities, entities: keepingEntities(this.#values.entities.entities, entities.entities) }
    return {
      ...values,
      entities: kept,
      categories: { ...categories, categories: keepingAll(this.#values.categories.categories, categories.categories) },
    }
  }

  /** The newest first. */
  async history(domain: SettingsDomain): Promise<SettingsHistory> {
    const versions = await this.#ports.store.history(domain)
    return versions.map(({ version, byName, at, value }) => ({ version, by: byName, at: at.toISOString(), value }))
  }

  /** PostgreSQL is there: take what it says is in force. */
  async reconcile(): Promise<void> {
    const latest = await this.#ports.store.latest()
    this.#take(latest)
  }

  #take(saved: readonly SettingsVersion[]): void {
    const taken = saved.flatMap((one) => this.#read(one)).filter(([domain, one]) => differ(one, this.#view[domain]))
    if (taken.length === 0) return
    this.#view = { ...this.#view, ...Object.fromEntries(taken) }
    this.#values = valuesOf(this.#view)
    this.#keep()
    for (const listener of this.#listeners) listener(taken.map(([domain]) => domain))
  }

  #read({ domain, version, value, at, byName }: SettingsVersion) {
    const read = settingsSchemas[domain].safeParse(value)
    if (read.success) return [[domain, { version, value: read.data, by: byName, at: at.toISOString() }] as const]
    this.#ports.log.error({ domain, version, fields: read.error.issues.map((i) => i.path.join('.')) }, 'Saved settings cannot be used')
    return []
  }

  /** A full disk must not undo what PostgreSQL holds. */
  #keep(): void {
    try {
      writeSettings(this.#ports.varDir, this.#view)
    } catch (error) {
      this.#ports.log.error({ err: error }, 'The settings could not be kept in VAR_DIR')
    }
  }
}

type Version = { readonly version: number; readonly value: unknown }
/** Both were read by the schema, which orders their fields. */
const differ = (a: Version, b: Version): boolean => a.version !== b.version || JSON.stringify(a.value) !== JSON.stringify(b.value)
