import { createWriteStream } from 'node:fs'
import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { ImapFlow, ImapFlowOptions } from 'imapflow'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Part } from '../contract/http.ts'
import type { Intake } from './intake.ts'

export type InboxTimes = {
  readonly connectMs: number
  readonly silenceMs: number
  /** Between two looks, whether or not the server told of something new. */
  readonly everyMs: number
  readonly retryMs: number
  readonly longestRetryMs: number
}
type InboxParts = {
  readonly config: NonNullable<Config['imap']>
  readonly intake: Pick<Intake, 'arriving' | 'take'>
  readonly log: Pick<Logger, 'info' | 'warn'>
  readonly times?: InboxTimes
  /** Of a mail that is brought whole, in bytes; of a larger one its beginning comes in, the rest stays in the mailbox. */
  readonly largest?: number
}

const usualTimes: InboxTimes = { connectMs: 15_000, silenceMs: 120_000, everyMs: 60_000, retryMs: 5_000, longestRetryMs: 120_000 }
const megabyte = 1_048_576
/** 25 MB of files, as a mail writes them, and its text. */
const usualLargest = 50 * megabyte
const beginning = 256 * 1024
const farewellMs = 5_000
/** Said to a server that keeps words with mails: taken in already, though it could not be moved. */
const takenWord = 'GuichetPris'

export type ImapAccount = {
  readonly host: string
  readonly port: number
  readonly secure: boolean
  readonly auth: { readonly user: string; readonly pass: string }
  readonly tls: { readonly ca?: string; readonly rejectUnauthorized: boolean }
  readonly doSTARTTLS?: boolean
}

/** @param url imap:// or imaps://, with `user:password@` */
export function readImapUrl({ url, caFile }: Pick<InboxParts['config'], 'url' | 'caFile'>): ImapAccount {
  const u = new URL(url)
  const secure = u.protocol === 'imaps:'
  const host = u.hostname.replace(/^\[|\]$/g, '')
  const local = /^(localhost|127\.|::1$)/.test(host)
  return {
    host,
    secure,
    port: u.port === '' ? (secure ? 993 : 143) : Number(u.port),
    auth: { user: decodeURIComponent(u.username), pass: decodeURIComponent(u.password) },
    tls: { ...(caFile === null ? {} : { ca: readFileSync(caFile, 'utf8') }), rejectUnauthorized: true },
    // A password never crosses a network in clear.
    ...(secure || local ? {} : { doSTARTTLS: true }),
  }
}

const reasonOf = (error: unknown): string => {
  const { responseText, message } = error as { readonly responseText?: string; readonly message?: string }
  return (responseText ?? message ?? String(error)).replace(/\s+/g, ' ').slice(0, 300)
}

/** The package is read when a mailbox is first followed: a service that comes back from a kill has calls to look after first. */
async function clientOf(config: InboxParts['config'], options: Partial<ImapFlowOptions>): Promise<ImapFlow> {
  const { ImapFlow: Client } = await import('imapflow')
  return new Client({ ...readImapUrl(config), logger: false, ...options })
}

/** Connects and opens the mailbox as the service would, and takes nothing. @returns how many mails wait @throws Error with the server's own words */
export async function checkImap(config: InboxParts['config'], connectMs: number): Promise<number> {
  const client = await clientOf(config, {
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: connectMs,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.mailboxOpen(config.folder, { readOnly: true })).exists
  } catch (error) {
    throw new Error(reasonOf(error), { cause: error })
  } finally {
    client.close()
  }
}

/**
 * Follows a mailbox: what arrives is taken in at once, and moved away only when it was. A server that is away, slow or talks nonsense is
 * connected to again, later and later; nothing else waits for it.
 */
export class Inbox {
  readonly #parts: InboxParts
  readonly #times: InboxTimes
  #client: ImapFlow | null = null
  #running: Promise<void> | null = null
  #stopped = false
  #wake: () => void = () => undefined
  #again = false
  #state: Part['state'] = 'starting'
  #since = new Date().toISOString()
  #detail: string | null = null
  #taking = false
  /** Mails that could not be taken in, and not before when (ms) again. */
  readonly #refused = new Map<number, number>()

  constructor(parts: InboxParts) {
    this.#parts = parts
    this.#times = parts.times ?? usualTimes
  }

  start(): void {
    this.#running ??= this.#run()
  }

