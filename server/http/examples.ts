import { z } from 'zod'

/** A JSON schema, as far as ours use it. */
type Schema = {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly format?: string
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly minItems?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Schema | boolean
  readonly propertyNames?: Schema
  readonly items?: Schema
  readonly prefixItems?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
}
type Whole = 'all fields' | 'asked for'

const id = '7c9e6679-7425-40de-944b-e07fc1f90ae7'
const camille = 'camille.petit@univ.example'

/** What stands in a field of this name, the likeliest first; the first one that its schema lets in is taken. */
const words: Readonly<Record<string, readonly string[]>> = {
  name: ['Camille Petit', 'camille-petit', 'displayName'],
  title: ['Plus de réseau en salle B204'],
  text: ['Le commutateur de l’étage ne répond plus.'],
  body: ['Le commutateur de l’étage ne répond plus.'],
  summary: ['Aucune prise ne donne de réseau depuis ce matin.'],
  solution: ['Le commutateur a été redémarré, le réseau est revenu.'],
  reason: ['Réunion de service'],
  why: ['Réunion de service'],
  note: ['Préfère être rappelée le matin.'],
  by: ['Alice Martin'],
  at: ['2026-11-24T08:30:00.000Z', 'demo'],
  from: ['2026-11-24T08:30:00.000Z', '08:30', '2026-11-24', '+33561555501'],
  to: ['2026-11-24T16:30:00.000Z', '16:30', '2026-11-28', camille],
  until: ['2026-11-24T16:30:00.000Z', '2026-11-28'],
  since: ['2026-11-24T08:30:00.000Z', '2026-11-24'],
  id: [id, 'reseau'],
  login: ['camille.petit', 'uid'],
  who: ['Alice Martin'],
  url: ['https://guichet.univ.example/console'],
  uri: ['otpauth://totp/Guichet?secret=JBSWY3DPEHPK3PXP'],
  key: ['disponible'],
  address: ['https://guichet.univ.example/', '10.31.4.12'],
  phone: ['+33561555501', '5501'],
  phones: ['telephoneNumber'],
  number: ['+33561555501', '0561555501'],
  numberShown: ['+33561556611'],
  extension: ['5501'],
  mail: [camille, 'mail'],
  email: [camille],
  contact: [camille],
  affiliation: ['staff', 'employeeType'],
  unit: ['Faculté des sciences', 'departmentNumber'],
  place: ['Bâtiment B, salle 204', 'roomNumber'],
  server: ['sciences'],
  deviceId: ['PC-B204-07-2026-01-12-09-14-31'],
  system: ['Windows 11 Éducation'],
  model: ['Dell OptiPlex 7010'],
  serial: ['8FQ2X93'],
  seen: ['2026-11-24T06:12:00.000Z'],
  personId: ['camille.petit'],
  accountId: ['alice'],
  operatorId: ['alice'],
  supervisorId: ['sophie'],
  ownerId: ['alice'],
  groupId: ['dsrt'],
  group: ['dsrt'],
  callId: ['c-20261124-083000-1'],
  call: ['c-20261124-083000-1'],
  entityId: ['sciences'],
  within: ['sciences'],
  nature: ['reseau'],
  code: ['482913', 'not_found'],
  password: ['un mot de passe long et unique'],
  current: ['l’ancien mot de passe'],
  secret: ['a'.repeat(32)],
  token: ['k3J9xT2mQpL8wZ4v'],
  hint: ['gu_k3J9'],
  day: ['2026-11-24'],
  date: ['2026-11-24'],
  reference: ['INC-2026-118'],
  search: ['réseau'],
  language: ['fr'],
  keys: ['1', 'k'],
  fr: ['Une phrase en français.'],
  en: ['A sentence in English.'],
  says: ['Le serveur répond.'],
  version: ['10.0.18'],
  type: ['image/png'],
  href: ['https://guichet.univ.example/console/tickets/10421'],
  allowedPrefixes: ['+33'],
  refusedEndings: ['exe'],
  file: [id],
  logo: ['data:image/png;base64,iVBORw0KGgo='],
  routes: ['GET /api/tickets'],
  frames: ['https://ent.univ.example'],
  caller: ['https://assistance.univ.example/rejoindre?ticket={ticket}'],
  operator: ['https://assistance.univ.example/piloter?ticket={ticket}', 'Alice Martin'],
  keywords: ['réseau commutateur'],
  logout_token: ['eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmVk'],
}
/** Whatever its name: by what the schema asks. */
const anyWord = [
  '2026-11-24T08:30:00.000Z',
  '2026-11-24',
  '08:30',
  id,
  camille,
  'https://guichet.univ.example/',
  '+33561555501',
  'reseau',
  'abcd2345',
  '1',
  '5501',
]
const byFormat: Readonly<Record<string, string>> = {
  'date-time': '2026-11-24T08:30:00.000Z',
  date: '2026-11-24',
  uuid: id,
  email: camille,
  uri: 'https://guichet.univ.example/',
}
const figures: readonly (readonly [RegExp, number])[] = [
  [/^(number|ticket|parent|duplicateOf)$/, 10_421],
  [/Ms$/, 42_000],
  [/seconds|Seconds$/, 42],
  [/[mM]inutes?$/, 15],
  [/[hH]ours$/, 8],
  [/[dD]ays$/, 30],
  [/[bB]ytes$/, 18_432],
  [/^(width|height)$/, 640],
  [/(share|rate|ratio)$/i, 0.82],
]

