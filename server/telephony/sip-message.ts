import { createHash } from 'node:crypto'

/** A SIP message as far as one call of our own needs it. `status` null: a request, `method` then says which. */
export type SipMessage = {
  readonly status: number | null
  readonly method: string
  /** By lower-case name, in order. */
  readonly headers: ReadonlyMap<string, readonly string[]>
  readonly body: string
}

const longNames: Readonly<Record<string, string>> = { f: 'from', t: 'to', i: 'call-id', m: 'contact', v: 'via', l: 'content-length' }

/** @returns null for what is no SIP message */
export function readSip(text: string): SipMessage | null {
  const end = text.indexOf('\r\n\r\n')
  const [first = '', ...lines] = (end < 0 ? text : text.slice(0, end)).split('\r\n')
  const [, status] = /^SIP\/2\.0 (\d{3}) /.exec(first) ?? []
  const [, method] = /^([A-Z]+) \S+ SIP\/2\.0$/.exec(first) ?? []
  if (status === undefined && method === undefined) return null
  const headers = new Map<string, string[]>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon < 1) continue
    const written = line.slice(0, colon).trim().toLowerCase()
    const name = longNames[written] ?? written
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()])
  }
  const [, asked = ''] = / ([A-Z]+)$/.exec(headers.get('cseq')?.[0] ?? '') ?? []
  return {
    status: status === undefined ? null : Number(status),
    method: method ?? asked,
    headers,
    body: end < 0 ? '' : text.slice(end + 4),
  }
}

export const headerOf = ({ headers }: SipMessage, name: string): string => headers.get(name)?.[0] ?? ''

/** @param start the first line @param headers in order; the length is added */
export function writeSip(start: string, headers: readonly (readonly [string, string])[], body = ''): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`)
  return [start, ...lines, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n')
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex')

/** The answer to a digest challenge of RFC 2617, the kind Asterisk makes; null for another. */
export function answerChallenge(
  challenge: string,
  account: { readonly user: string; readonly password: string; readonly method: string; readonly uri: string; readonly cnonce: string },
): string | null {
  const word = (name: string) => new RegExp(`(?:^|[\\s,])${name}="?([^",]*)"?`, 'i').exec(challenge)?.[1]
  const [realm, nonce, opaque] = [word('realm'), word('nonce'), word('opaque')]
  if (!/^digest /i.test(challenge) || realm === undefined || nonce === undefined) return null
  const { user, password, method, uri, cnonce } = account
  const [mine, what, count] = [md5(`${user}:${realm}:${password}`), md5(`${method}:${uri}`), '00000001']
  const counted = /(^|[\s,])qop=/i.test(challenge)
  const response = md5(counted ? `${mine}:${nonce}:${count}:${cnonce}:auth:${what}` : `${mine}:${nonce}:${what}`)
  return [
    `Digest username="${user}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${uri}"`,
    `response="${response}"`,
    'algorithm=MD5',
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
    ...(counted ? ['qop=auth', `nc=${count}`, `cnonce="${cnonce}"`] : []),
  ].join(', ')
}
