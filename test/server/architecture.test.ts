import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inProject } from '../../server/project.ts'
import { readSources } from '../support/layers.ts'

/* docs/architecture.md has one drawing: `box["**title**: rooms"]` and `box --> others`. */

const page = readFileSync(inProject('docs/architecture.md'), 'utf8')
const drawing = /```mermaid\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
const boxes = new Map(
  [...drawing.matchAll(/^ +(\w+)\["\*\*[^*]+\*\*(?:, pure)?: (.+)"\]$/gm)].map(([, box = '', rooms = '']) => [box, rooms.split(', ')]),
)
const arrows = new Set(
  [...drawing.matchAll(/^ +(\w+) --> (.+)$/gm)].flatMap(([, from = '', to = '']) => to.split(' & ').map((one) => `${from} --> ${one}`)),
)

/** The box a file stands in; null for one that stands in `server/` itself. */
function boxOf(path: string): string | null {
  const [part, room = ''] = path.split('/')
  if (part === 'console') return 'console'
  if (room.includes('.')) return null
  if (room === 'contract') return 'contract'
  return [...boxes].find(([, rooms]) => rooms.includes(room))?.[0] ?? `no box: ${room}`
}

const imported = readSources(inProject('.')).flatMap(({ path, text }) =>
  [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?'(\.[^']+)'/g)].flatMap(([, specifier = '']) => {
    const target = posix.join(posix.dirname(path), specifier)
    const [from, to] = [boxOf(path), boxOf(target)]
    return from === null || to === null || from === to ? [] : [{ arrow: `${from} --> ${to}`, path, target }]
  }),
)

describe('the drawing of the house', () => {
  it('has each room of the service in one box', () => {
    const rooms = readdirSync(inProject('server'), { withFileTypes: true })
      .filter((one) => one.isDirectory())
      .map(({ name }) => name)
    const drawn = [...boxes].filter(([box]) => box !== 'console' && box !== 'contract').flatMap(([, inside]) => inside)
    expect([...drawn, 'contract'].sort((a, b) => a.localeCompare(b))).toEqual(rooms.sort((a, b) => a.localeCompare(b)))
  })

  it('has every arrow that a file goes', () => {
    expect(imported.length).toBeGreaterThan(500)
    expect(imported.filter(({ arrow }) => !arrows.has(arrow)).map(({ path, target }) => `${path} imports ${target}`)).toEqual([])
  })

  it('has no arrow that no file goes', () => {
    expect([...arrows].filter((arrow) => !imported.some((one) => one.arrow === arrow))).toEqual([])
  })

  const sources = new Map(readSources(inProject('.')).map(({ path, text }) => [path, text]))
  const textOf = (path: string): string | undefined => sources.get(path) ?? sources.get(`server/${path}`)

  it('names only files that are there', () => {
    const named = [...page.matchAll(/`([\w-]+\/[\w./-]+\.(?:tsx?|conf))`/g)].map(([, path = '']) => path)
    expect(named.length).toBeGreaterThan(10)
    const known = (path: string) => textOf(path) !== undefined || (/^(test|asterisk)\//.test(path) && existsSync(inProject(path)))
    expect(named.filter((path) => !known(path))).toEqual([])
  })

  it('names in brackets only what the file before them has', () => {
    const named = [...page.matchAll(/`([\w./-]+\.ts)` \((`[#\w]+`(?:, `[#\w]+`)*)\)/g)].flatMap(([, path = '', names = '']) =>
      [...names.matchAll(/[#\w]+/g)].map(([name]) => ({ path, name })),
    )
    expect(named.length).toBeGreaterThan(15)
    const has = ({ path, name }: { readonly path: string; readonly name: string }) => new RegExp(`${name}\\b`).test(textOf(path) ?? '')
    expect(named.filter((one) => !has(one))).toEqual([])
  })
})
