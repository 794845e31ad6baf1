import { afterAll, beforeAll, expect, it } from 'vitest'
import { errorBody } from '../../server/contract/http.ts'
import { portalRights } from '../../server/contract/rights.ts'
import { nearly, oddity, oddText, type Schema } from '../support/nonsense.ts'
import { seeded } from '../support/seeded.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

type Parameter = { readonly name: string; readonly in: 'path' | 'query' | 'header' | 'cookie'; readonly schema: Schema }
type Operation = {
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
}
type Description = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }

/** FUZZ_SEED=N FUZZ_TRIES=N for a longer or another run. */
const seed = Number(process.env['FUZZ_SEED'] ?? 4)
const tries = Number(process.env['FUZZ_TRIES'] ?? 4)
const roles = [null, 'alice', 'sophie', 'admin', 'nadia', 'lucie', 'claire.dubois'] as const
/** Answers of 500 and above that say something true: what this test stands in for is not there. */
const honest = new Set(['voice_away', 'telephony_away'])

let service: TestHttp
beforeAll(async () => {
  service = await buildTestHttp()
})
afterAll(() => service.close())

function request(path: string, method: string, { parameters = [], requestBody }: Operation, chance: () => number) {
  const valueOf = ({ schema }: Parameter) => {
    const value = nearly(schema, chance)
    return typeof value === 'string' ? value : (JSON.stringify(value) ?? oddText(chance))
  }
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const parameter = parameters.find((p) => p.in === 'path' && p.name === name)
    return encodeURIComponent((parameter === undefined ? oddText(chance) : valueOf(parameter)).toWellFormed().slice(0, 500))
  })
  const query = parameters
    .filter((p) => p.in === 'query' && chance() < 0.7)
    .map((p) => `${p.name}=${encodeURIComponent(valueOf(p).toWellFormed().slice(0, 2_000))}`)
  const schema = requestBody?.content['application/json']?.schema
  const payload = schema === undefined ? (chance() < 0.3 ? oddity(chance) : undefined) : nearly(schema, chance)
  return {
    method: method.toUpperCase(),
    url: query.length > 0 ? `${url}?${query.join('&')}` : url,
    ...(payload !== undefined && { payload: JSON.stringify(payload), headers: { 'content-type': 'application/json' } }),
  }
}

it('whatever is sent to any page of the users’ side, by whoever, is never our fault', async () => {
  const chance = seeded(seed)
  const faults: string[] = []
  for (const route of Object.keys(portalRights)) {
    const [method, path] = route.split(' ') as ['GET' | 'POST', string]
    for (const role of roles)
      for (let i = 0; i < tries; i += 1) {
        const odd = () => encodeURIComponent(oddText(chance).toWellFormed().slice(0, 500))
        const url = `${path.replaceAll(/:\w+/g, odd)}${chance() < 0.5 ? `?cle=${odd()}&langue=${odd()}&code=${odd()}` : ''}`
        const payload = ['title', 'summary', 'name', 'email', 'token', 'code', 'text'].map((name) => `${name}=${odd()}`).join('&')
        const answer = await service.as(role, {
          method,
          url,
          ...(method === 'POST' && { payload, headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
        })
        if (answer.statusCode >= 500) faults.push(`${role} ${method} ${url} ${payload.slice(0, 200)} → ${answer.statusCode}`)
      }
  }
  expect(faults).toEqual([])
  expect(Object.keys(portalRights).length).toBeGreaterThan(5)
}, 120_000)

it('whatever is sent to any described route, by whatever role, is never our fault', async () => {
  const { paths } = (await service.app.inject('/api/openapi.json')).json<Description>()
  const chance = seeded(seed)
  const faults: string[] = []
  let asked = 0
  for (const [path, operations] of Object.entries(paths))
    for (const [method, operation] of Object.entries(operations)) {
      // Signing out would leave the rest of the run to nobody, and a sign-in costs a tenth of a second by design.
      if (path === '/api/session' && method !== 'get') continue
      for (const role of roles)
        for (let i = 0; i < (role === null ? 1 : tries); i += 1) {
          const ask = request(path, method, operation, chance)
          const answer = await service.as(role, ask)
          asked += 1
          if (answer.statusCode < 400) continue
          const body = errorBody.safeParse(JSON.parse(answer.body || 'null'))
          if (!body.success || (answer.statusCode >= 500 && !honest.has(body.data.code)))
            faults.push(
              `${role} ${ask.method} ${ask.url.slice(0, 200)} ${ask.payload?.slice(0, 300)} → ${answer.statusCode} ${answer.body.slice(0, 200)}`,
            )
          expect(answer.headers['set-cookie']).toBeUndefined()
        }
    }
  process.stdout.write(`fuzz: ${asked} requests to ${Object.keys(paths).length} paths, seed ${seed}, ${faults.length} faults\n`)
  expect(faults).toEqual([])
  expect(asked).toBeGreaterThan(1_000)
}, 120_000)
