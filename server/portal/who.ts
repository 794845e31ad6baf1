import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Ticket } from '../contract/entities.ts'
import type { Person } from '../contract/entities.ts'
import type { Session } from '../contract/http.ts'
import type { Actor } from '../database/ticket-saving.ts'
import { ServiceError } from '../errors.ts'
import type { HttpParts } from '../http/ports.ts'

/** Who looks at the portal. */
export type Who = {
  readonly session: Session | null
  /** The directory's, behind the session; null for nobody, or an account that it does not know. */
  readonly person: Person | null
  /** Keys of requests that were opened by their link or their code in this browser, by number. */
  readonly keys: ReadonlyMap<number, string>
}

const cookieName = 'guichet-suivi'
const most = 12
const keptSeconds = 12 * 3_600

function readKeys(header: string | undefined): ReadonlyMap<number, string> {
  const value = new RegExp(`(?:^|;)\\s*${cookieName}=([\\w.:-]{1,2000})`).exec(header ?? '')?.[1] ?? ''
  const pairs = value.split(':').flatMap((pair): [number, string][] => {
    const [, number, key] = /^(\d{1,9})\.([\w-]{1,60})$/.exec(pair) ?? []
    return number === undefined || key === undefined ? [] : [[Number(number), key]]
  })
  return new Map(pairs.slice(-most))
}

/** Remember in this browser that a request may be followed. The key is in the cookie: nothing is kept here. */
export function rememberKey(reply: FastifyReply, who: Who, number: number, key: string, secure: boolean): void {
  const keys = new Map(who.keys)
  keys.delete(number)
  keys.set(number, key)
  const value = [...keys]
    .slice(-most)
    .map(([n, k]) => `${n}.${k}`)
    .join(':')
  reply.header('set-cookie', `${cookieName}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${keptSeconds}${secure ? '; Secure' : ''}`)
}

type Parts = Pick<HttpParts, 'sessions' | 'stores' | 'requests'>

export async function whoAsks({ headers }: Pick<FastifyRequest, 'headers'>, { sessions, stores }: Parts): Promise<Who> {
  const keys = readKeys(headers.cookie)
  try {
    const session = await sessions.authenticate(headers.cookie)
    return { session, person: session === null ? null : await stores.people.ofAccount(session.id), keys }
  } catch (error) {
    // The home page is shown while the database is away.
    if (error instanceof ServiceError && error.code === 'database_away') return { session: null, person: null, keys }
    throw error
  }
}

/** Where the directory says that they are called, as people write it. */
export const knownPhone = ({ person }: Pick<Who, 'person'>): string =>
  (person?.phones[0] ?? '').replace(/^\+33(\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '0$1 $2 $3 $4 $5').replace(/^ext:/, '')

const same = (a: string | null, b: string | null) => a !== null && b !== null && a.toLowerCase() === b.toLowerCase()

/** Whether somebody may follow a request: it is theirs, or they hold its key. */
export const mayFollow = ({ person, keys }: Who, ticket: Ticket, requests: HttpParts['requests']): boolean => {
  const { personId, email } = ticket.requester
  const theirs = person !== null && (personId === person.id || (personId === null && same(email, person.email)))
  return theirs || requests.mayFollow(ticket, keys.get(ticket.number) ?? '')
}

/** The requester of a ticket, as who writes on it. */
export const requesterOf = ({ requester }: Pick<Ticket, 'requester'>): Actor & { readonly side: 'requester' } => ({
  id: requester.personId ?? 'requester',
  name: requester.name || requester.email || 'L’usager',
  side: 'requester',
})
