import { parseArgs } from 'node:util'
import type { DeskLine } from '../support/desk-line.ts'
import { clearLeftovers } from '../support/folders.ts'
import { childrenFigures, measureChildren } from './children.ts'
import { consoleFigures, measureConsole } from './console.ts'
import { floodFigures, measureFlood } from './flood.ts'
import { directoryFigures, measureDirectory } from './directory.ts'
import { type Figure, table } from './figures.ts'
import { Lines } from './lines.ts'
import { indicatorFigures, measureIndicators } from './indicators.ts'
import { measureEvent, measureInvite } from './queue.ts'
import type { Sides } from './sides.ts'
import { massFigures, measureMass } from './mass.ts'
import { measureTickets, ticketFigures } from './tickets/tickets.ts'
import { measureWait, waitFigures } from './wait/wait.ts'
import { measureAnnouncing, measureHandover, measureMemory, measureNoAnswer, measureQueue, measureRate } from './versus.ts'

/** `npm run bench -- [--json] [--only NAME] [--runs N] [--seconds N]`: what each part measures, told by the names of its figures. */
type Part = { readonly names: readonly string[]; readonly measure: (bench: Bench) => Promise<readonly Figure[]> }
type Bench = {
  /** A desk line as it is delivered. */
  readonly line: () => Promise<DeskLine>
  /** A desk line with app_queue beside, both as fast as can be set. */
  readonly sides: () => Promise<{ readonly line: DeskLine; readonly sides: Sides }>
  /** How many runs of each side. */
  readonly runs: number
  /** Whether the figure of that name is wanted. */
  readonly asked: (name: string) => boolean
  readonly seconds: number
  /** Of the outage; they come within five times `seconds`. */
  readonly callers: number
}

const beside = (
  name: string,
  measure: (line: DeskLine, sides: Sides, bench: Bench) => Promise<readonly Figure[]>,
  more: string[] = [],
): Part => ({
  names: [name, ...more],
  measure: async (bench) => {
    const { line, sides } = await bench.sides()
    return measure(line, sides, bench)
  },
})
/** A crowd takes long to gather: fewer runs, each of twenty hand-overs. */
const fewer = (runs: number) => Math.max(2, Math.round(runs / 5))

const parts: readonly Part[] = [
  {
    names: ['queue.invite', 'queue.cpu.service', 'queue.cpu.asterisk'],
    measure: async ({ line }) => measureInvite(await line()),
  },
  { names: ['queue.event'], measure: async ({ line }) => measureEvent(await line()) },
  beside('queue.invite.versus', (line, sides, { runs }) => measureQueue(line, sides, runs), ['queue.cpu']),
  beside('queue.handover.20', async (line, sides, { runs }) => [await measureHandover(line, sides, runs, 20)]),
  beside('queue.handover.100', async (line, sides, { runs }) => [await measureHandover(line, sides, fewer(runs), 100)]),
  beside('queue.handover.300', async (line, sides, { runs }) => [await measureHandover(line, sides, fewer(runs), 300)]),
  beside('queue.handover.500', async (line, sides, { runs }) => [await measureHandover(line, sides, fewer(runs), 500)]),
  beside('queue.announcing', async (line, sides, { runs }) => [await measureAnnouncing(line, sides, fewer(runs))]),
  beside('queue.noanswer', async (line, sides, { runs }) => [await measureNoAnswer(line, sides, fewer(runs))]),
  beside('queue.rate', async (line, sides, { seconds }) => [await measureRate(line, sides, seconds)]),
  { names: directoryFigures, measure: measureDirectory },
  { names: waitFigures, measure: measureWait },
  { names: ticketFigures, measure: measureTickets },
  { names: ['queue.memory'], measure: async () => [await measureMemory(300)] },
  { names: childrenFigures, measure: measureChildren },
  { names: massFigures, measure: ({ callers, seconds }) => measureMass(callers, seconds * 5) },
  { names: floodFigures, measure: ({ runs }) => measureFlood(fewer(runs), say) },
  { names: indicatorFigures, measure: measureIndicators },
  { names: consoleFigures, measure: ({ line, asked }) => measureConsole(line, asked) },
]

const say = (text: string) => process.stderr.write(`${text}\n`)

process.exitCode = await run().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error))
  return 1
})

/** @returns the exit code: 0 once everything asked for was measured, goals met or not. */
async function run(): Promise<number> {
  const { json, only, runs, seconds, callers } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      only: { type: 'string' },
      runs: { type: 'string', default: '20' },
      seconds: { type: 'string', default: '60' },
      callers: { type: 'string', default: '200' },
    },
  }).values
  const asked = (name: string) => only === undefined || name === only || name.startsWith(`${only}.`)
  const chosen = parts.filter((part) => part.names.some(asked))
  if (chosen.length === 0) {
    say(`Aucune mesure ne s’appelle « ${only} ». Mesures : ${parts.flatMap((part) => part.names).join(', ')}.`)
    return 1
  }
  clearLeftovers()
  const lines = new Lines()
  // A first Ctrl-C stops what was started: the measure then fails for want of it, and the end is the ordinary one.
  process.once('SIGINT', () => void lines.close())
  const figures: Figure[] = []
  const bench: Bench = {
    line: () => lines.plain(),
    sides: () => lines.beside(),
    asked,
    runs: Math.max(2, Number(runs)),
    seconds: Math.max(1, Number(seconds)),
    callers: Math.max(1, Number(callers)),
  }
  try {
    for (const part of chosen) {
      say(`Mesure de ${part.names.filter(asked).join(', ')}…`)
      for (const figure of (await part.measure(bench)).filter((f) => asked(f.name))) {
        figures.push(figure)
        if (json) process.stdout.write(`${JSON.stringify(figure)}\n`)
      }
    }
  } finally {
    await lines.close()
  }
  if (!json) process.stdout.write(`${table(figures)}\n`)
  return 0
}
