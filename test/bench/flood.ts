import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { DeskLine } from '../support/desk-line.ts'
import { cpuMs, processesOf } from './cost.ts'
import { type Figure, mean, percentile, ratioOfMedians, rounded } from './figures.ts'
import { openLine, placeCalls, warmUpCalls } from './line.ts'
import { firsts } from './runs.ts'

/*
 * Calls while the users' side is flooded: from the caller's INVITE to the ready operator's, the same calls without a flood, with the form
 * flooded and with calls from pages flooded, in turn.
 */
const kinds = ['none', 'form', 'page'] as const
type Kind = (typeof kinds)[number]
export const floodFigures = ['flood.none', ...['flood.form', 'flood.page'].flatMap((name) => [name, `${name}.ratio`, `${name}.cpu`])]

const rate = 100
const callsEach = 30
const aloneMs = 6_000
/** A median that nobody notices. */
const ratioAtMost = 2

/** @param runs of each kind @param say what was answered to the flood */
export async function measureFlood(runs: number, say: (text: string) => void): Promise<readonly Figure[]> {
  const desk = await openLine({ TRUST_PROXY: '127.0.0.1' })
  try {
    await placeCalls(desk, warmUpCalls)
    await desk.reset()
    const delays: Record<Kind, number[][]> = { none: [], form: [], page: [] }
    for (let run = 0; run < runs; run += 1)
      for (const kind of kinds) {
        const stop = kind === 'none' ? null : flood(desk, kind)
        const { caller, phone } = await placeCalls(desk, callsEach)
        const answered = await stop?.()
        if (answered !== undefined) say(`${kind}: ${answered}`)
        const [dialled, rung] = [firsts(caller, 'INVITE', true), firsts(phone, 'INVITE', false)]
        if (dialled.length !== callsEach || rung.length !== callsEach)
          throw new Error(`${dialled.length} calls and ${rung.length} phones rung, for ${callsEach}`)
        delays[kind].push(dialled.map((at, i) => ((rung[i] ?? 0) - at) * 1_000))
        await desk.reset()
      }
    const figure = (kind: Kind): Figure => {
      const all = delays[kind].flat()
      const [p50, p95] = [rounded(percentile(all, 0.5)), rounded(percentile(all, 0.95))]
      return { name: `flood.${kind}`, value: p50, unit: 'ms', p50, p95, goal: null, met: null, tries: all.length }
    }
    const ratio = (kind: 'form' | 'page'): Figure => {
      const over = ratioOfMedians(delays[kind], delays.none)
      const value = rounded(over.value)
      const tries = delays[kind].flat().length
      const met = value <= ratioAtMost
      return { name: `flood.${kind}.ratio`, value, unit: '×', p50: null, p95: null, goal: ratioAtMost, met, tries, ratio: over }
    }
    return [...kinds.map(figure), ratio('form'), ratio('page'), await cost(desk, 'form'), await cost(desk, 'page')]
  } finally {
    await desk.close()
  }
}

/** What each of a flood costs the process that carries the calls, without any. */
async function cost(desk: DeskLine, kind: 'form' | 'page'): Promise<Figure> {
  const { service } = await processesOf(desk)
  const before = cpuMs(service)
  const stop = flood(desk, kind)
  await new Promise((resolve) => setTimeout(resolve, aloneMs))
  const { sent } = JSON.parse(await stop()) as { readonly sent: number }
  return mean(`flood.${kind}.cpu`, cpuMs(service) - before, sent)
}

function flood(desk: DeskLine, kind: 'form' | 'page'): () => Promise<string> {
  const script = fileURLToPath(new URL('flooder.ts', import.meta.url))
  const child = spawn(process.execPath, [script, desk.service.url, kind, String(rate)], { stdio: ['pipe', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (data: Buffer) => (said += data.toString('utf8')))
  const over = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return async () => {
    child.stdin.end()
    await over
    return said.trim()
  }
}
