import type { Effect } from './effects.ts'
import { evolve } from './evolve.ts'
import type { Fact } from './facts.ts'
import type { Call, DeskState } from './model.ts'
import type { Settings } from './settings.ts'

type Unsigned<F> = F extends Fact ? Omit<F, 'at'> : never

/** One input being decided: facts are folded as they are recorded, so that each rule sees what the one before it settled. */
export type Turn = {
  readonly now: number
  readonly settings: Settings
  readonly state: DeskState
  readonly facts: readonly Fact[]
  readonly effects: readonly Effect[]
  record(fact: Unsigned<Fact>): void
  perform(effect: Effect): void
  call(id: string): Call | undefined
  /** A call that goes on, as it is by now. */
  latest(call: Call): Call
}

export function beginTurn(initial: DeskState, now: number, settings: Settings): Turn {
  let state = initial
  const facts: Fact[] = []
  const effects: Effect[] = []
  return {
    now,
    settings,
    facts,
    effects,
    get state() {
      return state
    },
    record(unsigned) {
      const fact = { at: now, ...unsigned } as Fact
      facts.push(fact)
      state = evolve(state, fact)
    },
    perform(effect) {
      effects.push(effect)
    },
    call: (id) => state.calls.get(id),
    latest: (call) => state.calls.get(call.id) ?? call,
  }
}
