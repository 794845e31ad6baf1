import type { JWTVerifyGetKey } from 'jose'
import { ServiceError } from '../errors.ts'

const event = 'http://schemas.openid.net/event/backchannel-logout'
/** How old a token may be, and how far clocks may differ, in seconds. */
const oldest = 600
const tolerance = 60

type Expected = {
  readonly keys: JWTVerifyGetKey
  readonly issuer: string
  readonly audience: string
  /** Whether a token's id has not been seen before. */
  readonly isNew: (id: string, untilMs: number) => boolean
}

/**
 * A logout token as OpenID Connect Back-Channel Logout 1.0 (2.4 and 2.6) has it: signed by the provider, for us, of now, about a
 * session or a person, and never an identity token.
 * @throws ServiceError `invalid_body`
 */
export async function readLogoutToken(
  token: string,
  { keys, issuer, audience, isNew }: Expected,
): Promise<{ readonly sid: string | null; readonly subject: string | null }> {
  const { jwtVerify } = await import('jose')
  const refuse = (cause?: unknown) => new ServiceError('invalid_body', 'logout_token', cause)
  const { payload } = await jwtVerify(token, keys, {
    issuer,
    audience,
    clockTolerance: tolerance,
    maxTokenAge: oldest,
    requiredClaims: ['iat', 'jti'],
  }).catch((error: unknown) => {
    throw refuse(error)
  })
  const { jti, sub, sid, events, nonce } = payload
  const isLogout = typeof events === 'object' && events !== null && Object.hasOwn(events, event)
  const known = { sid: typeof sid === 'string' ? sid : null, subject: typeof sub === 'string' ? sub : null }
  if (!isLogout || nonce !== undefined || jti === undefined || (known.sid === null && known.subject === null)) throw refuse()
  if (!isNew(jti, Date.now() + (oldest + tolerance) * 1_000)) throw refuse()
  return known
}

/** Remembers ids for as long as their tokens hold. */
export function onceEach(): Expected['isNew'] {
  const seen = new Map<string, number>()
  return (id, untilMs) => {
    for (const [known, until] of seen) if (until < Date.now()) seen.delete(known)
    if (seen.has(id)) return false
    seen.set(id, untilMs)
    return true
  }
}
