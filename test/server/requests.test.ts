import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenRequest } from '../../server/tickets/model.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
beforeAll(async () => {
  service = await buildTestHttp()
})
afterAll(() => service.close())

const lou = { id: 'requester', name: 'Lou Martin', side: 'requester' } as const
const request: OpenRequest = {
  title: 'Écran noir',
  summary: 'Depuis ce matin.',
  medium: 'form',
  requester: { personId: null, name: 'Lou Martin', email: 'lou@mail.example', phone: null },
  asked: { qualification: 'Ordinateur', place: null, contact: null },
  confirmed: false,
}
const open = async (more: Partial<OpenRequest> = {}) => (await service.stores.tickets.openRequest({ ...request, ...more }, lou)).ticket
const listed = async (view: string) =>
  (await service.as('alice', { method: 'GET', url: `/api/tickets?view=${view}` })).json().tickets.map((t: { number: number }) => t.number)

describe('the tray of requests to confirm', () => {
  it('holds those of people who are not known, and nobody is given them, until they are accepted', async () => {
    const { number } = await open()
    expect(await listed('to-confirm')).toContain(number)
    expect(await listed('to-take-up')).not.toContain(number)
    expect((await service.stores.tickets.toTakeUp(new Date())).map((t) => t.number)).not.toContain(number)
    expect((await service.as('alice', { method: 'GET', url: '/api/tickets/counts' })).json()).toMatchObject({ 'to-confirm': 1 })
    const accepted = await service.as('alice', { method: 'POST', url: `/api/tickets/${number}/confirm` })
    expect(accepted.json()).toMatchObject({ status: 'pre-ticket', unconfirmed: false, asked: { qualification: 'Ordinateur' } })
    expect(await listed('to-confirm')).not.toContain(number)
    expect(await listed('to-take-up')).toContain(number)
    expect(service.told).toContain(`${number} pre-ticket`)
  })

  it('is passed by who is known', async () => {
    const { number } = await open({ confirmed: true })
    expect(await listed('to-take-up')).toContain(number)
  })
})

it('one key makes one request, whatever comes twice; its files go with its first line', async () => {
  const { id } = await service.attachments.keep(Buffer.from('lines of a log'), { name: 'log.txt', byId: lou.id })
  const keyed = { ...request, idempotencyKey: '0194a3c2-0000-4000-8000-000000000001' }
  const again = await service.attachments.keep(Buffer.from('lines of a log'), { name: 'log.txt', byId: lou.id })
  const both = await Promise.all([
    service.stores.tickets.openRequest(keyed, lou, [id]),
    service.stores.tickets.openRequest(keyed, lou, [again.id]),
  ])
  expect(both.filter((b) => b.created)).toHaveLength(1)
  const [one, two] = both
  expect(one.ticket.number).toBe(two.ticket.number)
  const page = await service.stores.tickets.page(one.ticket.number)
  expect(page?.attachments).toMatchObject([{ name: 'log.txt', entryId: page?.journal[0]?.id }])
  await expect(service.stores.tickets.openRequest({ ...keyed, title: 'Autre' }, lou)).rejects.toMatchObject({ code: 'conflict' })
})
