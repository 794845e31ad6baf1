import { createHash, randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect } from 'node:tls'

export type Invite = {
  /** The user part of From, as the caller claims it. */
  readonly from: string
  readonly rtpPort?: number
  /** Ask for encrypted sound with this key and salt (base64), or for none that is not. */
  readonly srtpKey?: string
  readonly account?: { readonly user: string; readonly password: string }
}

type Wire = { readonly protocol: 'UDP' | 'TLS'; readonly port: () => number; send(text: string): void; close(): void }
type Desk = { readonly host: string; readonly port: number }

/** A SIP peer small enough to send what no phone would; its port is its identity. */
export class SipClient {
  readonly #wire: Wire
  readonly #desk: Desk
  #hear: (message: string) => void = () => {}

  private constructor(desk: Desk, wire: (hear: (message: string) => void) => Wire) {
    this.#desk = desk
    this.#wire = wire((message) => this.#hear(message))
  }

  static async open(desk: Desk, port = 0): Promise<SipClient> {
    const socket = createSocket('udp4')
    await new Promise<void>((resolve) => socket.bind(port, '127.0.0.1', resolve))
    return new SipClient(desk, (hear) => {
      socket.on('message', (bytes) => hear(bytes.toString('utf8')))
      return {
        protocol: 'UDP',
        port: () => socket.address().port,
        send: (text) => socket.send(text, desk.port, desk.host),
        close: () => socket.close(),
      }
    })
  }

  /** Over TLS, whoever signed the desk's certificate. */
  static async openTls(desk: Desk): Promise<SipClient> {
    const socket = connect({ ...desk, rejectUnauthorized: false })
    await once(socket, 'secureConnect')
    return new SipClient(desk, (hear) => {
      let unread = ''
      socket.on('data', (bytes) => {
        unread += bytes.toString('latin1')
        for (let end = endOf(unread); end !== null; end = endOf(unread)) {
          hear(unread.slice(0, end))
          unread = unread.slice(end)
        }
      })
      return { protocol: 'TLS', port: () => socket.localPort ?? 0, send: (text) => socket.write(text), close: () => socket.destroy() }
    })
  }

  get port(): number {
    return this.#wire.port()
  }

  /** Call the desk. @returns the first status that tells the outcome: ringing (180), an answer (200), or a refusal. */
  async invite(invite: Invite): Promise<number> {
    return (await this.#call(invite, 101)).status
  }

  /** Call the desk. @returns its answer (200), with what it says of its sound, or its refusal. */
  answer(invite: Invite): Promise<{ readonly status: number; readonly text: string }> {
    return this.#call(invite, 200)
  }

  close(): void {
    this.#wire.close()
  }

  async #call(invite: Invite, from: number): Promise<{ status: number; text: string }> {
    const call = { id: randomBytes(8).toString('hex'), tag: randomBytes(4).toString('hex'), from }
    const first = await this.#ask(invite, call, 1, [])
    if (first.status !== 401 || invite.account === undefined) return first
    return this.#ask(invite, call, 2, [authorization(first.text, this.#uri, invite.account)])
  }

  get #uri(): string {
    return `sip:guichet@${this.#desk.host}:${this.#desk.port}`
  }

  #ask(
    invite: Invite,
    call: { id: string; tag: string; from: number },
    sequence: number,
    more: readonly string[],
  ): Promise<{ status: number; text: string }> {
    const here = `127.0.0.1:${this.port}`
    const branch = `z9hG4bK${randomBytes(6).toString('hex')}`
    const head = (method: string) => [
      `${method} ${this.#uri} SIP/2.0`,
      `Via: SIP/2.0/${this.#wire.protocol} ${here};branch=${branch};rport`,
      `From: <sip:${invite.from}@127.0.0.1>;tag=${call.tag}`,
      `To: <${this.#uri}>`,
      `Call-ID: ${call.id}`,
      `CSeq: ${sequence} ${method}`,
      'Max-Forwards: 70',
    ]
    const body = [
      'v=0',
      'o=- 1 1 IN IP4 127.0.0.1',
      's=-',
      'c=IN IP4 127.0.0.1',
      't=0 0',
      `m=audio ${invite.rtpPort ?? 9} RTP/${invite.srtpKey === undefined ? 'AVP' : 'SAVP'} 8`,
      ...(invite.srtpKey === undefined ? [] : [`a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${invite.srtpKey}`]),
      'a=sendrecv',
      '',
    ].join('\r\n')
    const lines = [
      ...head('INVITE'),
      `Contact: <sip:caller@${here};transport=${this.#wire.protocol.toLowerCase()}>`,
      ...more,
      'Content-Type: application/sdp',
      `Content-Length: ${body.length}`,
      '',
      body,
    ]
    return new Promise((resolve) => {
      this.#hear = (text) => {
        const status = Number(text.match(/^SIP\/2\.0 (\d+)/)?.[1])
        if (!text.includes(call.id) || Number.isNaN(status) || status < call.from) return
        if (status >= 300) this.#send([...head('ACK'), 'Content-Length: 0', '', ''])
        resolve({ status, text })
      }
      this.#send(lines)
    })
  }

  #send(lines: readonly string[]): void {
    this.#wire.send(lines.join('\r\n'))
  }
}

/** Where the first whole message of a stream ends; null while it is under way. */
function endOf(stream: string): number | null {
  const head = stream.indexOf('\r\n\r\n')
  if (head < 0) return null
  const end = head + 4 + Number(/^Content-Length:\s*(\d+)/im.exec(stream.slice(0, head))?.[1] ?? 0)
  return stream.length < end ? null : end
}

/** RFC 2617 digest, as qop=auth asks for. */
function authorization(challenge: string, uri: string, { user, password }: { readonly user: string; readonly password: string }): string {
  const md5 = (text: string) => createHash('md5').update(text).digest('hex')
  const field = (name: string) => challenge.match(new RegExp(`${name}="([^"]*)"`))?.[1] ?? ''
  const [realm, nonce, opaque, cnonce] = [field('realm'), field('nonce'), field('opaque'), randomBytes(4).toString('hex')]
  const response = md5(`${md5(`${user}:${realm}:${password}`)}:${nonce}:00000001:${cnonce}:auth:${md5(`INVITE:${uri}`)}`)
  return `Authorization: Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=MD5, cnonce="${cnonce}", opaque="${opaque}", qop=auth, nc=00000001`
}
