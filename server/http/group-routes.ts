import { z } from 'zod'
import type { Session } from '../contract/http.ts'
import { absenceCreation, accountList, group, groupChange, groupCreation, groupHistory, groupList, type Group } from '../contract/groups.ts'
import type { StoredGroup } from '../database/group-store.ts'
import { routing } from '../contract/routing.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering, creating } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'
import { mayKeepList, managesPeople } from './scope.ts'

const oneGroup = z.object({ id: z.string().max(100) })
const oneAbsence = z.object({ id: z.uuid() })

/** Groups: who works for them, who keeps their lists, who is away. */
export function groupRoutes(app: App, { stores, onGroupsChanged }: Pick<HttpParts, 'stores' | 'onGroupsChanged'>): void {
  const shown = (found: StoredGroup, session: Session): Group => ({ ...found, mayEdit: mayKeepList(session, found) })

  /** @throws ServiceError `not_found`; `forbidden` for a list that somebody else keeps */
  async function kept(id: string, session: Session): Promise<StoredGroup> {
    const found = await stores.groups.one(id)
    if (found === null) throw new ServiceError('not_found')
    if (!mayKeepList(session, found)) throw new ServiceError('forbidden')
    return found
  }

  async function answer(id: string, session: Session): Promise<Group> {
    await onGroupsChanged()
    const saved = await stores.groups.one(id)
    if (saved === null) throw new ServiceError('not_found')
    return shown(saved, session)
  }

  app.get('/api/groups', { schema: { summary: 'Groups and their members', response: answering(groupList) } }, async (request) =>
    (await stores.groups.list()).map((found) => shown(found, signedIn(request))),
  )

  app.post(
    '/api/groups',
    { schema: { summary: 'Make a group', body: groupCreation, response: creating(group) } },
    async (request, reply) => {
      const id = await stores.groups.create(request.body, signedIn(request))
      return reply.code(201).send(await answer(id, signedIn(request)))
    },
  )

  app.put(
    '/api/groups/:id',
    {
      schema: {
        summary: 'Change a group; a référent changes the members of theirs',
        params: oneGroup,
        body: groupChange,
        response: answering(group),
      },
    },
    async (request) => {
      const session = signedIn(request)
      const before = await kept(request.params.id, session)
      const change = managesPeople(session) ? request.body : ofReferent(before, request.body)
      await stores.groups.change(before.id, change, session)
      return answer(before.id, session)
    },
  )

  app.get(
    '/api/groups/:id/history',
    { schema: { summary: 'Who changed a group, and when', params: oneGroup, response: answering(groupHistory) } },
    async (request) => stores.groups.history((await kept(request.params.id, signedIn(request))).id),
  )

  app.get(
    '/api/groups/:id/routing',
    { schema: { summary: 'What came to a group by mistake, and where it went', params: oneGroup, response: answering(routing) } },
    async (request) => stores.routing.of((await kept(request.params.id, signedIn(request))).id),
  )

  app.get('/api/accounts', { schema: { summary: 'Those who sign in here', response: answering(accountList) } }, () =>
    stores.accounts.list(),
  )

  app.post(
    '/api/absences',
    { schema: { summary: 'Say who is away, and who stands in', body: absenceCreation, response: creating(z.null()) } },
    async (request, reply) => {
      const session = signedIn(request)
      await mayWriteAbsence(request.body.accountId, session)
      await stores.absences.add(request.body, session.name)
      await onGroupsChanged()
      return reply.code(201).send(null)
    },
  )

  app.delete(
    '/api/absences/:id',
    { schema: { summary: 'Take an absence back', params: oneAbsence, response: { 204: z.null() } } },
    async (request, reply) => {
      const found = await stores.absences.find(request.params.id)
      if (found === null) throw new ServiceError('not_found')
      await mayWriteAbsence(found.accountId, signedIn(request))
      // It would be back within minutes: the calendar is its master.
      if (found.fromCalendar) throw new ServiceError('absence_of_calendar')
      await stores.absences.remove(request.params.id)
      await onGroupsChanged()
      return reply.code(204).send(null)
    },
  )

  /** One's own; everybody's for who manages people; a référent, those of their lists. */
  async function mayWriteAbsence(accountId: string, session: Session): Promise<void> {
    if (accountId === session.id || managesPeople(session)) return
    const theirs = (await stores.groups.list()).filter((found) => mayKeepList(session, found))
    if (!theirs.some((found) => found.members.some((member) => member.id === accountId))) throw new ServiceError('forbidden')
  }
}

/** A référent decides who is on the list, not what the group is. */
function ofReferent(before: StoredGroup, asked: z.output<typeof groupChange>): z.output<typeof groupChange> {
  const { name, purpose, kind, level, mail, hours, protocol, delayHours, directoryGroup } = before
  const { version, members } = asked
  return {
    name,
    purpose,
    kind,
    level,
    mail,
    hours,
    protocol,
    delayHours,
    directoryGroup,
    version,
    members,
    retired: before.retiredAt !== null,
  }
}
