import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Disruption } from '../../server/contract/disruptions.ts'
import type { Ticket } from '../../server/contract/entities.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
let now = Date.parse('2026-11-23T09:00:00Z')
beforeAll(async () => {
  service = await buildTestHttp({ now: () => now, ticketNow: () => new Date(now) })
})
afterAll(() => service.close())
const post = async <T>(login: string, url: string, payload: object): Promise<T> =>
  (await service.as(login, { method: 'POST', url, payload })).json()

it('a disruption that is over before it began reads as called off, never as over, wherever it is read', async () => {
  const works = await post<Disruption>('nadia', '/api/disruptions', {
    place: 'Bâtiment A',
    kind: 'planned',
    title: 'Bascule du courrier',
    startsAt: '2026-11-25T18:00:00.000Z',
    expectedEndAt: '2026-11-25T20:00:00.000Z',
    spoken: null,
    ticket: 'new',
  })
  const child = await post<Ticket>('alice', `/api/disruptions/${works.id}/children`, {
    requester: { personId: null, name: 'Zoé Blanc', email: 'zoe.blanc@univ.example', phone: null },
  })
  const off = await post<Disruption>('nadia', `/api/disruptions/${works.id}/end`, { version: works.version })
  expect(off.phase).toBe('called-off')
  expect((await service.stores.tickets.find(works.ticket ?? 0))?.solution).toBe('La perturbation annoncée n’aura pas lieu.')
  const rss = (await service.as(null, { method: 'GET', url: '/api/disruptions/public.rss' })).body
  expect(rss).toContain('<title>Annulé : Bascule du courrier')
  const ics = (await service.as(null, { method: 'GET', url: '/api/disruptions/public.ics' })).body.replace(/\r\n /g, '')
  const event = ics.split('BEGIN:VEVENT').find((one) => one.includes(works.id)) ?? ''
  for (const line of ['SUMMARY:Annulé : Bascule du courrier', 'STATUS:CANCELLED', 'DTSTART:20261125T180000Z', 'DTEND:20261125T200000Z'])
    expect(event).toContain(line)
  const page = (await service.as(null, { method: 'GET', url: '/perturbations' })).body
  const section = page.split('<section').find((one) => one.includes('Bascule du courrier')) ?? ''
  expect(section).toContain('Annulées ces derniers jours')
  expect(section).toContain('· Annulé <time')
  now += 60_000
  await service.stores.tickets.tellSome()
  const { rows } = await service.database.pool.query('select subject, text from outbox where to_address = $1 order by at desc limit 1', [
    'zoe.blanc@univ.example',
  ])
  expect(rows[0].subject).toContain(`n°${child.number}] annulé : Bascule du courrier`)
  expect(rows[0].text).toContain('annulée avant d’avoir commencé')
})
