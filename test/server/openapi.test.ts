import type { ValidateFunction } from 'ajv'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

type Content = Readonly<Record<string, { readonly schema?: object; readonly example?: unknown }>>
type Operation = {
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly {
    readonly in: string
    readonly name: string
    readonly required?: boolean
    readonly schema: object
    readonly example?: unknown
  }[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>
}
type Described = {
  readonly tags: readonly { readonly name: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

let service: TestHttp
let document: Described
let operations: readonly (readonly [string, Operation])[]
beforeAll(async () => {
  service = await buildTestHttp()
  document = (await service.app.inject({ url: '/api/openapi.json' })).json()
  operations = Object.entries(document.paths).flatMap(([path, of]) =>
    Object.entries(of).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
  )
})
afterAll(() => service.close())

const isFile = ({ schema }: { readonly schema?: object }) => schema !== undefined && 'format' in schema && schema.format === 'binary'
/** Each place that wants an example, with its schema. */
const wanted = () =>
  operations.flatMap(([route, { parameters = [], requestBody, responses }]) => [
    ...parameters
      .filter(({ required }) => required === true)
      .map(({ name, schema, example }) => ({ at: `${route} ${name}`, schema, example })),
    ...Object.entries(requestBody?.content ?? {}).flatMap(([type, of]) =>
      isFile(of) ? [] : [{ at: `${route} body ${type}`, schema: of.schema ?? {}, example: of.example }],
    ),
    ...Object.entries(responses).flatMap(([status, { content = {} }]) =>
      Object.entries(content).flatMap(([type, of]) =>
        isFile(of) ? [] : [{ at: `${route} ${status} ${type}`, schema: of.schema ?? {}, example: of.example }],
      ),
    ),
  ])

it('each operation has an example of what it is sent and of what it answers', () => {
  expect(operations.length).toBeGreaterThan(300)
  expect(
    wanted()
      .filter(({ example }) => example === undefined)
      .map(({ at }) => at),
  ).toEqual([])
})

it('each example is what the published schema asks for', () => {
  const ajv = new Ajv2020.default({ strict: false, validateSchema: false, code: { optimize: false } })
  addFormats.default(ajv)
  // The errors' schemas are everywhere: each is compiled once.
  const compiled = new Map<string, ValidateFunction>()
  const wrong = wanted().flatMap(({ at, schema, example }) => {
    const written = JSON.stringify(schema)
    const validate = compiled.get(written) ?? ajv.compile(schema)
    compiled.set(written, validate)
    return validate(example) ? [] : [`${at}: ${ajv.errorsText(validate.errors)}`]
  })
  expect(wrong).toEqual([])
})

it('each operation says what it does, for whom, in which part of the desk, and answers with something or says that there is nothing', () => {
  const parts = document.tags.map(({ name }) => name)
  const silent: string[] = []
  for (const [route, { summary, description, tags, responses }] of operations) {
    expect([route, summary, description]).toEqual([
      route,
      expect.stringMatching(/.{5,}/),
      expect.stringMatching(/^(For: |Everyone|Whoever)/),
    ])
    expect(parts, route).toContain(tags?.[0])
    const good = Object.entries(responses).filter(([status]) => /^[23]/.test(status))
    expect(good.length, route).toBeGreaterThan(0)
    for (const [status, { description: meaning, content }] of good) {
      expect([route, meaning]).not.toEqual([route, 'Default Response'])
      if (/^20[01]$/.test(status) && content === undefined && !meaning.includes('nothing to say')) silent.push(`${route} ${status}`)
    }
  }
  expect(silent).toEqual([])
})
