/** A JSON schema, as far as our own OpenAPI description uses it. */
export type Schema = {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
}

/** What no well-meant client sends, and what careless code trips over. */
const oddities: readonly unknown[] = [
  '',
  ' ',
  '\u0000',
  '../../etc/passwd',
  '..%2f..%2fsecrets.json',
  "'; drop table tickets; --",
  '<script>alert(1)</script>',
  'a\r\nset-cookie: x=1',
  '{{7*7}}',
  '%s%n${jndi:ldap://x}',
  'é\u0301\u202e\ud800',
  '🦆'.repeat(300),
  'x'.repeat(30_000),
  '2026-02-30T25:61:00Z',
  '1e999',
  -1,
  0,
  1.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  true,
  null,
  [],
  [[[[[]]]]],
  {},
  { __proto__: null, constructor: { prototype: {} } },
  [null, 'x', 1],
]

const pick = <T>(from: readonly T[], chance: () => number): T => from[Math.floor(chance() * from.length)] as T

export const oddity = (chance: () => number): unknown => pick(oddities, chance)

/** A text that may stand in an address. */
export const oddText = (chance: () => number): string => {
  const value = oddity(chance)
  return typeof value === 'string' ? value.slice(0, 2_000) : JSON.stringify(value)
}

/** A value that mostly is what the schema asks for, so that what lies behind it is reached, and here and there is not. */
export function nearly(schema: Schema, chance: () => number): unknown {
  if (chance() < 0.12) return oddity(chance)
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return pick(schema.enum, chance)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return nearly(pick(choices, chance), chance)
  if (schema.allOf !== undefined) return Object.assign({}, ...schema.allOf.map((part) => nearly(part, chance)))
  const type = Array.isArray(schema.type) ? pick(schema.type as readonly string[], chance) : schema.type
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(() => chance() < 0.9)
          .map(([name, of]) => [name, nearly(of, chance)]),
      )
    case 'array':
      return Array.from({ length: Math.floor(chance() * 3) }, () => nearly(schema.items ?? {}, chance))
    case 'integer':
      return Math.floor(chance() * 200) - 5
    case 'number':
      return chance() * 1_000
    case 'boolean':
      return chance() < 0.5
    case 'null':
      return null
    default:
      return pick(['Bonjour', '0561551234', 'alice', '2026-11-24', '08:30', '00000000-0000-4000-8000-000000000001'], chance)
  }
}
