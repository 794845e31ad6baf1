import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'
import { type Fault, type Outcome, toldOf } from './outcome.ts'

/**
 * Leaves what the run came to in the file that GUICHET_TEST_OUTCOME names, or writes it out. A file that cannot be loaded, a hook or a
 * stray error that fails outside any test count as failures of their own.
 */
export default class OutcomeReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], stray: readonly Reason[]): void {
    const outcome: Outcome = {
      ...Object.fromEntries(modules.map((module) => [module.relativeModuleId, outcomeOf(module)])),
      ...(stray.length > 0 && {
        '': { passed: 0, skipped: 0, failed: stray.map((error) => fault('outside any test', [error])), again: [] },
      }),
    }
    const file = process.env['GUICHET_TEST_OUTCOME']
    if (file === undefined) process.stdout.write(toldOf(outcome))
    else writeFileSync(file, JSON.stringify(outcome))
  }
}

function outcomeOf(module: TestModule): Outcome[string] {
  const failed: Fault[] = module.errors().map((error) => fault('', [error]))
  const again: Fault[] = []
  let [passed, skipped] = [0, 0]
  for (const suite of module.children.allSuites()) for (const error of suite.errors()) failed.push(fault(suite.fullName, [error]))
  for (const test of module.children.allTests()) {
    const { state, errors } = test.result()
    if (state === 'failed') failed.push(fault(test.fullName, errors))
    else if (state === 'passed') passed += 1
    else skipped += 1
    if (test.diagnostic()?.flaky) again.push(fault(test.fullName, errors))
  }
  return { passed, skipped, failed, again }
}

type Reason = { readonly message: string }
function fault(test: string, errors: readonly Reason[] | undefined): Fault {
  const tries = (errors ?? []).map(({ message }) => message.split('\n')[0]?.slice(0, 1_000))
  return { test, why: [...new Set(tries)].join('\n') }
}
