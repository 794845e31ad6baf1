import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin'
import {
  determineHitLimitReached,
  type DryRunResult,
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner'
import { collectTests, getFn, type Task, type Test } from '@vitest/runner'
import fc from 'fast-check'
import { pureRooms } from '../support/pure.ts'
import { forgetWhatWasKept, forgetfully } from './forget.ts'

/**
 * Runs the pure tests inside Stryker's own process: they touch nothing of the world, so all are read once and each mutant has the
 * tests that reach it called again, the quick ones first. Vitest itself, with a worker for each mutant, takes ten times as long.
 */
class PureRunner implements TestRunner {
  readonly #tests = new Map<string, Test>()
  readonly #took = new Map<string, number>()

  /** Nothing has to be read again: what is worked out once, as the sources are read, is left out (`ignoreStatic`). */
  capabilities() {
    return { reloadEnvironment: true }
  }

  async init(): Promise<void> {
    // The same histories for every mutant, and none made shorter: that it failed is enough.
    fc.configureGlobal({ seed: 1, endOnFailure: true })
    const files = pureRooms.flatMap((room) =>
      readdirSync(join('test', room), { encoding: 'utf8', recursive: true })
        .filter((name) => name.endsWith('.test.ts'))
        .map((name) => join(process.cwd(), 'test', room, name)),
    )
    const importFile = (path: string) => import(pathToFileURL(path).href)
    const read = await forgetfully(() => collectTests(files, { config, importFile } as unknown as Parameters<typeof collectTests>[1]))
    for (const { name, result } of read) if (result?.errors?.[0] !== undefined) throw new Error(`${name}: ${result.errors[0].message}`)
    const { thrift } = (await importFile(join(process.cwd(), 'test/support/runs.ts'))) as typeof import('../support/runs.ts')
    thrift.times = 40
    for (const test of read.flatMap(testsOf).filter(({ fullName }) => !fullName.includes(ofItself)))
      this.#tests.set(freeName(test.fullName, this.#tests), test)
  }

  async dryRun(): Promise<DryRunResult> {
    const tests: TestResult[] = []
    for (const id of this.#tests.keys()) {
      mutants.currentTestId = id
      tests.push(await this.#run(id))
      delete mutants.currentTestId
    }
    return { status: DryRunStatus.Complete, tests, mutantCoverage: mutants.mutantCoverage ?? { static: {}, perTest: {} } }
  }

  async mutantRun({ testFilter, activeMutant, hitLimit: longest }: MutantRunOptions): Promise<MutantRunResult> {
    // Stryker stops at a hundred times the passes that all the tests make over the place; a simulation would go on for minutes.
    const hitLimit = longest === undefined ? undefined : Math.ceil(longest / 20)
    Object.assign(mutants, { activeMutant: activeMutant.id, hitCount: 0, hitLimit })
    const tests: TestResult[] = []
    for (const id of [...(testFilter ?? this.#tests.keys())].sort((a, b) => this.#cost(a) - this.#cost(b))) {
      const result = await this.#run(id)
      tests.push(result)
      if (result.status === TestStatus.Failed) break
    }
    delete mutants.activeMutant
    return toMutantRunResult(determineHitLimitReached(mutants.hitCount, hitLimit) ?? { status: DryRunStatus.Complete, tests })
  }

  #cost(id: string): number {
    return this.#took.get(id) ?? 0
  }

  async #run(id: string): Promise<TestResult> {
    const test = this.#tests.get(id)
    if (test === undefined) throw new Error(`No test is called « ${id} ».`)
    const since = performance.now()
    const about = () => ({ id, name: test.name, fileName: test.file.filepath, timeSpentMs: performance.now() - since })
    try {
      await getFn(test)()
      this.#took.set(id, performance.now() - since)
      return { ...about(), status: TestStatus.Success }
    } catch (error) {
      return { ...about(), status: TestStatus.Failed, failureMessage: error instanceof Error ? error.message : String(error) }
    } finally {
      forgetWhatWasKept()
    }
  }
}

/** What the mutated sources and Stryker tell each other. */
type Mutants = { activeMutant?: string; currentTestId?: string; hitCount?: number; mutantCoverage?: Coverage }
type Coverage = Extract<DryRunResult, { status: DryRunStatus.Complete }>['mutantCoverage']
const world = globalThis as unknown as { __stryker__?: Mutants }
world.__stryker__ ??= {}
const mutants = world.__stryker__

const config = {
  root: process.cwd(),
  setupFiles: [],
  sequence: { hooks: 'stack', setupFiles: 'list', seed: 1 },
  testTimeout: 60_000,
  hookTimeout: 60_000,
  maxConcurrency: 1,
  retry: 0,
  allowOnly: false,
  tags: [],
}

/** What the histories of the properties reach: it tells of the tests, and takes as long as a hundred others. */
const ofItself = ' > the histories tried > '

const testsOf = (task: Task): Test[] => (task.type === 'test' ? [task] : task.tasks.flatMap(testsOf))

function freeName(name: string, taken: ReadonlyMap<string, unknown>): string {
  for (let count = 1; ; count++) {
    const wished = count === 1 ? name : `${name} (${count})`
    if (!taken.has(wished)) return wished
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'pure', PureRunner)]
