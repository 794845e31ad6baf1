import { once } from 'node:events'
import { simpleParser, type ParsedMail } from 'mailparser'
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server'

type ReceivedMail = {
  readonly to: readonly string[]
  readonly from: string
  readonly raw: string
  readonly mail: ParsedMail
  readonly secure: boolean
  readonly user: string | null
}

/** How the server treats what comes next. `answer` is SMTP's code and text; it may depend on the recipient. */
type Behaviour =
  | { readonly kind: 'accept' }
  | { readonly kind: 'answer'; readonly at: 'sender' | 'recipient' | 'end'; readonly code: number; readonly only?: string }
  /** The message has come whole, and no answer leaves. */
  | { readonly kind: 'silent-at-end' }
  | { readonly kind: 'close-at-end' }
  | { readonly kind: 'silent-at-greeting' }

export type Smtp = {
  readonly url: string
  readonly port: number
  /** Messages that came whole, whatever was answered. */
  readonly received: readonly ReceivedMail[]
  behave(behaviour: Behaviour): void
  /** Resolves once this many messages have come whole, since the start. */
  arrived(count: number): Promise<void>
  stop(): Promise<void>
}

export type SmtpOptions = {
  readonly port?: number
  readonly starttls?: boolean
  readonly secure?: boolean
  readonly user?: { readonly name: string; readonly password: string }
}

/** A real SMTP server on the loopback that keeps what it receives. */
export async function startSmtp({ port = 0, starttls = false, secure = false, user }: SmtpOptions = {}): Promise<Smtp> {
  const received: ReceivedMail[] = []
  const waiting: { count: number; resolve: () => void }[] = []
  let behaviour: Behaviour = { kind: 'accept' }
  const refusal = (at: 'sender' | 'recipient' | 'end', address: string): Error | null => {
    if (behaviour.kind !== 'answer' || behaviour.at !== at || (behaviour.only !== undefined && behaviour.only !== address)) return null
    return Object.assign(new Error('as the test asked'), { responseCode: behaviour.code })
  }
  const server = new SMTPServer({
    secure,
    disabledCommands: [...(starttls ? [] : ['STARTTLS']), ...(user === undefined ? ['AUTH'] : [])],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 50,
    onConnect: (_, answer) => {
      if (behaviour.kind !== 'silent-at-greeting') answer()
    },
    onAuth: (auth, _, answer) => {
      if (auth.username === user?.name && auth.password === user?.password) answer(null, { user: auth.username })
      else answer(Object.assign(new Error('535 wrong password'), { responseCode: 535 }))
    },
    onMailFrom: ({ address }, _, answer) => answer(refusal('sender', address)),
    onRcptTo: ({ address }, _, answer) => answer(refusal('recipient', address)),
    onData: (stream, session, answer) => {
      const take = async (raw: string) => {
        const to = session.envelope.rcptTo.map(({ address }) => address)
        const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address
        received.push({ to, from, raw, mail: await simpleParser(raw), secure: session.secure, user: session.user ?? null })
        for (const waiter of waiting.splice(0)) {
          if (received.length >= waiter.count) waiter.resolve()
          else waiting.push(waiter)
        }
        if (behaviour.kind === 'silent-at-end') return
        if (behaviour.kind === 'close-at-end') closeAll()
        else answer(refusal('end', to[0] ?? ''))
      }
      // A connection lost before the end leaves a message that nobody has: it is not kept.
      keep(stream).then(take, () => undefined)
    },
  })
  const closeAll = () => {
    for (const connection of server.connections) connection._socket.destroy()
  }
  // A client that is killed breaks its connection; that is what some tests are about.
  server.on('error', () => undefined)
  const listening = server.listen(port, '127.0.0.1')
  await once(listening, 'listening')
  const address = listening.address()
  const bound = typeof address === 'object' && address !== null ? address.port : port
  const credentials = user === undefined ? '' : `${user.name}:${user.password}@`
  return {
    url: `${secure ? 'smtps' : 'smtp'}://${credentials}127.0.0.1:${bound}`,
    port: bound,
    received,
    behave(next) {
      behaviour = next
    },
    arrived: (count) =>
      new Promise((resolve) => {
        if (received.length >= count) resolve()
        else waiting.push({ count, resolve })
      }),
    async stop() {
      closeAll()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
    },
  }
}

async function keep(stream: SMTPServerDataStream): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}
