import { createHash, randomBytes } from 'node:crypto'
import type { Session } from '../contract/http.ts'
import type { KeyCreation, KeyGiven } from '../contract/keys.ts'
import { isKeyRoute } from '../contract/rights.ts'
import type { KeyStore } from '../database/key-store.ts'
import { ServiceError } from '../errors.ts'
import { createSignInGuard } from './sign-in-guard.ts'

const windowMs = 60_000
/** Requests of one key in a minute. */
export const keyRequests = 120

const hashOf = (key: string): string => createHash('sha256').update(key).digest('base64url')

/** The keys of programs. @param settings.now in ms */
export function createApiKeys(store: KeyStore, settings: { readonly demo: boolean; readonly now: () => number }) {
  const { demo, now } = settings
  const guard = createSignInGuard(now)
  const counts = new Map<string, { readonly since: number; requests: number }>()

  function count(id: string): void {
    const before = counts.get(id)
    const current = before !== undefined && now() - before.since < windowMs ? before : { since: now(), requests: 0 }
    counts.set(id, current)
    current.requests += 1
    if (current.requests > keyRequests) throw new ServiceError('too_many_requests')
  }

  return {
    async create({ expiresInDays, ...key }: KeyCreation, by: string): Promise<KeyGiven> {
      const secret = `gu_${randomBytes(32).toString('base64url')}`
      const expiresAt = new Date(now() + expiresInDays * 86_400_000)
      const view = await store.create({ ...key, hint: secret.slice(0, 7), keyHash: hashOf(secret), createdBy: by, expiresAt })
      return { key: secret, view }
    },

    /**
     * Who calls by an `Authorization` header, for one route.
     * @param route `GET /api/tickets`
     * @throws ServiceError `bad_key`; `key_scope` when this key does not open this route; `too_many_requests`, `too_many_attempts`
     */
    async authenticate(header: string, route: string, address: string): Promise<Session> {
      const secret = /^Bearer (gu_[\w-]{43})$/i.exec(header)?.[1]
      const key = secret === undefined ? null : await store.serving(hashOf(secret))
      if (key === null) {
        guard.begin('a key', address)
        throw new ServiceError('bad_key')
      }
      count(key.id)
      const isOpen = isKeyRoute(route) && (key.routes === null ? route.startsWith('GET ') : key.routes.includes(route))
      if (!isOpen) throw new ServiceError('key_scope')
      await store.used(key.id, address)
      return { id: `key:${key.id}`, login: `key:${key.id}`, name: `Clé « ${key.name} »`, role: key.role, extension: null, demo }
    },
  }
}
export type ApiKeys = ReturnType<typeof createApiKeys>
