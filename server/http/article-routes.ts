import { z } from 'zod'
import {
  article,
  articleContent,
  articleList,
  articleQuery,
  articleVersion,
  changingArticle,
  closedTicketQuery,
  closedTickets,
  listedArticle,
  restoringArticle,
  reviewingArticle,
  suggestedArticles,
  suggestionQuery,
} from '../contract/articles.ts'
import { isWithin } from '../contract/category-tree.ts'
import { mayCall } from '../contract/rights.ts'
import type { Session } from '../contract/http.ts'
import type { Reach } from '../database/article-store.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering, creating } from './answers.ts'
import type { App } from './app-type.ts'
import { cleanHtml, paragraphsOf } from '../clean-html.ts'
import type { HttpParts } from './ports.ts'

const number = z.coerce.number().int().min(1).max(2_147_483_647)
const one = z.object({ number })
/** Drafts are for those who write. */
const reachOf = (session: Session): Reach => (mayCall(session, 'POST /api/articles') ? 'all' : 'staff')
const cleaned = <Content extends { readonly body: string }>(content: Content): Content => ({ ...content, body: cleanHtml(content.body) })

/** What the desk knows: articles, and how closed tickets were solved. */
export function articleRoutes(
  app: App,
  { stores, settings, onArticleSaved }: Pick<HttpParts, 'stores' | 'settings' | 'onArticleSaved'>,
): void {
  const { articles } = stores
  const told = <Saved>(saved: Saved): Saved => {
    onArticleSaved()
    return saved
  }

  app.get(
    '/api/articles',
    { schema: { summary: 'Articles, by words, heading or state', querystring: articleQuery, response: answering(articleList) } },
    (request) => articles.list(request.query, reachOf(signedIn(request))),
  )
  app.get(
    '/api/articles/suggested',
    { schema: { summary: 'Articles that may answer a title', querystring: suggestionQuery, response: answering(suggestedArticles) } },
    (request) => articles.suggest(request.query.title, 'staff'),
  )
  app.get('/api/articles/:number', { schema: { summary: 'An article', params: one, response: answering(article) } }, async (request) => {
    const found = await articles.find(request.params.number, reachOf(signedIn(request)))
    if (found === null) throw new ServiceError('not_found')
    return found
  })
  app.get(
    '/api/articles/:number/versions',
    { schema: { summary: 'What an article said, and who wrote it', params: one, response: answering(z.array(articleVersion)) } },
    ({ params }) => articles.versions(params.number),
  )
  app.post(
    '/api/articles',
    { schema: { summary: 'Write an article', body: articleContent, response: creating(article) } },
    async (request, reply) => reply.code(201).send(told(await articles.write(cleaned(request.body), null, signedIn(request)))),
  )
  app.put(
    '/api/articles/:number',
    { schema: { summary: 'Change an article', params: one, body: changingArticle, response: answering(article) } },
    async (request) => {
      const { version, ...content } = request.body
      return told(await articles.change(request.params.number, version, cleaned(content), signedIn(request)))
    },
  )
  app.post(
    '/api/articles/:number/review',
    { schema: { summary: 'Read again, and still right', params: one, body: reviewingArticle, response: answering(article) } },
    async (request) => told(await articles.review(request.params.number, request.body.version, signedIn(request))),
  )
  app.post(
    '/api/articles/:number/restore',
    { schema: { summary: 'Go back to what an older version said', params: one, body: restoringArticle, response: answering(article) } },
    async (request) => {
      const { version, restore } = request.body
      return told(await articles.restore(request.params.number, version, restore, signedIn(request)))
    },
  )

  app.get(
    '/api/tickets/:number/articles',
    { schema: { summary: 'The articles born from a ticket', params: one, response: answering(z.array(listedArticle)) } },
    (request) => articles.ofTicket(request.params.number, reachOf(signedIn(request))),
  )
  app.post(
    '/api/tickets/:number/articles',
    { schema: { summary: 'An article from a ticket, as a draft without what is about people', params: one, response: creating(article) } },
    async (request, reply) => {
      const said = await stores.closedTickets.withoutPeople(request.params.number)
      if (said === null) throw new ServiceError('not_found')
      const sections = [
        ['Ce que l’on constate', said.summary],
        ['Ce qu’il faut faire', said.solution],
      ].filter(([, text]) => text !== '')
      const content = articleContent.parse({
        title: said.title,
        body: cleanHtml(sections.map(([heading = '', text = '']) => `<h2>${heading}</h2>${paragraphsOf(text)}`).join('')),
        keywords: said.nature ?? '',
      })
      return reply.code(201).send(told(await articles.write(content, request.params.number, signedIn(request))))
    },
  )

  app.get(
    '/api/tickets/closed',
    {
      schema: {
        summary: 'How closed tickets were solved; without personal data for whoever may not open them',
        querystring: closedTicketQuery,
        response: answering(closedTickets),
      },
    },
    (request) => {
      const { search = '', categoryId } = request.query
      const { categories } = settings.values.categories
      const within =
        categoryId === undefined ? null : categories.filter(({ id }) => isWithin(categories, id, categoryId)).map(({ id }) => id)
      return stores.closedTickets.closed(search, within, signedIn(request))
    },
  )
}
