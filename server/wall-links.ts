import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
/** One of 32 letters for each byte: easy to type on a screen's remote control, each with five bits. */
const lettersOf = (bytes: Uint8Array): string => [...bytes].map((byte) => alphabet[byte % 32]).join('')

export type WallLinks = {
  readonly newId: () => string
  readonly url: (id: string) => string
  /** Whose address this key is of; null when it was not made here. Whether it was taken back is not in it. */
  readonly idOf: (key: string) => string | null
}

/** Addresses of big screens: an id and a signature of a hundred bits by this place's secret, so that none is kept anywhere. */
export function wallLinks(secret: string, publicUrl: string): WallLinks {
  const sign = (id: string) => lettersOf(createHmac('sha256', secret).update(`wall ${id}`).digest().subarray(0, 20))
  return {
    newId: () => lettersOf(randomBytes(8)),
    url: (id) => `${publicUrl}/mur/${id}-${sign(id)}`,
    idOf(key) {
      const [, id, signature] = /^([a-z2-7]{8})-([a-z2-7]{20})$/.exec(key) ?? []
      if (id === undefined || signature === undefined) return null
      return timingSafeEqual(Buffer.from(signature), Buffer.from(sign(id))) ? id : null
    },
  }
}
