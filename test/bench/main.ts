import { parseArgs } from 'node:util'
import type { DeskLine } from '../support/desk-line.ts'
import { clearLeftovers } from '../support/folders.ts'
import { type Figure, table } from './figures.ts'
import { openLine } from './line.ts'
import { measureEvent, measureInvite } from './queue.ts'
import { measureWait, waitFigures } from './wait/wait.ts'

/** `npm run bench -- [--json] [--only NAME]`: what each part measures, told by the names of its figures. */
type Part = { readonly names: readonly string[]; readonly measure: (bench: Bench) => Promise<readonly Figure[]> }
/** @property line a desk line as it is delivered, opened when it is first asked for */
type Bench = { readonly line: () => Promise<DeskLine> }

const parts: readonly Part[] = [
  { names: ['queue.invite', 'queue.cpu.service', 'queue.cpu.asterisk'], measure: async ({ line }) => measureInvite(await line()) },
  { names: ['queue.event'], measure: async ({ line }) => measureEvent(await line()) },
  { names: waitFigures, measure: measureWait },
]

const say = (text: string) => process.stderr.write(`${text}\n`)

process.exitCode = await run().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error))
  return 1
})

/** @returns the exit code: 0 once everything asked for was measured, goals met or not. */
async function run(): Promise<number> {
  const { json, only } = parseArgs({ options: { json: { type: 'boolean', default: false }, only: { type: 'string' } } }).values
  const asked = (name: string) => only === undefined || name === only || name.startsWith(`${only}.`)
  const chosen = parts.filter((part) => part.names.some(asked))
  if (chosen.length === 0) {
    say(`Aucune mesure ne s’appelle « ${only} ». Mesures : ${parts.flatMap((part) => part.names).join(', ')}.`)
    return 1
  }
  clearLeftovers()
  let opened: Promise<DeskLine> | null = null
  const line = () => {
    if (opened === null) say('Préparation : PostgreSQL, Asterisk et le service démarrent…')
    opened ??= openLine()
    return opened
  }
  const close = async () => {
    const desk = await opened
    await desk?.close()
  }
  // A first Ctrl-C stops what was started: the measure then fails for want of it, and the end is the ordinary one.
  process.once('SIGINT', () => void close())
  const figures: Figure[] = []
  try {
    for (const part of chosen) {
      say(`Mesure de ${part.names.filter(asked).join(', ')}…`)
      for (const figure of (await part.measure({ line })).filter((f) => asked(f.name))) {
        figures.push(figure)
        if (json) process.stdout.write(`${JSON.stringify(figure)}\n`)
      }
    }
  } finally {
    await close()
  }
  if (!json) process.stdout.write(`${table(figures)}\n`)
  return 0
}