function textFor(name: string, { pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY, format }: Schema): string {
  const fits = (text: string) =>
    text.length >= minLength && text.length <= maxLength && (pattern === undefined || new RegExp(pattern, 'u').test(text))
  const wanted = format === undefined ? undefined : byFormat[format]
  const likely = [...(wanted === undefined ? [] : [wanted]), ...(words[name] ?? [])]
  const any = pattern === undefined ? ['exemple'] : anyWord
  return [...likely, ...any].find(fits) ?? 'x'.repeat(Math.max(1, minLength))
}

function figureFor(name: string, { type, minimum, maximum, exclusiveMinimum }: Schema): number {
  const likely = figures.find(([of]) => of.test(name))?.[1] ?? 3
  const least = minimum ?? (exclusiveMinimum === undefined ? Number.NEGATIVE_INFINITY : exclusiveMinimum + 1)
  const bounded = Math.min(Math.max(likely, least), maximum ?? Number.POSITIVE_INFINITY)
  return type === 'integer' ? Math.round(bounded) : bounded
}

function listFor(name: string, schema: Schema, whole: Whole): unknown[] {
  if (schema.prefixItems !== undefined) return schema.prefixItems.map((item) => valueFor(name, item, whole))
  const of = schema.items ?? {}
  const many = Math.max(schema.minItems ?? 1, 1)
  return Array.from({ length: many }, (_, i) => (of.enum === undefined ? valueFor(name, of, whole) : of.enum[i % of.enum.length]))
}

function fieldsFor(name: string, schema: Schema, whole: Whole): Record<string, unknown> {
  const { properties = {}, required = [], additionalProperties, propertyNames } = schema
  const fields = Object.entries(properties).filter(([field]) => whole === 'all fields' || required.includes(field))
  const named = Object.fromEntries(fields.map(([field, of]) => [field, valueFor(field, of, whole)]))
  if (typeof additionalProperties !== 'object' || Object.keys(properties).length > 0) return named
  const keys = propertyNames?.enum ?? [propertyNames === undefined ? 'reseau' : textFor('key', propertyNames)]
  return Object.fromEntries(keys.map((key) => [String(key), valueFor(name, additionalProperties, whole)]))
}

/** A likely value for one field. */
function valueFor(name: string, schema: Schema, whole: Whole): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  const choices = schema.anyOf ?? schema.oneOf
  // Nothing is above itself.
  if (name === 'parentId' && choices?.some(({ type }) => type === 'null')) return null
  if (choices !== undefined) return valueFor(name, choices.find(({ type }) => type !== 'null') ?? { type: 'null' }, whole)
  if (Array.isArray(schema.type))
    return valueFor(name, { ...schema, type: (schema.type as readonly string[]).find((type) => type !== 'null') ?? 'null' }, whole)
  if (schema.allOf !== undefined) return Object.assign({}, ...schema.allOf.map((part) => valueFor(name, part, whole)))
  switch (schema.type) {
    case 'object':
      return fieldsFor(name, schema, whole)
    case 'array':
      return listFor(name, schema, whole)
    case 'integer':
    case 'number':
      return figureFor(name, schema)
    case 'boolean':
      return schema.default ?? true
    case 'string':
      return textFor(name, schema)
    case 'null':
      return null
    default:
      return 'exemple'
  }
}

/**
 * A value that a zod schema takes in, in the field's own words; undefined when none was found, so that nothing untrue is ever shown.
 * @param io whether it is what is sent to us, or what we answer
 * @param said what somebody wrote down for it, where fields depend on one another
 */
export function exampleOf(schema: z.ZodType, io: 'input' | 'output', said?: unknown): unknown {
  const json = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' }) as Schema
  const resolved = withoutReferences(json) as Schema
  const shown = said === undefined ? [valueFor('', resolved, 'all fields'), valueFor('', resolved, 'asked for')] : [said]
  return shown.find((value) => schema.safeParse(value).success)
}

/** What a schema uses twice stands under `$defs`. One that holds itself is cut short where it begins again. */
function withoutReferences(json: Schema): unknown {
  const defs = (json as { $defs?: Record<string, unknown> }).$defs ?? {}
  const follow = (value: unknown, above: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((one) => follow(one, above))
    if (typeof value !== 'object' || value === null) return value
    const { $ref } = value as { $ref?: string }
    if ($ref === undefined) return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, follow(of, above)]))
    const name = $ref.replace('#/$defs/', '')
    return above.includes(name) || !Object.hasOwn(defs, name) ? { type: 'null' } : follow(defs[name], [...above, name])
  }
  return follow(json, [])
}
