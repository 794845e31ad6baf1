import { sql } from 'drizzle-orm'
import { accounts, people } from './schema.ts'

/** Whom the directory knows behind an account: bound to it, or, for one made here by hand, of the same login. */
export const isPersonOfAccount = sql`(${people.retiredAt} is null
  and (${people.id} = ${accounts.personId} or (${accounts.personId} is null and ${people.login} = ${accounts.login})))`
