import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import WebSocket, { WebSocketServer } from 'ws'
import type { FromPage, ListedChannel } from '../calls/inputs.ts'
import type { Call, EndReason, PagePlace } from '../calls/model.ts'
import { pagePlaceMs } from '../calls/remembered.ts'
import type { Person } from '../contract/entities.ts'
import { type FromCallingPage, fromPage, pageCallPath, type PageCallView, type ToCallingPage } from '../contract/page-calls.ts'
import type { Turned } from '../engine/engine.ts'
import type { PageCallToken, PageCallTokens } from '../page-call-tokens.ts'
import { type Ari, segment } from './ari.ts'
import { givePageAccount, pageAccount, pagePassword } from './page-account.ts'
import { LeftPlaces } from './left-places.ts'
import { SipDial } from './sip-dial.ts'

type PageCallProblem = 'busy' | 'already' | 'expired' | 'away' | 'closed' | 'network'
/** Who calls: nobody known, or whose account it is. */
export type PageCaller = { readonly accountId: string; readonly person: Person | null }
type Language = FromPage['language']

type Ports = {
  readonly http: Server
  /** Asterisk's HTTP server. */
  readonly asterisk: string
  readonly ari: Ari
  readonly log: Logger
  /** The account's password is derived from it. */
  readonly key: string
  readonly tokens: PageCallTokens
  readonly now: () => number
  readonly isCrossSite: (request: IncomingMessage) => boolean
  readonly whoAsks: (request: IncomingMessage) => Promise<PageCaller | null>
  readonly settings: () => { readonly offered: boolean; readonly atOnce: number }
  /** Whether the desk takes calls now. */
  readonly takes: () => 'yes' | 'closed' | 'away'
  readonly calls: () => ReadonlyMap<string, Call>
  /** Where the calls of pages stood that have ended: known to whoever serves next, after a restart too. */
  readonly places: () => readonly PagePlace[]
  readonly onTurn: (listener: (turned: Turned) => void) => void
  readonly view: (call: Call) => PageCallView
  readonly problem: (problem: PageCallProblem, language: Language) => string
  /** What is said of a call that has ended. @param number to be called, when the place is kept */
  readonly farewell: (language: Language, reason: EndReason | 'kept', number: string | null) => string
}

type Visit = FromPage & {
  readonly people: readonly Person[]
  readonly number: string | null
  /** An account, or where from: as it was signed. */
  readonly holder: string
  socket: WebSocket | null
  dial: SipDial | null
  callId: string | null
  /** When its page was last there. */
  seenAt: number
  shown: string
  /** Where the call that its page lost stood in the queue; null: it lost none. */
  readonly rank: number | null
  /** The caller hung up. */
  ended: boolean
}

const idPattern = /^page([0-9a-f]{24})$/
const beatMs = 5_000
/** A page that is not back by then has gone. */
const goneAfterMs = 12_000
const firstWordMs = 5_000
const mostConnections = 200
const startsAMinute = 40
const pushEveryMs = 150
const endSaidMs = 2_000

/**
 * Calls from the desk's own page. A page holds a token that places one call, to the desk, within half a minute; it gives its browser's
 * offer of sound and has Asterisk's answer. SIP is spoken by the service, so that nothing else can be dialled, or even said. While the
 * service is away the sound goes on, and the page finds its call again.
 */
