import { parseArgs } from 'node:util'
import type { DeskLine } from '../support/desk-line.ts'
import { clearLeftovers } from '../support/folders.ts'
import { type Figure, table } from './figures.ts'
import { openLine } from './line.ts'
import { measureEvent, measureInvite } from './queue.ts'

/** `npm run bench -- [--json] [--only NAME]`: what each part measures, told by the names of its figures. */
const parts: readonly { readonly names: readonly string[]; readonly measure: (desk: DeskLine) => Promise<readonly Figure[]> }[] = [
  { names: ['queue.invite', 'queue.cpu.service', 'queue.cpu.asterisk'], measure: measureInvite },
  { names: ['queue.event'], measure: measureEvent },
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
  say('Préparation : PostgreSQL, Asterisk et le service démarrent…')
  const desk = await openLine()
  // A first Ctrl-C stops what was started: the measure then fails for want of it, and the end is the ordinary one.
  process.once('SIGINT', () => void desk.close())
  const figures: Figure[] = []
  try {
    for (const part of chosen) {
      say(`Mesure de ${part.names.filter(asked).join(', ')}…`)
      for (const figure of (await part.measure(desk)).filter((f) => asked(f.name))) {
        figures.push(figure)
        if (json) process.stdout.write(`${JSON.stringify(figure)}\n`)
      }
    }
  } finally {
    await desk.close()
  }
  if (!json) process.stdout.write(`${table(figures)}\n`)
  return 0
}
