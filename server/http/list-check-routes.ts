import { z } from 'zod'
import { yearFrom } from '../calendar/ahead.ts'
import type { Session } from '../contract/http.ts'
import { keptLists, listAnswering, type KeptList } from '../contract/list-checks.ts'
import type { StoredGroup } from '../database/group-store.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'
import { mayKeepList } from './scope.ts'

type Parts = Pick<HttpParts, 'stores' | 'config' | 'now' | 'listLinks'>

/** The lists that somebody keeps: how each stands, what came there by mistake, and whether it is still right. */
export function listCheckRoutes(app: App, { stores, config, now, listLinks }: Parts): void {
  const kept = async (session: Session) =>
    (await stores.groups.list()).filter((group) => group.retiredAt === null && mayKeepList(session, group))

  app.get(
    '/api/lists',
    { schema: { summary: 'The lists that one keeps, how they stand, and what came there by mistake', response: answering(keptLists) } },
    async (request) => {
      const groups = await kept(signedIn(request))
      const { today } = yearFrom(config.timeZone, now())
      const [standing, load] = await Promise.all([stores.listChecks.standing(groups), stores.routing.load()])
      const each = []
      for (const group of groups) each.push({ group, routing: await stores.routing.of(group.id) })
      const lists = each.map(({ group, routing: { came, misrouted } }): KeptList => {
        const working = group.members.filter(({ part }) => part === 'member')
        return {
          id: group.id,
          name: group.name,
          referents: group.members.filter(({ part }) => part === 'referent').map(({ name }) => name),
          members: working.length,
          missing: working.filter((member) => isMissing(member, today)).length,
          open: load.get(group.id)?.open ?? 0,
          late: load.get(group.id)?.late ?? 0,
          came,
          misrouted: misrouted.length,
          said: standing.get(group.id)?.said ?? null,
          askedAt: standing.get(group.id)?.askedAt ?? null,
          fromDirectory: group.directoryGroup !== null,
        }
      })
      const lost = each.flatMap(({ group, routing }) =>
        routing.misrouted.filter((one) => one.lost).map((one) => ({ ...one, groupId: group.id, group: group.name })),
      )
      return { lists, lost: lost.toSorted((a, b) => a.at.localeCompare(b.at)) }
    },
  )

  app.post(
    '/api/lists/:id',
    {
      schema: {
        summary: 'Say that a list is still right, or what is to be corrected',
        params: z.object({ id: z.string().max(100) }),
        body: listAnswering,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const session = signedIn(request)
      const group = await stores.groups.one(request.params.id)
      if (group === null || group.retiredAt !== null) throw new ServiceError('not_found')
      if (!mayKeepList(session, group)) throw new ServiceError('forbidden')
      await stores.listChecks.say(group, request.body.answer, request.body.note, session, listLinks.newId())
      return reply.code(204).send(null)
    },
  )
}

function isMissing({ absences }: StoredGroup['members'][number], today: string): boolean {
  const away = absences.filter(({ from, to }) => from <= today && today <= to)
  return away.length > 0 && away.every(({ standIn }) => standIn === null)
}
