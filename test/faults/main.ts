import { parseArgs } from 'node:util'
import { percentile } from '../bench/figures.ts'
import { clearLeftovers } from '../support/folders.ts'
import type { Drill } from './drill.ts'
import { drills } from './drills.ts'
import { table, type Line } from './report.ts'
import { type Tried, tryDrill } from './run-drill.ts'
import { openWorld, type World } from './world.ts'

/** `npm run faults -- [--seed N] [--only NAME] [--tries N] [--json]`: everything broken on purpose, many times, on the real parts. */
const say = (text: string) => process.stderr.write(`${text}\n`)
const size = { crowd: 50, writes: 10_000, silenceMs: 60_000 }

process.exitCode = await run().catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return 1
})

/** @returns the exit code: 0 once everything asked for was tried and every goal met. */
async function run(): Promise<number> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      only: { type: 'string' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      tries: { type: 'string', default: '20' },
      crowd: { type: 'string', default: String(size.crowd) },
      writes: { type: 'string', default: String(size.writes) },
      silence: { type: 'string', default: String(size.silenceMs) },
    },
  })
  const { only } = values
  const chosen = drills.filter(({ name }) => only === undefined || name === only || name.startsWith(`${only}.`))
  if (chosen.length === 0) {
    say(`Aucune panne ne s’appelle « ${only} ». Pannes : ${drills.map(({ name }) => name).join(', ')}.`)
    return 1
  }
  const [seed, tries] = [Number(values.seed), Number(values.tries)]
  const asked = { crowd: Number(values.crowd), writes: Number(values.writes), silenceMs: Number(values.silence) }
  clearLeftovers()
  say(`Graine ${seed}. Préparation : PostgreSQL, Asterisk et le service démarrent…`)
  const world = await openWorld()
  // A first Ctrl-C stops what was started: the try then fails for want of it, and the end is the ordinary one.
  process.once('SIGINT', () => void world.close())
  const lines: Line[] = []
  try {
    for (const drill of chosen) {
      const line = await tryMany(world, drill, { seed, tries, asked })
      lines.push(line)
      if (values.json) process.stdout.write(`${JSON.stringify(line)}\n`)
    }
  } finally {
    await world.close()
  }
  if (!values.json) process.stdout.write(`${table(lines)}\n`)
  return lines.every(({ met }) => met) ? 0 : 1
}

type Run = { readonly seed: number; readonly tries: number; readonly asked: typeof size }

async function tryMany(world: World, drill: Drill, { seed, tries, asked }: Run): Promise<Line> {
  const all: Tried[] = []
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const tried = await tryDrill(world, drill, asked, seed, attempt)
    all.push(tried)
    const { outcome, failure, orphans } = tried
    if (failure !== null) say(`${drill.name}, essai ${attempt} : ${failure}`)
    if (outcome !== null && outcome.lost + outcome.duplicated > 0) say(`${drill.name}, essai ${attempt} : ${JSON.stringify(outcome)}`)
    if (orphans.length > 0) say(`${drill.name}, essai ${attempt}, restent : ${orphans.join(', ')}`)
  }
  const came = all.flatMap(({ outcome }) => (outcome === null ? [] : [outcome]))
  const sum = (of: (tried: (typeof came)[number]) => number) => came.reduce((total, tried) => total + of(tried), 0)
  const p95 =
    came.length === 0
      ? null
      : Math.round(
          percentile(
            came.map(({ recoveredMs }) => recoveredMs),
            0.95,
          ),
        )
  const figures = {
    name: drill.name,
    tries,
    lost: sum(({ lost }) => lost),
    duplicated: sum(({ duplicated }) => duplicated),
    recovered_ms_p95: p95,
    orphans: all.reduce((total, { orphans }) => total + orphans.length, 0),
    failed: tries - came.length,
    goal: drill.goalMs,
  }
  const { lost, duplicated, orphans, failed } = figures
  return { ...figures, met: lost + duplicated + orphans + failed === 0 && p95 !== null && p95 <= drill.goalMs }
}
