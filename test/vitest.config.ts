import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { pureRooms } from './support/pure.ts'
import LongestFirst from './support/sequencer.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const setup = fileURLToPath(new URL('support/setup.ts', import.meta.url))

/**
 * Calls spend their time listening, browsers and the service use the processors: so many files at a time on two of these. A whole run has
 * the console's beside all others, which come before it (`support/run.ts`). What is tested keeps nothing in its modules: they are read
 * once for a worker, not for each file. Real parts on a shared machine are given a second try, and the run names what needed it: a whole
 * run when all the rest is over (GUICHET_TEST_ALONE), any other at once.
 */
const timed = { testTimeout: 180_000, hookTimeout: 180_000, retry: 1 }
/** What is awaited comes when the machine gets to it: a limit is for what never comes. */
const awaited = { expect: { poll: { timeout: 30_000 } } }

const together = (files: number) => (process.env['GUICHET_TEST_ALONE'] === undefined ? files : 1)

export default defineConfig({
  root,
  test: {
    root,
    reporters: ['default', fileURLToPath(new URL('support/reporter.ts', import.meta.url))],
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'pure',
          root,
          isolate: false,
          include: pureRooms.map((room) => `test/${room}/**/*.test.ts`),
          testTimeout: 30_000,
          maxWorkers: together(3),
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          name: 'server',
          root,
          isolate: false,
          include: ['test/server/**/*.test.ts'],
          globalSetup: [setup],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          retry: 1,
          ...awaited,
          maxWorkers: together(3),
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'telephony',
          root,
          isolate: false,
          include: ['test/{telephony,faults,soak}/**/*.test.ts'],
          globalSetup: [setup],
          ...timed,
          ...awaited,
          maxWorkers: together(4),
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'console',
          root,
          isolate: false,
          include: ['test/console/**/*.test.ts'],
          globalSetup: [setup],
          ...timed,
          testTimeout: 900_000,
          expect: { poll: { timeout: 90_000 } },
          maxWorkers: together(3),
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
