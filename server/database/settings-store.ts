import { desc, eq } from 'drizzle-orm'
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

    /** @throws ServiceError `conflict` when that version exists already */
    async append(saved: SettingsVersion): Promise<void> {
      try {
        await db.insert(settingsVersions).values({ ...saved, value: saved.value })
      } catch (error) {
        throw isDuplicate(error) ? new ServiceError('conflict') : error
      }
    },
  }
}
export type SettingsStore = ReturnType<typeof settingsStore>
