import type { Engine } from './engine.ts'

export type Opening = { isOpen(nowMs: number): boolean; nextChangeMs(nowMs: number): number | null; sentence(nowMs: number): string }

const longestTimerMs = 3_600_000

/** Tells the engine when the desk opens and closes, by the calendar or by a person's order that overrides it. */
export class Hours {
  readonly #engine: Engine
  readonly #opening: Opening
  readonly #now: () => number
  readonly #onChange: () => void
  #forced: boolean | null
  #timer: NodeJS.Timeout | null = null

  constructor(engine: Engine, opening: Opening, now: () => number, forced: boolean | null, onChange: () => void) {
    this.#engine = engine
    this.#opening = opening
    this.#now = now
    this.#forced = forced
    this.#onChange = onChange
  }

  start(): void {
    this.#apply()
  }

  /** @param open null: as the calendar says */
  force(open: boolean | null): void {
    this.#forced = open
    this.#apply()
  }

  sentence(): string {
    if (this.#forced === null) return this.#opening.sentence(this.#now())
    return this.#forced ? 'Ouvert' : 'Fermé'
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  #apply(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    const now = this.#now()
    this.#engine.submit({ type: 'hours', open: this.#forced ?? this.#opening.isOpen(now) })
    this.#onChange()
    const next = this.#opening.nextChangeMs(now)
    const delay = next === null ? longestTimerMs : Math.min(longestTimerMs, Math.max(50, next - now))
    this.#timer = setTimeout(() => this.#apply(), delay)
    this.#timer.unref()
  }
}
