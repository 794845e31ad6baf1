import { createHash, randomBytes } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'

export type Invite = {
  /** The user part of From, as the caller claims it. */
  readonly from: string
  readonly rtpPort?: number
  readonly account?: { readonly user: string; readonly password: string }
}

/** A SIP peer small enough to send what no phone would; its port is its identity. */
export class SipClient {
  readonly #socket: Socket
  readonly #desk: { readonly host: string; readonly port: number }
  #hear: (message: string) => void = () => {}

  private constructor(socket: Socket, desk: { readonly host: string; readonly port: number }) {
    this.#socket = socket
    this.#desk = desk
    socket.on('message', (bytes) => this.#hear(bytes.toString('utf8')))
  }

  static async open(desk: { readonly host: string; readonly port: number }, port = 0): Promise<SipClient> {
    const socket = createSocket('udp4')
    await new Promise<void>((resolve) => socket.bind(port, '127.0.0.1', resolve))
    return new SipClient(socket, desk)
  }

  get port(): number {
    return this.#socket.address().port
  }

  /** Call the desk. @returns the first status that tells the outcome: ringing (180), an answer (200), or a refusal. */
  async invite(invite: Invite): Promise<number> {
    const call = { id: randomBytes(8).toString('hex'), tag: randomBytes(4).toString('hex') }
    const first = await this.#ask(invite, call, 1, [])
    if (first.status !== 401 || invite.account === undefined) return first.status
    return (await this.#ask(invite, call, 2, [authorization(first.text, this.#uri, invite.account)])).status
  }

  close(): void {
    this.#socket.close()
  }

  get #uri(): string {
    return `sip:guichet@${this.#desk.host}:${this.#desk.port}`
  }

  #ask(
    invite: Invite,
    call: { id: string; tag: string },
    sequence: number,
    more: readonly string[],
  ): Promise<{ status: number; text: string }> {
    const here = `127.0.0.1:${this.port}`
    const branch = `z9hG4bK${randomBytes(6).toString('hex')}`
    const head = (method: string) => [
      `${method} ${this.#uri} SIP/2.0`,
      `Via: SIP/2.0/UDP ${here};branch=${branch};rport`,
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
      `m=audio ${invite.rtpPort ?? 9} RTP/AVP 8`,
      'a=sendrecv',
      '',
    ].join('\r\n')
    const lines = [
      ...head('INVITE'),
      `Contact: <sip:caller@${here}>`,
      ...more,
      'Content-Type: application/sdp',
      `Content-Length: ${body.length}`,
      '',
      body,
    ]
    return new Promise((resolve) => {
      this.#hear = (text) => {
        const status = Number(text.match(/^SIP\/2\.0 (\d+)/)?.[1])
        if (!text.includes(call.id) || status === 100 || Number.isNaN(status)) return
        if (status >= 300) this.#send([...head('ACK'), 'Content-Length: 0', '', ''])
        resolve({ status, text })
      }
      this.#send(lines)
    })
  }

  #send(lines: readonly string[]): void {
    this.#socket.send(lines.join('\r\n'), this.#desk.port, this.#desk.host)
  }
}

/** RFC 2617 digest, as qop=auth asks for. */
function authorization(challenge: string, uri: string, { user, password }: { readonly user: string; readonly password: string }): string {
  const md5 = (text: string) => createHash('md5').update(text).digest('hex')
  const field = (name: string) => challenge.match(new RegExp(`${name}="([^"]*)"`))?.[1] ?? ''
  const [realm, nonce, opaque, cnonce] = [field('realm'), field('nonce'), field('opaque'), randomBytes(4).toString('hex')]
  const response = md5(`${md5(`${user}:${realm}:${password}`)}:${nonce}:00000001:${cnonce}:auth:${md5(`INVITE:${uri}`)}`)
  return `Authorization: Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=MD5, cnonce="${cnonce}", opaque="${opaque}", qop=auth, nc=00000001`
}
