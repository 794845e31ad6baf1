import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spokenAnnouncements } from '../../server/calls/announcements.ts'
import { numberAsked } from '../../server/calls/choices.ts'
import { nextDeadline } from '../../server/calls/deadlines.ts'
import { decide } from '../../server/calls/decide.ts'
import type { Effect } from '../../server/calls/effects.ts'
import { evolve } from '../../server/calls/evolve.ts'
import type { Fact } from '../../server/calls/facts.ts'
import { callIdOf } from '../../server/calls/ids.ts'
import type { Input } from '../../server/calls/inputs.ts'
import { type Call, type DeskState, emptyDesk, type Operator } from '../../server/calls/model.ts'
import type { LineRules, Settings } from '../../server/calls/settings.ts'
import { mayRingFrom } from '../../server/calls/lines.ts'
import { bridgesOf, legsOf, rungFor } from '../../server/calls/parties.ts'
import { byRank } from '../../server/calls/queue.ts'
import { isReachable } from '../../server/calls/reach.ts'
import { histories, type Step } from './histories.ts'
import { runs } from '../support/runs.ts'
import { apart, nine, ringAll, settings as usual, twoLines } from './scene.ts'

type Lived = {
  readonly settings: Settings
  readonly now: number
  readonly input: Input
  readonly before: DeskState
  readonly after: DeskState
  readonly facts: readonly Fact[]
  readonly effects: readonly Effect[]
}

/** Run a history and show each of its turns. */
function live(
  steps: readonly Step[],
  settings: Settings,
  see: (turn: Lived) => void = () => undefined,
): { readonly state: DeskState; readonly facts: readonly Fact[]; readonly now: number } {
  let [state, now] = [emptyDesk, nine]
  const facts: Fact[] = []
  for (const { waitMs, input: of } of steps) {
    now += waitMs
    const input = of(state)
    const decision = decide(state, input, now, settings)
    see({ settings, now, input, before: state, after: decision.state, facts: decision.facts, effects: decision.effects })
    facts.push(...decision.facts)
    state = decision.state
  }
  return { state, facts, now }
}

/** One phone at a time, or several at once; one line, or two; callers asked afterwards, or not; a disruption that they may join, or none. */
const recorded = (line: LineRules, i: number): LineRules => ({ ...line, recording: i === 0 ? 'on-demand' : 'always' })
const anySettings = fc
  .tuple(fc.constantFrom(usual, ringAll, twoLines, apart, { ...twoLines, ringMost: 10 }), fc.constantFrom(true, true, false), fc.boolean())
  .map(
    ([settings, survey, disrupted]): Settings => ({
      ...settings,
      survey,
      disruptions: disrupted ? [{ id: 'd1', sound: 'apology' }] : [],
      lines: settings.lines.map(recorded),
    }),
  )

const always = (see: (turn: Lived) => void) =>
  fc.assert(
    fc.property(histories, anySettings, (steps, settings) => void live(steps, settings, see)),
    { numRuns: runs(400) },
  )

const callsOf = (state: DeskState) => [...state.calls.values()]
/** Whose page was lost stays on the line: what rings to take the conversation up again is no other call. */
const rejoining = ({ status }: Call) => (status.kind === 'talking' ? (status.rejoining ?? null) : null)
const rungBesides = (call: Call) => rungFor(call).filter(({ leg }) => leg !== rejoining(call)?.leg)
/** Operators whose phone rings for a call, or who are on it. */
const engaged = (state: DeskState) => callsOf(state).flatMap((c) => [...rungBesides(c).map((r) => r.operatorId), ...onTheLine(c)])
const onTheLine = ({ status }: Call): readonly string[] => {
  if (status.kind === 'dialling') return [status.operatorId]
  if (status.kind !== 'talking') return []
  const { operatorId, consult, watch } = status
  const asked = consult !== null && consult.phase !== 'ringing' && consult.target.kind === 'operator' ? [consult.target.operatorId] : []
  return [...(operatorId === null ? [] : [operatorId]), ...asked, ...(watch?.phase === 'up' ? [watch.supervisorId] : [])]
}
/** An operator's or a supervisor's own choice, and whoever has a caller back, know no order. */
const chosen = ({ type }: Input, facts: readonly Fact[]) =>
  type === 'call-taken' || type === 'operator-calls' || facts.some((f) => f.type === 'transfer-failed')
