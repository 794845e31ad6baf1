import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CallView, OperatorView } from '../../server/contract/entities.ts'
import type { NextAnswer } from '../../server/contract/next.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
beforeEach(async () => {
  service = await buildTestHttp()
})
afterEach(() => service.close())

const hour = 3_600_000
const next = async (login: string, passed: readonly string[] = []): Promise<NextAnswer> =>
  (await service.as(login, { method: 'POST', url: '/api/next', payload: { passed } })).json()
const leave = (id: string, number: string | null, agoMs: number) =>
  service.stores.messages.add({ id, callId: `call-${id}`, at: new Date(Date.now() - agoMs), number, seconds: 9, file: `${id}.wav` })
const preTicket = async (callId: string, title: string) =>
  (
    await service.stores.tickets.openPre(
      {
        title,
        summary: '',
        medium: 'message',
        urgency: 'normal',
        impact: 'low',
        categoryId: null,
        placeId: null,
        nature: null,
        solution: null,
        callId,
        requester: { personId: null, name: '', email: null, phone: null },
      },
      { id: 'alice', name: 'Alice Martin' },
    )
  ).ticket.number
const waiting = (id: string) =>
  ({
    id,
    status: 'waiting',
    position: 1,
    offeredTo: [],
    operatorId: null,
    people: [],
    numberShown: id,
    arrivedAt: '2026-11-23T09:00:00.000Z',
  }) as unknown as CallView
const me = (state: OperatorView['state'], reason: string | null = null): OperatorView => ({
  id: 'alice',
  name: 'Alice Martin',
  extension: '6101',
  state,
  since: '2026-11-23T09:00:00.000Z',
  reason,
  callId: null,
  until: null,
  orderedBy: null,
  next: null,
})

