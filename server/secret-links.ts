import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
/** One of 32 letters for each byte: easy to type on a screen's remote control, each with five bits. */
const lettersOf = (bytes: Uint8Array): string => [...bytes].map((byte) => alphabet[byte % 32]).join('')

export type SecretLinks = {
  readonly newId: () => string
  readonly url: (id: string) => string
  /** Whose address this key is of; null when it was not made here. Whether it was taken back is not in it. */
  readonly idOf: (key: string) => string | null
}

/**
 * Addresses that open something to whoever knows them: an id and a signature of a hundred bits by this place's secret, so that none
 * is kept anywhere.
 * @param purpose what they open; a key of one purpose opens nothing of another
 */
function secretLinks(secret: string, purpose: string, urlOf: (key: string) => string): SecretLinks {
  const sign = (id: string) => lettersOf(createHmac('sha256', secret).update(`${purpose} ${id}`).digest().subarray(0, 20))
  return {
    newId: () => lettersOf(randomBytes(8)),
    url: (id) => urlOf(`${id}-${sign(id)}`),
    idOf(key) {
      const [, id, signature] = /^([a-z2-7]{8})-([a-z2-7]{20})$/.exec(key) ?? []
      if (id === undefined || signature === undefined) return null
      return timingSafeEqual(Buffer.from(signature), Buffer.from(sign(id))) ? id : null
    },
  }
}

export const wallLinks = (secret: string, publicUrl: string): SecretLinks => secretLinks(secret, 'wall', (key) => `${publicUrl}/mur/${key}`)

/** Where whoever keeps a list says whether it is still right. */
export const listLinks = (secret: string, publicUrl: string): SecretLinks =>
  secretLinks(secret, 'list', (key) => `${publicUrl}/listes/${key}`)

/** Where whoever is to be called back sees when, and cancels it. */
export const callbackLinks = (secret: string, publicUrl: string): SecretLinks =>
  secretLinks(secret, 'callback', (key) => `${publicUrl}/rappel/${key}`)

/** Where whoever subscribed to disruptions confirms, and leaves: followed by `/confirmer` or `/quitter`. */
export const subscriberLinks = (secret: string, publicUrl: string): SecretLinks =>
  secretLinks(secret, 'subscriber', (key) => `${publicUrl}/perturbations/abonnement/${key}`)

export const calendarLinks = (secret: string, publicUrl: string): SecretLinks =>
  secretLinks(secret, 'calendar', (key) => `${publicUrl}/calendrier/${key}.ics`)
