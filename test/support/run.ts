import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runChecks } from './checks.ts'
import { ensurePeers } from './packages.ts'
import { type Outcome, toldOf } from './reporter.ts'

/** `npm test [vitest's arguments]` and, with --checks-only, `npm run check`. The last line is `N passed, N failed`, checks included. */
const root = fileURLToPath(new URL('../..', import.meta.url))
const args = process.argv.slice(2)
const checksOnly = args.includes('--checks-only')
/** Those who call mostly listen, and pages use what processors that leaves: a fifth of the time of one after the other is spared. */
const besides: readonly (readonly string[])[] = [['telephony', 'server', 'pure'], ['console']]

// Never process.exit: what is written to a pipe and not yet read would be lost, the last line first.
process.exitCode = (await run()) ? 0 : 1

/** @returns whether all that was asked for ran and passed. */
async function run(): Promise<boolean> {
  const missing = checksOnly ? null : ensurePeers()
  if (missing !== null) {
    process.stdout.write(`${missing}\n0 passed, 1 failed\n`)
    return false
  }
  const checked: Outcome = { ...(await runChecks(root, !checksOnly)), skipped: 0, again: [] }
  const total = checksOnly ? checked : sumOf([checked, ...(await runTests(args))])
  process.stdout.write(toldOf(total))
  // A test that is skipped proves nothing: it counts as a failure.
  if (total.skipped > 0) process.stdout.write(`${total.skipped} skipped, counted as failed\n`)
  const failed = total.failed + total.skipped
  process.stdout.write(`${total.passed} passed, ${failed} failed\n`)
  return failed === 0 && total.passed > 0
}

function sumOf(all: readonly Outcome[]): Outcome {
  const sum = (key: 'passed' | 'failed' | 'skipped') => all.reduce((total, one) => total + one[key], 0)
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    faults: all.flatMap((one) => one.faults),
    again: all.flatMap((one) => one.again),
  }
}

async function runTests(rest: readonly string[]): Promise<Outcome[]> {
  if (rest.length > 0) return [await runVitest(rest)]
  const [calls, pages] = besides.map((names) => names.flatMap((name) => ['--project', name]))
  return Promise.all([runVitest(calls ?? []), runVitest(pages ?? [], true)])
}

/** @param beside another run, which the processors are left to, and which is told as it goes: this one is told at its end. */
async function runVitest(rest: readonly string[], beside = false): Promise<Outcome> {
  const folder = join(root, 'test-results')
  const file = join(folder, `outcome-${process.pid}${beside ? '-beside' : ''}.json`)
  mkdirSync(folder, { recursive: true })
  const run = [process.execPath, join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', 'test/vitest.config.ts', ...rest]
  const [command = '', ...words] = beside ? ['nice', '-n', '10', ...run] : run
  const child = spawn(command, words, {
    cwd: root,
    stdio: beside ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    env: { ...process.env, GUICHET_TEST_OUTCOME: file },
  })
  const told: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (words: Buffer) => told.push(words))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  const [code] = await once(child, 'close')
  process.stdout.write(Buffer.concat(told))
  const outcome: Outcome = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Outcome)
    : { passed: 0, failed: 0, skipped: 0, faults: [], again: [] }
  rmSync(file, { force: true })
  // No test at all, or an end that what failed does not explain.
  if (outcome.failed === 0 && (code !== 0 || outcome.passed === 0)) {
    outcome.failed = 1
    outcome.faults.push(`${run.slice(2).join(' ')}\n    ended with ${code} after ${outcome.passed} passed`)
  }
  return outcome
}
