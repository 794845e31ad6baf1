import { Readable } from 'node:stream'
import { createTransport } from 'nodemailer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'

/** What became of one attempt. `refused`, `later` and `superseded` are only said when the server cannot have the message. */
export type Outcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'later'; readonly reason: string /** Every mail would meet the same. */; readonly general: boolean }
  | { readonly kind: 'uncertain'; readonly reason: string }
  | { readonly kind: 'superseded' }

export type SmtpServer = {
  readonly host: string
  readonly port: number
  readonly secure: boolean
  readonly user: { readonly name: string; readonly password: string } | null
}

/** @param url smtp:// or smtps://, with `user:password@` where the server asks for them */
export function readSmtpUrl(url: string): SmtpServer {
  const u = new URL(url)
  const secure = u.protocol === 'smtps:'
  const user = u.username === '' ? null : { name: decodeURIComponent(u.username), password: decodeURIComponent(u.password) }
  const usualPort = secure ? 465 : user === null ? 25 : 587
  return { host: u.hostname.replace(/^\[|\]$/g, ''), port: u.port === '' ? usualPort : Number(u.port), secure, user }
}

export type DeliveryTimes = { readonly connectMs: number; readonly silenceMs: number }
export type Message = { readonly from: string; readonly to: string; readonly raw: Buffer }

function options(server: SmtpServer, times: DeliveryTimes) {
  const common = {
    host: server.host,
    port: server.port,
    secure: server.secure,
    connectionTimeout: times.connectMs,
    greetingTimeout: times.connectMs,
    socketTimeout: times.silenceMs,
  }
  if (server.secure) return common
  // A password never crosses a network in clear, nor to somebody who only claims to be the server.
  if (server.user !== null && !/^(localhost|127\.|::1$)/.test(server.host)) return { ...common, requireTLS: true }
  // Between servers, encryption is taken when offered, whoever signed the certificate (RFC 7435).
  return { ...common, opportunisticTLS: true, tls: { rejectUnauthorized: false } }
}

/** Connects and signs in as a delivery would, and sends nothing. @throws Error with the server's own words */
export async function checkSmtp(url: string, times: DeliveryTimes): Promise<void> {
  const server = readSmtpUrl(url)
  const auth = server.user === null ? {} : { auth: { user: server.user.name, pass: server.user.password } }
  const transport = createTransport({ ...options(server, times), ...auth })
  try {
    await transport.verify()
  } finally {
    transport.close()
  }
}

/**
 * Sends one message over a connection of its own.
 * @param mayFinish asked, and awaited, when everything but the end has been sent: until the end, the server has no message.
 *   False or a rejection leaves it without one.
 */
export async function deliver(
  server: SmtpServer,
  message: Message,
  mayFinish: () => Promise<boolean>,
  times: DeliveryTimes,
): Promise<Outcome> {
  const connection = new SMTPConnection(options(server, times))
  let broken = false
  let finishing = false
  let superseded = false
  let permission: Promise<boolean> = Promise.resolve(false)
  const body = async function* () {
    yield message.raw
    permission = mayFinish()
    superseded = !(await permission)
    if (superseded || broken) throw new Error('abandoned before its end')
    finishing = true
  }
  try {
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject)
      connection.once('end', () => reject(new Error('le serveur de messagerie a fermé la connexion')))
      const step = (next: () => void) => (error?: Error | null) => {
        if (error === null || error === undefined) next()
        else reject(error)
      }
      const send = () => connection.send({ from: message.from, to: [message.to] }, Readable.from(body()), step(resolve))
      connection.connect(
        step(() => {
          if (server.user === null) send()
          else connection.login({ user: server.user.name, pass: server.user.password }, step(send))
        }),
      )
    })
    connection.quit()
    return { kind: 'sent' }
  } catch (error) {
    broken = true
    // Late errors of a connection that is being closed have nobody left to tell.
    connection.on('error', () => undefined)
    connection.close()
    const refusedByStore = await permission.then(
      () => null,
      (reason: unknown) => reason,
    )
    if (refusedByStore !== null) return { kind: 'later', reason: 'la base de données ne répond pas', general: false }
    return superseded ? { kind: 'superseded' } : judge(error, finishing)
  }
}

/** @param finishing whether the end of the message may have reached the server */
function judge(error: unknown, finishing: boolean): Outcome {
  const { code, responseCode, command } = partsOf(error)
  const reason = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 500)
  if (finishing && responseCode === null) return { kind: 'uncertain', reason }
  // A refusal of the sender or of the account concerns every mail: an administrator can still put it right.
  const aboutThisMail = command === 'RCPT TO' || command === 'DATA' || code === 'EMESSAGE'
  if (aboutThisMail && (responseCode === null ? code === 'EENVELOPE' || code === 'EMESSAGE' : responseCode >= 500))
    return { kind: 'refused', reason }
  return { kind: 'later', reason, general: responseCode === null || !aboutThisMail }
}

function partsOf(error: unknown): { code: string | null; responseCode: number | null; command: string | null } {
  const of = (name: string): unknown => (typeof error === 'object' && error !== null && name in error ? Reflect.get(error, name) : null)
  const [code, responseCode, command] = [of('code'), of('responseCode'), of('command')]
  return {
    code: typeof code === 'string' ? code : null,
    responseCode: typeof responseCode === 'number' ? responseCode : null,
    command: typeof command === 'string' ? command : null,
  }
}
