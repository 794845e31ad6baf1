import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ServiceError } from '../errors.ts'
import { sendAttachment } from '../http/attachment-routes.ts'
import { accessibilityPage } from './accessibility-page.ts'
import type { PortalParts } from './desk-now.ts'
import { articleAddress, articlePage, faqPage } from './faq-page.ts'
import { limiter } from '../limiter.ts'
import { ofThisSite, page } from './routes.ts'

/** `/faq/12-se-connecter`: by its number, whatever follows. */
const numberOf = (request: FastifyRequest): number => {
  const { slug = '' } = request.params as { readonly slug?: string }
  return Number(/^(\d{1,9})(?:-|$)/.exec(slug)?.[1] ?? 0)
}

/** The answers that everybody may read: index, search, one answer, and whether it helped. */
export function faqRoutes(portal: FastifyInstance, { stores, settings, config, now, log, attachments }: PortalParts): void {
  const { articles } = stores
  const opinions = limiter(30, 10 * 60_000, now)
  /** Counting must not keep anybody from reading. */
  const counted = (number: number, what: Parameters<typeof articles.noted>[1]) =>
    articles.noted(number, what).catch((error: unknown) => log.warn({ reason: (error as Error).message }, 'A reading could not be counted'))

  portal.get('/accessibilite', (request, reply) => page(reply, accessibilityPage(request.look, settings.values.portal.accessibility)))

  portal.get('/faq', async (request, reply) => {
    const { q } = request.query as { readonly q?: unknown }
    const typed = typeof q === 'string' ? q.trim().slice(0, 200) : ''
    const { topics } = settings.values.knowledge
    if (typed === '') {
      const { articles: all } = await articles.list({}, 'public')
      return page(reply, faqPage(request.look, { topics, articles: all, searched: null }))
    }
    const { articles: found, corrected } = await articles.list({ search: typed }, 'public')
    return page(reply, faqPage(request.look, { topics, articles: [], searched: { typed, found: found.slice(0, 20), corrected } }))
  })

  portal.get('/faq/images/:id', async (request, reply) => {
    const { id = '' } = request.params as { readonly id?: string }
    const found = z.uuid().safeParse(id).success ? await stores.attachments.findPicture(id, 'public') : null
    if (found === null) throw new ServiceError('not_found')
    return sendAttachment(reply, found, attachments)
  })

  portal.get('/faq/:slug', async (request, reply) => {
    const one = await articles.find(numberOf(request), 'public')
    if (one === null) throw new ServiceError('not_found')
    const { avis } = request.query as { readonly avis?: unknown }
    const said = avis === 'oui' || avis === 'non' ? avis : null
    if (said === null) void counted(one.number, 'read')
    const topic = settings.values.knowledge.topics.find(({ id, retired }) => id === one.topicId && !retired)?.name ?? null
    return page(reply, articlePage(request.look, one, topic, said))
  })

  portal.post('/faq/:slug/avis', async (request, reply) => {
    ofThisSite(request, config)
    const one = await articles.find(numberOf(request), 'public')
    if (one === null) throw new ServiceError('not_found')
    const { avis } = (request.body ?? {}) as { readonly avis?: string }
    const said = avis === 'oui' ? 'oui' : 'non'
    // Beyond a campus's worth, somebody plays: they are thanked, and not counted.
    if (opinions.allows(request.ip)) await counted(one.number, said === 'oui' ? 'helped' : 'notHelped')
    return reply.redirect(`${articleAddress(one)}?avis=${said}`, 303)
  })
}