export class PageCalls {
  readonly #ports: Ports
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: 20_000, perMessageDeflate: false })
  readonly #visits = new Map<string, Visit>()
  /** Tokens that have served, until they would have expired. */
  readonly #used = new Map<string, number>()
  /** Of calls whose page was left without hanging up. */
  readonly #places: LeftPlaces
  readonly #startedAt: number
  readonly #url: string
  readonly #password: string
  #starts: number[] = []
  #push: NodeJS.Timeout | null = null
  #sweep: NodeJS.Timeout | null = null

  constructor(ports: Ports) {
    this.#ports = ports
    this.#startedAt = ports.now()
    this.#places = new LeftPlaces(ports.now)
    this.#password = pagePassword(ports.key)
    const { protocol, host, pathname } = new URL(ports.asterisk)
    this.#url = `${protocol === 'https:' ? 'wss' : 'ws'}://${host}${pathname.replace(/\/$/, '').replace(/\/ari$/, '')}/ws`
    ports.http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (URL.parse(request.url ?? '', 'http://here')?.pathname === pageCallPath) void this.#upgrade(request, socket, head)
    })
    ports.onTurn((turned) => this.#turned(turned))
  }

  /** Asterisk may have been started anew. */
  async provision(): Promise<void> {
    await givePageAccount(this.#ports.ari, this.#password).catch((error: Error) =>
      this.#ports.log.warn({ reason: error.message }, 'The account of calls from the page could not be given to Asterisk'),
    )
  }

  /** Who calls by what was dialled; null: not from a page. */
  callerOf(dialled: string): (Pick<ListedChannel, 'number' | 'people' | 'rank'> & { readonly page: FromPage }) | null {
    const [, id] = idPattern.exec(dialled) ?? []
    if (id === undefined) return null
    const visit = this.#visits.get(id)
    if (visit === undefined) return { number: null, people: [], page: { id, signedIn: false, ticket: null, language: 'fr' } }
    const { number, people, signedIn, ticket, language, rank, after } = visit
    const page = { id, signedIn, ticket, language, ...(after !== undefined && { after }) }
    return { number, people, page, ...(rank !== null && { rank }) }
  }

  start(): void {
    this.#sweep = setInterval(() => this.#endThoseGone(), beatMs)
  }

  close(): void {
    if (this.#sweep !== null) clearInterval(this.#sweep)
    if (this.#push !== null) clearTimeout(this.#push)
    // Their sound goes on: whoever serves next finds them.
    for (const { socket } of this.#visits.values()) socket?.terminate()
    this.#server.close()
    for (const client of this.#server.clients) client.terminate()
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy())
    const refuse = (status: string) => socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`)
    if (this.#ports.isCrossSite(request)) return void refuse('403 Forbidden')
    if (this.#server.clients.size >= mostConnections) return void refuse('503 Service Unavailable')
    // While the database is away, whoever calls is not known, and calls all the same.
    const who = await this.#ports.whoAsks(request).catch(() => null)
    if (socket.destroyed) return
    this.#server.handleUpgrade(request, socket, head, (page) => this.#open(page, who))
  }

  #open(page: WebSocket, who: PageCaller | null): void {
    let visit: Visit | null = null
    const hurry = setTimeout(() => page.terminate(), firstWordMs)
    let alive = true
    const beat = setInterval(() => {
      if (!alive) return page.terminate()
      alive = false
      page.ping()
    }, beatMs)
    page.on('pong', () => {
      alive = true
    })
    page.on('message', (data: Buffer) => {
      const word = readWord(data)
      if (word === null) return page.close(1008)
      clearTimeout(hurry)
      if (word.type === 'end') {
        if (visit === null) return
        visit.ended = true
        this.#places.give(visit.id)
        return this.#hangUp(visit)
      }
      if (visit !== null) return
      visit = word.type === 'call' ? this.#begin(page, who, word) : this.#back(page, word.token)
    })
    page.on('close', (code) => {
      clearTimeout(hurry)
      clearInterval(beat)
      if (visit?.socket !== page) return
      visit.socket = null
      visit.seenAt = this.#ports.now()
      // The page was left, or loaded anew: nobody listens any more. Anything else may be the network, and is waited for.
      if (code === 1_000 || code === 1_001) this.#leave(visit)
    })
    page.on('error', () => page.terminate())
  }

  #begin(page: WebSocket, who: PageCaller | null, { token, offer, after }: Extract<FromCallingPage, { type: 'call' }>): Visit | null {
    const { now, settings, takes, problem, log, tokens } = this.#ports
    const read = tokens.read(token)
    const language = read?.language ?? 'fr'
    const refuse = (why: PageCallProblem) => {
      tell(page, { type: 'refused', text: problem(why, language) })
      page.close(1_000)
      return null
    }
    for (const [id, until] of this.#used) if (until <= now()) this.#used.delete(id)
    if (read === null || read.expiresAt <= now() || this.#used.has(read.id)) return refuse('expired')
    // Signed for an account, it serves that account alone.
    if (who !== null && read.holder !== tokens.mark(who.accountId)) return refuse('expired')
    const { offered, atOnce } = settings()
    const state = takes()
    if (!offered || state !== 'yes') return refuse(!offered || state === 'closed' ? 'closed' : 'away')
    const place = this.#placeAfter(after, read)
    const theirs = [...this.#visits.values()].filter(({ holder }) => holder === read.holder)
    if (theirs.length >= (who === null ? Math.max(1, Math.ceil(atOnce / 2)) : 1)) return refuse(who === null ? 'busy' : 'already')
    this.#starts = this.#starts.filter((at) => at > now() - 60_000)
    if (this.#visits.size >= atOnce || this.#starts.length >= startsAMinute) return refuse('busy')
    this.#starts.push(now())
    this.#used.set(read.id, read.expiresAt)
    const person = who?.person ?? null
    const visit: Visit = {
      id: read.id,
      signedIn: person !== null,
      ticket: read.ticket,
      language,
      people: person === null ? [] : [person],
      number: person?.phones[0] ?? null,
      holder: read.holder,
      socket: page,
      dial: null,
      callId: null,
      seenAt: now(),
      shown: '',
      rank: place?.rank ?? null,
      ...(place !== null && { after: place.page }),
      ended: false,
    }
    this.#visits.set(visit.id, visit)
    visit.dial = new SipDial({
      url: this.#url,
      user: pageAccount,
      password: this.#password,
      extension: `page${visit.id}`,
      offer,
      onAnswer: (sdp) => tell(visit.socket, { type: 'answer', sdp }),
      onEnd: (status) => {
        visit.dial = null
        if (visit.callId === null) {
          if (status !== null) log.info({ status }, 'A call from the page was refused by the telephone server')
          return this.#over(visit, {
            type: 'refused',
            text: problem(status === null ? 'network' : status === 503 ? 'busy' : 'away', language),
          })
        }
        // How it ended is told by the desk; if nobody tells, it has.
        setTimeout(() => this.#over(visit, this.#farewell(language)), endSaidMs).unref()
      },
    })
    return visit
  }

  /** After a cut of the page's connection, or another start of the service. */
  #back(page: WebSocket, token: string): Visit | null {
    const read = this.#ports.tokens.read(token)
    const known = read === null ? undefined : (this.#visits.get(read.id) ?? this.#found(read.id, read))
    if (known === undefined) {
      tell(page, this.#farewell(read?.language ?? 'fr'))
      page.close(1_000)
      return null
    }
    known.socket?.terminate()
    known.socket = page
    known.shown = ''
    this.#show(known)
    return known
  }

  #found(id: string, { language, holder }: { readonly language: Language; readonly holder: string }): Visit | undefined {
    const call = [...this.#ports.calls().values()].find(({ page }) => page?.id === id)
    if (call?.page === undefined) return undefined
    const { people, number } = call
    const visit: Visit = {
      ...call.page,
      language,
      people,
      number,
      holder,
      socket: null,
      dial: null,
      callId: call.id,
      seenAt: this.#ports.now(),
      shown: '',
      rank: null,
      ended: false,
    }
    this.#visits.set(id, visit)
    return visit
  }

  #callOf({ callId }: Visit): Call | undefined {
    return callId === null ? undefined : this.#ports.calls().get(callId)
  }

  #turned({ before, logged }: Turned): void {
    for (const { fact } of logged) {
      if (fact.type === 'call-arrived' && fact.page !== undefined) {
        const visit = this.#visits.get(fact.page.id)
        if (visit !== undefined) visit.callId = fact.callId
      }
      if (fact.type !== 'call-ended' && fact.type !== 'place-left') continue
      const visit = [...this.#visits.values()].find(({ callId }) => callId === fact.callId)
      const call = before.calls.get(fact.callId)
      if (visit === undefined || call === undefined) continue
      this.#over(visit, this.#farewell(call.language, fact.type === 'place-left' ? 'kept' : fact.reason, call.number))
    }
    if (this.#visits.size > 0) this.#push ??= setTimeout(() => this.#showAll(), pushEveryMs)
  }

  #showAll(): void {
    this.#push = null
    for (const visit of this.#visits.values()) this.#show(visit)
  }

  #show(visit: Visit): void {
    const call = this.#callOf(visit)
    if (call === undefined || visit.socket === null) return
    const view = this.#ports.view(call)
    const shown = JSON.stringify({ ...view, seconds: 0 })
    if (shown === visit.shown) return
    visit.shown = shown
    tell(visit.socket, { type: 'state', ...view })
  }

  #over(visit: Visit, last: ToCallingPage): void {
    if (!this.#visits.delete(visit.id)) return
    visit.dial?.hangUp()
    tell(visit.socket, last)
    visit.socket?.close(1_000)
    visit.socket = null
  }

  #farewell(language: Language, reason: EndReason | 'kept' = 'completed', number: string | null = null): ToCallingPage {
    return { type: 'over', text: this.#ports.farewell(language, reason, number) }
  }

  /** The page went without a word: its sound cannot come back, its place can. */
  #leave(visit: Visit): void {
    const call = this.#callOf(visit)
    if (!visit.ended && call !== undefined) this.#places.keep(visit.id, call.rank)
    this.#hangUp(visit)
  }

  /** Where the call that a page lost stood, once; what is left of that call makes way. Null: it lost none, or too long ago. */
  #placeAfter(after: string | undefined, { holder }: PageCallToken): { readonly page: string; readonly rank: number } | null {
    const lost = after === undefined ? null : this.#ports.tokens.read(after)
    if (lost === null || lost.holder !== holder) return null
    const visit = this.#visits.get(lost.id)
    if (visit !== undefined && visit.socket === null) {
      this.#leave(visit)
      this.#visits.delete(visit.id)
    }
    const known = this.#places.of(lost.id)
    const rank = known === 'unknown' ? this.#rankLeft(lost.id) : known
    this.#places.give(lost.id)
    return rank === null ? null : { page: lost.id, rank }
  }

  #rankLeft(page: string): number | null {
    if (this.#visits.has(page)) return null
    // Left while the service was away: of a call that is still there nobody has heard, or it ended before anybody could ask.
    const call = [...this.#ports.calls().values()].find((one) => one.page?.id === page)
    if (call !== undefined) this.#drop(call.id)
    const ended = this.#ports.places().find((one) => one.page === page && this.#ports.now() - one.at < pagePlaceMs)
    return call?.rank ?? ended?.rank ?? null
  }

  #hangUp(visit: Visit): void {
    if (visit.dial !== null) visit.dial.hangUp()
    else if (visit.callId !== null) this.#drop(visit.callId)
  }

  #drop(channel: string): void {
    this.#ports.ari.request('DELETE', `/channels/${segment(channel)}`).catch(() => undefined)
  }

  #endThoseGone(): void {
    const { now, calls } = this.#ports
    for (const visit of this.#visits.values())
      if (visit.socket === null && now() - visit.seenAt > goneAfterMs) {
        this.#leave(visit)
        // Asterisk is away: it is told again.
        visit.seenAt = now()
      }
    if (now() - this.#startedAt < goneAfterMs + beatMs) return
    for (const { id, page } of calls().values()) if (page !== undefined && !this.#visits.has(page.id)) this.#drop(id)
  }
}

function tell(page: WebSocket | null, word: ToCallingPage): void {
  if (page?.readyState === WebSocket.OPEN) page.send(JSON.stringify(word))
}

function readWord(data: Buffer) {
  try {
    return fromPage.parse(JSON.parse(data.toString('utf8')))
  } catch {
    return null
  }
}
