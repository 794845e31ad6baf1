import { people, peopleQuery } from '../contract/http.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

/** Who is behind a number (from memory), or has a name (from the database's copy of the directory). */
export function peopleRoutes(app: App, { stores, directory }: Pick<HttpParts, 'stores' | 'directory'>): void {
  app.get('/api/people', { schema: { summary: 'Find people', querystring: peopleQuery, response: answering(people) } }, async (request) => {
    const { phone, search } = request.query
    const viewer = signedIn(request)
    if (phone !== undefined) {
      const found = [...directory.findByPhone(phone)]
      const known = await Promise.all(found.map(({ id }) => stores.partition.knows(viewer, id)))
      return found.filter((_person, i) => known[i])
    }
    if (search !== undefined) return stores.people.search(search, undefined, await stores.partition.heldTo(viewer))
    throw new ServiceError('invalid_body', 'phone, search')
  })
}
