import { oneLine } from './text.ts'

/** What a mail server says of one recipient (RFC 3464). */
export type DeliveryFailure = {
  /** Null when the report does not say. */
  readonly address: string | null
  /** `5.1.1`; null when the report does not say. */
  readonly status: string | null
  readonly reason: string
}

const blocks = (text: string) => text.replace(/\r\n?/g, '\n').split(/\n[ \t]*\n/)

/** The fields of a block, folded lines joined. */
function fieldsOf(block: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const line of block.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const at = line.indexOf(':')
    if (at > 0) found.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim())
  }
  return found
}

const bare = (typed: string | undefined) => {
  const address = typed?.slice(typed.indexOf(';') + 1).trim()
  return address === undefined || address === '' ? null : oneLine(address.replace(/^<|>$/g, '')).slice(0, 254)
}

/** The recipients that a mail could not be delivered to, for good; those that will be tried again, or that it reached, are none. @param text of the `message/delivery-status` part */
export function failuresIn(text: string): readonly DeliveryFailure[] {
  return blocks(text).flatMap((block) => {
    const fields = fieldsOf(block)
    if (fields.get('action')?.toLowerCase() !== 'failed') return []
    const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get('status') ?? '')?.[0] ?? null
    const diagnostic = fields.get('diagnostic-code')
    const reason = oneLine(diagnostic?.slice(diagnostic.indexOf(';') + 1) ?? '').slice(0, 300)
    return [{ address: bare(fields.get('original-recipient') ?? fields.get('final-recipient')), status, reason: reason || (status ?? '') }]
  })
}
