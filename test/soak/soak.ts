import { openLine } from '../bench/line.ts'
import type { DeskLine } from '../support/desk-line.ts'
import { freeTcpPort } from '../support/free-port.ts'
import { type Held, inspect } from './inspect.ts'

export type SoakSize = { readonly minutes: number; readonly waiting: number; readonly consoles: number; readonly callsPerSecond: number }
export type Sample = Held & { readonly atMs: number }
export type Soaked = {
  readonly samples: readonly Sample[]
  /** How many callers came and went. */
  readonly calls: number
  /** Rows by table, at the end less at the beginning. */
  readonly grown: Readonly<Record<string, number>>
}

const samplesAtLeast = 12
const longestGapMs = 60_000

/** The usual load for a while: so many wait, so many consoles listen, others call and give up. @param say told each sample */
export async function soak(size: SoakSize, say: (sample: Sample) => void = () => undefined): Promise<Soaked> {
  const port = await freeTcpPort()
  const desk = await openLine({ NODE_OPTIONS: `--inspect=127.0.0.1:${port}` })
  try {
    const sophie = await desk.service.signIn('sophie')
    for (let i = 0; i < size.consoles; i += 1) await desk.live(sophie)
    const live = await desk.live(sophie)
    await desk.caller({ calls: size.waiting, atOnce: size.waiting, rate: 20, from: '<sip:0561551400@127.0.0.1>' })
    await live.until('the crowd', () => live.calls.size >= size.waiting, 60_000)
    const lengthMs = size.minutes * 60_000
    const calls = Math.max(1, Math.floor((lengthMs / 1_000) * size.callsPerSecond))
    const scenario = '../../bench/scenarios/caller-hangs-up-soon-after-the-answer'
    const traffic = await desk.caller({
      scenario,
      calls,
      rate: size.callsPerSecond,
      atOnce: size.waiting,
      from: '<sip:0561551500@127.0.0.1>',
    })
    const before = await rowsOf(desk)
    const samples: Sample[] = []
    let over = false
    const done = traffic.done.finally(() => {
      over = true
    })
    const beginning = performance.now()
    const take = async () => {
      const sample = { atMs: performance.now() - beginning, ...(await inspect(port, desk.service.pid ?? 0)) }
      samples.push(sample)
      say(sample)
    }
    const gapMs = Math.min(longestGapMs, lengthMs / samplesAtLeast)
    while (!over) {
      await take()
      await Promise.race([done, new Promise((resolve) => setTimeout(resolve, gapMs))])
    }
    await done
    await take()
    const after = await rowsOf(desk)
    return { samples, calls, grown: Object.fromEntries(Object.entries(after).map(([name, rows]) => [name, rows - (before[name] ?? 0)])) }
  } finally {
    await desk.close()
  }
}

/** Counted over one connection: PostgreSQL has fewer places than there are tables. */
async function rowsOf(desk: DeskLine): Promise<Readonly<Record<string, number>>> {
  const tables = await desk.rows<{ name: string }>("select tablename as name from pg_tables where schemaname = 'public'")
  const counts = tables.map(({ name }) => `select '${name}' as name, count(*)::int as n from "${name}"`).join(' union all ')
  return Object.fromEntries((await desk.rows<{ name: string; n: number }>(counts)).map(({ name, n }) => [name, n]))
}

/** Least squares, by hour; the first quarter, in which caches fill, left out. */
export function slopePerHour(samples: readonly Sample[], of: (sample: Sample) => number): number {
  const late = samples.slice(Math.floor(samples.length / 4))
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length
  const [atMean, valueMean] = [mean(late.map((s) => s.atMs)), mean(late.map(of))]
  const above = late.reduce((sum, s) => sum + (s.atMs - atMean) * (of(s) - valueMean), 0)
  const below = late.reduce((sum, s) => sum + (s.atMs - atMean) ** 2, 0)
  return below === 0 ? 0 : (above / below) * 3_600_000
}
