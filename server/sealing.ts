import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** What is kept so that the database alone gives nothing away. @param secret the site's, from which the keys are derived */
export function createSealing(secret: string, purpose: string) {
  const derived = (use: string) => Buffer.from(hkdfSync('sha256', secret, '', `${purpose} ${use}`, 32))
  const [cipherKey, macKey] = [derived('encryption'), derived('codes')]
  return {
    /** AES-256-GCM; the nonce and the tag go with it. */
    seal(bytes: Uint8Array): string {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', cipherKey, nonce)
      return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]).toString('base64url')
    },
    /** Null when it was sealed with another key, or touched. */
    open(sealed: string): Buffer | null {
      const raw = Buffer.from(sealed, 'base64url')
      if (raw.length < 28) return null
      const decipher = createDecipheriv('aes-256-gcm', cipherKey, raw.subarray(0, 12)).setAuthTag(raw.subarray(-16))
      try {
        return Buffer.concat([decipher.update(raw.subarray(12, -16)), decipher.final()])
      } catch {
        return null
      }
    },
    hash: (text: string): string => createHmac('sha256', macKey).update(text).digest('base64url'),
  }
}
