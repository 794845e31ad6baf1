import { createHmac, timingSafeEqual } from 'node:crypto'

export type MailThreads = {
  /** The Message-ID of a mail about a ticket, in its brackets. @param id the mail's own, letters, digits and dashes */
  readonly messageId: (number: number, id: string) => string
  /** What all mails of a ticket refer to, so that mail programs thread them. */
  readonly root: (number: number) => string
  /** A reference that survives mail programs which lose headers: `10421-4f6k2m9qxa`. */
  readonly reference: (number: number) => string
  /** The tickets that a mail's references prove, in their order. @param ids Message-IDs, in their brackets or not */
  readonly numbersOf: (ids: readonly string[]) => readonly number[]
  /** The ticket that a reference in a text proves; null: none. */
  readonly referredTo: (text: string) => number | null
}

/** Message-IDs and references signed with a secret of this place: whoever shows one has read a mail of that ticket. */
export function mailThreads(secret: string, domain: string): MailThreads {
  const sign = (what: string, length: number) => createHmac('sha256', secret).update(what).digest('hex').slice(0, length)
  const same = (a: string, b: string) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
  const about = (number: number, id: string) => sign(`mail ${number} ${id}`, 20)
  const short = (number: number) => sign(`reference ${number}`, 12)

  function numberOf(messageId: string): number | null {
    const [, number, id, signature] = /^<?(\d{1,9})\.([\w-]{1,80})\.([0-9a-f]{20})@/.exec(messageId.trim()) ?? []
    if (number === undefined || id === undefined || signature === undefined) return null
    return same(signature, about(Number(number), id)) ? Number(number) : null
  }

  return {
    messageId: (number, id) => `<${number}.${id}.${about(number, id)}@${domain}>`,
    root: (number) => `<${number}.ticket.${about(number, 'ticket')}@${domain}>`,
    reference: (number) => `${number}-${short(number)}`,
    numbersOf: (ids) => ids.map(numberOf).filter((number) => number !== null),
    referredTo(text) {
      for (const [, number = '', signature = ''] of text.matchAll(/\b(\d{1,9})-([0-9a-f]{12})\b/g))
        if (same(signature, short(Number(number)))) return Number(number)
      return null
    },
  }
}
