import type { Logger } from 'pino'
import { type Configuration, configurationFormat, type ConfigurationHistory, type ConfigurationPreview } from '../contract/configuration.ts'
import {
  eachDomain,
  type settingsChange,
  type SettingsHistory,
  settingsDomain,
  type SettingsDomain,
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
import { differences } from './differences.ts'
import { readSettings, valuesOf, writeSettings } from './file.ts'

type BookPorts = {
  readonly varDir: string
  readonly defaults: SettingsValues
  readonly store: SettingsStore
  readonly log: Logger
  readonly now: () => number
}
type Actor = { readonly id: string; readonly name: string }

const shownFields = 40

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

  /** The whole of it, as a file. @param at ms */
  exported(by: Actor, at: number): Configuration {
    const { values } = this
    return {
      format: configurationFormat,
      version: 1,
      desk: values.desk.name,
      at: new Date(at).toISOString(),
      by: by.name,
      settings: eachDomain((domain) => ({ ...values[domain] })),
    }
  }

  /** What a file would change, or what in it cannot be used. Fields it leaves out stay. */
  previewed({ desk, at, by, settings }: Configuration): ConfigurationPreview {
    const { values, problems } = this.#readFile(settings)
    const changes = settingsDomain.options.flatMap((domain) => {
      const fields = differences(this.#values[domain], values[domain])
      return fields.length === 0 ? [] : [{ domain, fields: [...fields] }]
    })
    const versions = eachDomain((domain) => this.#view[domain].version)
    return { desk, at, by, changes: problems.length > 0 ? [] : changes, problems, versions }
  }

  /**
   * Take what a file changes, all of it or nothing, signed once.
   * @throws ServiceError `invalid_body` naming each field, `conflict` when a domain has moved on since, `database_away`
   */
  async import(file: Configuration, versions: Readonly<Record<string, number>>, by: Actor): Promise<SettingsView> {
    const { values, problems } = this.#readFile(file.settings)
    if (problems.length > 0)
      throw new ServiceError('invalid_body', problems.map(({ domain, field }) => `${domain}.${field}`.replace(/\.$/, '')).join(', '))
    const changed = settingsDomain.options.filter((domain) => differences(this.#values[domain], values[domain]).length > 0)
    const moved = changed.find((domain) => versions[domain] !== this.#view[domain].version)
    if (moved !== undefined) throw new ServiceError('conflict', `${this.#view[moved].by ?? 'quelqu’un'} a enregistré entre-temps`)
    const at = new Date(this.#ports.now())
    const saved = changed.map((domain) => ({
      domain,
      version: this.#view[domain].version + 1,
      value: values[domain],
      at,
      byId: by.id,
      byName: by.name,
    }))
    if (saved.length > 0) await this.#ports.store.append(...saved)
    this.#take(saved)
    return this.#view
  }

  /** A file's settings over those in force, each field that cannot be used named. */
  #readFile(settings: Configuration['settings']): { values: SettingsValues; problems: ConfigurationPreview['problems'] } {
    const problems: ConfigurationPreview['problems'] = []
    const read: [SettingsDomain, unknown][] = []
    for (const [name, value] of Object.entries(settings)) {
      const domain = settingsDomain.safeParse(name)
      if (!domain.success) {
        problems.push({ domain: name, field: '' })
        continue
      }
      const schema = settingsSchemas[domain.data]
      const known = new Set(Object.keys(this.#values[domain.data]))
      for (const field of Object.keys(value)) if (!known.has(field)) problems.push({ domain: name, field })
      const tried = schema.safeParse({ ...this.#values[domain.data], ...value })
      if (tried.success) read.push([domain.data, tried.data])
      else for (const field of new Set(tried.error.issues.map(({ path }) => path.join('.')))) problems.push({ domain: name, field })
    }
    const values = this.#nothingLost({ ...this.#values, ...Object.fromEntries(read) })
    if (problems.length > 0) return { values, problems }
    const wrong = unusable(values)
    if (wrong !== null) problems.push({ domain: domainWith(wrong, values), field: wrong })
    try {
      refuseUnusableMails(values.mails)
    } catch (error) {
      problems.push({ domain: 'mails', field: error instanceof Error ? error.message : '' })
    }
    return { values, problems }
  }

  /** Every change to any of them, the newest first. */
  async changes(): Promise<ConfigurationHistory> {
    const versions = await this.#ports.store.recent()
    return versions.map(({ before, ...one }) => ({
      domain: one.domain,
      version: one.version,
      by: one.byName,
      at: one.at.toISOString(),
      inForce: one.version === this.#view[one.domain].version,
      changed: differences(before ?? this.#ports.defaults[one.domain], one.value).slice(0, shownFields),
    }))
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

/** Whose field it is: what several domains could hold is told by its first name alone. */
const domainWith = (field: string, values: SettingsValues): string => {
  const [first = ''] = field.split('.')
  return settingsDomain.options.find((domain) => first in values[domain]) ?? ''
}
