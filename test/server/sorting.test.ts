import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Category } from '../../server/contract/categories.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
beforeAll(async () => {
  service = await buildTestHttp()
})
afterAll(() => service.close())

const claire = { personId: 'sample:claire.dubois', name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: null }
const ask = async (login: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) =>
  (await service.as(login, { method, url, ...(payload && { payload }) })).json()
const trial = (sorted: object) => ask('alice', 'POST', '/api/redirection/trial', sorted)

describe('what tickets are sorted by', () => {
  it('is edited in the settings; what a list leaves out is retired, and a list that cannot be is refused', async () => {
    const { categories: before } = await ask('sophie', 'GET', '/api/settings')
    const kept = (before.value.categories as Category[]).filter(({ id }) => id !== 'impression')
    const added = { id: 'visio', tree: 'nature', name: 'Visioconférence', parentId: 'tice' }
    const { categories: after } = await ask('sophie', 'PUT', '/api/settings/categories', {
      version: before.version,
      value: { categories: [...kept, added] },
    })
    const found = (id: string) => (after.value.categories as Category[]).find((one) => one.id === id)
    expect([found('impression')?.retired, found('visio')?.name]).toEqual([true, 'Visioconférence'])
    const wrong = await service.as('sophie', {
      method: 'PUT',
      url: '/api/settings/categories',
      payload: { version: after.version, value: { categories: [{ ...added, parentId: 'visio' }] } },
    })
    expect([wrong.statusCode, wrong.json().message]).toEqual([400, expect.stringContaining('categories.0')])
  })

  it('a pre-ticket is completed, given its priority, and goes where the rules say', async () => {
    const { ticket } = await service.stores.tickets.openPre(
      {
        title: 'Message vocal',
        summary: '',
        medium: 'message',
        urgency: 'normal',
        impact: 'low',
        categoryId: null,
        placeId: null,
        nature: null,
        solution: null,
        callId: 'call-sorting',
        requester: { personId: null, name: '', email: null, phone: '05 61 55 12 34' },
      },
      { id: 'guichet', name: 'Guichet unique' },
    )
    const fields = { title: 'Plus de Wi-Fi', requester: claire, categoryId: 'wifi', urgency: 'high', impact: 'high' }
    const done = await ask('bruno', 'PUT', `/api/tickets/${ticket.number}/fields`, fields)
    expect(done).toMatchObject({ status: 'pre-ticket', priority: 1, nature: 'Réseau › Wi-Fi', requester: claire, owner: null })
    const { journal } = await ask('alice', 'GET', `/api/tickets/${ticket.number}`)
    expect(journal.at(-1)).toMatchObject({
      by: 'Bruno Lefort',
      kind: 'completed',
      detail: { before: { title: 'Message vocal', name: '' } },
    })
    expect(await trial({ categoryId: 'wifi', personId: claire.personId })).toEqual({
      rule: 0,
      desk: false,
      group: { id: 'dsrt', name: 'dSRT', mail: 'dsrt@univ.example', people: 1 },
    })
    const next = await ask('alice', 'POST', '/api/next', { passed: [] })
    expect(next.next).toMatchObject({ kind: 'ticket', number: ticket.number })
  })

  it('rules are tried before they are saved, a group that is no more being said', async () => {
    const rule = { id: 'r', categoryId: null, placeId: null, affiliation: 'student', groupId: 'gone' }
    expect(await trial({ categoryId: 'wifi', affiliation: 'student', rules: [rule] })).toEqual({ rule: 0, desk: false, group: null })
    expect(await trial({ categoryId: 'wifi', affiliation: 'staff', rules: [rule] })).toEqual({ rule: null, desk: false, group: null })
  })

  it('a rule may leave a nature to the desk itself, which is not the same as no rule', async () => {
    const rule = { id: 'r', categoryId: 'wifi', placeId: null, affiliation: null, groupId: null }
    expect(await trial({ categoryId: 'wifi', rules: [rule] })).toEqual({ rule: 0, desk: true, group: null })
    expect(await trial({ categoryId: 'messagerie' })).toMatchObject({ desk: true, group: null })
  })
})
