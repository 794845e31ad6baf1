import type { Config } from '../config.ts'
import type { Stores } from '../database/stores.ts'
import type { Directory } from '../directory/directory.ts'
import { createAccess } from '../http/access-parts.ts'
import { createInvitations } from '../http/invitations.ts'
import { createSessions } from '../http/sessions.ts'
import type { SettingsBook } from '../settings/book.ts'

type Parts = {
  readonly config: Config
  readonly key: string
  readonly stores: Stores
  readonly settings: SettingsBook
  readonly directory: Directory
  readonly onSignedOut: (accountId: string) => void
  readonly onAccountChanged: (accountId: string) => void
  readonly now: () => number
}

/** How people and programs are let in: sessions, second factors, providers of identities, keys, invitations. */
export function createSigningIn({ config, key, stores, settings, directory, onSignedOut, onAccountChanged, now }: Parts) {
  const sessions = createSessions(stores.accounts, {
    publicUrl: config.publicUrl,
    demo: config.demo,
    ...(config.ldap !== null && { directory }),
    onChange: onSignedOut,
  })
  const access = createAccess({
    stores,
    sessions,
    key,
    config,
    issuer: () => settings.values.desk.name,
    requiredFor: () => settings.values.signIn.secondFactorFor,
    resetHours: () => settings.values.signIn.secondFactorResetHours,
    rules: () => settings.values.directory.roles,
    onAccountChanged,
    now,
  })
  return { sessions, access, invitations: createInvitations(stores.accounts, config) }
}