const watches = ({ status }: Call, id: string) => status.kind === 'talking' && status.watch?.supervisorId === id
const needsOperator = (kind: string) => kind === 'waiting' || kind === 'ringing'
const lacksPhone = ({ offers, status }: Call) => needsOperator(status.kind) && offers.length === 0
const mayBeRung = (kind: string) => needsOperator(kind) || kind === 'kept' || kind === 'placing'
/** The phone of a page that is waited for is none any more. */
const phonesOf = (call: Call) =>
  legsOf(call).filter((leg) => rejoining(call) === null || call.status.kind !== 'talking' || leg !== call.status.leg)
const phonesInUse = (state: DeskState) => new Set(callsOf(state).flatMap(phonesOf))
const isFree = (o: Operator, now: number) => o.status.kind === 'ready' && o.restUntil <= now && isReachable(o)

describe('the histories tried', () => {
  it('meet every kind of input at every status of a call, and bring about every kind of fact', () => {
    const met = new Set<string>()
    const recorded = new Set<string>()
    fc.assert(
      fc.property(histories, anySettings, (steps, settings) => {
        live(steps, settings, ({ before, input, facts }) => {
          for (const call of before.calls.values())
            met.add(
              `${input.type} × ${call.status.kind}${call.offers.length > 0 ? ', rung' : rejoining(call) !== null ? ', operator lost' : call.status.kind === 'message' && numberAsked(call) !== null ? ', number asked' : ''}`,
            )
          for (const fact of facts) recorded.add(fact.type)
        })
      }),
      { numRuns: 4_500, seed: 32 },
    )
    // 38 inputs, 14 situations of a call (ringback and placing are none without a phone that rings).
    expect(met.size, [...met].join(' | ')).toBe(38 * 14)
    expect(recorded.size, [...recorded].join(' ')).toBe(69)
  }, 60_000)
})

