import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { firstView } from '../support/first-view.ts'
import { en } from '../../console/ui/locales/en.ts'
import { fr } from '../../console/ui/locales/fr.ts'
import { laterFr } from '../../console/ui/locales/later-fr.ts'

const console_ = join(import.meta.dirname, '../../console')

/** The goal of issue 7: what a browser must have before the desk shows. */
const mostBytes = 200_000

test.each(['fr', 'en'] as const)(
  'the first view of the console asks for less than 200 kB of script and style, compressed, in %s',
  (language) => {
    const files = firstView(join(console_, 'dist'), language)
    const others = firstView(join(console_, 'dist'), language === 'fr' ? 'en' : 'fr').filter((file) => !files.includes(file))
    expect(others).toHaveLength(1)
    expect(files.some((file) => file.endsWith('.js')) && files.some((file) => file.endsWith('.css'))).toBe(true)
    const bytes = files.map((file) => [gzipSync(readFileSync(file), { level: 9 }).length, file] as const)
    expect(
      bytes.reduce((sum, [size]) => sum + size, 0),
      bytes.join('\n'),
    ).toBeLessThan(mostBytes)
  },
)

/** Scripts in a circle run in an order that the network decides; in the wrong one they fail for good, and no call shows. */
test('no built scripts import each other round in a circle', () => {
  const folder = join(console_, 'dist/assets')
  const imports = new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.js'))
      .map((name) => [
        name,
        [...readFileSync(join(folder, name), 'utf8').matchAll(/\b(?:from|import)\s*"\.\/([^"]+\.js)"/g)].map(([, to = '']) => to),
      ]),
  )
  expect(Math.max(...[...imports.values()].map((to) => to.length))).toBeGreaterThan(3)
  const settled = new Set<string>()
  const follow = (name: string, above: readonly string[]): void => {
    expect(above, [...above, name].join(' → ')).not.toContain(name)
    if (settled.has(name)) return
    for (const next of imports.get(name) ?? []) follow(next, [...above, name])
    settled.add(name)
  }
  for (const name of imports.keys()) follow(name, [])
})

/** A source file and all that it imports, as far as that is fetched with it. */
function fetchedWith(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen
  seen.add(path)
  for (const [, clause = '', from = ''] of readFileSync(path, 'utf8').matchAll(/^import ([^'";]*? from )?'(\.[^']+\.tsx?)'/gm)) {
    const next = join(dirname(path), from)
    if (!clause.startsWith('type ') && !from.endsWith('.d.ts') && existsSync(next)) fetchedWith(next, seen)
  }
  return seen
}

test('whatever the first view says is among the texts that come with it, in both languages', () => {
  const files = [...fetchedWith(join(console_, 'app/main.tsx'))].filter((path) => !path.includes('/locales/') && path.startsWith(console_))
  expect(files.some((path) => path.endsWith('desk-page.tsx'))).toBe(true)
  const subjects = new Set(Object.keys(laterFr))
  // Words that are looked up by name: t('x.y'), t(`x.${…}`).
  const late = files.flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/\bt\([^)]*?['`]([a-zA-Z]+)\./g)].flatMap(([, subject = '']) =>
      subjects.has(subject) ? [`${path}: ${subject}`] : [],
    ),
  )
  expect(late).toEqual([])
  expect(Object.keys(fr).filter((subject) => subjects.has(subject))).toEqual([])
  expect(Object.keys(en).toSorted()).toEqual(Object.keys(fr).toSorted())
})
