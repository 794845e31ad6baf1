import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Logger } from 'pino'
import type { Ticket } from '../../contract/entities.ts'
import type { Part } from '../../contract/http.ts'
import {
  glpiTrial,
  type GlpiImport,
  type GlpiImportOrder,
  type GlpiOfTicket,
  type GlpiOpen,
  type GlpiPreviewed,
  type GlpiSecrets,
  type GlpiSettings,
  type GlpiState,
  type GlpiTrial,
  type GlpiTrialled,
} from '../../contract/glpi.ts'
import type { GlpiStore } from '../../database/glpi-store.ts'
import type { TicketStore } from '../../database/ticket-store.ts'
import { ServiceError } from '../../errors.ts'
import { Beside } from '../beside.ts'
import { NeighbourRounds } from '../rounds.ts'
import type { NeighbourSecrets } from '../secrets.ts'
import { GlpiAway, glpiClient, GlpiRefused, numberOf, stringOf, ticketUrl, type GlpiClient, type GlpiRow } from './client.ts'
import { followGlpi } from './follow.ts'
import type { ImportParts } from './import.ts'
import { saidOf } from './merge.ts'
import { openInGlpi, type OpenInGlpi } from './open.ts'
import { TakeOver } from './take-over.ts'
import { tellGlpi } from './tell.ts'

const counted = (n: number, one: string, several: string) => `${n} ${n < 2 ? one : several}`

export type GlpiTickets = Pick<
  TicketStore,
  'find' | 'complete' | 'redirect' | 'takeUp' | 'wait' | 'resume' | 'propose' | 'close' | 'reopen'
>
type Ports = {
  readonly settings: () => GlpiSettings
  readonly deskName: () => string
  readonly store: GlpiStore
  readonly tickets: GlpiTickets
  readonly secrets: NeighbourSecrets
  readonly publicUrl: string
  readonly importing: Omit<ImportParts, 'client' | 'store' | 'settings' | 'onSaved'>
  /** Something has changed here because of GLPI. */
  readonly onSaved: (ticket: Ticket) => void
  readonly log: Logger
  readonly now: () => number
}

const name = 'glpi'
const minuteMs = 60_000
/** A try holds its line for so long; one that a kill cut short is taken up again after it. */
const leaseMs = 120_000
/** What is shown beside a call is asked for again after so long; a GLPI that did not answer is left alone for a while. */
const freshMs = 60_000
const restMs = 15_000
const mostPeople = 1_000
/** What GLPI refuses is tried so often, for its database may have been busy; then somebody must look. In ms. */
const refusedAgainMs = [20_000, 120_000]

/**
 * GLPI, told of what happens here and asked what happened there, in the background: nobody waits for it. What is owed stands in the
 * database with what owes it; a GLPI that is slow or away loses nothing, and is told nothing twice.
 */
export class Glpi {
  readonly #ports: Ports
  readonly #rounds: NeighbourRounds
  readonly #open: Beside<OpenInGlpi>
  readonly #takeOver: TakeOver
  #pending = 0
  #version: string | null = null

