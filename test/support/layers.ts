import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { type ESTree, parseSync, Visitor } from 'vite'
import { pureRooms } from './pure.ts'

/** A source file, its path relative to the project's root with slashes. */
export type Source = { readonly path: string; readonly text: string }
/** « server/calls/x.ts:3: why » */
export type Breach = string

/** What pure rooms may import from outside: packages that touch neither clock nor world. */
const purePackages = ['libphonenumber-js', 'temporal-polyfill', 'date-holidays', 'zod', 'email-reply-parser']
const ariPackages = ['ws', 'undici', 'ari-client']
const environmentReaders = ['server/config.ts', 'server/main.ts', 'server/manage.ts', 'server/boot.mjs']
const consoleShared = ['ui', 'live', 'api']
const consoleFree = ['app']
const worldly = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'fetch', 'process', 'performance', 'crypto']

/**
 * Read sources: of the server and the console, unless others are asked for.
 * @param root the project's folder
 */
export function readSources(root: string, folders: readonly string[] = ['server', 'console'], kind = /\.(ts|tsx|mjs)$/): readonly Source[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => posix.join(folder, name))
      .filter((path) => kind.test(path) && !path.includes('/dist/') && !path.includes('/node_modules/'))
      .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') })),
  )
}

/** Every place where a room reaches for what it must not; DESIGN of the rooms in docs/. */
export function breaches(sources: readonly Source[]): readonly Breach[] {
  return sources.flatMap((source) => {
    const found: Breach[] = []
    const at = (node: { start: number }, why: string) =>
      found.push(`${source.path}:${source.text.slice(0, node.start).split('\n').length}: ${why}`)
    const { program, errors } = parseSync(source.path, source.text)
    for (const error of errors) found.push(`${source.path}: ${error.message}`)
    const room = roomOf(source.path)
    const rules: Rules = { ...importRules(source, room, at), ...(room.pure ? pureRules(at) : {}) }
    const { MemberExpression: member } = rules
    new Visitor({
      ...rules,
      MemberExpression: (node) => {
        member?.(node)
        const readsEnvironment = name(node.object) === 'process' && propertyName(node) === 'env'
        if (readsEnvironment && source.path.startsWith('server/') && !environmentReaders.includes(source.path))
          at(node, 'only server/config.ts reads the environment')
      },
    }).visit(program)
    return found
  })
}

type At = (node: { start: number }, why: string) => void
type Rules = NonNullable<ConstructorParameters<typeof Visitor>[0]>
type Room = { readonly world: string; readonly name: string; readonly pure: boolean }

function roomOf(path: string): Room {
  const [world = '', name = ''] = path.split('/')
  return { world, name, pure: world === 'server' && pureRooms.includes(name) }
}

function importRules(source: Source, room: Room, at: At): Rules {
  const check = (node: { start: number }, specifier: string) => {
    const why = forbidden(source.path, room, specifier)
    if (why !== null) at(node, why)
  }
  return {
    ImportDeclaration: (node) => check(node, node.source.value),
    ExportAllDeclaration: (node) => check(node, node.source.value),
    ExportNamedDeclaration: (node) => node.source !== null && check(node, node.source.value),
    ImportExpression: (node) =>
      node.source.type === 'Literal' && typeof node.source.value === 'string'
        ? check(node, node.source.value)
        : room.pure && at(node, 'a pure room imports by name'),
    TSImportType: (node) => check(node, node.source.value),
  }
}

/** @returns why `path` may not import `specifier`, or null. */
function forbidden(path: string, room: Room, specifier: string): string | null {
  const local = specifier.startsWith('.')
  const target = local ? roomOf(posix.join(posix.dirname(path), specifier)) : null
  if (room.pure) {
    if (target === null) return purePackages.includes(specifier.split('/')[0] ?? '') ? null : `a pure room imports ${specifier}`
    return target.world === 'server' && (pureRooms.includes(target.name) || target.name === 'contract')
      ? null
      : `a pure room imports ${specifier}`
  }
  if (target === null && room.world === 'server' && room.name !== 'telephony' && ariPackages.includes(specifier))
    return `only server/telephony may import ${specifier}`
  if (room.world !== 'console') return null
  if (target === null) return specifier.startsWith('node:') && !path.startsWith('console/vite.') ? `the console imports ${specifier}` : null
  if (target.world === 'server') return target.name === 'contract' ? null : `the console imports ${specifier}, not the contract`
  if (target.name === room.name || consoleFree.includes(room.name) || consoleShared.includes(target.name)) return null
  return target.name.includes('.') ? null : `console/${room.name} imports console/${target.name}`
}

function pureRules(at: At): Rules {
  const asynchronous = (node: { start: number; async: boolean }) => node.async && at(node, 'a pure room is never async')
  return {
    AwaitExpression: (node) => at(node, 'a pure room never waits'),
    FunctionDeclaration: asynchronous,
    FunctionExpression: asynchronous,
    ArrowFunctionExpression: asynchronous,
    NewExpression: (node) => {
      if (name(node.callee) === 'Date' && node.arguments.length === 0) at(node, 'a pure room has no clock: new Date()')
      if (name(node.callee) === 'Promise') at(node, 'a pure room never waits')
    },
    CallExpression: (node) => {
      const called = name(node.callee)
      if (called !== null && worldly.includes(called)) at(node, `a pure room calls ${called}`)
    },
    MemberExpression: (node) => {
      const whole = `${name(node.object)}.${propertyName(node)}`
      if (['Date.now', 'Math.random', 'Temporal.Now'].includes(whole)) at(node, `a pure room has no clock and no chance: ${whole}`)
      const object = name(node.object)
      if (object !== null && worldly.includes(object)) at(node, `a pure room uses ${object}`)
    },
  }
}

const name = (node: ESTree.Node): string | null => (node.type === 'Identifier' ? node.name : null)

function propertyName(node: ESTree.MemberExpression): string | null {
  const { property } = node
  if (property.type === 'Identifier') return property.name
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : null
}
