/**
 * A day at the desk by discrete events, for what Erlang's formulas leave out: conversations are lognormal and cut at the limit, arrivals vary by
 * half hour and from day to day, a queue of one half hour is the next one's, whoever talks when their shift ends finishes, and who came before
 * closing is served. Many days are drawn once; every staffing is then tried on the same ones (common random numbers: Law, Simulation Modeling
 * and Analysis, 2015, ch. 11.2), so that a difference is the staffing's.
 *
 * In the order of arrival each caller gets whoever is there and free first; if that is later than their patience, they have left. With one
 * line and no priorities this is the queue itself (Kiefer and Wolfowitz 1955, with patience: Baccelli and Hébuterne 1981), without an event list.
 */
import { draw, exponential, poisson, type Random } from './chance.ts'

const halfHourMs = 1_800_000

/** What conversations are made of. */
export type Handling = {
  /** Lognormal, before the limit cuts it (Brown et al., JASA 100, 2005). */
  readonly talkMedianMs: number
  readonly talkSigma: number
  /** Where a conversation is cut; null: never. */
  readonly limitMs: number | null
  /** Exponential, of this mean. */
  readonly wrapUpMs: number
  /** Mean of an exponential patience; null: nobody ever leaves. */
  readonly patienceMs: number | null
}
type Caller = { readonly atMs: number; readonly talkMs: number; readonly workMs: number; readonly leavesMs: number }
/** One day's callers, by half hour of arrival. Moments in ms since the first half hour. */
export type DrawnDay = readonly (readonly Caller[])[]

/**
 * Days as they may come.
 * @param means calls expected in each half hour @param busySigma how much busier or calmer a day is than its mean: σ of a lognormal factor of mean 1
 */
export function drawDays(
  means: readonly number[],
  { handling, busySigma, days }: { readonly handling: Handling; readonly busySigma: number; readonly days: number },
  random: Random,
): readonly DrawnDay[] {
  const talk = { medianMs: handling.talkMedianMs, sigma: handling.talkSigma, mostMs: handling.limitMs ?? Number.POSITIVE_INFINITY }
  const busy = { medianMs: Math.exp(-(busySigma ** 2) / 2), sigma: busySigma, mostMs: 10 }
  return Array.from({ length: days }, () => {
    const factor = draw(busy, random)
    return means.map((mean, half) => {
      const moments = Array.from({ length: poisson(mean * factor, random) }, () => (half + random()) * halfHourMs)
      return moments
        .toSorted((a, b) => a - b)
        .map((atMs): Caller => {
          const talkMs = draw(talk, random)
          const patience = handling.patienceMs === null ? Number.POSITIVE_INFINITY : exponential(handling.patienceMs, random)
          return { atMs, talkMs, workMs: talkMs + exponential(handling.wrapUpMs, random), leavesMs: atMs + patience }
        })
    })
  })
}

/** What became of the callers of one half hour; durations in ms, `workMs` with what follows conversations. */
type Outcome = { calls: number; inTime: number; abandoned: number; waitMs: number; workMs: number; capped: number }
const nobody = (): Outcome => ({ calls: 0, inTime: 0, abandoned: 0, waitMs: 0, workMs: 0, capped: 0 })

/** When each operator is free, and who still waits, when a half hour begins. */
type Line = { readonly free: readonly number[]; readonly waiting: readonly Caller[] }
type Bounds = { readonly withinMs: number; readonly limitMs: number | null }
type Span = { readonly fromMs: number; readonly untilMs: number }

/** Who leaves is told by the plan, not by whether they talk: they finish, and nobody else is waited for. */
const manned = (free: readonly number[], operators: number, fromMs: number): number[] =>
  Array.from({ length: operators }, (_, i) => free[i] ?? fromMs)

/**
 * One half hour of one day; whoever would be served after it waits on.
 * @param tell what becomes of a caller is added to what it gives for them
 */
function serve(line: Line, callers: readonly Caller[], operators: number, span: Span, bounds: Bounds, tell: (of: Caller) => Outcome): Line {
  const free = manned(line.free, operators, span.fromMs)
  const waiting: Caller[] = []
  for (const caller of [...line.waiting, ...callers]) {
    let first = 0
    for (let i = 1; i < operators; i += 1) if ((free[i] ?? 0) < (free[first] ?? 0)) first = i
    // Who waited into this half hour is served in it at the earliest.
    const starts = operators === 0 ? Number.POSITIVE_INFINITY : Math.max(caller.atMs, span.fromMs, free[first] ?? 0)
    if (starts >= span.untilMs && caller.leavesMs >= span.untilMs) {
      waiting.push(caller)
      continue
    }
    const told = tell(caller)
    told.calls += 1
    if (caller.leavesMs <= starts) {
      told.abandoned += 1
      told.waitMs += caller.leavesMs - caller.atMs
      continue
    }
    free[first] = starts + caller.workMs
    told.waitMs += starts - caller.atMs
    told.workMs += caller.workMs
    if (starts - caller.atMs <= bounds.withinMs) told.inTime += 1
    if (bounds.limitMs !== null && caller.talkMs >= bounds.limitMs) told.capped += 1
  }
  return { free, waiting }
}

const begun = (): Line => ({ free: [], waiting: [] })
const spanOf = (half: number, halves: number): Span => ({
  fromMs: half * halfHourMs,
  // Who came before closing is served.
  untilMs: half === halves - 1 ? Number.POSITIVE_INFINITY : (half + 1) * halfHourMs,
})

