import pino from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { IndicatorMail } from '../../server/contract/indicator-mails.ts'
import { indicatorMails } from '../../server/engine/indicator-mails.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
beforeAll(async () => {
  service = await buildTestHttp()
})
afterAll(() => service.close())

const mail = { name: 'Direction', every: 'week', hour: 7, addresses: ['direction@univ.example', 'dsi@univ.example'], language: 'fr' }
const path = '/api/indicators/mails'
const outbox = async () =>
  (await service.database.pool.query('select to_address as to, subject, text from outbox order by to_address')).rows
const runner = () =>
  indicatorMails({
    stores: service.stores,
    entities: () => service.settings.values.entities.entities,
    timeZone: 'Europe/Paris',
    publicUrl: 'https://guichet.example',
    log: pino({ level: 'silent' }),
    onOwed: () => undefined,
  })

it('sends the week’s indicators to everybody named, once, even when two processes look and after a restart', async () => {
  const { id } = (await service.as('sophie', { method: 'POST', url: path, payload: mail })).json<IndicatorMail>()
  await runner().look()
  expect(await outbox()).toEqual([])
  await service.database.pool.query("update indicator_mails set next_at = '2026-11-23T06:00:00Z'")
  await Promise.all([runner().look(), runner().look()])
  await runner().look()
  const sent = await outbox()
  expect(sent.map((one) => one.to)).toEqual(['direction@univ.example', 'dsi@univ.example'])
  expect(sent[0]).toMatchObject({ subject: 'Direction : indicateurs, du 16 novembre 2026 au 22 novembre 2026' })
  expect(sent[0].text).toContain('- Tickets ouverts : 0 (avant : 0)')
  expect(sent[0].text).toContain('https://guichet.example/console/indicateurs?du=2026-11-16&au=2026-11-22')
  const [listed] = (await service.as('sophie', { method: 'GET', url: path })).json<IndicatorMail[]>()
  expect(Date.parse(listed?.nextAt ?? '')).toBeGreaterThan(Date.now())
  expect(listed?.lastAt).not.toBeNull()
  await service.as('sophie', { method: 'PUT', url: `${path}/${id}`, payload: { ...mail, paused: true } })
  await service.database.pool.query("update indicator_mails set next_at = '2026-11-23T06:00:00Z'")
  await runner().look()
  expect(await outbox()).toHaveLength(2)
  expect((await service.as('sophie', { method: 'DELETE', url: `${path}/${id}` })).statusCode).toBe(204)
  expect((await service.as('sophie', { method: 'GET', url: path })).json()).toEqual([])
  expect((await service.as('sophie', { method: 'DELETE', url: `${path}/${id}` })).statusCode).toBe(404)
})

it('asks for an address that can be written to', async () => {
  for (const addresses of [[], ['pas une adresse']])
    expect((await service.as('sophie', { method: 'POST', url: path, payload: { ...mail, addresses } })).statusCode).toBe(400)
})
