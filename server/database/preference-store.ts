import { eq } from 'drizzle-orm'
import { preferences, type Preferences, type PreferencesChange } from '../contract/preferences.ts'
import { clashIn, keyFor } from '../contract/shortcut-keys.ts'
import { ServiceError } from '../errors.ts'
import type { Queries } from './connection.ts'
import { accountPreferences } from './schema-access.ts'

/** What each account has set for itself. */
export function preferenceStore(db: Queries, now: () => Date) {
  /** What an earlier version kept and this one cannot read is as usual. */
  const of = async (accountId: string): Promise<Preferences> => {
    const [row] = await db.select().from(accountPreferences).where(eq(accountPreferences.accountId, accountId))
    return preferences.safeParse(row?.value ?? {}).data ?? preferences.parse({})
  }
  return {
    of,

    /** @throws ServiceError `shortcut_taken` naming the key that would do two things */
    async change(accountId: string, change: PreferencesChange): Promise<Preferences> {
      const before = await of(accountId)
      const value = {
        keys: change.keys ?? before.keys,
        singleKeys: change.singleKeys ?? before.singleKeys,
        tourDone: change.tourDone ?? before.tourDone,
      }
      const clash = clashIn(value.keys)
      if (clash !== null) throw new ServiceError('shortcut_taken', keyFor(clash[0], value.keys) ?? clash[0])
      const row = { accountId, value, at: now() }
      await db.insert(accountPreferences).values(row).onConflictDoUpdate({ target: accountPreferences.accountId, set: row })
      return value
    },
  }
}
export type PreferenceStore = ReturnType<typeof preferenceStore>