  constructor(ports: Ports) {
    this.#ports = ports
    const saying = (error: unknown) =>
      error instanceof GlpiAway || error instanceof GlpiRefused ? error.message : 'la base de données ne répond pas'
    this.#open = new Beside({ read: (personId) => this.#readOpen(personId), saying, now: ports.now, freshMs, restMs, most: mostPeople })
    this.#takeOver = new TakeOver({ ...ports, client: () => this.#client() })
    this.#rounds = new NeighbourRounds({
      name,
      isOn: () => this.#isOn(),
      run: () => this.#round(),
      everyMs: () => ports.settings().everyMinutes * minuteMs,
      saying,
      now: ports.now,
      log: ports.log,
    })
  }

  /** Once the database is there. */
  async start(): Promise<void> {
    await this.#ports.store.owe(this.#isOn())
    this.#rounds.start()
  }
  async stop(): Promise<void> {
    await this.#rounds.stop()
    await this.#takeOver.ended()
  }
  /** A ticket was saved. */
  wake(): void {
    this.#rounds.wake()
  }
  async settingsChanged(): Promise<void> {
    await this.#ports.store.owe(this.#isOn())
    this.#open.forget()
    this.#rounds.reset()
  }
  /** Now. Resolves when it is done, or has failed; never rejects. */
  round(): Promise<void> {
    return this.#rounds.round()
  }
  /** For `/api/health`; null: there is no such neighbour. */
  part(): Part | null {
    const part = this.#rounds.part(this.#pending === 0 ? null : `${this.#pending} lignes à transmettre`)
    return part === null ? null : { ...part, version: this.#version }
  }

  async state(): Promise<GlpiState> {
    const { store, publicUrl } = this.#ports
    const [counts, kept] = await Promise.all([store.counts(), this.#secrets()])
    this.#pending = counts.pending
    const { doneAt, failure, nextAt, running } = this.#rounds
    const iso = (ms: number) => new Date(ms).toISOString()
    return {
      state: !this.#isOn()
        ? 'off'
        : kept['userToken'] === undefined
          ? 'no-token'
          : failure !== null
            ? 'failing'
            : doneAt === null
              ? 'waiting'
              : 'well',
      kept: {
        appToken: kept['appToken'] !== undefined,
        userToken: kept['userToken'] !== undefined,
        webhookSecret: kept['webhookSecret'] !== undefined,
      },
      version: this.#version,
      doneAt: doneAt === null ? null : iso(doneAt),
      failure: failure === null ? null : { at: iso(failure.at), says: failure.says },
      nextAt: nextAt === null || !this.#isOn() ? null : iso(nextAt),
      running,
      ...counts,
      webhookUrl: `${publicUrl}/api/glpi/webhook`,
    }
  }

  async keepSecrets({ address, ...change }: GlpiSecrets, by: string): Promise<void> {
    await this.#ports.secrets.keep(name, address, change, by)
    this.#rounds.reset()
  }

  /** What GLPI would not have is tried again. */
  async retry(): Promise<void> {
    await this.#ports.store.retry()
    this.#rounds.wake(0)
  }

  /** Ask GLPI as it would be asked; writes nothing there. Never rejects for what GLPI does. */
  async trial(given: GlpiTrial): Promise<GlpiTrialled> {
    const { address, appToken, userToken } = glpiTrial.parse(given)
    const kept = await this.#ports.secrets.of(name, address)
    const steps: { ok: boolean; says: string }[] = []
    const found: Pick<GlpiTrialled, 'groups' | 'categories' | 'entities'> = { groups: [], categories: [], entities: [] }
    const done = (version: string | null = null): GlpiTrialled => ({
      ok: steps.length > 0 && steps.every(({ ok }) => ok),
      steps,
      version,
      ...found,
    })
    const user = userToken ?? kept['userToken']
    if (user === undefined) {
      steps.push({ ok: false, says: 'Saisissez le jeton d’utilisateur : aucun n’est gardé pour cette adresse.' })
      return done()
    }
    const client = glpiClient({ address, appToken: appToken ?? kept['appToken'] ?? null, userToken: user })
    const step = async (work: () => Promise<string>): Promise<boolean> => {
      try {
        steps.push({ ok: true, says: await work() })
        return true
      } catch (error) {
        if (!(error instanceof GlpiAway || error instanceof GlpiRefused)) throw error
        steps.push({ ok: false, says: `${capital(error.message)}.` })
        return false
      }
    }
    try {
      const isOpen = await step(async () => {
        const { name: login, profile } = await client.whoAmI()
        return `Session ouverte au nom de ${login || 'ce compte'}, profil « ${profile || 'inconnu'} ».`
      })
      if (!isOpen) return done()
      const version = await client.version().catch(() => null)
      await step(async () => {
        await client.option('Ticket', 'glpi_tickets', 'externalid')
        const seen = await client.list('Ticket', [['only_id', 'true']]).then(
          (rows) => rows.length,
          () => null,
        )
        if (seen === null) throw new GlpiRefused('ERROR_RIGHT_MISSING', 'ce profil ne voit pas les tickets')
        return 'Les tickets se lisent, et notre numéro peut y être retrouvé.'
      })
      await step(async () => {
        found.groups = namesIn(await client.list('Group'))
        return `${counted(found.groups.length, 'groupe lu', 'groupes lus')}.`
      })
      await step(async () => {
        found.categories = namesIn(await client.list('ITILCategory'))
        return `${counted(found.categories.length, 'catégorie lue', 'catégories lues')}.`
      })
      await step(async () => {
        found.entities = namesIn(await client.entities())
        return `${counted(found.entities.length, 'entité ouverte à ce compte', 'entités ouvertes à ce compte')}.`
      })
      return done(version)
    } finally {
      await client.close()
    }
  }

  /** What GLPI would be given of a ticket. @throws ServiceError `not_found` */
  async preview(number: number, settings: GlpiSettings): Promise<GlpiPreviewed> {
    const ticket = await this.#ports.tickets.find(number)
    if (ticket === null) throw new ServiceError('not_found')
    const [link, login] = await Promise.all([this.#ports.store.linkOf(ticket.id), this.#ports.store.loginOf(ticket.requester.personId)])
    const said = saidOf(ticket, settings)
    return {
      number,
      glpiId: link?.glpiId ?? null,
      title: ticket.title,
      status: settings.statuses[ticket.status],
      from: ticket.status,
      urgency: said.urgency ?? 3,
      category: { ours: ticket.categoryId, theirs: said.category === undefined || said.category === 0 ? null : said.category },
      group: { ours: ticket.groupId, theirs: said.group === undefined || said.group === 0 ? null : said.group },
      requester: { login, email: ticket.requester.email, name: ticket.requester.name },
    }
  }

  /** What a person has open there, as far as it is known now; asked for behind when that is old. */
  async openOf(personId: string): Promise<GlpiOpen> {
    const { mode } = this.#ports.settings()
    if (!this.#isOn()) return { state: 'off', at: null, tickets: [] }
    const { asking, at, value } = this.#open.look(personId)
    const found = value ?? []
    const links = await this.#ports.store.links(found.map(({ id }) => id))
    const tickets = found
      .map((one) => ({ ...one, number: links.find(({ glpiId }) => glpiId === one.id)?.number ?? null }))
      // What is here too stands among the tickets here.
      .filter(({ number }) => mode === 'pop' || number === null)
    return {
      state: value !== null ? 'known' : asking ? 'asking' : 'away',
      at: at === null ? null : new Date(at).toISOString(),
      tickets,
    }
  }

  imports(): Promise<GlpiImport[]> {
    return this.#ports.store.imports()
  }
  /** @throws ServiceError `conflict`, as `TakeOver.begin` */
  async import(order: GlpiImportOrder, by: { readonly id: string; readonly name: string }): Promise<GlpiImport[]> {
    await this.#takeOver.begin(order, by)
    return this.#ports.store.imports()
  }

  /** Where a ticket is in GLPI. */
  async ofTicket(number: number): Promise<GlpiOfTicket> {
    const { address } = this.#ports.settings()
    if (!this.#isOn() || address === null) return { link: null }
    const { glpiId, pending, refused } = await this.#ports.store.ofTicket(number)
    return { link: { id: glpiId, url: glpiId === null ? null : ticketUrl(address, glpiId), pending, refused } }
  }

  /**
   * GLPI 11 says that something has changed: signed by HMAC-SHA256 of the body and its moment, in hex. What it says is not believed, GLPI
   * is asked; so one that is sent again, by whomever, does no harm.
   * @throws ServiceError `not_found` when it is not GLPI's
   */
  async heard(body: Buffer, signature: string, timestamp: string): Promise<void> {
    const secret = (await this.#secrets())['webhookSecret']
    if (!this.#isOn() || secret === undefined) throw new ServiceError('not_found')
    const expected = createHmac('sha256', secret).update(body).update(timestamp).digest()
    const given = Buffer.from(signature.trim().toLowerCase(), 'hex')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new ServiceError('not_found')
    this.#rounds.wake()
  }

  #isOn(): boolean {
    const { mode, address } = this.#ports.settings()
    return mode !== 'off' && address !== null
  }

  #secrets(): Promise<Readonly<Record<string, string>>> {
    return this.#ports.secrets.of(name, this.#ports.settings().address)
  }

  async #client(): Promise<GlpiClient> {
    const { address } = this.#ports.settings()
    const { userToken, appToken = null } = await this.#secrets()
    if (address === null || userToken === undefined)
      throw new GlpiRefused('ERROR_LOGIN_PARAMETERS_MISSING', 'le jeton d’utilisateur de GLPI n’est pas gardé : saisissez-le')
    return glpiClient({ address, appToken, userToken })
  }

  async #readOpen(personId: string): Promise<OpenInGlpi> {
    const { address } = this.#ports.settings()
    const client = await this.#client()
    try {
      return address === null ? [] : await openInGlpi(client, address, await this.#ports.store.personOf(personId))
    } finally {
      await client.close()
    }
  }

  async #round(): Promise<void> {
    const { store } = this.#ports
    const client = await this.#client()
    try {
      this.#version ??= await client.version().catch(() => null)
      await this.#owed(client)
      await followGlpi({ ...this.#ports, client })
    } finally {
      await client.close()
      this.#pending = await store.counts().then(
        ({ pending }) => pending,
        () => this.#pending,
      )
    }
  }

  async #owed(client: GlpiClient): Promise<void> {
    const { store } = this.#ports
    for (let owed = await store.claim(leaseMs); owed !== null; owed = await store.claim(leaseMs)) {
      try {
        const became = await tellGlpi({ ...this.#ports, client }, owed)
        await store.settle(owed, became === null ? 'sent' : 'dropped', became)
      } catch (error) {
        if (!(error instanceof GlpiAway || error instanceof GlpiRefused)) throw error
        if (error instanceof GlpiAway || error.isOfAccess) {
          await store.settle(owed, 'pending', error.message, 0)
          throw error
        }
        const again = refusedAgainMs[owed.attempts - 1]
        await store.settle(owed, again === undefined ? 'failed' : 'pending', error.message, again ?? null)
      }
    }
  }
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)
const namesIn = (rows: readonly GlpiRow[]): { id: number; name: string }[] =>
  rows
    .flatMap((row) => {
      const id = numberOf(row['id'])
      const said = stringOf(row['completename']) || stringOf(row['name'])
      return id === null || said === ''
        ? []
        : [{ id, name: said.replaceAll('&#62;', '>').replaceAll('&gt;', '>').replaceAll('&#38;', '&') }]
    })
    .toSorted((a, b) => a.name.localeCompare(b.name, 'fr'))
