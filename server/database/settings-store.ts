import { and, desc, eq, or } from 'drizzle-orm'
import type { SettingsDomain } from '../contract/settings.ts'
import { ServiceError } from '../errors.ts'
import type { Db } from './connection.ts'
import { isDuplicate } from './failures.ts'
import { settingsVersions } from './schema.ts'

export type SettingsVersion = {
  readonly domain: SettingsDomain
  readonly version: number
  /** As it was saved: what it means is its schema's to say. */
  readonly value: unknown
  readonly at: Date
  readonly byId: string
  readonly byName: string
}

const shownVersions = 50
const shownChanges = 100

/** The site's settings, every version of them. */
export function settingsStore(db: Db) {
  return {
    /** The newest version of each domain that was ever saved. */
    latest: (): Promise<SettingsVersion[]> =>
      db
        .selectDistinctOn([settingsVersions.domain])
        .from(settingsVersions)
        .orderBy(settingsVersions.domain, desc(settingsVersions.version)),

    /** The newest first. */
    history: (domain: SettingsDomain): Promise<SettingsVersion[]> =>
      db
        .select()
        .from(settingsVersions)
        .where(eq(settingsVersions.domain, domain))
        .orderBy(desc(settingsVersions.version))
        .limit(shownVersions),

    /** The latest of all domains, the newest first, each with the value it replaced; undefined: the defaults. */
    async recent(): Promise<(SettingsVersion & { readonly before: unknown })[]> {
      const rows = await db
        .select()
        .from(settingsVersions)
        .orderBy(desc(settingsVersions.at), settingsVersions.domain, desc(settingsVersions.version))
        .limit(shownChanges)
      if (rows.length === 0) return []
      const replaced = await db
        .select()
        .from(settingsVersions)
        .where(
          or(...rows.map(({ domain, version }) => and(eq(settingsVersions.domain, domain), eq(settingsVersions.version, version - 1)))),
        )
      return rows.map((row) => ({
        ...row,
        before: replaced.find(({ domain, version }) => domain === row.domain && version === row.version - 1)?.value,
      }))
    },

    /** All or none. @throws ServiceError `conflict` when that version exists already */
    async append(...saved: readonly SettingsVersion[]): Promise<void> {
      try {
        await db.insert(settingsVersions).values(saved.map((one) => ({ ...one, value: one.value })))
      } catch (error) {
        throw isDuplicate(error) ? new ServiceError('conflict') : error
      }
    },
  }
}
export type SettingsStore = ReturnType<typeof settingsStore>
