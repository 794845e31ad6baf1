import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
beforeAll(async () => {
  service = await buildTestHttp()
})
afterAll(() => service.close())
const mine = (login: string) => service.as(login, { method: 'GET', url: '/api/preferences' })
const change = (login: string, payload: object) => service.as(login, { method: 'PUT', url: '/api/preferences', payload })

it('somebody’s keys are theirs alone; what is left out of a change stays', async () => {
  expect((await mine('alice')).json()).toEqual({ keys: {}, singleKeys: true, tourDone: false })
  expect((await change('alice', { keys: { a: 'r', r: 'a', x: null } })).statusCode).toBe(200)
  expect((await change('alice', { tourDone: true })).json()).toEqual({
    keys: { a: 'r', r: 'a', x: null },
    singleKeys: true,
    tourDone: true,
  })
  expect((await mine('alice')).json()).toMatchObject({ keys: { a: 'r', r: 'a', x: null }, tourDone: true })
  expect((await mine('bruno')).json()).toEqual({ keys: {}, singleKeys: true, tourDone: false })
})

it('one key never does two things, and is one character; a refusal changes nothing', async () => {
  expect((await change('bruno', { keys: { a: 'h' } })).json()).toMatchObject({
    code: 'shortcut_taken',
    message: expect.stringContaining('choisissez-en une autre. (h)'),
  })
  for (const key of ['', ' ', 'ab', '\n'])
    expect((await change('bruno', { keys: { a: key } })).json()).toMatchObject({ code: 'invalid_body' })
  expect((await change('bruno', { keys: { nothing: 'h' } })).statusCode).toBe(400)
  expect((await change('bruno', { keys: { a: '0' } })).statusCode).toBe(200)
  expect((await mine('bruno')).json()).toMatchObject({ keys: { a: '0' } })
  expect((await change('claire.dubois', { tourDone: true })).statusCode).toBe(403)
})
