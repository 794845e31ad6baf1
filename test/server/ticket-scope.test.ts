import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayTeller } from '../../server/calendar/days.ts'
import { rights } from '../../server/contract/rights.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
beforeAll(async () => {
  service = await buildTestHttp()
})
afterAll(() => service.close())

const claire = { personId: 'sample:claire.dubois', name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: null }
const post = (login: string, url: string, payload: Record<string, unknown> = {}) => service.as(login, { method: 'POST', url, payload })
const get = (login: string, url: string) => service.as(login, { method: 'GET', url })
const opened = async (by: string, title: string): Promise<number> =>
  (await post(by, '/api/tickets', { title, requester: claire })).json<{ number: number }>().number
const listed = async (login: string, query: string) => {
  const { tickets, total } = (await get(login, `/api/tickets?${query}`)).json<{ tickets: { number: number }[]; total: number }>()
  expect(total).toBe(tickets.length)
  return tickets.map((ticket) => ticket.number)
}

describe('a ticket', () => {
  it('is seen by the desk, and elsewhere by the group it was redirected to, in lists, searches and counts alike', async () => {
    const before = await listed('nadia', 'personId=sample:claire.dubois')
    const number = await opened('alice', 'Prise éteinte au sous-sol')
    expect(await listed('bruno', 'search=sous-sol')).toEqual([number])
    expect(await listed('nadia', 'search=sous-sol')).toEqual([])
    expect(await listed('nadia', 'personId=sample:claire.dubois')).toEqual(before)
    await post('alice', `/api/tickets/${number}/redirect`, { groupId: 'dsrt' })
    expect(await listed('nadia', 'search=sous-sol')).toEqual([number])
    expect(await listed('karim', 'status=open')).toEqual([])
    expect((await get('nadia', `/api/tickets/${number}`)).statusCode).toBe(200)
  })

  it('that one may not see does not exist, on every route that names it', async () => {
    const number = await opened('alice', 'Écran noir')
    const named = Object.keys(rights).filter((route) => route.includes('/api/tickets/:number'))
    expect(named.length).toBeGreaterThan(5)
    for (const route of named) {
      const [method, path] = route.split(' ') as ['GET' | 'POST' | 'PUT', string]
      const url = path.replace(':number', String(number))
      const answer = await service.as('karim', { method, url, ...(method === 'GET' ? {} : { payload: {} }) })
      expect([answer.statusCode, answer.json().code], route).toEqual([404, 'not_found'])
    }
    expect((await get('alice', `/api/tickets/${number}`)).json().journal).toHaveLength(2)
  })

  it('that one may not see does not exist however its number is spelt', async () => {
    const number = await opened('alice', 'Prise du recteur')
    const spelt = [
      `${number}.0`,
      `${number}e0`,
      `0x${number.toString(16)}`,
      `%20${number}`,
      `%2B${number}`,
      `000000${number}`,
      `${number / 10}e1`,
    ]
    for (const written of spelt) {
      for (const url of [`/api/tickets/${written}`, `/api/tickets/${written}/links`, `/api/tickets/${written}/observers`])
        expect([(await get('karim', url)).statusCode, url]).toEqual([404, url])
      const word = { text: 'Vu.', visibility: 'public' }
      expect((await post('karim', `/api/tickets/${written}/contributions`, word)).statusCode, written).toBe(404)
    }
    expect((await get('alice', `/api/tickets/${number}`)).json().journal).toHaveLength(2)
    for (const none of ['abc', '0', '-1', '1.5', '99999999999', 'NaN'])
      expect((await get('karim', `/api/tickets/${none}`)).statusCode).toBe(400)
  })

  it('stays in sight of those who had it or wrote in it, once it has gone elsewhere', async () => {
    const [mine, had] = [await opened('karim', 'Mot de passe SIFAC'), await opened('alice', 'Profil SIFAC')]
    await post('alice', `/api/tickets/${had}/redirect`, { groupId: 'dsig' })
    await post('karim', `/api/tickets/${had}/give-back`, { reason: 'C’est une prise.' })
    await post('alice', `/api/tickets/${had}/redirect`, { groupId: 'dsrt' })
    expect(await listed('karim', 'search=SIFAC')).toEqual([had, mine].toSorted((a, b) => b - a))
    expect(await listed('nadia', 'search=SIFAC')).toEqual([had])
  })

  it('is shown to whoever stands in for a member, while they do; to a référent, where theirs went', async () => {
    const number = await opened('alice', 'Commutateur du bâtiment 9')
    await post('alice', `/api/tickets/${number}/redirect`, { groupId: 'correspondants-sciences' })
    expect(await listed('lucie', 'search=commutateur')).toEqual([number])
    expect(await listed('karim', 'search=commutateur')).toEqual([])
    const today = dayTeller('Europe/Paris')(Date.now())
    await post('nadia', '/api/absences', { accountId: 'nadia', from: today, to: '2999-01-01', standInId: 'karim' })
    expect(await listed('karim', 'search=commutateur')).toEqual([number])
    // And it is theirs to take up.
    for (const view of ['to-take-up', 'groups']) expect(await listed('karim', `view=${view}&search=commutateur`), view).toEqual([number])
    expect(await listed('lucie', 'view=groups')).toEqual([])
  })
})

it('is shown to who stands in for the day of the desk, where PostgreSQL is at another', async () => {
  // Fourteen hours ahead of its clock, or eleven behind: whichever of the two is at another day at this hour.
  const timeZone = new Date().getUTCHours() >= 11 ? 'Pacific/Kiritimati' : 'Pacific/Pago_Pago'
  const day = (ms: number) => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(ms)
  const there = await buildTestHttp({ timeZone })
  try {
    const order = { title: 'Commutateur du bâtiment 9', requester: claire }
    const { number } = (await there.as('alice', { method: 'POST', url: '/api/tickets', payload: order })).json<{ number: number }>()
    await there.as('alice', { method: 'POST', url: `/api/tickets/${number}/redirect`, payload: { groupId: 'correspondants-sciences' } })
    const today = day(Date.now())
    const away = { accountId: 'nadia', from: today, to: today, standInId: 'karim' }
    expect((await there.as('nadia', { method: 'POST', url: '/api/absences', payload: away })).statusCode).toBeLessThan(300)
    expect((await there.as('karim', { method: 'GET', url: `/api/tickets/${number}` })).statusCode).toBe(200)
  } finally {
    await there.close()
  }
})
