import { randomInt } from 'node:crypto'
import type { Logger } from 'pino'
import type { SharedPage, sharedWrite } from '../contract/shared-page.ts'
import type { z } from 'zod'
import type { NewLine, SharedPageStore, StoredPage } from '../database/shared-page-store.ts'
import { ServiceError } from '../errors.ts'
import { limiter } from '../limiter.ts'

/** How long a code opens its page, how long a page outlives its call, in ms; how many screens one code lets in. */
const codeMs = 10 * 60_000
const graceMs = 10 * 60_000
const screensPerCode = 4
/** Wrong codes within ten minutes: from one place, and from everywhere before codes grow longer, and before nobody may try. */
const wrong = { source: 8, long: 60, all: 3_000, withinMs: 10 * 60_000 } as const
const typingMs = 4_000
const mostLines = 400

type Code = { readonly text: string; readonly until: number; left: number }
type By = { readonly id: string; readonly name: string }

export type SharedPagePorts = {
  readonly store: SharedPageStore
  readonly log: Logger
  readonly now: () => number
  readonly publicUrl: string
  /** The site's address of the operator's side of the remote control, with `{code}`; null: there is none. */
  readonly remoteUrl: () => string | null
  readonly isCall: (callId: string) => boolean
  /** Something on a page is new: for the desk, and for the screens that show it. */
  readonly onChange: (page: { readonly id: string; readonly callId: string }) => void
  /** How many screens show a page now. */
  readonly screensOf: (pageId: string) => number
  /** A ticket's journal has more than before. */
  readonly onDelivered: (number: number) => void
}

/** IPv6: whoever has one address has its whole network. */
const sourceOf = (address: string) => (address.includes(':') && !address.includes('.') ? address.split(':').slice(0, 4).join(':') : address)

/**
 * Pages that a caller and the desk share during a call. Codes, and texts that are not to be kept, are in memory alone: a restart forgets
 * them, and the operator gives a new one; whoever is in stays in.
 */
export class SharedPages {
  readonly #ports: SharedPagePorts
  /** By page. */
  readonly #codes = new Map<string, Code>()
  readonly #confidential = new Map<number, string>()
  /** Calls that have a page. */
  readonly #shared = new Set<string>()
  readonly #typing = new Map<string, number>()
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #bySource
  readonly #toLong
  readonly #byAll
  #longUntil = 0

  constructor(ports: SharedPagePorts) {
    this.#ports = ports
    this.#bySource = limiter(wrong.source, wrong.withinMs, ports.now)
    this.#toLong = limiter(wrong.long, wrong.withinMs, ports.now)
    this.#byAll = limiter(wrong.all, wrong.withinMs, ports.now)
  }

  /** The database is there: pages whose call ended meanwhile end too, and what a ticket waits for is written into it. */
  async start(): Promise<void> {
    const { store, isCall } = this.#ports
    for (const { callId } of await store.unended()) {
      this.#shared.add(callId)
      if (!isCall(callId)) this.callEnded(callId)
    }
    for (const callId of await store.undelivered()) await this.deliver(callId)
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }

