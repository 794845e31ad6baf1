import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { breaches, readSources } from '../support/layers.ts'
import { readWritten, tooLong } from '../support/lengths.ts'

const planted: readonly (readonly [string, string, string])[] = [
  ['a pure room that imports the host', 'server/calls/x.ts', "import { readFileSync } from 'node:fs'"],
  ['a pure room that imports an impure one', 'server/tickets/x.ts', "import type { Engine } from '../engine/engine.ts'"],
  ['a pure room that re-exports an impure one', 'server/calendar/x.ts', "export * from '../config.ts'"],
  ['a pure room that names an impure type', 'server/calls/x.ts', "type X = import('../http/build.ts').X"],
  ['a pure room with a clock', 'server/calls/x.ts', 'export const now = () => Date.now()'],
  ['a pure room with a date of today', 'server/calls/x.ts', 'export const now = () => new Date()'],
  ['a pure room with chance', 'server/calls/x.ts', "export const draw = () => Math['random']()"],
  ['a pure room that waits', 'server/calls/x.ts', 'export const later = async () => 1'],
  ['a pure room with a timer', 'server/calls/x.ts', 'setTimeout(() => 1, 2)'],
  ['another room that speaks to ARI', 'server/engine/x.ts', "const { WebSocket } = await import('ws')"],
  ['another room that reads the environment', 'server/http/x.ts', "export const port = process.env['PORT']"],
  ['a feature that imports another', 'console/desk/x.tsx', "import { List } from '../tickets/list.tsx'"],
  ['a console that imports the service', 'console/ui/x.ts', "import { readConfig } from '../../server/config.ts'"],
]

test.each(planted)('the layer check catches %s', (_, path, text) => {
  expect(breaches([{ path, text }])).toHaveLength(1)
})

const allowed: readonly (readonly [string, string, string])[] = [
  [
    'a pure room use another and the contract',
    'server/tickets/x.ts',
    "import type { A } from '../contract/entities.ts'\nimport { b } from '../calls/number.ts'",
  ],
  ['a pure room read a date it is given', 'server/calls/x.ts', 'export const dayOf = (at: number) => new Date(at).getUTCDay()'],
  ['telephony speak to ARI', 'server/telephony/x.ts', "import WebSocket from 'ws'"],
  [
    'a feature use what is shared',
    'console/desk/x.tsx',
    "import { Panel } from '../ui/panel.tsx'\nimport type { CallView } from '../../server/contract/entities.ts'",
  ],
  ['a word in a comment or a text pass', 'server/calls/x.ts', "// Date.now() is not for us\nexport const text = 'setTimeout(x)'"],
]

test.each(allowed)('the layer check lets %s', (_, path, text) => {
  expect(breaches([{ path, text }])).toEqual([])
})

test('the layer check reads the server and the console', () => {
  const sources = readSources(fileURLToPath(new URL('../..', import.meta.url)))
  expect(sources.filter((s) => s.path.startsWith('server/')).length).toBeGreaterThan(20)
  expect(sources.some((s) => s.path.startsWith('console/'))).toBe(true)
})

const lines = (n: number, first = '') => `${first}\n${'x\n'.repeat(n - 1)}`
const why = '/* One file however long: it is read as a whole. */'

test('a file of more than 400 lines is caught unless it says at its top why it is one', () => {
  const caught = (path: string, text: string) => tooLong([{ path, text }]).length > 0
  expect([lines(400), lines(401), lines(401, why), `${lines(100)}${lines(301, why)}`].map((text) => caught('server/x.ts', text))).toEqual([
    false,
    true,
    false,
    true,
  ])
  expect(caught('server/x.ts', lines(401, '/* One file however long: */'))).toBe(true)
})

test('the check of lengths reads programs, style sheets and tests', () => {
  const paths = readWritten(fileURLToPath(new URL('../..', import.meta.url))).map(({ path }) => path)
  for (const path of [
    'server/portal/portail.js',
    'server/portal/style/page.css',
    'console/wallboard/board.tsx',
    'server/boot.mjs',
    'test/server/layers.test.ts',
  ])
    expect(paths).toContain(path)
})
