import { randomBytes } from 'node:crypto'
import WebSocket from 'ws'
import { answerChallenge, headerOf, readSip, type SipMessage, writeSip } from './sip-message.ts'

type DialPorts = {
  /** Asterisk's SIP over WebSocket. */
  readonly url: string
  readonly user: string
  readonly password: string
  /** What is dialled, in the account's context. */
  readonly extension: string
  /** The browser's offer. */
  readonly offer: string
  readonly onAnswer: (sdp: string) => void
  /** Once, however it ends: `status` of a refusal; null: it was hung up, or the connection is lost. */
  readonly onEnd: (status: number | null) => void
}

const host = 'guichet'
const handshakeMs = 3_000
const branch = () => `z9hG4bK${randomBytes(9).toString('hex')}`

/**
 * One SIP call that the service makes on behalf of a browser: the browser gives its offer and has the answer, and speaks no SIP itself.
 * Sound goes between it and Asterisk.
 */
export class SipDial {
  readonly #ports: DialPorts
  readonly #socket: WebSocket
  readonly #callId = randomBytes(12).toString('hex')
  readonly #tag = randomBytes(6).toString('hex')
  readonly #here = `${randomBytes(6).toString('hex')}.invalid`
  readonly #uri: string
  #branch = branch()
  #sequence = 1
  #authorization: string | null = null
  #state: 'calling' | 'up' | 'over' = 'calling'
  /** Where requests within the call go: what the other side says of itself. */
  #target = ''
  #to: string
  #leaving = false
  #rings = false

  constructor(ports: DialPorts) {
    this.#ports = ports
    this.#uri = `sip:${ports.extension}@${host}`
    this.#to = `<${this.#uri}>`
    this.#socket = new WebSocket(ports.url, 'sip', { handshakeTimeout: handshakeMs, perMessageDeflate: false })
    this.#socket.on('open', () => (this.#leaving ? this.#over(null) : this.#invite()))
    this.#socket.on('message', (data: Buffer) => {
      const message = readSip(data.toString('utf8'))
      if (message === null || headerOf(message, 'call-id') !== this.#callId) return
      if (message.status === null) this.#asked(message)
      else this.#answered(message, message.status)
    })
    this.#socket.on('error', () => this.#over(null))
    this.#socket.on('close', () => this.#over(null))
  }

  hangUp(): void {
    if (this.#leaving || this.#state === 'over') return
    this.#leaving = true
    if (this.#state === 'up') {
      this.#send('BYE', this.#target, this.#nextSequence(), branch())
      this.#over(null)
    } else if (this.#rings) this.#send('CANCEL', this.#uri, this.#sequence, this.#branch)
    else if (this.#socket.readyState !== WebSocket.OPEN) this.#over(null)
  }

  #nextSequence(): number {
    this.#sequence += 1
    return this.#sequence
  }

  #invite(): void {
    const contact: [string, string][] = [
      ['Contact', `<sip:${this.#ports.user}@${this.#here};transport=ws>`],
      ['Allow', 'INVITE, ACK, CANCEL, BYE, OPTIONS'],
      ['Content-Type', 'application/sdp'],
      ...(this.#authorization === null ? [] : [['Authorization', this.#authorization] satisfies [string, string]]),
    ]
    this.#send('INVITE', this.#uri, this.#sequence, this.#branch, contact, this.#ports.offer)
  }

  #send(method: string, uri: string, sequence: number, by: string, more: readonly (readonly [string, string])[] = [], body = ''): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return
    const headers = [
      ['Via', `SIP/2.0/WS ${this.#here};branch=${by}`],
      ['Max-Forwards', '70'],
      ['From', `<sip:${this.#ports.user}@${host}>;tag=${this.#tag}`],
      ['To', this.#to],
      ['Call-ID', this.#callId],
      ['CSeq', `${sequence} ${method}`],
      ...more,
    ] as const
    this.#socket.send(writeSip(`${method} ${uri} SIP/2.0`, headers, body))
  }

  #answered(message: SipMessage, status: number): void {
    if (message.method !== 'INVITE') return
    const [, sequence = ''] = /^(\d+) /.exec(headerOf(message, 'cseq')) ?? []
    if (status < 200) {
      if (Number(sequence) !== this.#sequence || this.#state !== 'calling') return
      this.#rings = true
      if (this.#leaving) this.#send('CANCEL', this.#uri, this.#sequence, this.#branch)
      return
    }
    if (status < 300) return this.#accepted(message, Number(sequence))
    // A refusal is acknowledged within its own transaction.
    const to = this.#to
    this.#to = headerOf(message, 'to')
    this.#send('ACK', this.#uri, Number(sequence), this.#branch)
    this.#to = to
    if (Number(sequence) !== this.#sequence || this.#state !== 'calling') return
    if (status !== 401 || this.#authorization !== null || this.#leaving) return this.#over(status)
    const { user, password } = this.#ports
    const cnonce = randomBytes(8).toString('hex')
    this.#authorization = answerChallenge(headerOf(message, 'www-authenticate'), {
      user,
      password,
      method: 'INVITE',
      uri: this.#uri,
      cnonce,
    })
    if (this.#authorization === null) return this.#over(status)
    this.#branch = branch()
    this.#nextSequence()
    this.#invite()
  }

  #accepted(message: SipMessage, sequence: number): void {
    this.#to = headerOf(message, 'to')
    this.#target = /<([^>]+)>/.exec(headerOf(message, 'contact'))?.[1] ?? this.#uri
    this.#send('ACK', this.#target, sequence, branch())
    if (this.#state !== 'calling') return
    this.#state = 'up'
    if (!this.#leaving) return this.#ports.onAnswer(message.body)
    this.#leaving = false
    this.hangUp()
  }

  #asked(message: SipMessage): void {
    if (message.method === 'ACK') return
    const known = ['BYE', 'OPTIONS', 'CANCEL', 'NOTIFY', 'INFO'].includes(message.method)
    const copied = ['via', 'from', 'to', 'call-id', 'cseq'].flatMap((name) =>
      (message.headers.get(name) ?? []).map((value) => [name === 'cseq' ? 'CSeq' : name === 'call-id' ? 'Call-ID' : name, value] as const),
    )
    this.#socket.send(writeSip(`SIP/2.0 ${known ? '200 OK' : '488 Not Acceptable Here'}`, copied))
    if (message.method === 'BYE') this.#over(null)
  }

  #over(status: number | null): void {
    if (this.#state === 'over') return
    this.#state = 'over'
    this.#ports.onEnd(status)
    // What was just said is to go out first.
    setTimeout(() => this.#socket.terminate(), 1_000).unref()
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.close()
  }
}
