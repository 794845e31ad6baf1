import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** From the gesture to the call: the microphone is allowed before. */
const startWithinMs = 30_000

export type PageCallToken = {
  /** Names the call. */
  readonly id: string
  readonly expiresAt: number
  /** The number of the request whose page it is; null: none. */
  readonly ticket: number | null
  readonly language: 'fr' | 'en'
  /** Who it was given to, unreadable; see `mark`. */
  readonly holder: string
}
export type PageCallTokens = {
  /** For one call, within half a minute. @param holder an account's id, or the address it is asked from */
  readonly give: (holder: string, ticket: number | null, language: 'fr' | 'en') => string
  /** Null: not made here. Whether it has expired, or has served, is for who takes it to say. */
  readonly read: (token: string) => PageCallToken | null
  readonly mark: (holder: string) => string
}

/** What a page calls with: signed, so that nothing is kept for those who never call. */
export function pageCallTokens(secret: string, now: () => number): PageCallTokens {
  const hash = (text: string) => createHmac('sha256', secret).update(`page call ${text}`).digest()
  const sign = (said: string) => hash(`token ${said}`).toString('base64url').slice(0, 28)
  const mark = (holder: string) => hash(`holder ${holder}`).toString('hex').slice(0, 16)
  return {
    mark,
    give(holder, ticket, language) {
      const said = [randomBytes(12).toString('hex'), (now() + startWithinMs).toString(36), ticket ?? 0, language, mark(holder)].join('.')
      return `${said}.${sign(said)}`
    },
    read(token) {
      const [, said, id, expires = '', ticket, language, holder, signature] =
        /^(([0-9a-f]{24})\.([0-9a-z]{1,11})\.(\d{1,9})\.(fr|en)\.([0-9a-f]{16}))\.([\w-]{28})$/.exec(token) ?? []
      if (said === undefined || id === undefined || holder === undefined || signature === undefined) return null
      if (!timingSafeEqual(Buffer.from(signature), Buffer.from(sign(said)))) return null
      const about = Number(ticket)
      return {
        id,
        expiresAt: Number.parseInt(expires, 36),
        ticket: about === 0 ? null : about,
        language: language === 'en' ? 'en' : 'fr',
        holder,
      }
    },
  }
}
