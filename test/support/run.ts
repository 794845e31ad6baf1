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

// Never process.exit: what is written to a pipe and not yet read would be lost, the last line first.
process.exitCode = (await run()) ? 0 : 1

/** @returns whether all that was asked for ran and passed. */
async function run(): Promise<boolean> {
  const missing = checksOnly ? null : ensurePeers()
  if (missing !== null) {
    process.stdout.write(`${missing}\n0 passed, 1 failed\n`)
    return false
  }
  const total: Counts = { ...runChecks(root, !checksOnly), skipped: 0 }
  if (!checksOnly) {
    const tests = await runVitest(args)
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

async function runVitest(rest: readonly string[]): Promise<Counts> {
  const folder = join(root, 'test-results')
  const file = join(folder, `counts-${process.pid}.json`)
  mkdirSync(folder, { recursive: true })
  const child = spawn(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', 'test/vitest.config.ts', ...rest],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, GUICHET_TEST_COUNTS: file },
    },
  )
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  const [code] = await once(child, 'exit')
  const none: Counts = { passed: 0, failed: 1, skipped: 0 }
  const counts = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Counts) : none
  rmSync(file, { force: true })
  // No test at all, or an end that the counts do not explain.
  if (counts.failed === 0 && (code !== 0 || counts.passed === 0)) counts.failed = 1
  return counts
}
