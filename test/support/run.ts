import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runChecks } from './checks.ts'
import { countsOf, failedFiles, nothing, type Outcome, toldOf, withSecondTry } from './outcome.ts'
import { ensurePeers } from './packages.ts'

/** `npm test [vitest's arguments]` and, with --checks-only, `npm run check`. The last line is `N passed, N failed`, checks included. */
const root = fileURLToPath(new URL('../..', import.meta.url))
const args = process.argv.slice(2)
const checksOnly = args.includes('--checks-only')
/** Those who call mostly listen, and pages use what processors that leaves: a fifth of the time of one after the other is spared. */
const besides: readonly (readonly string[])[] = [['telephony', 'server', 'pure'], ['console']]
/**
 * What fails is tried a second time when all the rest is over, and the end names it: beside so much else a slow machine may not do in time
 * what a caller or a page waits for. More files than these are no accident.
 */
const mostAgain = 15

// Never process.exit: what is written to a pipe and not yet read would be lost, the last line first.
process.exitCode = (await run()) ? 0 : 1

/** @returns whether all that was asked for ran and passed. */
async function run(): Promise<boolean> {
  const missing = checksOnly ? null : ensurePeers()
  if (missing !== null) {
    process.stdout.write(`${missing}\n0 passed, 1 failed\n`)
    return false
  }
  const checked = await runChecks(root, !checksOnly)
  const tested = checksOnly ? {} : await runTests(args)
  const faults = checked.faults.map((test) => ({ test, why: '' }))
  const total: Outcome = { checks: { passed: checked.passed, skipped: 0, failed: faults, again: [] }, ...tested }
  process.stdout.write(toldOf(total))
  const { passed, skipped, failed } = countsOf(total)
  // A test that is skipped proves nothing: it counts as a failure.
  if (skipped > 0) process.stdout.write(`${skipped} skipped, counted as failed\n`)
  process.stdout.write(`${passed} passed, ${failed + skipped} failed\n`)
  return failed + skipped === 0 && passed > 0
}

async function runTests(rest: readonly string[]): Promise<Outcome> {
  if (rest.length > 0) return runVitest(rest)
  const [calls = [], pages = []] = besides.map((names) => names.flatMap((name) => ['--project', name]))
  const [one, other] = await Promise.all([runVitest([...calls, '--retry', '0']), runVitest([...pages, '--retry', '0'], { beside: true })])
  const outcome = { ...one, ...other, '': { ...nothing, failed: [one, other].flatMap((some) => some['']?.failed ?? []) } }
  const failed = failedFiles(outcome)
  if (failed.length === 0 || failed.length > mostAgain) return outcome
  process.stdout.write(`\nOnce more, one after the other, with nothing beside: ${failed.join(', ')}\n`)
  return withSecondTry(outcome, await runVitest([...failed, '--retry', '0'], { alone: true }))
}

/**
 * @param beside another run, which the processors are left to, and which is told as it goes: this one is told at its end.
 * @param alone one file after the other.
 */
async function runVitest(rest: readonly string[], { beside = false, alone = false } = {}): Promise<Outcome> {
  const folder = join(root, 'test-results')
  const file = join(folder, `outcome-${process.pid}${beside ? '-beside' : ''}.json`)
  mkdirSync(folder, { recursive: true })
  const run = [process.execPath, join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', 'test/vitest.config.ts', ...rest]
  const [command = '', ...words] = beside ? ['nice', '-n', '10', ...run] : run
  const child = spawn(command, words, {
    cwd: root,
    stdio: beside ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    env: { ...process.env, GUICHET_TEST_OUTCOME: file, ...(alone && { GUICHET_TEST_ALONE: '1' }) },
  })
  const told: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (words: Buffer) => told.push(words))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  const [code] = await once(child, 'close')
  process.stdout.write(Buffer.concat(told))
  const outcome = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Outcome) : {}
  rmSync(file, { force: true })
  const { passed, failed } = countsOf(outcome)
  // No test at all, or an end that what failed does not explain.
  if (failed > 0 || (code === 0 && passed > 0)) return outcome
  const unexplained = { test: run.slice(2).join(' '), why: `ended with ${code} after ${passed} passed` }
  return { ...outcome, '': { ...nothing, failed: [unexplained] } }
}