describe('« Suivant »', () => {
  it('says so when nothing waits', async () => {
    expect(await next('alice')).toEqual({ next: null, others: 0 })
  })

  it('gives an answer owed and takes it at once, in words a person reads', async () => {
    await leave('m1', '+33561551234', 2 * hour)
    expect(await next('alice')).toMatchObject({ next: { kind: 'callback', who: 'Claire Dubois', priority: false }, others: 0 })
    expect((await service.stores.owed.open())[0]?.status).toMatchObject({ kind: 'taken', by: { id: 'alice' } })
    expect(await next('alice')).toMatchObject({ next: { who: 'Claire Dubois' } })
    expect(await next('bruno')).toEqual({ next: null, others: 0 })
  })

  it('never gives two operators the same, however they ask together', async () => {
    for (let i = 0; i < 6; i += 1) await leave(`m${i}`, `+3356155130${i}`, (10 - i) * hour)
    for (let i = 0; i < 6; i += 1) await preTicket(`call-t${i}`, `Message ${i}`)
    for (const passed of [[], []]) {
      const both = await Promise.all([next('alice', passed), next('bruno', passed), next('sophie', passed)])
      const keys = both.map((answer) => answer.next?.key)
      expect(new Set(keys).size).toBe(3)
    }
    const passed = (await service.stores.owed.open()).map(({ id }) => `callback:${id}`)
    const tickets = await Promise.all([next('alice', passed), next('bruno', passed), next('sophie', passed)])
    expect(tickets.map((answer) => answer.next?.kind)).toEqual(['ticket', 'ticket', 'ticket'])
    expect(new Set(tickets.map((answer) => answer.next?.key)).size).toBe(3)
  })

  it('gives back what was passed, for another to do', async () => {
    await leave('m1', '+33561551234', 2 * hour)
    const number = await preTicket('call-2', 'Message vocal')
    const first = await next('alice')
    const second = await next('alice', [first.next?.key ?? ''])
    expect(second.next).toMatchObject({ kind: 'ticket', number, status: 'pre-ticket', medium: 'message' })
    expect(await next('bruno')).toMatchObject({ next: { key: first.next?.key } })
    expect(await next('alice', [first.next?.key ?? '', second.next?.key ?? ''])).toEqual({ next: null, others: 0 })
    expect((await next('sophie')).next?.key).toBe(second.next?.key)
  })

  it('only shows what comes next to whoever looks, and leaves it', async () => {
    await leave('m1', '+33561551234', 2 * hour)
    expect((await service.as('alice', { method: 'GET', url: '/api/next' })).json()).toMatchObject({ next: { kind: 'callback' } })
    expect((await service.stores.owed.open())[0]?.status.kind).toBe('open')
  })

  it('puts callers first: whoever has finished is made ready for them', async () => {
    await leave('m1', '+33561551234', 2 * hour)
    service.desk.calls = [waiting('c1')]
    service.desk.operators = [me('wrap-up')]
    expect(await next('alice')).toMatchObject({ next: { kind: 'line', waiting: 1 } })
    expect(service.desk.asked).toEqual(['alice ready'])
  })

  it('leaves whoever is apart on purpose apart, and gives them what needs no phone of the queue', async () => {
    await leave('m1', '+33561551234', 2 * hour)
    service.desk.calls = [waiting('c1')]
    service.desk.operators = [me('paused', 'À l’accueil')]
    expect(await next('alice')).toMatchObject({ next: { kind: 'callback' } })
    expect(service.desk.asked).toEqual([])
  })

  it('says what whoever chose a half hour wants to talk about', async () => {
    const [fromMs, toMs] = [Date.now() - 60_000, Date.now() + 1_740_000]
    const asked = {
      fromMs,
      toMs,
      number: '+33561551234',
      subject: 'Imprimante du 3e',
      personId: null,
      name: '',
      email: null,
      vouched: false,
    }
    const words = { mails: service.settings.values.mails, desk: 'Guichet', linkOf: (id: string) => id, choose: '' }
    await service.stores.callbackSlots.book('abcdefgh', asked, 2, words)
    expect((await next('alice')).next).toMatchObject({ kind: 'callback', who: 'Claire Dubois', about: 'Imprimante du 3e' })
    const { entries } = (await service.as('alice', { method: 'GET', url: '/api/owed' })).json()
    expect(entries).toMatchObject([{ origins: [{ kind: 'slot', subject: 'Imprimante du 3e' }] }])
  })

  it('gives whoever waits in writing on a ticket that is taken up already, to one operator, until they are answered', async () => {
    const claire = { personId: 'sample:claire.dubois', name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: null }
    const asked = { title: 'Accès à Moodle', summary: 'Refusé.', medium: 'form' as const, requester: claire, asked: null, confirmed: true }
    const author = { id: 'sample:claire.dubois', name: 'Claire Dubois', side: 'requester' as const }
    const { ticket } = await service.stores.tickets.openRequest(asked, author)
    await service.as('bruno', { method: 'POST', url: `/api/tickets/${ticket.number}/take-up` })
    await service.stores.talks.begin(ticket.id)
    service.readers.add(ticket.number)
    await leave('m1', '+33561551235', 2 * hour)
    // Bruno follows it, and it is his before it is anybody's.
    expect((await next('alice')).next).toMatchObject({ kind: 'callback' })
    expect((await next('bruno')).next).toMatchObject({ kind: 'talk', number: ticket.number, who: 'Claire Dubois', here: true })
    await service.as('bruno', {
      method: 'POST',
      url: `/api/tickets/${ticket.number}/contributions`,
      payload: { text: 'Quel navigateur ?', visibility: 'public' },
    })
    expect((await next('bruno')).next).toBeNull()
  })

  it('never gives a conversation twice, however they ask together, and gives back the one that is passed', async () => {
    const requester = { personId: null, name: 'Lou Martin', email: 'lou@mail.example', phone: null }
    const asked = { title: 'Écran noir', summary: '', medium: 'form' as const, requester, asked: null, confirmed: true }
    const { ticket } = await service.stores.tickets.openRequest(asked, { id: 'requester', name: 'Lou Martin', side: 'requester' })
    await service.stores.talks.begin(ticket.id)
    service.readers.add(ticket.number)
    const both = await Promise.all([next('alice'), next('bruno'), next('sophie')])
    expect(both.map((answer) => answer.next?.kind).filter((kind) => kind === 'talk')).toHaveLength(1)
    const holder = ['alice', 'bruno', 'sophie'][both.findIndex((answer) => answer.next?.kind === 'talk')] ?? ''
    const others = ['alice', 'bruno', 'sophie'].filter((login) => login !== holder)
    expect((await next(holder, [`talk:${ticket.number}`])).next?.kind).not.toBe('talk')
    expect((await next(others[0] ?? '')).next).toMatchObject({ kind: 'talk', who: 'Lou Martin' })
  })

  it('gives a pre-ticket until somebody takes it up, and the requester is told then', async () => {
    const number = await preTicket('call-2', 'Message vocal')
    expect((await next('alice')).next).toMatchObject({ kind: 'ticket', number })
    const taken = await service.as('alice', { method: 'POST', url: `/api/tickets/${number}/take-up` })
    expect(taken.json()).toMatchObject({ status: 'in-progress' })
    expect((await service.as('alice', { method: 'POST', url: `/api/tickets/${number}/take-up` })).json().code).toBe('conflict')
    expect(await next('alice')).toEqual({ next: null, others: 0 })
  })
})
