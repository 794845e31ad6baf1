import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

/** What a run came to. `faults`: what failed, and why; `again`: what passed at the second try only, and what the first one met. */
export type Outcome = { passed: number; failed: number; skipped: number; faults: string[]; again: string[] }

/**
 * Leaves what the run came to in the file that GUICHET_TEST_OUTCOME names, or writes it out. A file that cannot be loaded, a hook or a
 * stray error that fails outside any test count as failures of their own.
 */
export default class OutcomeReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], stray: readonly Reason[]): void {
    const outcome: Outcome = { passed: 0, failed: 0, skipped: 0, faults: [], again: [] }
    const fault = (where: string, errors: readonly Reason[] | undefined): void => {
      outcome.failed += 1
      outcome.faults.push(`${where}${whyOf(errors)}`)
    }
    for (const error of stray) fault('outside any test', [error])
    for (const module of modules) {
      const name = module.relativeModuleId
      for (const error of module.errors()) fault(name, [error])
      for (const suite of module.children.allSuites()) for (const error of suite.errors()) fault(`${name} > ${suite.fullName}`, [error])
      for (const test of module.children.allTests()) {
        const { state, errors } = test.result()
        if (state === 'failed') fault(`${name} > ${test.fullName}`, errors)
        else outcome[state === 'passed' ? 'passed' : 'skipped'] += 1
        if (test.diagnostic()?.flaky) outcome.again.push(`${name} > ${test.fullName}${whyOf(errors)}`)
      }
    }
    const file = process.env['GUICHET_TEST_OUTCOME']
    if (file === undefined) process.stdout.write(toldOf(outcome))
    else writeFileSync(file, JSON.stringify(outcome))
  }
}

/** What is to be looked into, last in what a run prints: the beginning of a long print is the part that gets lost. */
export const toldOf = ({ faults, again }: Outcome): string =>
  list('Failed:', faults) + list('Passed at the second try only, and to be mended:', again)

const list = (heading: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `${heading}\n${lines.map((line) => `  ${line}\n`).join('')}`

type Reason = { readonly message: string }
const whyOf = (errors: readonly Reason[] | undefined): string => {
  const tries = (errors ?? []).map(({ message }) => message.split('\n')[0]?.slice(0, 1_000))
  return [...new Set(tries)].map((why) => `\n    ${why}`).join('')
}
