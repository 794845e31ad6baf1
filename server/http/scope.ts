import type { Ticket } from '../contract/entities.ts'
import type { Session } from '../contract/http.ts'
import { mayFurther } from '../contract/rights.ts'
import type { StoredGroup } from '../database/group-store.ts'
import type { Stores } from '../database/stores.ts'
import { ServiceError } from '../errors.ts'

export const managesPeople = (session: Pick<Session, 'role'>): boolean => mayFurther(session, 'managePeople')

/** Whether an account may change who is on a group's list: whoever manages people, and the référents of that group. */
export const mayKeepList = (session: Pick<Session, 'id' | 'role'>, { members }: Pick<StoredGroup, 'members'>): boolean =>
  managesPeople(session) || members.some((member) => member.id === session.id && member.part === 'referent')

/**
 * Whether a référent may say where a ticket goes: it is with a group whose list they keep, or came back from there and nobody has it.
 * @param moves where it went and from where it came back, the latest last
 */
export function mayReplace(
  session: Pick<Session, 'id'>,
  { groupId, owner, status }: Pick<Ticket, 'groupId' | 'owner' | 'status'>,
  moves: readonly { readonly kind: string; readonly groupId: string | null }[],
  groups: readonly Pick<StoredGroup, 'id' | 'members' | 'retiredAt'>[],
): boolean {
  const kept = new Set(
    groups.filter(({ members }) => members.some(({ id, part }) => id === session.id && part === 'referent')).map(({ id }) => id),
  )
  if (groupId !== null) return kept.has(groupId)
  const last = moves.findLast(({ kind }) => kind === 'redirected' || kind === 'given-back')
  return status !== 'closed' && owner === null && last?.kind === 'given-back' && last.groupId !== null && kept.has(last.groupId)
}

/** Whoever is named as a requester must be known to who names them. @throws ServiceError `not_found` */
export async function mayName(
  { partition }: { readonly partition: Pick<Stores['partition'], 'mayName'> },
  requester: { readonly personId?: string | null } | null | undefined,
  session: Pick<Session, 'id' | 'role'>,
): Promise<void> {
  const personId = requester?.personId ?? null
  if (personId !== null && !(await partition.mayName(session, personId))) throw new ServiceError('not_found')
}
