import { people, peopleQuery } from '../contract/http.ts'
import { ServiceError } from '../errors.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

/** Who is behind a number (from memory), or has a name (from the database's copy of the directory). */
export function peopleRoutes(app: App, { stores, directory }: Pick<HttpParts, 'stores' | 'directory'>): void {
  app.get('/api/people', { schema: { summary: 'Find people', querystring: peopleQuery, response: answering(people) } }, async (request) => {
    const { phone, search } = request.query
    if (phone !== undefined) return [...directory.findByPhone(phone)]
    if (search !== undefined) return stores.people.search(search)
    throw new ServiceError('invalid_body', 'phone, search')
  })
}
