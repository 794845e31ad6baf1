import { setImmediate } from 'node:timers/promises'
import type { z } from 'zod'
import { type Access, rights } from '../contract/rights.ts'
import { exampleOf } from './examples.ts'
import { binaryAnswers, saidExamples } from './examples-said.ts'

/** What a route says of itself. */
export type Described = {
  readonly body?: z.ZodType
  readonly querystring?: z.ZodType
  readonly params?: z.ZodType
  readonly response?: Readonly<Record<string, z.ZodType>>
  readonly takesFiles: boolean
}
type Content = Record<string, { schema?: unknown; example?: unknown }>
type Operation = {
  tags?: string[]
  description?: string
  security?: unknown[]
  parameters?: { in: string; name: string; example?: unknown }[]
  requestBody?: { required?: boolean; content: Content }
  responses: Record<string, { description: string; content?: Content }>
}
/** The parts of an OpenAPI document that are completed here. */
export type Documented = { paths: Record<string, Record<string, Operation>> }

const parts: readonly (readonly [string, string, RegExp])[] = [
  [
    'Tickets',
    'Opening, following, sharing out and closing them',
    /^(tickets|bulk|views|redirection|solutions|checks|drafts|readings|next)$/,
  ],
  ['Calls', 'What is on the line, and what is left of it', /^(calls|recordings|survey|waiting|desk|talks|cti|exchanges)$/],
  ['Answers owed', 'Messages, kept places, missed calls', /^(owed|messages)$/],
  ['Operators and the rota', 'Who is here, who is expected', /^(operators|rota|absences|shared-calendar|staffing|colleagues)$/],
  ['People', 'Who calls and asks, and what is known of them', /^(people|entities|directory|retention)$/],
  ['Groups and lists', 'Who treats what', /^(groups|lists)$/],
  ['Disruptions', 'What is broken, announced and ended', /^(disruptions|monitors)$/],
  ['Knowledge', 'Articles', /^articles$/],
  ['Figures', 'Indicators and walls', /^(indicators|walls)$/],
  ['Mails', 'Sent, received, and their texts', /^mails$/],
  ['Neighbours', 'GLPI, OCS Inventory, webhooks', /^(glpi|ocs|webhooks)$/],
  ['Settings', 'What the desk decides for itself', /^(settings|announcements|keys|continuity)$/],
  ['Accounts and sessions', 'Signing in, and who may', /^(accounts|session|sessions|sign-in|second-factor|passwords|preferences)$/],
  ['The service', 'Its health, its public page, the demonstration', /.*/],
]
export const fieldsOfTheDesk = parts.map(([name, description]) => ({ name, description }))
const partOf = (path: string): string => {
  const segment = path.split('/')[2] ?? ''
  return parts.find(([, , of]) => of.test(segment))?.[0] ?? ''
}

const roleNames: Readonly<Record<string, string>> = { level2: 'level 2', referent: 'référents' }
function whoMay(access: Access | undefined): string {
  if (access === undefined || access === 'everyone') return 'Everyone may ask.'
  if (access === 'signed-in') return 'Whoever is signed in may ask.'
  const roles = 'roles' in access ? access.roles : access
  return `For: ${roles.map((role) => roleNames[role] ?? role).join(', ')}.`
}

const meanings: Readonly<Record<string, string>> = {
  '200': 'Done',
  '201': 'Made',
  '204': 'Done; there is nothing to say',
  '302': 'Elsewhere, by a redirection',
  '4XX': 'Refused: why, in a code of the catalogue',
  '5XX': 'Not now, or our fault',
}
const refusal = {
  '4XX': { code: 'not_found', message: 'Introuvable.' },
  '5XX': { code: 'database_away', message: 'Rien n’a été enregistré : la base de données ne répond pas. Recommencez dans un instant.' },
}
const bytes = { schema: { type: 'string', format: 'binary' } }

function completeBody(operation: Operation, route: string, { body, takesFiles }: Described): void {
  if (takesFiles) operation.requestBody = { required: true, content: { 'application/octet-stream': { ...bytes } } }
  if (body === undefined || operation.requestBody === undefined) return
  const example = exampleOf(body, 'input', saidExamples[`${route} body`])
  for (const content of Object.values(operation.requestBody.content)) if (example !== undefined) content.example = example
}

function completeParameters(operation: Operation, route: string, { params, querystring }: Described): void {
  const sets = { path: params, query: querystring } as const
  for (const [place, schema] of Object.entries(sets)) {
    const mine = operation.parameters?.filter((parameter) => parameter.in === place) ?? []
    if (schema === undefined || mine.length === 0) continue
    const example = exampleOf(schema, 'input', saidExamples[`${route} ${place}`]) as Record<string, unknown> | undefined
    for (const parameter of mine) if (example?.[parameter.name] !== undefined) parameter.example = example[parameter.name]
  }
}

function completeAnswers(operation: Operation, route: string, { response }: Described): void {
  const binary = binaryAnswers[route]
  for (const [status, answer] of Object.entries(operation.responses)) {
    answer.description = meanings[status] ?? answer.description
    if (status === '200' && binary !== undefined) answer.content = Object.fromEntries(binary.map((type) => [type, { ...bytes }]))
    const json = answer.content?.['application/json']
    if (status === '201' && answer.content === undefined) answer.description = 'Made; there is nothing to say'
    if (json === undefined) continue
    if (status === '4XX' || status === '5XX') json.example = refusal[status]
    else {
      const schema = response?.[status]
      const example = schema && exampleOf(schema, 'output', saidExamples[`${route} ${status}`])
      if (example !== undefined) json.example = example
    }
  }
}

/**
 * To each operation of an OpenAPI document: its part of the desk, who may ask, and examples that its own schemas take in. One operation a turn:
 * nobody else waits for it.
 */
export async function describeAll(document: Documented, described: ReadonlyMap<string, Described>): Promise<Documented> {
  const operations = Object.entries(document.paths).flatMap(([path, of]) =>
    Object.entries(of).map(([method, operation]) => ({
      path,
      route: `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
      operation,
    })),
  )
  for (const { path, route, operation } of operations) {
    await setImmediate()
    const known = described.get(route)
    if (known === undefined) continue
    const access = (rights as Readonly<Record<string, Access>>)[route]
    operation.tags = [partOf(path)]
    operation.description = whoMay(access)
    if (access === 'everyone') operation.security = []
    completeBody(operation, route, known)
    completeParameters(operation, route, known)
    completeAnswers(operation, route, known)
  }
  return document
}
