import type { Session } from '../contract/http.ts'
import type { StoredGroup } from '../database/group-store.ts'

/** Whose groups, absences and accounts are everybody's. */
export const managesPeople = ({ role }: Pick<Session, 'role'>): boolean => role === 'administrator' || role === 'supervisor'

/** Whether an account may change who is on a group's list: whoever manages people, and the référents of that group. */
export const mayKeepList = (session: Pick<Session, 'id' | 'role'>, { members }: Pick<StoredGroup, 'members'>): boolean =>
  managesPeople(session) || members.some((member) => member.id === session.id && member.part === 'referent')
