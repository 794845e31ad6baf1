/** What failed, or passed at a second try only: its test's full name, and in a line or more what it met. */
export type Fault = { readonly test: string; readonly why: string }

/** What the tests of one file came to, or what stands outside any file. */
export type FileOutcome = {
  readonly passed: number
  readonly skipped: number
  readonly failed: readonly Fault[]
  /** Counted in `passed`. */
  readonly again: readonly Fault[]
}

/** By file, as the run names it; what belongs to none is under ''. */
export type Outcome = Readonly<Record<string, FileOutcome>>

export const nothing: FileOutcome = { passed: 0, skipped: 0, failed: [], again: [] }

export const failedFiles = (outcome: Outcome): string[] =>
  Object.keys(outcome).filter((file) => file !== '' && (outcome[file] ?? nothing).failed.length > 0)

/**
 * @param again the same files, or some of them, run once more.
 * @returns what both came to: the second try counts, and what failed at the first alone is told with what it met there.
 */
export function withSecondTry(outcome: Outcome, again: Outcome): Outcome {
  const merged: Record<string, FileOutcome> = { ...outcome }
  for (const [file, second] of Object.entries(again)) {
    const first = outcome[file] ?? nothing
    if (file === '') {
      merged[file] = { ...first, failed: [...first.failed, ...second.failed] }
      continue
    }
    const passedNow = first.failed.filter(({ test }) => second.failed.every((one) => one.test !== test))
    merged[file] = {
      ...second,
      failed: second.failed.map((one) =>
        bothTries(
          first.failed.find(({ test }) => test === one.test),
          one,
        ),
      ),
      again: [...first.again, ...passedNow, ...second.again],
    }
  }
  return merged
}

const bothTries = (first: Fault | undefined, second: Fault): Fault =>
  first === undefined || first.why === second.why ? second : { test: second.test, why: `${first.why}\n${second.why}` }

export function countsOf(outcome: Outcome): { passed: number; failed: number; skipped: number } {
  const all = Object.values(outcome)
  return {
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    failed: all.reduce((sum, { failed }) => sum + failed.length, 0),
    skipped: all.reduce((sum, { skipped }) => sum + skipped, 0),
  }
}

/** What is to be looked into, last in what a run prints: the beginning of a long print is the part that gets lost. */
export const toldOf = (outcome: Outcome): string =>
  list('Failed:', outcome, ({ failed }) => failed) + list('Passed at the second try only, and to be mended:', outcome, ({ again }) => again)

function list(heading: string, outcome: Outcome, of: (one: FileOutcome) => readonly Fault[]): string {
  const lines = Object.entries(outcome).flatMap(([file, one]) =>
    of(one).map(({ test, why }) => `  ${[file, test].filter(Boolean).join(' > ')}\n${indented(why)}`),
  )
  return lines.length === 0 ? '' : `${heading}\n${lines.join('')}`
}

const indented = (why: string): string =>
  why
    .split('\n')
    .filter(Boolean)
    .map((line) => `    ${line}\n`)
    .join('')
