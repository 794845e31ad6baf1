import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'

/** The oldest and the youngest a form may be when it comes back, in ms: people take longer than machines, and days are too long. */
const youngestMs = 1_500
const oldestMs = 24 * 3_600_000

export type FormTokens = {
  /** Of a form that is shown: it says when, and which one. @param holder who it is shown to */
  readonly give: (holder: string, nowMs: number) => string
  /** Which form this is, a UUID: the key by which it is saved once. `late`: to be shown again. Null: not ours, or not theirs. */
  readonly read: (token: string, holder: string, nowMs: number) => { readonly id: string; readonly inTime: boolean } | null
  /** Of a file that was received with a form that could not be saved yet. */
  readonly giveFile: (id: string, holder: string) => string
  readonly readFile: (token: string, holder: string) => string | null
  /** Of a shared page that somebody has come into by its code. */
  readonly givePage: (id: string) => string
  readonly readPage: (token: string) => string | null
}

/** What comes back with a form, signed: nothing is kept for who only looks. */
export function formTokens(secret: string): FormTokens {
  const sign = (text: string) => createHmac('sha256', secret).update(text).digest('base64url').slice(0, 24)
  const isSigned = (text: string, signature: string) =>
    signature.length === 24 && timingSafeEqual(Buffer.from(signature), Buffer.from(sign(text)))
  const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
  const readId = (token: string, said: (id: string) => string) => {
    const [, id, signature] = new RegExp(`^(${uuid})\\.([\\w-]{24})$`).exec(token) ?? []
    return id !== undefined && signature !== undefined && isSigned(said(id), signature) ? id : null
  }
  return {
    give(holder, nowMs) {
      const said = `${randomUUID()}.${nowMs.toString(36)}`
      return `${said}.${sign(`form ${holder} ${said}`)}`
    },
    read(token, holder, nowMs) {
      const [, said, id, at, signature] = new RegExp(`^((${uuid})\\.([0-9a-z]{1,11}))\\.([\\w-]{24})$`).exec(token) ?? []
      if (said === undefined || id === undefined || at === undefined || signature === undefined) return null
      if (!isSigned(`form ${holder} ${said}`, signature)) return null
      const age = nowMs - Number.parseInt(at, 36)
      return { id, inTime: age >= youngestMs && age <= oldestMs }
    },
    giveFile: (id, holder) => `${id}.${sign(`file ${holder} ${id}`)}`,
    readFile: (token, holder) => readId(token, (id) => `file ${holder} ${id}`),
    givePage: (id) => `${id}.${sign(`page ${id}`)}`,
    readPage: (token) => readId(token, (id) => `page ${id}`),
  }
}
