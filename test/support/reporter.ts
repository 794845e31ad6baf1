import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

export type Counts = { passed: number; failed: number; skipped: number }

/**
 * Leaves the run's figures in the file that GUICHET_TEST_COUNTS names. A file that cannot be loaded, a hook or a stray error
 * that fails outside any test count as failures of their own. Names what needed a second try, and what the first one met.
 */
export default class CountingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], stray: readonly unknown[]): void {
    const counts: Counts = { passed: 0, failed: stray.length, skipped: 0 }
    const again: string[] = []
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state, errors } = test.result()
        counts[state === 'passed' ? 'passed' : state === 'failed' ? 'failed' : 'skipped'] += 1
        if (test.diagnostic()?.flaky) again.push(`${module.relativeModuleId} > ${test.fullName}${whyOf(errors)}`)
      }
      const own = module.errors().length + [...module.children.allSuites()].reduce((sum, suite) => sum + suite.errors().length, 0)
      counts.failed += own
    }
    if (again.length > 0)
      process.stdout.write(`Passed at the second try only, and to be mended:\n${again.map((name) => `  ${name}`).join('\n')}\n`)
    const file = process.env['GUICHET_TEST_COUNTS']
    if (file !== undefined) writeFileSync(file, JSON.stringify(counts))
  }
}

const whyOf = (errors: readonly { readonly message: string }[] | undefined): string => {
  const first = errors?.[0]?.message.split('\n')[0]
  return first === undefined ? '' : `\n    ${first.slice(0, 300)}`
}
