import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Stryker } from '@stryker-mutator/core'
import { inProject } from '../../server/project.ts'

/**
 * `npm run mutate [-- ROOM… --only FILE --concurrency N --force]`: what the pure tests notice of small faults put into the pure rooms, one
 * at a time. `--force` asks again what an earlier run has told.
 */
const rooms = ['calendar', 'tickets', 'indicators', 'calls']
const goal = 85

process.exitCode = await run()

/** @returns the exit code: 0 once everything asked for reached the goal. */
async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string' }, concurrency: { type: 'string', default: '1' }, force: { type: 'boolean', default: false } },
  })
  const { only = null, concurrency, force } = values
  const asked = positionals.length > 0 ? positionals : rooms
  const unknown = asked.find((room) => !rooms.includes(room))
  if (unknown !== undefined) return refuse(`Aucune pièce ne s’appelle « ${unknown} ». Pièces : ${rooms.join(', ')}.`)
  const without = asked.find((room) => only !== null && !readdirSync(inProject('server', room)).includes(`${only}.ts`))
  if (without !== undefined) return refuse(`server/${without} n’a pas de fichier « ${only}.ts ».`)
  const lines: string[] = []
  let good = true
  for (const room of asked) {
    const { killed, total, seconds } = await mutate(room, only, { concurrency: Number(concurrency), force })
    const share = (100 * killed) / total
    good &&= share >= goal
    const name = only === null ? room : `${room} ${only}`
    lines.push(`${name}: ${killed} of ${total} mutants killed (${share.toFixed(1)} %, goal ${goal} %), ${Math.round(seconds / 60)} min`)
  }
  process.stdout.write(`\n${lines.join('\n')}\n`)
  return good ? 0 : 1
}

function refuse(why: string): number {
  process.stderr.write(`${why}\n`)
  return 1
}

type Outcome = { readonly killed: number; readonly total: number; readonly seconds: number }

/** @param only one file of the room; null: all of it */
async function mutate(room: string, only: string | null, how: { readonly concurrency: number; readonly force: boolean }): Promise<Outcome> {
  const since = performance.now()
  const name = only === null ? room : `${room}-${only}`
  const kept = (file: string) => join('test-results', 'mutate', file)
  const results = await new Stryker({
    ...how,
    mutate: [`server/${room}/${only ?? '*'}.ts`],
    // What a mutant needs to run; the rest is not copied.
    ignorePatterns: ['/*', '!/server', '!/test', '!/console', '/console/dist', '!/package.json'],
    testRunner: 'pure',
    plugins: [inProject('test/mutate/runner.ts')],
    coverageAnalysis: 'perTest',
    // What is worked out once as a file is read (a table, an expression) would need a process of its own for each mutant.
    ignoreStatic: true,
    // Nothing here checks types: a mutant that breaks them runs all the same.
    disableTypeChecks: false,
    // TypeScript 7 has no interface to rewrite it by, and nothing here reads it.
    tsconfigFile: 'none.json',
    incremental: true,
    incrementalFile: kept(`${name}.incremental.json`),
    tempDirName: kept('tmp'),
    cleanTempDir: 'always',
    reporters: ['html', 'json', 'progress-append-only'],
    htmlReporter: { fileName: kept(`${name}.html`) },
    jsonReporter: { fileName: kept(`${name}.json`) },
  }).runMutationTest()
  const detected = results.filter(({ status }) => status === 'Killed' || status === 'Timeout').length
  const missed = results.filter(({ status }) => status === 'Survived' || status === 'NoCoverage').length
  return { killed: detected, total: detected + missed, seconds: (performance.now() - since) / 1000 }
}
