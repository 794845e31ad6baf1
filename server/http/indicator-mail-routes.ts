import { z } from 'zod'
import type { Session } from '../contract/http.ts'
import { indicatorMail, indicatorMailList, type IndicatorMailSettings, indicatorMailSettings } from '../contract/indicator-mails.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering, creating } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const one = z.object({ id: z.uuid() })

/** Which indicators go out by mail, to whom and how often. Those who are held to entities order them of their own, and see no others. */
export function indicatorMailRoutes(app: App, { stores }: Pick<HttpParts, 'stores'>): void {
  const mails = stores.indicatorMails
  const theirs = async (who: Session) => (await stores.partition.countedFor(who))?.entities ?? null
  /** @throws ServiceError `forbidden` for figures of what is not theirs */
  const checkOrder = async ({ entityId }: IndicatorMailSettings, who: Session) => {
    const entities = await theirs(who)
    if (entities !== null && (entityId === null || !entities.includes(entityId))) throw new ServiceError('forbidden')
  }
  /** @throws ServiceError `not_found` for a mail of what is not theirs */
  const checkSeen = async (id: string, who: Session) => {
    const [entities, { entityId }] = await Promise.all([theirs(who), mails.one(id)])
    if (entities !== null && (entityId === null || !entities.includes(entityId))) throw new ServiceError('not_found')
  }
  app.get(
    '/api/indicators/mails',
    { schema: { summary: 'Mails of indicators', response: answering(indicatorMailList) } },
    async (request) => mails.all(await theirs(signedIn(request))),
  )
  app.post(
    '/api/indicators/mails',
    { schema: { summary: 'Send indicators by mail from now on', body: indicatorMailSettings, response: creating(indicatorMail) } },
    async (request, reply) => {
      const me = signedIn(request)
      await checkOrder(request.body, me)
      return reply.code(201).send(await mails.add(request.body, me))
    },
  )
  app.put(
    '/api/indicators/mails/:id',
    { schema: { summary: 'Change a mail of indicators', params: one, body: indicatorMailSettings, response: answering(indicatorMail) } },
    async (request) => {
      const me = signedIn(request)
      await checkSeen(request.params.id, me)
      await checkOrder(request.body, me)
      return mails.change(request.params.id, request.body, me)
    },
  )
  app.delete(
    '/api/indicators/mails/:id',
    { schema: { summary: 'Send these indicators no more', params: one, response: { 204: z.null() } } },
    async (request, reply) => {
      const me = signedIn(request)
      await checkSeen(request.params.id, me)
      await mails.remove(request.params.id, me.name)
      return reply.code(204).send(null)
    },
  )
}
