/**
 * How many operators a half hour needs. λ: calls per second; β: mean handling, in s; a = λβ: the load in erlangs; n: operators.
 *
 * Erlang B by its recursion and Erlang C from it (Erlang 1917; Koole, Call Center Optimization, 2013, ch. 4). Erlang A, where callers leave
 * after an exponential patience, by the offered wait's density (Baccelli and Hébuterne 1981; Zeltyn and Mandelbaum, Queueing Systems 51,
 * 2005): v(x) = λ·p(n−1)·exp(λ·H(x) − n·x/β), with H(x) = (1 − e^(−θx))/θ and θ one over the mean patience.
 */

export type Load = { readonly callsPerS: number; readonly handlingS: number }
export type Expected = {
  /** Answered within the bound, over all who called. */
  readonly serviceLevel: number
  /** Left without an answer. */
  readonly abandoned: number
  /** Mean wait of everybody, in s; infinite when the queue grows without end. */
  readonly waitS: number
  readonly occupancy: number
}

const loadOf = ({ callsPerS, handlingS }: Load): number => callsPerS * handlingS

/** Whoever finds all operators busy, if nobody could wait. */
export function erlangB(operators: number, load: number): number {
  let blocked = 1
  for (let n = 1; n <= operators; n += 1) blocked = (load * blocked) / (n + load * blocked)
  return blocked
}

/** Whoever has to wait, if nobody ever leaves: 1 when the load cannot be carried. */
export function erlangC(operators: number, load: number): number {
  if (operators <= load) return 1
  const b = erlangB(operators, load)
  return b / (1 - (load / operators) * (1 - b))
}

/** Nobody ever leaves. @param withinS the bound, in s */
export function expectedC(operators: number, load: Load, withinS: number): Expected {
  const a = loadOf(load)
  if (a === 0) return { serviceLevel: 1, abandoned: 0, waitS: 0, occupancy: 0 }
  if (operators <= a) return { serviceLevel: 0, abandoned: 0, waitS: Number.POSITIVE_INFINITY, occupancy: 1 }
  const waits = erlangC(operators, a)
  const spare = operators - a
  return {
    serviceLevel: 1 - waits * Math.exp((-spare * withinS) / load.handlingS),
    abandoned: 0,
    waitS: (waits * load.handlingS) / spare,
    occupancy: a / operators,
  }
}

const steps = 800

/** Callers leave after an exponential patience. @param patienceS its mean, in s @param withinS the bound, in s */
export function expectedA(operators: number, load: Load, patienceS: number, withinS: number): Expected {
  const { callsPerS, handlingS } = load
  const a = loadOf(load)
  if (a === 0) return { serviceLevel: 1, abandoned: 0, waitS: 0, occupancy: 0 }
  if (operators === 0) return { serviceLevel: 0, abandoned: 1, waitS: patienceS, occupancy: 1 }
  const leaving = 1 / patienceS
  const patient = (x: number) => (1 - Math.exp(-leaving * x)) / leaving
  const exponent = (x: number) => callsPerS * patient(x) - (operators * x) / handlingS
  // Where n = λβ·e^(−θx) the density is highest; from there it only falls.
  const peak = a > operators ? Math.log(a / operators) / leaving : 0
  const height = exponent(peak)
  const density = (x: number) => Math.exp(exponent(x) - height)
  const [near, far] = [beforeWhich(density, peak), peak + tail(density, peak, Math.max(handlingS / operators, 1))]
  const all = integral(density, near, far)
  // One over Erlang B of n−1: how much likelier all states with somebody free are than the last of them.
  const free = 1 / erlangB(operators - 1, a)
  // Both sides divided by e^height, so that an overload does not overflow.
  const scale = callsPerS / (free * Math.exp(-height) + callsPerS * all)
  // Its own scale is the patience, which may be far shorter than the service.
  const staying = (x: number) => density(x) * Math.exp(-leaving * x)
  const stayed = near + tail(staying, near, Math.min(patienceS, far - near))
  const within = integral(staying, near, Math.min(withinS, stayed))
  const lost = all - integral(staying, near, stayed)
  const abandoned = Math.min(1, scale * lost)
  return {
    serviceLevel: Math.min(1, Math.max(0, 1 - scale * all + scale * within)),
    abandoned,
    // Little's law over those who wait: whoever leaves does so at rate θ per waiting caller.
    waitS: abandoned * patienceS,
    occupancy: Math.min(1, (a * (1 - abandoned)) / operators),
  }
}

