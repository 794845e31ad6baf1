import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runChecks } from './checks.ts'
import { ensurePeers } from './packages.ts'
import type { Counts } from './reporter.ts'

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
  const total: Counts = { ...(await runChecks(root, !checksOnly)), skipped: 0 }
  if (!checksOnly) {
    const tests = await runTests(args)
    total.passed += tests.passed
    total.failed += tests.failed
    total.skipped += tests.skipped
  }
  // A test that is skipped proves nothing: it counts as a failure.
  if (total.skipped > 0) process.stdout.write(`${total.skipped} skipped, counted as failed\n`)
  const failed = total.failed + total.skipped
  process.stdout.write(`${total.passed} passed, ${failed} failed\n`)
  return failed === 0 && total.passed > 0
}

async function runTests(rest: readonly string[]): Promise<Counts> {
  if (rest.length > 0) return runVitest(rest)
  const [calls, pages] = besides.map((names) => names.flatMap((name) => ['--project', name]))
  const both = await Promise.all([runVitest(calls ?? []), runVitest(pages ?? [], true)])
  return both.reduce((sum, { passed, failed, skipped }) => ({
    passed: sum.passed + passed,
    failed: sum.failed + failed,
    skipped: sum.skipped + skipped,
  }))
}

/** @param beside another run, which the processors are left to, and which is told as it goes: this one is told at its end. */
async function runVitest(rest: readonly string[], beside = false): Promise<Counts> {
  const folder = join(root, 'test-results')
  const file = join(folder, `counts-${process.pid}${beside ? '-beside' : ''}.json`)
  mkdirSync(folder, { recursive: true })
  const run = [process.execPath, join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', 'test/vitest.config.ts', ...rest]
  const [command = '', ...words] = beside ? ['nice', '-n', '10', ...run] : run
  const child = spawn(command, words, {
    cwd: root,
    stdio: beside ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    env: { ...process.env, GUICHET_TEST_COUNTS: file },
  })
  const told: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (words: Buffer) => told.push(words))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  const [code] = await once(child, 'close')
  process.stdout.write(Buffer.concat(told))
  const none: Counts = { passed: 0, failed: 1, skipped: 0 }
  const counts = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Counts) : none
  rmSync(file, { force: true })
  // No test at all, or an end that the counts do not explain.
  if (counts.failed === 0 && (code !== 0 || counts.passed === 0)) counts.failed = 1
  return counts
}
