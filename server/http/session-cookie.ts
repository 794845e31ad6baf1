import { createHash, randomBytes } from 'node:crypto'

export const sessionHours = 12

/** A session's cookie: 256 random bits for the browser, their hash for the database. Its value needs no escaping. */
export function sessionCookie(secure: boolean) {
  // The prefix makes a browser refuse the cookie from another path, a subdomain or plain HTTP.
  const name = secure ? '__Host-guichet' : 'guichet'
  const inHeader = new RegExp(`(?:^|;)\\s*${name}=([\\w-]{43})\\s*(?:;|$)`)
  const written = (value: string, maxAgeSeconds: number) =>
    `${name}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}${secure ? '; Secure' : ''}`
  return {
    create(): { readonly token: string; readonly idHash: string } {
      const token = randomBytes(32).toString('base64url')
      return { token, idHash: hashOf(token) }
    },
    /** The hash of the session's id, null when the header holds none that we could have given. */
    read(header: string | undefined): string | null {
      const token = inHeader.exec(header ?? '')?.[1]
      return token === undefined ? null : hashOf(token)
    },
    /** `Set-Cookie`, by {@link sessionHours}. */
    give: (token: string): string => written(token, sessionHours * 3600),
    clear: (): string => written('', 0),
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')