export type Simulated = {
  readonly serviceLevel: number
  readonly abandoned: number
  /** Mean wait of everybody, in s. */
  readonly waitS: number
  readonly occupancy: number
  /** Conversations that the limit cut, over those answered. */
  readonly capped: number
}

/** A half hour in which nobody ever called says nothing. */
function simulated(told: Readonly<Outcome>, operators: number, days: number): Simulated | null {
  if (told.calls === 0) return null
  const answered = told.calls - told.abandoned
  return {
    serviceLevel: told.inTime / told.calls,
    abandoned: told.abandoned / told.calls,
    waitS: told.waitMs / 1_000 / told.calls,
    occupancy: operators === 0 ? 1 : Math.min(1, told.workMs / (operators * halfHourMs * days)),
    capped: answered === 0 ? 0 : told.capped / answered,
  }
}

/**
 * What a day's staffing gives, by the half hour in which callers arrive.
 * @param operators there in each half hour
 */
export function simulateDay(days: readonly DrawnDay[], operators: readonly number[], bounds: Bounds): readonly (Simulated | null)[] {
  const told = operators.map(() => nobody())
  const tell = ({ atMs }: Caller) => told[Math.floor(atMs / halfHourMs)] ?? nobody()
  for (const day of days) {
    let line = begun()
    for (const [half, n] of operators.entries()) line = serve(line, day[half] ?? [], n, spanOf(half, operators.length), bounds, tell)
    // Nobody is there at closing: whoever waits for nothing has left, or hears the closed message.
    for (const caller of line.waiting) {
      const lost = tell(caller)
      lost.calls += 1
      lost.abandoned += 1
      lost.waitMs += Math.max(0, operators.length * halfHourMs - caller.atMs)
    }
  }
  return told.map((outcome, half) => simulated(outcome, operators[half] ?? 0, days.length))
}

export type SimulatedAim = Bounds & { readonly serviceLevel: number; readonly occupancy: number }
const mostOperators = 200

/**
 * The fewest operators of each half hour with whom the aim is met, half hour after half hour: what one leaves waiting is the next one's.
 * Nobody is asked for where nobody calls.
 */
export function simulatedNeed(days: readonly DrawnDay[], halves: number, aim: SimulatedAim): readonly number[] {
  let lines = days.map(() => begun())
  const needed: number[] = []
  for (let half = 0; half < halves; half += 1) {
    const span = spanOf(half, halves)
    const callers = days.map((day) => day[half] ?? [])
    const anybody = callers.some((some) => some.length > 0) || lines.some(({ waiting }) => waiting.length > 0)
    const n = anybody ? fewest(lines, callers, span.fromMs, aim) : 0
    const unheard = nobody()
    lines = lines.map((line, i) => serve(line, callers[i] ?? [], n, span, aim, () => unheard))
    needed.push(n)
  }
  return needed
}

/** Judged by the half hour's own callers, as if the same operators stayed until the last of them was told of. */
function fewest(lines: readonly Line[], callers: readonly (readonly Caller[])[], fromMs: number, aim: SimulatedAim): number {
  const toTheEnd = { fromMs, untilMs: Number.POSITIVE_INFINITY }
  const work = callers.reduce((total, some) => some.reduce((sum, { workMs }) => sum + workMs, total), 0)
  const load = work / (halfHourMs * callers.length)
  // With half of what the load asks, most of those answered in time would have to answer themselves.
  for (let n = Math.max(1, Math.floor((load * aim.serviceLevel) / 2)); n < mostOperators; n += 1) {
    const [told, unheard] = [nobody(), nobody()]
    for (const [i, line] of lines.entries()) {
      const { free } = serve(line, [], n, toTheEnd, aim, () => unheard)
      serve({ free, waiting: [] }, callers[i] ?? [], n, toTheEnd, aim, () => told)
    }
    const found = simulated(told, n, lines.length)
    if (found === null || (found.serviceLevel >= aim.serviceLevel && found.occupancy <= aim.occupancy)) return n
  }
  return mostOperators
}

/** The three quartiles of conversations, in ms. */
export type Quartiles = readonly [number, number, number]
const quartileOfNormal = 0.674_49

/**
 * A lognormal through the quartiles of what was measured: unlike a mean, they are not moved by the limit, which cuts the longest quarter at
 * most; where it cuts more, the lower half says.
 */
export function lognormalOf([low, median, high]: Quartiles, limitMs: number | null): Pick<Handling, 'talkMedianMs' | 'talkSigma'> {
  const cut = limitMs !== null && high >= limitMs * 0.99
  const sigma = cut ? Math.log(median / low) / quartileOfNormal : Math.log(high / low) / (2 * quartileOfNormal)
  return { talkMedianMs: median, talkSigma: Number.isFinite(sigma) ? Math.min(2, Math.max(0.05, sigma)) : 0.8 }
}

/**
 * How much busier or calmer days are than chance alone makes them: σ of the factor by which a day's mean is multiplied (a mixed Poisson
 * process: Jongbloed and Koole, Applied Stochastic Models 17, 2001).
 */
export function busySigmaOf(days: readonly { readonly calls: number; readonly expected: number }[]): number {
  const known = days.filter(({ expected }) => expected > 0)
  if (known.length < 5) return 0
  const extra = known.reduce((total, { calls, expected }) => total + ((calls - expected) ** 2 - expected) / expected ** 2, 0) / known.length
  return Math.min(0.6, Math.sqrt(Math.log(1 + Math.max(0, extra))))
}
