import { z } from 'zod'
import { ticket } from '../contract/entities.ts'
import { below, branchView, branchWrite, entityId, entityMove, partitionView } from '../contract/partition.ts'
import type { Session } from '../contract/http.ts'
import { settingsView } from '../contract/settings.ts'
import { ServiceError } from '../errors.ts'
import { branchesOf, groupsToGive, withBranch } from '../tickets/delegated.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const oneTicket = z.object({ number: z.coerce.number().int().min(1).max(2_147_483_647) })

const oneEntity = z.object({ id: entityId })

/**
 * Entities: how many people each has, and tickets that go from one to another. The tree itself is among the settings; what lies below an
 * entity is edited by those who keep a list that it is delegated to.
 */
export function partitionRoutes(
  app: App,
  { stores, settings, onTicketSaved }: Pick<HttpParts, 'stores' | 'settings' | 'onTicketSaved'>,
): void {
  /** The groups whose lists somebody keeps. @throws ServiceError `not_found` for an entity that is delegated to none of them */
  async function keeping(id: string, session: Session): Promise<ReadonlySet<string>> {
    const kept = new Set((await stores.groups.ofAccount(session.id)).flatMap((group) => (group.part === 'referent' ? [group.id] : [])))
    if (!branchesOf(settings.values.entities.entities, kept).includes(id)) throw new ServiceError('not_found')
    return kept
  }

  app.get(
    '/api/entities/:id',
    {
      schema: {
        summary: 'What lies below an entity that is delegated to one’s group',
        params: oneEntity,
        response: answering(branchView),
      },
    },
    async (request) => {
      const { id } = request.params
      const kept = await keeping(id, signedIn(request))
      const { entities } = settings.values.entities
      return { ...(await stores.partition.view([...below(entities, id)])), groups: [...groupsToGive(entities, id, kept)] }
    },
  )

  app.put(
    '/api/entities/:id',
    {
      schema: {
        summary: 'Say what lies below an entity that is delegated to one’s group: names, who belongs there, whom it is delegated to',
        params: oneEntity,
        body: branchWrite,
        response: answering(settingsView),
      },
    },
    async (request) => {
      const session = signedIn(request)
      const { version, ...branch } = request.body
      const kept = await keeping(request.params.id, session)
      const value = withBranch(settings.values.entities, request.params.id, branch, kept)
      if (typeof value === 'string') throw new ServiceError('invalid_body', value)
      const view = await settings.change('entities', { version, value }, { id: session.id, name: session.name })
      await stores.partition.follow(view.entities.value)
      return view
    },
  )

  app.get(
    '/api/entities',
    { schema: { summary: 'How many people each entity has, and what rules can look at', response: answering(partitionView) } },
    () => stores.partition.view(null),
  )

  app.put(
    '/api/tickets/:number/entity',
    { schema: { summary: 'Move a ticket to another entity', params: oneTicket, body: entityMove, response: answering(ticket) } },
    async (request) => {
      const saved = await stores.tickets.moveToEntity(request.params.number, request.body.entityId, signedIn(request))
      onTicketSaved(saved)
      return saved
    },
  )
}