const nothing = 1e-13

/** How far beyond its peak a falling density is worth counting. */
function tail(density: (x: number) => number, peak: number, first: number): number {
  let length = first
  while (density(peak + length) > nothing) length *= 1.3
  return length
}

/** Below this the density that rises to its peak is not worth counting; 0 where it begins with something. */
function beforeWhich(density: (x: number) => number, peak: number): number {
  let [low, high] = [0, peak]
  if (density(0) > nothing) return 0
  for (let i = 0; i < 40; i += 1) {
    const middle = (low + high) / 2
    if (density(middle) < nothing) low = middle
    else high = middle
  }
  return low
}

/** Simpson's rule. */
function integral(f: (x: number) => number, from: number, to: number): number {
  if (to <= from) return 0
  const h = (to - from) / steps
  let sum = f(from) + f(to)
  for (let i = 1; i < steps; i += 1) sum += f(from + i * h) * (i % 2 === 1 ? 4 : 2)
  return (sum * h) / 3
}

export type Aim = {
  /** Share to be answered within the bound. */
  readonly serviceLevel: number
  readonly withinS: number
  readonly occupancy: number
  /** Mean patience, in s; null: nobody leaves. */
  readonly patienceS: number | null
}

const most = 500

/** The fewest operators with whom the aim is met; 0 where nobody calls. */
export function operatorsNeeded(load: Load, aim: Aim): number {
  if (load.callsPerS <= 0) return 0
  // Nobody answers more than n operators can: fewer than this share of the load is never enough.
  for (let n = Math.max(1, Math.ceil(aim.serviceLevel * loadOf(load))); n < most; n += 1) {
    const expected = aim.patienceS === null ? expectedC(n, load, aim.withinS) : expectedA(n, load, aim.patienceS, aim.withinS)
    if (expected.serviceLevel >= aim.serviceLevel && expected.occupancy <= aim.occupancy) return n
  }
  return most
}

/**
 * Mean patience from waits cut short by answers: all waiting over how many left (the maximum of likelihood for an exponential patience;
 * Brown et al., JASA 100, 2005). Null when nobody has left. @param waitedMs of everybody, in ms
 */
export const patienceOf = (waitedMs: number, abandoned: number): number | null => (abandoned === 0 ? null : waitedMs / 1_000 / abandoned)

/** A half hour of a weekday, 1 to 7; `minute` of the day. */
export type Slot = { readonly weekday: number; readonly minute: number }
const slotKey = ({ weekday, minute }: Slot): number => weekday * 1_440 + minute

/**
 * Mean calls of each half hour of the week, over those in which the desk was open: a holiday neither counts as a quiet day nor hides one.
 * @param open every half hour of the history in which it was open @param arrived calls by half hour, of any
 */
export function meanArrivals(
  open: readonly (Slot & { readonly half: number })[],
  arrived: ReadonlyMap<number, number>,
): ReadonlyMap<number, number> {
  const sums = new Map<number, { calls: number; times: number }>()
  for (const slot of open) {
    const sum = sums.get(slotKey(slot)) ?? { calls: 0, times: 0 }
    sums.set(slotKey(slot), { calls: sum.calls + (arrived.get(slot.half) ?? 0), times: sum.times + 1 })
  }
  return new Map([...sums].map(([key, { calls, times }]) => [key, calls / times]))
}
export const arrivalsIn = (means: ReadonlyMap<number, number>, slot: Slot): number => means.get(slotKey(slot)) ?? 0
