import { afterAll, beforeAll, expect, it } from 'vitest'
import type { OperatorView } from '../../server/contract/entities.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
const alice = (state: OperatorView['state']): OperatorView => ({
  id: 'alice',
  name: 'Alice Martin',
  extension: '6101',
  state,
  since: '2026-11-23T09:00:00.000Z',
  reason: null,
  callId: null,
  until: null,
  orderedBy: null,
  next: null,
})
const choice = '/api/operators/me/phone/choice'

beforeAll(async () => {
  service = await buildTestHttp()
})
afterAll(() => service.close())

it('an operator chooses the phone that rings, among those there are here, and it holds', async () => {
  service.desk.operators = [alice('offline')]
  expect((await service.as('alice', { method: 'GET', url: choice })).json()).toEqual({
    kind: 'demo',
    offered: ['browser', 'registered', 'demo'],
  })
  const chosen = await service.as('alice', { method: 'PUT', url: choice, payload: { kind: 'browser' } })
  expect(chosen.json()).toMatchObject({ kind: 'browser' })
  expect(service.told).toContain('phone')
  expect(await service.stores.accounts.phoneOf('alice')).toBe('browser')
  const [operator] = (await service.stores.accounts.operators()).filter(({ id }) => id === 'alice')
  expect(operator?.phone).toBe('browser')
  const absent = await service.as('alice', { method: 'PUT', url: choice, payload: { kind: 'extension' } })
  expect([absent.statusCode, absent.json().code]).toEqual([400, 'invalid_body'])
})

it('not while something rings or is talked at, nor for whoever takes no calls', async () => {
  for (const state of ['ringing', 'talking', 'watching'] as const) {
    service.desk.operators = [alice(state)]
    const refused = await service.as('alice', { method: 'PUT', url: choice, payload: { kind: 'registered' } })
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'conflict'])
  }
  service.desk.operators = []
  expect((await service.as('alice', { method: 'PUT', url: choice, payload: { kind: null } })).statusCode).toBe(404)
})

it('only whoever chose the browser is told how it registers', async () => {
  expect((await service.as('alice', { method: 'GET', url: '/api/operators/me/phone/browser' })).json()).toMatchObject({
    login: 'browser-alice',
  })
  expect((await service.as('bruno', { method: 'GET', url: '/api/operators/me/phone/browser' })).statusCode).toBe(404)
})

it('how a conversation sounded is kept with the call, the last word counting', async () => {
  const url = '/api/calls/1732352400.12/sound'
  const put = (payload: object) => service.as('alice', { method: 'PUT', url, payload })
  expect((await put({ seconds: 30, lossPercent: 0, jitterMs: 3, roundTripMs: null })).statusCode).toBe(204)
  expect((await put({ seconds: 65, lossPercent: 1.5, jitterMs: 12, roundTripMs: 40 })).statusCode).toBe(204)
  expect(await service.stores.callSound.of('1732352400.12')).toEqual([
    { operatorId: 'alice', seconds: 65, lossPercent: 1.5, jitterMs: 12, roundTripMs: 40 },
  ])
  expect((await put({ seconds: 65, lossPercent: 101, jitterMs: 12, roundTripMs: 40 })).statusCode).toBe(400)
})
