import type { Logger } from 'pino'
import { nextDeadline } from '../calls/deadlines.ts'
import { decide } from '../calls/decide.ts'
import type { Effect } from '../calls/effects.ts'
import { evolve } from '../calls/evolve.ts'
import type { Input } from '../calls/inputs.ts'
import { type DeskState, emptyDesk } from '../calls/model.ts'
import type { Settings } from '../calls/settings.ts'
import type { FactLog, LoggedFact } from './fact-log.ts'

export type Turned = { readonly before: DeskState; readonly state: DeskState; readonly logged: readonly LoggedFact[] }
export type EnginePorts = {
  readonly log: FactLog
  readonly logger: Logger
  /** Asked at each turn: a change holds from the next one. */
  readonly settings: () => Settings
  readonly now: () => number
  readonly perform: (effects: readonly Effect[]) => void
  /** The process stood still: what Asterisk has must be read before any deadline is judged. */
  readonly resync: () => Promise<void>
}

/** Places may be kept for days; the log need not be. */
const noneOnTheLine = ({ calls }: DeskState) =>
  [...calls.values()].every(({ status, offers }) => status.kind === 'kept' && offers.length === 0)

/** Later than this, a timer means that the process was frozen. */
const frozenMs = 1_000
const longestTimerMs = 3_600_000

/**
 * One inbox, one turn at a time. A turn: decide; write the facts; let the effects go; tell the listeners. Deadlines are judged
 * only while Asterisk is connected and has been read, since an answer may be waiting behind a lost connection.
 */
export class Engine {
  readonly #ports: EnginePorts
  readonly #listeners = new Set<(turned: Turned) => void>()
  readonly #inbox: Input[] = []
  #state: DeskState
  #turning = false
  #retired = false
  #attended = false
  #timer: NodeJS.Timeout | null = null
  #logFailing = false

  constructor(ports: EnginePorts) {
    this.#ports = ports
    this.#state = ports.log.facts.reduce((state, { fact }) => evolve(state, fact), ports.log.base ?? emptyDesk)
  }

  get state(): DeskState {
    return this.#state
  }

  onTurn(listener: (turned: Turned) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Asterisk is connected (and read), or lost. */
  attend(up: boolean): void {
    this.#attended = up
    this.#arm()
  }

  /** The settings have changed, and the next deadline with them. */
  settingsChanged(): void {
    this.#arm()
  }

  submit(input: Input): void {
    if (this.#retired) return
    this.#inbox.push(input)
    if (this.#turning) return
    this.#turning = true
    try {
      for (let next = this.#inbox.shift(); next !== undefined; next = this.#inbox.shift()) this.#turn(next)
    } finally {
      this.#turning = false
    }
    this.#arm()
  }

  /** Another service drives: nothing that is still heard here counts any more. */
  retire(): void {
    this.#retired = true
    this.stop()
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#attended = false
  }

  #turn(input: Input): void {
    const { settings, now, perform, logger } = this.#ports
    const before = this.#state
    const { state, facts, effects } = decide(before, input, now(), settings())
    const logged = facts.length === 0 ? [] : this.#write(facts, state)
    this.#state = state
    logger.debug({ input, facts: facts.map(({ type }) => type), effects: effects.map(({ type }) => type) }, 'turn')
    if (effects.length > 0) perform(effects)
    if (facts.length === 0) return
    for (const listener of this.#listeners) {
      try {
        listener({ before, state, logged })
      } catch (error) {
        logger.error({ err: error }, 'A listener of the desk failed')
      }
    }
    if (noneOnTheLine(state)) this.#ports.log.rotate(state)
  }

  /** A full disk must not stop the telephone: the log keeps them in memory meanwhile, and health says so. */
  #write(facts: Parameters<FactLog['append']>[0], after: DeskState): readonly LoggedFact[] {
    const { log, logger } = this.#ports
    const logged = log.append(facts, after)
    const refusal = log.trouble?.reason ?? null
    if (refusal !== null && !this.#logFailing) logger.error({ reason: refusal }, 'The fact log cannot be written: free some disk space')
    this.#logFailing = refusal !== null
    return logged
  }

  #arm(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    if (!this.#attended) return
    const due = nextDeadline(this.#state, this.#ports.settings())
    if (due === null) return
    const delay = Math.min(longestTimerMs, Math.max(0, due - this.#ports.now()))
    const at = this.#ports.now() + delay
    this.#timer = setTimeout(() => void this.#fire(at), delay)
  }

  async #fire(at: number): Promise<void> {
    this.#timer = null
    if (this.#ports.now() - at > frozenMs) await this.#ports.resync()
    if (this.#attended) this.submit({ type: 'tick' })
  }
}