describe('whatever happens, in whatever order', () => {
  it('an operator is rung for, or talks to, one call at most', () => {
    always(({ after }) => {
      const all = engaged(after)
      expect(new Set(all).size).toBe(all.length)
    })
  })

  it('operators and calls agree on who is rung for whom and who talks to whom', () => {
    always(({ after }) => {
      for (const call of callsOf(after)) {
        if (call.offers.length > 0) expect(mayBeRung(call.status.kind)).toBe(true)
        for (const { operatorId } of rungBesides(call)) {
          const kind = watches(call, operatorId) ? 'watching' : 'offered'
          expect(after.operators.get(operatorId)?.status).toMatchObject({ kind, callId: call.id })
        }
        for (const operatorId of onTheLine(call)) {
          const kind = watches(call, operatorId) ? 'watching' : 'talking'
          expect(after.operators.get(operatorId)?.status).toMatchObject({ kind, callId: call.id })
        }
      }
      for (const { id, status } of after.operators.values()) {
        if (status.kind !== 'offered' && status.kind !== 'talking' && status.kind !== 'watching') continue
        const call = after.calls.get(status.callId)
        const of = call === undefined ? [] : status.kind === 'offered' ? rungFor(call).map((r) => r.operatorId) : onTheLine(call)
        expect(status.kind === 'watching' && call !== undefined && watches(call, id) ? [id] : of).toContain(id)
      }
    })
  })

  it('a call is never rung before one that ranks before it and could have had that operator', () => {
    always(({ settings, now, before, after, facts, input }) => {
      if (chosen(input, facts)) return
      let state = before
      for (const fact of facts) {
        if (fact.type === 'offer-made' && needsOperator(state.calls.get(fact.callId)?.status.kind ?? '')) {
          const rung = state.calls.get(fact.callId)
          const could = callsOf(state).filter((c) => lacksPhone(c) && mayRingFrom(c, fact.operatorId, settings) <= now)
          expect(could.filter((c) => rung !== undefined && byRank(c, rung) < 0)).toEqual([])
        }
        state = evolve(state, fact)
      }
      expect(state).toEqual(after)
    })
  })

  it('nobody is overtaken by who came later by more than a line is ahead', () => {
    always(({ settings, now, before, facts, input }) => {
      if (chosen(input, facts)) return
      const aheadMs = Math.max(...settings.lines.map((line) => line.aheadMs))
      for (const fact of facts) {
        const rung = fact.type === 'offer-made' ? before.calls.get(fact.callId) : undefined
        if (fact.type !== 'offer-made' || rung === undefined || rung.number === null || before.calls.size < 2) continue
        const could = callsOf(before).filter((c) => lacksPhone(c) && mayRingFrom(c, fact.operatorId, settings) <= now)
        const left = could.filter((c) => !facts.some((f) => 'callId' in f && f.callId === c.id))
        // Who had kept a place has that place's rank, whenever they call again, and on whichever line.
        const arrivedAt = Math.min(rung.arrivedAt, rung.rank + aheadMs)
        expect(left.filter((c) => rung.order > c.order && c.arrivedAt + aheadMs < arrivedAt)).toEqual([])
      }
    })
  })

  it('nobody waits while a rested operator is ready who may be rung for them, and nobody is left in ringback with no phone ringing', () => {
    always(({ settings, now, after }) => {
      const left = callsOf(after).filter(lacksPhone)
      if (left.length === 0) return
      const free = [...after.operators.values()].filter((o) => isFree(o, now))
      expect(free.filter((o) => left.some((c) => mayRingFrom(c, o.id, settings) <= now))).toEqual([])
      expect(left.filter((c) => c.status.kind === 'ringing')).toEqual([])
    })
  })

  it('an operator who passed on a call is not rung for it while one who did not is free', () => {
    always(({ settings, now, before, facts, input }) => {
      if (chosen(input, facts)) return
      let state = before
      for (const fact of facts) {
        const call = fact.type === 'offer-made' ? state.calls.get(fact.callId) : undefined
        if (fact.type === 'offer-made' && call !== undefined) {
          const passed = call.passedBy
          const free = [...state.operators.values()].filter((o) => isFree(o, now))
          const others = free.filter((o) => !passed.includes(o.id) && mayRingFrom(call, o.id, settings) <= now)
          if (passed.includes(fact.operatorId)) expect(others).toEqual([])
        }
        state = evolve(state, fact)
      }
    })
  })

  it('no more phones ring for a call than may, and one that somebody chose rings alone', () => {
    always(({ after, settings }) => {
      for (const { offers } of callsOf(after)) {
        expect(offers.length).toBeLessThanOrEqual(settings.ringMost)
        if (offers.some(({ why }) => why === null)) expect(offers).toHaveLength(1)
      }
    })
  })

  it('who was rung for a call that another answers has missed nothing, and is free at once', () => {
    always(({ before, facts }) => {
      let state = before
      for (const fact of facts) {
        const earlier = state
        state = evolve(state, fact)
        if (fact.type !== 'offer-ended' || fact.reason !== 'taken') continue
        const [was, is] = [earlier.operators.get(fact.operatorId), state.operators.get(fact.operatorId)]
        if (was?.status.kind !== 'offered') throw new Error('was not rung')
        expect(is).toEqual({ ...was, restUntil: 0, status: was.status.before })
        expect(state.calls.get(fact.callId)?.passedBy).toEqual(earlier.calls.get(fact.callId)?.passedBy)
      }
    })
  })

  it('the desk closed, nobody waits for an operator', () => {
    always(({ after }) => {
      // But for somebody handed back by a transfer, while the operator's phone rings.
      if (!after.open) expect(callsOf(after).filter((c) => needsOperator(c.status.kind) && c.offers.length === 0)).toEqual([])
    })
  })

  it('every call ends once its channels are gone, and no operator stays engaged', () => {
    fc.assert(
      fc.property(histories, anySettings, (steps, settings) => {
        let { state, now } = live(steps, settings)
        for (const channel of [...state.calls.values()].flatMap((c) => [...c.offers.map((o) => o.leg), c.channel])) {
          now += 10
          state = decide(state, { type: 'channel-gone', channel, cause: 16 }, now, settings).state
        }
        // Kept places alone remain, for which operators may be rung.
        expect(callsOf(state).filter((c) => c.status.kind !== 'kept')).toEqual([])
        const rung = callsOf(state).flatMap(({ offers }) => offers.map((o) => o.operatorId))
        const engagedNow = [...state.operators.values()].filter((o) => o.status.kind === 'offered' || o.status.kind === 'talking')
        expect(engagedNow.map((o) => o.id).sort()).toEqual(rung.sort())
      }),
      { numRuns: runs(400) },
    )
  })

  it('an empty Asterisk ends every call', () => {
    fc.assert(
      fc.property(histories, anySettings, (steps, settings) => {
        const { state, now } = live(steps, settings)
        const { state: after } = decide(
          state,
          { type: 'inventory', inventory: { startedAt: null, channels: [], bridges: new Map(), recordings: [], talks: [] } },
          now + 10,
          settings,
        )
        expect(callsOf(after).filter((c) => c.status.kind !== 'kept' || c.status.playing !== null)).toEqual([])
      }),
      { numRuns: runs(400) },
    )
  })

  it('the state is the fold of the facts, also of facts that were written down and read again', () => {
    fc.assert(
      fc.property(histories, anySettings, (steps, settings) => {
        const { state, facts } = live(steps, settings)
        expect(facts.reduce(evolve, emptyDesk)).toEqual(state)
        expect(facts.map((fact) => JSON.parse(JSON.stringify(fact)) as Fact).reduce(evolve, emptyDesk)).toEqual(state)
      }),
      { numRuns: runs(400) },
    )
  })

  it('commands name only what belongs to a known call, or what the input itself named', () => {
    always(({ before, after, effects, input }) => {
      const named = new Set(
        input.type === 'inventory'
          ? [...input.inventory.channels.map((c) => c.id), ...input.inventory.bridges.keys()].map(callIdOf)
          : input.type === 'leg-answered'
            ? [callIdOf(input.leg)]
            : [],
      )
      const known = (id: string) => before.calls.has(callIdOf(id)) || after.calls.has(callIdOf(id)) || named.has(callIdOf(id))
      for (const { type, ...parts } of effects) {
        const ids = Object.entries(parts)
          .filter(([key, id]) => id !== null && ['channel', 'leg', 'caller', 'bridge', 'playback', 'recording'].includes(key))
          .map(([, id]) => String(id))
        expect([type, ids.filter((id) => !known(id))]).toEqual([type, []])
      }
    })
  })

  it('a phone that is no longer wanted is hung up and its bridge dropped, unless Asterisk said that it is gone', () => {
    always(({ before, after, effects, input }) => {
      const still = phonesInUse(after)
      for (const leg of phonesInUse(before)) {
        if (still.has(leg)) continue
        const gone =
          input.type === 'channel-gone' || input.type === 'phone-hung-up'
            ? input.channel === leg
            : input.type === 'inventory' && !input.inventory.channels.some((c) => c.id === leg)
        if (!gone) expect(effects).toContainEqual({ type: 'hang-up', channel: leg })
        // What rings to take a conversation up again goes into that conversation's bridge, and has none of its own.
        if (callsOf(before).some((c) => rejoining(c)?.leg === leg)) continue
        if (callsOf(after).some((c) => bridgesOf(c).includes(`${leg}~bridge`))) continue
        expect(effects).toContainEqual({ type: 'drop-bridge', bridge: `${leg}~bridge`, channel: leg })
      }
    })
  })

  it('nobody is played to on the way out of a bridge: whoever is to hear something has left it before it is dropped', () => {
    always(({ before, effects }) => {
      for (const { channel, status } of callsOf(before)) {
        if (status.kind !== 'talking' || status.onHold || status.rejoining != null) continue
        if (status.consult !== null && status.consult.phase !== 'joined') continue
        const dropped = effects.findIndex((effect) => effect.type === 'drop-bridge' && effect.bridge === status.bridge)
        const played = effects.findIndex((effect) => effect.type === 'play' && effect.channel === channel)
        if (dropped === -1 || played === -1) continue
        const left = effects.findIndex(
          (effect) =>
            (effect.type === 'leave-bridge' && effect.bridge === status.bridge && effect.channel === channel) ||
            (effect.type === 'hold' && effect.channel === channel),
        )
        expect(left, JSON.stringify(effects)).not.toBe(-1)
        // Put into the queue's bridge, whoever was still on the way out is waited for.
        expect(left).toBeLessThan(effects[left]?.type === 'hold' ? played : Math.min(dropped, played))
      }
    })
  })

  it('a phone that is rung, and what is said, has an id never used before in its call', () => {
    fc.assert(
      fc.property(histories, anySettings, (steps, settings) => {
        const seen = new Set<string>()
        live(steps, settings, ({ effects, facts }) => {
          // A call that ended and one that arrives with its id are not the same: Asterisk never gives an id twice.
          for (const fact of facts) if (fact.type === 'call-ended') for (const id of seen) if (callIdOf(id) === fact.callId) seen.delete(id)
          for (const effect of effects) {
            const id = effect.type === 'ring' ? effect.leg : effect.type === 'play' || effect.type === 'announce' ? effect.playback : null
            if (id === null) continue
            expect(seen).not.toContain(id)
            seen.add(id)
          }
        })
      }),
    )
  })

  it('only sentences that exist as sounds are ever said', () => {
    const spoken = new Set(
      spokenAnnouncements({ name: 'Guichet', hours: { fr: '', en: '' }, limitMinutes: 15 }).map((s) => `sound:guichet/${s.name}`),
    )
    const recorded = /^(sound:(digits|silence)\/\d|tone:ring)$/
    always(({ effects }) => {
      for (const effect of effects)
        if (effect.type === 'play') for (const sound of effect.sounds) if (!recorded.test(sound)) expect(spoken).toContain(sound)
    })
  })

  it('a deadline that falls is dealt with: the next one is later', () => {
    fc.assert(
      fc.property(histories, anySettings, (steps, settings) => {
        let { state, now } = live(steps, settings)
        for (let turns = 0; turns < 30; turns += 1) {
          const due = nextDeadline(state, settings)
          if (due === null) return
          now = Math.max(now, due)
          state = decide(state, { type: 'tick' }, now, settings).state
          expect(nextDeadline(state, settings) ?? Number.POSITIVE_INFINITY).toBeGreaterThan(now)
        }
      }),
      { numRuns: runs(400) },
    )
  })

  it('a caller in line always has something to come: a phone that rings, an announcement, or its turn', () => {
    always(({ after, settings }) => {
      for (const { offers, status } of callsOf(after)) {
        if (status.kind === 'ringing') expect(offers).not.toEqual([])
      }
      if (callsOf(after).some((c) => c.status.kind !== 'kept')) expect(nextDeadline(after, settings)).not.toBeNull()
    })
  })
})
