import type { Logger } from 'pino'
import type { EndReason, TicketNews } from './calls/model.ts'
import { normaliseNumber } from './calls/number.ts'
import type { Person, Ticket } from './contract/entities.ts'
import { onlyOne } from './contract/only-one.ts'
import type { Outside } from './database/hand-over-store.ts'
import type { OpenTickets } from './database/open-tickets.ts'
import type { Stores } from './database/stores.ts'
import type { NumberIndex } from './directory/number-index.ts'
import type { Directory } from './directory/directory.ts'
import type { DraftBook } from './engine/draft-book.ts'
import type { Engine } from './engine/engine.ts'
import type { LoggedFact } from './engine/fact-log.ts'
import type { ImportedMessage, MessageImport } from './engine/message-import.ts'
import type { PublicVisitors } from './visitors.ts'
import type { SharedPages } from './engine/shared-pages.ts'
import type { Shipper } from './engine/shipper.ts'
import type { GroupDelays } from './engine/group-delays.ts'
import type { GroupPhoneBook } from './engine/group-phone-book.ts'
import type { Rounds } from './engine/rounds.ts'
import { newsOf } from './engine/ticket-news.ts'
import { ServiceError } from './errors.ts'
import type { Sessions } from './http/sessions.ts'
import type { Neighbours } from './assembly/neighbours.ts'
import type { Mailer } from './mail/mailer.ts'
import type { Realtime } from './realtime/realtime.ts'
import type { SettingsBook } from './settings/book.ts'
import type { Phones } from './telephony/phones.ts'
import type { Telephony } from './telephony/telephony.ts'

type Parts = {
  readonly log: Logger
  readonly now: () => number
  readonly timeZone: string
  /** When an answer owed since a moment is due, in ms since 1970. */
  readonly dueAfter: (ms: number) => number
  readonly settings: SettingsBook
  readonly index: NumberIndex
  readonly directory: Directory
  readonly openTickets: OpenTickets
  readonly groupPhones: GroupPhoneBook
  readonly groupDelays: GroupDelays
  /** A group's tickets may take another time from now on. */
  readonly onDelaysChanged: () => void
  readonly stores: Stores
  readonly drafts: DraftBook
  readonly engine: Engine
  readonly shipper: Shipper
  readonly mailer: Mailer
  readonly neighbours: Pick<Neighbours, 'ticketSaved'>
  readonly messages: MessageImport
  /** What settled voice messages leave behind. */
  readonly messageTickets: Pick<Rounds, 'wake'>
  readonly realtime: Realtime
  readonly telephony: Telephony
  readonly phones: Phones
  readonly sessions: Sessions
  readonly sharedPages: Pick<SharedPages, 'deliver' | 'callEnded'>
  readonly visitors: Pick<PublicVisitors, 'saved'>
}

/** Nobody was talked to, unless they were answered before and came back into the line. */
const inVain: ReadonlySet<EndReason> = new Set(['abandoned', 'closed', 'message', 'attached'])

/** What something that happened in one room means for the others. */
export class Consequences {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  ofTurn(logged: readonly LoggedFact[]): void {
    const { drafts, shipper, messages } = this.#parts
    for (const { fact } of logged) {
      if (fact.type === 'call-arrived' && fact.people.length === 0 && fact.number !== null) void this.#lookUp(fact.callId, fact.number)
      if (fact.type === 'call-arrived' || fact.type === 'caller-identified') this.#tellTicket(fact.callId, fact.people)
      if (fact.type === 'call-transferred' && fact.target.kind === 'number') void this.#tellHandedOver(fact.callId)
      if (fact.type === 'call-ended') this.#parts.sharedPages.callEnded(fact.callId)
      if (fact.type === 'call-ended' && inVain.has(fact.reason) && drafts.of(fact.callId) !== null) void this.#rangInVain(fact.callId)
      if (fact.type === 'call-ended' && (fact.reason === 'message' || this.#mayBeRecorded()))
        void shipper.settled().then(() => messages.wake())
    }
  }

  #mayBeRecorded(): boolean {
    return this.#parts.settings.values.lines.lines.some(({ recording }) => recording !== 'off')
  }

  /** An answer owed and its voice messages are settled together. */
  owedChanged(): void {
    this.#parts.realtime.stale('owed')
    this.#parts.realtime.stale('messages')
    this.#parts.messageTickets.wake()
  }

  callSettled(callId: string): void {
    this.#parts.drafts.end(callId)
    // As a ticket opened from it does when it is saved: what stands there already is not written again, what could not be written is tried again.
    void this.#parts.sharedPages.deliver(callId)
    this.#remoteNoted(callId)
    this.#parts.realtime.stale('calls')
    this.owedChanged()
    void this.#tellHandedOver(callId)
  }

  /** Remote control during the call stands on the ticket that the call led to. */
  #remoteNoted(callId: string): void {
    const { stores, realtime, log } = this.#parts
    stores.remote.deliver(callId).then(
      (number) => number !== null && realtime.stale('tickets'),
      (error: Error) =>
        log.warn({ reason: error.message, callId }, 'A remote control could not be noted on its ticket; it is at its next step'),
    )
  }

