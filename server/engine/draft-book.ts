import type { Logger } from 'pino'
import type { Draft, DraftWrite, DraftWritten } from '../contract/drafts.ts'
import { writeDraft } from '../tickets/drafts.ts'

/** Where drafts are kept behind the memory. */
type DraftKeep = {
  load(): Promise<readonly Draft[]>
  save(draft: Draft): Promise<void>
  remove(key: string): Promise<void>
}

type DraftPorts = {
  readonly keep: DraftKeep
  readonly log: Logger
  readonly now: () => number
  /** A draft was written, or has served. */
  readonly onChange: () => void
}

const retryMs = 5_000
const overRemembered = 500

/** Tickets being written, in memory so that a pop never waits for them; PostgreSQL follows as soon as it can. */
export class DraftBook {
  readonly #ports: DraftPorts
  readonly #drafts = new Map<string, Draft>()
  /** Keys that have served, the oldest first: a write that comes late must not bring one back. */
  readonly #over = new Set<string>()
  readonly #unkept = new Set<string>()
  #loaded = false
  #keeping: Promise<void> | null = null
  #retry: NodeJS.Timeout | null = null
  #stopped = false

  constructor(ports: DraftPorts) {
    this.#ports = ports
  }

  /** PostgreSQL is there: take what it holds, except where more is known here. @param over keys that have served meanwhile */
  async start(over: readonly string[]): Promise<void> {
    for (const key of over) this.#isOver(key)
    for (const draft of await this.#ports.keep.load()) {
      const known = this.#drafts.get(draft.key)
      if (this.#over.has(draft.key)) this.#unkept.add(draft.key)
      else if (known === undefined || known.version < draft.version) this.#drafts.set(draft.key, draft)
    }
    this.#loaded = true
    this.#ports.onChange()
    this.#keep()
  }

  of(key: string): Draft | null {
    return this.#drafts.get(key) ?? null
  }

  /** All drafts of calls, and those of this person's own hand; and the keys that have served of late. */
  seenBy(personId: string): { readonly drafts: readonly Draft[]; readonly over: readonly string[] } {
    const drafts = [...this.#drafts.values()].filter((d) => d.callId !== null || d.by.id === personId)
    return { drafts, over: [...this.#over] }
  }

  write(key: string, callId: string | null, write: DraftWrite, by: Draft['by']): DraftWritten {
    if (this.#over.has(key)) return { outcome: 'over' }
    const before = this.of(key)
    const written = writeDraft(before, key, callId, write, by, new Date(this.#ports.now()).toISOString())
    if (written.outcome === 'kept' && written.draft !== before) {
      this.#drafts.set(key, written.draft)
      this.#changed(key)
    }
    return written
  }

  /** The draft has served: its ticket is saved, its call settled, or its writer dropped it. */
  end(key: string): void {
    this.#isOver(key)
    this.#drafts.delete(key)
    this.#changed(key)
  }

  /** Drafts that nobody has written in since are let go of. @returns how many, and when the oldest one left was last written in */
  expire(before: Date): { readonly removed: number; readonly oldestLeft: Date | null } {
    const times = [...this.#drafts.values()].map(({ key, editedAt }) => ({ key, at: new Date(editedAt) }))
    const over = times.filter(({ at }) => at < before)
    for (const { key } of over) this.end(key)
    const left = times.filter(({ at }) => at >= before).map(({ at }) => at.getTime())
    return { removed: over.length, oldestLeft: left.length === 0 ? null : new Date(Math.min(...left)) }
  }

  async stop(): Promise<void> {
    this.#stopped = true
    if (this.#retry !== null) clearTimeout(this.#retry)
    await this.#keeping
  }

  #isOver(key: string): void {
    this.#over.add(key)
    const [oldest] = this.#over
    if (this.#over.size > overRemembered && oldest !== undefined) this.#over.delete(oldest)
  }

  #changed(key: string): void {
    this.#unkept.add(key)
    this.#ports.onChange()
    this.#keep()
  }

  #keep(): void {
    if (!this.#loaded || this.#stopped) return
    this.#keeping ??= this.#keepAll().finally(() => {
      this.#keeping = null
    })
  }

  async #keepAll(): Promise<void> {
    const { keep, log } = this.#ports
    if (this.#retry !== null) clearTimeout(this.#retry)
    try {
      for (let [key] = this.#unkept; key !== undefined; [key] = this.#unkept) {
        this.#unkept.delete(key)
        const draft = this.#drafts.get(key)
        await (draft === undefined ? keep.remove(key) : keep.save(draft)).catch((error: unknown) => {
          this.#unkept.add(key)
          throw error
        })
      }
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'Drafts wait in memory until PostgreSQL takes them')
      if (!this.#stopped) this.#retry = setTimeout(() => this.#keep(), retryMs)
      this.#retry?.unref()
    }
  }
}
