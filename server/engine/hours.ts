import type { Engine } from './engine.ts'

type Opening = { isOpen(nowMs: number): boolean; nextChangeMs(nowMs: number): number | null; sentence(nowMs: number): string }
type HoursPorts = {
  readonly engine: Engine
  readonly opening: Opening
  readonly now: () => number
  /** What holds when nobody has ordered anything: the demo may be open whatever the hour; null follows the calendar. */
  readonly otherwise: () => boolean | null
  /** « 14 h 30 », or with the day when it is another one. */
  readonly clock: (ms: number) => string
  readonly onChange: () => void
}

const longestTimerMs = 3_600_000

/** Tells the engine when the desk opens and closes: by somebody's order, which is a fact and outlives a restart, else by the calendar. */
export class Hours {
  readonly #ports: HoursPorts
  #timer: NodeJS.Timeout | null = null

  constructor(ports: HoursPorts) {
    this.#ports = ports
  }

  /** Also to be called when the calendar has changed. */
  start(): void {
    this.#apply()
  }

  /** @param open null: as the calendar says @param until ms, null: until taken back */
  order(open: boolean | null, by: string, until: number | null = null): void {
    this.#ports.engine.submit({ type: 'opening-ordered', open, by, until })
    this.#apply()
  }

  /** « Ouvert jusqu’à 16 h 30 », « Fermé par Sophie Garnier jusqu’à 14 h » */
  sentence(): string {
    const { engine, opening, now, clock } = this.#ports
    const otherwise = this.#ports.otherwise()
    const order = engine.state.opening
    if (order !== null)
      return `${order.open ? 'Ouvert' : 'Fermé'} par ${order.by}${order.until === null ? '' : ` jusqu’à ${clock(order.until)}`}`
    if (otherwise !== null) return otherwise ? 'Ouvert' : 'Fermé'
    return opening.sentence(now())
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  #apply(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    const { engine, opening, onChange } = this.#ports
    const now = this.#ports.now()
    const ordered = engine.state.opening
    if (ordered?.until != null && ordered.until <= now) engine.submit({ type: 'opening-ordered', open: null, by: ordered.by, until: null })
    const order = engine.state.opening
    engine.submit({ type: 'hours', open: order?.open ?? this.#ports.otherwise() ?? opening.isOpen(now) })
    onChange()
    const next = Math.min(opening.nextChangeMs(now) ?? Number.POSITIVE_INFINITY, order?.until ?? Number.POSITIVE_INFINITY)
    this.#timer = setTimeout(() => this.#apply(), Math.min(longestTimerMs, Math.max(50, next - now)))
    this.#timer.unref()
  }
}