  ticketSaved(ticket: Ticket): void {
    if (ticket.callId !== null) {
      void this.#parts.sharedPages.deliver(ticket.callId)
      this.#remoteNoted(ticket.callId)
    }
    this.#parts.openTickets.note(ticket)
    this.#parts.realtime.stale('tickets')
    this.#parts.visitors.saved(ticket)
    this.#parts.mailer.wake()
    this.#parts.neighbours.ticketSaved()
  }

  /** A message that was left about a ticket. The ticket may be gone: the message is then an answer owed like any other. */
  async joinTicket(number: number, { callId, seconds }: ImportedMessage): Promise<void> {
    try {
      this.ticketSaved(await this.#parts.stores.tickets.addMessage(number, callId, seconds))
    } catch (error) {
      if (!(error instanceof ServiceError && error.code === 'not_found')) throw error
      this.#parts.log.warn({ ticket: number }, 'A voice message was left about a ticket that is no more')
    }
  }

  /** Those who take calls, and their phones. */
  async readRoster(): Promise<void> {
    const { stores, engine, phones, telephony } = this.#parts
    const operators = (await stores.accounts.operators()).map(({ id, name, extension, phone }) => ({ id, name, extension, phone }))
    engine.submit({ type: 'roster', operators })
    phones.setOwners(operators)
    if (telephony.state.up) await phones.provision()
    await this.#readGroups()
  }

  groupsChanged(): Promise<void> {
    this.#parts.realtime.stale('groups')
    return this.#readGroups()
  }

  async #readGroups(): Promise<void> {
    const { groupPhones, groupDelays, onDelaysChanged } = this.#parts
    const [differ] = await Promise.all([groupDelays.refresh(), groupPhones.refresh()])
    if (differ) onDelaysChanged()
  }

  accountsChanged(accountIds: readonly string[]): void {
    const { sessions, realtime, log } = this.#parts
    for (const id of accountIds) sessions.forget(id)
    realtime.stale('groups')
    void this.readRoster().catch((error: unknown) => log.warn({ err: error }, 'Who takes calls could not be read again'))
  }

  /** Whoever is behind a number now: the calls under way from it show them. */
  numberChanged(number: string): void {
    const { engine, index } = this.#parts
    for (const call of engine.state.calls.values())
      if (call.number === number) engine.submit({ type: 'caller-identified', callId: call.id, people: index.find(number) })
  }

  /** What was typed while it rang is of no call any more; what was typed in a conversation is written up. */
  async #rangInVain(callId: string): Promise<void> {
    const { shipper, stores, drafts, log } = this.#parts
    await shipper.settled()
    try {
      if (!(await stores.calls.wasAnswered(callId))) drafts.end(callId)
    } catch (error) {
      log.warn({ reason: (error as Error).message, callId }, 'Whether a draft has a call could not be told; it stays')
    }
  }

  async #lookUp(callId: string, number: string): Promise<void> {
    const people = await this.#parts.directory.lookupNumber(number)
    if (people.length > 0) this.#parts.engine.submit({ type: 'caller-identified', callId, people })
  }

  /** What somebody who calls is told of their open tickets, as far as memory knows; null: nothing. */
  ticketNews(people: readonly Person[]): TicketNews | null {
    const { settings, openTickets, now, timeZone, dueAfter } = this.#parts
    return settings.values.followUp.tellTicket ? newsOf(openTickets.of(people), { nowMs: now(), timeZone, dueAfter }) : null
  }

  /** Open tickets are in memory from now on: whoever called before hears of theirs. */
  openTicketsKnown(): void {
    for (const { id, people } of this.#parts.engine.state.calls.values()) this.#tellTicket(id, people)
  }

  /** What is known from memory alone; what comes too late is not told. */
  #tellTicket(callId: string, people: readonly Person[]): void {
    const ticket = this.ticketNews(people)
    if (ticket !== null) this.#parts.engine.submit({ type: 'ticket-found', callId, ticket })
  }

  /** Whom a caller was handed over to outside reads the ticket by mail, whether it was written before or after. */
  async #tellHandedOver(callId: string): Promise<void> {
    const { shipper, settings, index, stores, groupPhones, mailer, log } = this.#parts
    await shipper.settled()
    const { targets } = settings.values.outgoing
    const addressOf = ({ number, group }: Outside) => {
      const own = targets.find((t) => normaliseNumber(t.number) === number)?.email ?? onlyOne(index.find(number))?.email
      return own ?? (group === undefined ? null : (groupPhones.find(group.id)?.mail ?? null))
    }
    try {
      if (await stores.handOvers.tell(callId, addressOf)) mailer.wake()
    } catch (error) {
      log.warn({ reason: (error as Error).message, callId }, 'Whom a caller was handed over to could not be written to')
    }
  }
}