  /** @throws ServiceError `conflict` when the call is over */
  async open(callId: string, by: By): Promise<SharedPage> {
    if (!this.#ports.isCall(callId)) throw new ServiceError('conflict')
    this.#shared.add(callId)
    const page = await this.#ports.store.open(callId, by)
    this.#newCode(page.id)
    this.#ports.onChange(page)
    return this.#view(page)
  }

  async close(callId: string): Promise<void> {
    const page = await this.#ports.store.find({ callId })
    if (page === null) return
    this.#codes.delete(page.id)
    await this.#ports.store.close(page.id)
    this.#ports.onChange(page)
  }

  async ofCall(callId: string): Promise<SharedPage | null> {
    const page = await this.#ports.store.find({ callId })
    return page === null ? null : this.#view(page)
  }

  /** As a caller's screen shows it; null when it is no more. */
  async ofId(id: string): Promise<SharedPage | null> {
    const page = await this.#ports.store.find({ id })
    return page === null ? null : this.#view(page)
  }

  /**
   * The page that a code opens.
   * @param typed as it was typed @param address whose it is
   * @throws ServiceError `too_many_attempts`, or `not_found` for a code that opens nothing
   */
  enter(typed: string, address: string): string {
    const { now } = this.#ports
    const source = sourceOf(address)
    const digits = typed.replace(/\D/g, '')
    // Judged before the code is: otherwise the refusal would come too late for whoever found one.
    if (this.#bySource.full(source) || this.#byAll.full('')) throw new ServiceError('too_many_attempts')
    const found = [...this.#codes].find(([, code]) => code.text === digits && code.until > now() && code.left > 0)
    if (found === undefined) {
      this.#bySource.allows(source)
      this.#byAll.allows('')
      if (!this.#toLong.allows('') && this.#longUntil <= now()) this.#lengthen()
      throw new ServiceError('not_found')
    }
    const [id, code] = found
    code.left -= 1
    return id
  }

  /** Somebody is on the page who was not. */
  async entered(id: string): Promise<void> {
    const page = await this.#ports.store.find({ id })
    if (page !== null) this.#ports.onChange(page)
  }

  /** @throws ServiceError `conflict` when the page is over, `not_found` */
  async say(callId: string, write: z.output<typeof sharedWrite>, by: By): Promise<SharedPage> {
    const page = await this.#writable({ callId })
    const confidential = write.kind === 'spelled' && write.confidential
    const text = 'text' in write ? write.text : ''
    const id = await this.#add(page, { side: 'operator', by, kind: write.kind, text, confidential })
    if (confidential) this.#confidential.set(id, text)
    this.#ports.onChange(page)
    return this.#view(page)
  }

  /** What the caller writes or sends. @param files that were taken in for this page @throws as `say` */
  async write(pageId: string, said: Pick<NewLine, 'text' | 'language' | 'files'>, kind: 'text' | 'started' = 'text'): Promise<void> {
    const page = await this.#writable({ id: pageId })
    this.#typing.delete(pageId)
    await this.#add(page, { side: 'caller', by: { id: 'requester', name: 'L’appelant' }, kind, ...said })
    this.#ports.onChange(page)
  }

  /** The caller has done a step. */
  async done(pageId: string, lineId: number): Promise<void> {
    const page = await this.#writable({ id: pageId })
    if (!(await this.#ports.store.done(pageId, lineId))) return
    const step = (await this.#ports.store.linesOf(pageId)).find(({ id }) => id === lineId)
    await this.#add(page, { side: 'caller', by: { id: 'requester', name: 'L’appelant' }, kind: 'done', text: step?.text ?? '' })
    this.#ports.onChange(page)
  }

  types(pageId: string): void {
    const { now, store, onChange } = this.#ports
    const began = (this.#typing.get(pageId) ?? 0) <= now()
    this.#typing.set(pageId, now() + typingMs)
    if (!began) return
    void store.find({ id: pageId }).then(
      (page) => {
        if (page === null) return
        onChange(page)
        this.#later(() => onChange(page), typingMs + 100)
      },
      () => undefined,
    )
  }

  callEnded(callId: string): void {
    if (!this.#shared.delete(callId)) return
    const { store, now, log, onChange } = this.#ports
    const endsAt = new Date(now() + graceMs)
    store.end([callId], endsAt).then(
      (pages) => {
        for (const page of pages) {
          // Nobody new comes in once the call is over.
          this.#codes.delete(page.id)
          onChange(page)
          this.#later(() => onChange(page), graceMs + 500)
        }
      },
      (error: Error) => log.warn({ reason: error.message, callId }, 'A shared page could not be ended; it is when the service starts'),
    )
  }

  /** What is written so far goes into the ticket that the call led to, when there is one. */
  async deliver(callId: string): Promise<void> {
    const { store, log, onDelivered } = this.#ports
    try {
      const number = await store.deliver(callId)
      if (number !== null) onDelivered(number)
    } catch (error) {
      log.warn(
        { reason: (error as Error).message, callId },
        'A shared page could not be written into its ticket; tried again at the next line',
      )
    }
  }

  #later(work: () => void, ms: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      work()
    }, ms)
    timer.unref()
    this.#timers.add(timer)
  }

  async #add(page: StoredPage, line: NewLine): Promise<number> {
    if ((await this.#ports.store.linesOf(page.id)).length >= mostLines) throw new ServiceError('too_many_attempts')
    const id = await this.#ports.store.write(page.id, line)
    await this.deliver(page.callId)
    return id
  }

  async #writable(of: { readonly id: string } | { readonly callId: string }): Promise<StoredPage> {
    const page = await this.#ports.store.find(of)
    if (page === null) throw new ServiceError('not_found')
    if (!this.#isOpen(page)) throw new ServiceError('conflict')
    return page
  }

  readonly #isOpen = ({ endsAt }: StoredPage) => endsAt === null || endsAt.getTime() > this.#ports.now()

  #newCode(pageId: string): void {
    const { now } = this.#ports
    this.#codes.delete(pageId)
    const taken = new Set([...this.#codes.values()].map(({ text }) => text))
    const length = this.#longUntil > now() ? 8 : 6
    let text = ''
    do text = String(randomInt(10 ** length)).padStart(length, '0')
    while (taken.has(text))
    this.#codes.set(pageId, { text, until: now() + codeMs, left: screensPerCode })
  }

  /** Somebody tries codes: those that are out are worth nothing any more, and new ones are a hundred times harder to find. */
  #lengthen(): void {
    const { now, log, store, onChange } = this.#ports
    this.#longUntil = now() + 3 * wrong.withinMs
    log.warn({ within: wrong.withinMs }, 'Codes of shared pages are being tried: they are eight digits long now')
    // Codes are replaced meanwhile.
    const out = [...this.#codes]
    for (const [id, { until }] of out) {
      if (until <= now()) continue
      this.#newCode(id)
      void store.find({ id }).then(
        (page) => page !== null && onChange(page),
        () => undefined,
      )
    }
  }

  async #view(page: StoredPage): Promise<SharedPage> {
    const { store, now, publicUrl, screensOf, remoteUrl } = this.#ports
    const code = this.#codes.get(page.id)
    const valid = code !== undefined && code.until > now() && code.left > 0
    const lines = await store.linesOf(page.id)
    return {
      callId: page.callId,
      open: this.#isOpen(page),
      code: valid ? code.text : null,
      codeUntil: valid ? new Date(code.until).toISOString() : null,
      guessed: this.#longUntil > now(),
      address: `${publicUrl.replace(/^https?:\/\//, '')}/p`,
      endsAt: page.endsAt?.toISOString() ?? null,
      screens: screensOf(page.id),
      callerTypes: (this.#typing.get(page.id) ?? 0) > now(),
      remoteUrl: remoteUrl()?.replaceAll('{code}', remoteCodeOf(page.id)) ?? null,
      lines: lines
        .filter(({ kind }) => kind !== 'done')
        .map(({ id, at, side, byName, kind, text, confidential, language, doneAt, files }) => ({
          id,
          at: at.toISOString(),
          side,
          by: byName,
          kind,
          text: confidential ? (this.#isOpen(page) ? (this.#confidential.get(id) ?? '') : '') : text,
          confidential,
          language,
          doneAt: doneAt?.toISOString() ?? null,
          files: [...files],
        })),
    }
  }
}

/** What both sides of a remote control name their session by. */
export const remoteCodeOf = (pageId: string) => pageId.replaceAll('-', '').slice(0, 12)
