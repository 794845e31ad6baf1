import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { KeyGiven } from '../../server/contract/keys.ts'
import { inProject } from '../../server/project.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
let env: Record<string, string>
beforeAll(async () => {
  service = await buildTestHttp()
  const payload = {
    name: 'Sonde',
    role: 'operator',
    routes: ['POST /api/tickets', 'GET /api/tickets/:number', 'GET /api/tickets'],
    expiresInDays: 30,
  }
  const { key } = (await service.as('admin', { method: 'POST', url: '/api/keys', payload })).json<KeyGiven>()
  env = { GUICHET_URL: await service.app.listen({ host: '127.0.0.1', port: 0 }), GUICHET_KEY: key }
})
afterAll(() => service.close())

const client = async (args: readonly string[], changed: Readonly<Record<string, string>> = {}) =>
  promisify(execFile)(process.execPath, [inProject('deploy/examples/tickets.mjs'), ...args], { env: { ...env, ...changed } }).then(
    ({ stdout }) => stdout.trim(),
    (failed: { stderr: string }) => failed.stderr.trim(),
  )

it('the example opens a ticket once, shows it, finds it by its words', async () => {
  const number = await client(['open', 'Commutateur muet', 'Sonde réseau'])
  expect(number).toMatch(/^\d+$/)
  expect(await client(['open', 'Commutateur muet', 'Sonde réseau'])).toBe(number)
  expect(await client(['show', number])).toMatch(/^\d+ {2}Commutateur muet {2}\(in-progress\)\n.*Clé « Sonde »/)
  expect(await client(['list', 'commutateurs'])).toBe(`${number}  ${'in-progress'.padEnd(12)}  Commutateur muet`)
})

it('the example says what the desk says, and what it lacks itself', async () => {
  expect(await client(['show', '1'])).toMatch(/^not_found: /)
  expect(await client(['show', '1'], { GUICHET_KEY: 'gu_x' })).toMatch(/^[a-z_]+: .{10,}/)
  expect(await client([], { GUICHET_KEY: '' })).toBe('Set GUICHET_URL and GUICHET_KEY.')
})
