import { createHash } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { SpokenDisruption as Told } from '../calls/settings.ts'
import type { Person, Ticket } from '../contract/entities.ts'
import { disruptionContent, type Disruption } from '../contract/disruptions.ts'
import type { DisruptionStore, SpokenDisruption, StoredDisruption } from '../database/disruption-store.ts'
import { deskItself, graceMs } from '../database/ticket-children.ts'
import type { TicketStore } from '../database/ticket-store.ts'
import { isTold } from '../disruptions/model.ts'
import type { OwnSounds, OwnWords } from '../settings/own-sounds.ts'
import { Rounds } from './rounds.ts'

type Ports = {
  readonly varDir: string
  readonly disruptions: Pick<DisruptionStore, 'spoken' | 'endWithTickets'>
  readonly tickets: Pick<TicketStore, 'joinCallers' | 'tellSome'>
  readonly peopleOf: (number: string) => readonly Person[]
  readonly sounds: Pick<OwnSounds, 'of'>
  /** Whether this service puts sounds where the telephone plays them from. */
  readonly heard: () => boolean
  /** Speak what is to be spoken. Resolves when callers can hear it. */
  readonly speak: () => Promise<void>
  /** Owe the mails of one disruption that subscribers are to be told of. @returns whether there was one */
  readonly tellSubscribers: () => Promise<boolean>
  readonly onSaved: (ticket: Ticket) => void
  /** Mails wait to be sent. */
  readonly onMails: () => void
  /** What callers hear, or what the page shows, has changed. */
  readonly onChange: () => void
  readonly log: Logger
  readonly now: () => number
}

const stored = z.array(
  z.object({
    ticket: z.int(),
    state: disruptionContent.extend({ id: z.string(), version: z.int(), endedAt: z.string().nullable(), resolution: z.string() }),
  }),
)
/** Nobody listens to more before they may wait. */
const mostTold = 3
const longestTimerMs = 3_600_000

/**
 * What the telephone says of disruptions, known from `VAR_DIR` alone so that PostgreSQL need not be there, and what follows for those who
 * joined: their tickets, and the word that it is over. Both are read from the database as still to be done, so a killed service goes on.
 */
export class Disruptions {
  readonly #ports: Ports
  #spoken: readonly SpokenDisruption[]
  /** How many reads have begun, and which one is known. */
  #asked = 0
  #read = 0
  readonly #rounds: Rounds
  #next: NodeJS.Timeout | null = null
  #grace: NodeJS.Timeout | null = null
  #stopped = false

  constructor(ports: Ports) {
    this.#ports = ports
    this.#spoken = readStored(ports.varDir)
    this.#rounds = new Rounds({
      everyMs: 15_000,
      look: (stopping) => this.#look(stopping),
      failing: 'Those who joined a disruption wait for their tickets; tried again in a moment',
      log: ports.log,
    })
    this.#arm()
  }

  /** Once the database is there. */
  async start(): Promise<void> {
    await this.changed()
    this.#rounds.start()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    for (const timer of [this.#next, this.#grace]) if (timer !== null) clearTimeout(timer)
    await this.#rounds.stop()
  }

  /** Every text that is, or will be, to be spoken. */
  words(): readonly OwnWords[] {
    return this.#spoken.map(({ state }) => wordsOf(state))
  }

  /** What callers hear of at this moment, the one that began last first; those whose sound is not ready are left out. */
  told(): readonly Told[] {
    const { now, sounds } = this.#ports
    const ready = this.#spoken.flatMap(({ state, ticket }) => {
      const sound = isTold(state, ticket, now()) ? sounds.of(wordsOf(state)) : null
      return sound === null ? [] : [{ id: state.id, sound }]
    })
    return ready.slice(0, mostTold)
  }

  telephone(disruption: StoredDisruption): Disruption['telephone'] {
    if (disruption.spoken === null || disruption.ticket === null || disruption.endedAt !== null) return 'off'
    if (!this.#ports.heard()) return 'unheard'
    if (this.#ports.sounds.of(wordsOf(disruption)) === null) return 'preparing'
    return disruption.phase === 'ahead' || this.told().some(({ id }) => id === disruption.id) ? 'on' : 'off'
  }

  /** Disruptions were announced, changed or ended. Resolves once they are known here; they are spoken meanwhile. */
  async changed(): Promise<void> {
    const { disruptions, speak, onChange, varDir, log } = this.#ports
    const asked = ++this.#asked
    try {
      const spoken = await disruptions.spoken()
      // Of two reads at once the one that began last knows more, whichever comes back last.
      if (asked > this.#read) {
        this.#read = asked
        this.#spoken = spoken
        writeStored(varDir, spoken)
      }
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'Disruptions could not be read; callers hear of those known before')
    }
    this.#arm()
    onChange()
    void speak().then(onChange)
    // Whoever is to be told of an end is told once it can be taken back no more.
    if (this.#grace !== null) clearTimeout(this.#grace)
    this.#grace = setTimeout(() => this.wake(), graceMs + 500)
    this.wake()
  }

  /** Make the tickets that are owed, and tell those whose disruption is over. */
  wake(): void {
    void this.#rounds.look()
  }

  async #look(stopping: () => boolean): Promise<void> {
    const { tickets, disruptions, peopleOf, tellSubscribers, onMails, onSaved, onChange } = this.#ports
    const all = async (some: () => Promise<readonly Ticket[]>) => {
      for (let done = await some(); done.length > 0 && !stopping(); done = await some()) {
        for (const ticket of done) onSaved(ticket)
        onChange()
      }
    }
    await all(() => tickets.joinCallers(peopleOf))
    if (await disruptions.endWithTickets(deskItself)) await this.changed()
    await all(() => tickets.tellSome())
    while (!stopping() && (await tellSubscribers())) onMails()
  }

  /** A planned one begins by itself. */
  #arm(): void {
    if (this.#next !== null) clearTimeout(this.#next)
    const { now, onChange } = this.#ports
    const ahead = this.#spoken.map(({ state }) => Date.parse(state.startsAt) - now()).filter((ms) => ms > 0)
    if (ahead.length === 0 || this.#stopped) return
    const begin = () => {
      this.#arm()
      onChange()
    }
    this.#next = setTimeout(begin, Math.min(longestTimerMs, Math.min(...ahead) + 50))
    this.#next.unref()
  }
}

/** By content: another text is another sound, and is told anew. */
const wordsOf = ({ spoken }: Pick<SpokenDisruption['state'], 'spoken'>): OwnWords =>
  spoken === null
    ? null
    : { name: `disruption-${createHash('sha256').update(JSON.stringify(spoken)).digest('hex').slice(0, 12)}`, words: spoken }

const fileOf = (varDir: string) => join(varDir, 'disruptions.json')

function readStored(varDir: string): readonly SpokenDisruption[] {
  try {
    return stored.parse(JSON.parse(readFileSync(fileOf(varDir), 'utf8')))
  } catch {
    return []
  }
}

function writeStored(varDir: string, spoken: readonly SpokenDisruption[]): void {
  writeFileSync(`${fileOf(varDir)}.new`, JSON.stringify(spoken), { mode: 0o600 })
  renameSync(`${fileOf(varDir)}.new`, fileOf(varDir))
}