  /** A mail that was taken in is still put away, if the server answers within `farewellMs`. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#look()
    const client = this.#client
    const late = setTimeout(() => client?.close(), this.#taking ? farewellMs : 0)
    await this.#running
    clearTimeout(late)
  }

  state(): Part {
    return { name: 'mail-in', state: this.#state, since: this.#since, version: null, detail: this.#detail }
  }

  #note(state: Part['state'], detail: string | null): void {
    if (state !== this.#state) this.#since = new Date().toISOString()
    this.#state = state
    this.#detail = detail
  }

  /** Look, now or as soon as the look under way is over. */
  #look(): void {
    this.#again = true
    this.#wake()
  }

  async #pause(ms: number): Promise<void> {
    if (this.#again || this.#stopped) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wake = () => undefined
  }

  async #run(): Promise<void> {
    const { log } = this.#parts
    let failures = 0
    while (!this.#stopped) {
      try {
        await this.#follow(() => {
          failures = 0
        })
      } catch (error) {
        if (this.#stopped) return
        failures += 1
        this.#note('down', reasonOf(error))
        log.warn({ reason: reasonOf(error) }, 'The mailbox cannot be read')
      }
      this.#again = false
      await this.#pause(Math.min(this.#times.retryMs * 2 ** Math.min(failures - 1, 10), this.#times.longestRetryMs))
    }
  }

  /** One connection, for as long as it holds. @throws when it ends */
  async #follow(connected: () => void): Promise<void> {
    const { config } = this.#parts
    const { connectMs, silenceMs, everyMs } = this.#times
    const client = await clientOf(config, {
      connectionTimeout: connectMs,
      greetingTimeout: connectMs,
      socketTimeout: silenceMs,
      maxIdleTime: Math.min(everyMs, silenceMs / 2),
      clientInfo: { name: 'Guichet unique' },
    })
    this.#client = client
    let broken: Error | null = null
    client.on('error', (error: Error) => {
      broken ??= error
      this.#look()
    })
    client.on('close', () => {
      broken ??= new Error('le serveur a fermé la connexion')
      this.#look()
    })
    client.on('exists', () => this.#look())
    try {
      await client.connect()
      await client.mailboxOpen(config.folder)
      await client.mailboxCreate(config.doneFolder).catch(() => undefined)
      connected()
      await this.#finish(client)
      while (!this.#stopped && broken === null) {
        this.#again = false
        const left = await this.#drain(client)
        this.#note('up', left === 0 ? null : `${left} courriel${left > 1 ? 's' : ''} en attente`)
        await this.#pause(everyMs)
      }
      if (broken !== null && !this.#stopped) throw broken as Error
    } finally {
      this.#client = null
      client.close()
    }
  }

  /** @returns how many could not be taken in, and wait */
  async #drain(client: ImapFlow): Promise<number> {
    const found = await client.search({ unKeyword: takenWord, deleted: false }, { uid: true })
    let left = 0
    for (const uid of found || []) {
      if (this.#stopped) return left
      if ((this.#refused.get(uid) ?? 0) > Date.now()) {
        left += 1
        continue
      }
      if (await this.#bring(client, uid)) this.#refused.delete(uid)
      else left += 1
    }
    return left
  }

  /** Bring one mail. @returns false when it could not be taken in now @throws when the connection is broken */
  async #bring(client: ImapFlow, uid: number): Promise<boolean> {
    const { intake, config, largest = usualLargest } = this.#parts
    const about = await client.fetchOne(String(uid), { size: true }, { uid: true })
    // Somebody else has moved it meanwhile.
    if (about === false) return true
    const size = about.size ?? 0
    const whole = size <= largest
    const file = await intake.arriving()
    try {
      const download = await client.download(String(uid), undefined, { uid: true, ...(whole ? {} : { maxBytes: beginning }) })
      if (download.content === undefined) return true
      await pipeline(download.content, createWriteStream(file, { mode: 0o600, flags: 'wx' }))
    } catch (error) {
      await rm(file, { force: true })
      throw error
    }
    this.#taking = true
    try {
      const taken = await this.#take(uid, file, whole ? undefined : tooLarge(size, config.doneFolder))
      if (taken) await this.#putAway(client, uid)
      return taken
    } finally {
      this.#taking = false
    }
  }

  async #take(uid: number, file: string, note: string | undefined): Promise<boolean> {
    const { intake, log } = this.#parts
    try {
      await intake.take(file, note)
      return true
    } catch (error) {
      await rm(file, { force: true })
      this.#refused.set(uid, Date.now() + this.#times.everyMs)
      log.warn({ uid, reason: reasonOf(error) }, 'A mail could not be taken in yet; it stays in the mailbox')
      return false
    }
  }

  /** What an earlier connection took in, and had no time to move. */
  async #finish(client: ImapFlow): Promise<void> {
    for (const uid of (await client.search({ keyword: takenWord, deleted: false }, { uid: true })) || []) {
      if (this.#stopped || !(await this.#move(client, uid))) return
    }
  }

  /** Only what was taken in is put away: whatever happens before, it is found again. */
  async #putAway(client: ImapFlow, uid: number): Promise<void> {
    await client.messageFlagsAdd(String(uid), ['\\Seen', takenWord], { uid: true })
    await this.#move(client, uid)
  }

  async #move(client: ImapFlow, uid: number): Promise<boolean> {
    const { config, log } = this.#parts
    const moved = await client.messageMove(String(uid), config.doneFolder, { uid: true }).catch(() => false as const)
    if (moved === false) log.warn({ uid }, 'A mail was taken in and could not be moved; it is marked instead')
    return moved !== false
  }
}

const tooLarge = (bytes: number, folder: string) =>
  `Ce courriel de ${Math.round(bytes / megabyte)} Mo est trop gros : seul son début est ici, le reste est dans la boîte aux lettres, dossier « ${folder} ».`
