import { createHmac } from 'node:crypto'

/**
 * What the header `Guichet-Signature` holds: HMAC-SHA256, in hex, of the moment (s since 1970), a dot and the body as it is sent. Whoever
 * receives it computes the same with the secret they were given, compares in constant time, and refuses a moment older than five minutes.
 */
export function signatureOf(secret: string, atSeconds: number, body: string): string {
  return `t=${atSeconds},v1=${createHmac('sha256', secret).update(`${atSeconds}.${body}`).digest('hex')}`
}
