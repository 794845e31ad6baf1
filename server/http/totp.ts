import { createHmac } from 'node:crypto'

/** RFC 6238 with what every application understands: SHA-1, six digits, thirty seconds. */
const stepSeconds = 30
const digits = 6
/** Clocks differ, and typing takes time. */
const stepsAround = 1

export const stepAt = (nowMs: number): number => Math.floor(nowMs / 1_000 / stepSeconds)

/** HOTP (RFC 4226) of one step. */
export function codeOf(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 0x0f
  return String((mac.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** digits).padStart(digits, '0')
}

/** The step whose code this is, now or next to now; null when it is none's. */
export function stepOfCode(secret: Uint8Array, code: string, nowMs: number): number | null {
  const now = stepAt(nowMs)
  for (let step = now - stepsAround; step <= now + stepsAround; step += 1) if (codeOf(secret, step) === code) return step
  return null
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648, without padding: applications want none. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

/** The address that an application reads from a QR code. */
export function totpUri({ secret, login, issuer }: { readonly secret: string; readonly login: string; readonly issuer: string }): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(login)}`
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=${digits}&period=${stepSeconds}`
}
