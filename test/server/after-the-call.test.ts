import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Fact } from '../../server/calls/facts.ts'
import { factSink } from '../../server/database/fact-sink.ts'
import { buildTestHttp, dueAfter, type TestHttp } from '../support/service.ts'

const at = Date.parse('2026-11-23T09:00:00Z')
const number = '+33561551234'
const playing = { playback: 'c1~play1', sounds: [] }

let service: TestHttp
beforeAll(async () => {
  service = await buildTestHttp()
})
afterAll(() => service.close())

it('a message left about a ticket joins it with its sound, once, and an answer is owed', async () => {
  const { stores, database } = service
  const opened = await service.as('alice', {
    method: 'POST',
    url: '/api/tickets',
    payload: { title: 'Écran noir', requester: { personId: null, name: 'Claire Dubois', email: null, phone: number } },
  })
  const ticket: number = opened.json().number
  const sink = factSink(database.db, { dueAfter, onOwed: () => undefined, onEnded: () => undefined })
  const facts: readonly Fact[] = [
    { at, type: 'call-arrived', callId: 'c1', number, people: [] },
    { at, type: 'message-invited', callId: 'c1', recording: 'message-c1', announcement: playing, ticket },
    { at: at + 9_000, type: 'message-left', callId: 'c1', recording: 'message-c1', durationMs: 8_000 },
    { at: at + 10_000, type: 'call-ended', callId: 'c1', reason: 'message', by: 'desk' },
  ]
  await sink.ship(
    'e',
    facts.map((fact, i) => ({ n: i + 1, fact })),
  )
  expect(await sink.callOf('c1')).toEqual({ number, at: new Date(at), ticket })
  await stores.messages.add({ id: 'message-c1', callId: 'c1', at: new Date(at), number, seconds: 8, file: 'c1.wav' })
  for (let tries = 0; tries < 2; tries += 1) await stores.tickets.addMessage(ticket, 'c1', 8)

  const page = await stores.tickets.page(ticket)
  expect(page?.addedMessages).toEqual([{ id: 'message-c1', at: new Date(at).toISOString(), seconds: 8 }])
  expect(page?.journal.filter((e) => e.kind === 'contribution')).toEqual([
    expect.objectContaining({ by: 'Claire Dubois', text: expect.stringContaining('Message vocal de 8 s') }),
  ])
  const owed = (await service.as('alice', { method: 'GET', url: '/api/owed' })).json().entries
  expect(owed).toMatchObject([{ number, settledAt: null, origins: [{ kind: 'message', messageId: 'message-c1', ticket }] }])
})

it('whom a caller was handed over to outside reads the ticket’s link, once, whichever came first', async () => {
  const { stores, database } = service
  const sink = factSink(database.db, { dueAfter, onOwed: () => undefined, onEnded: () => undefined })
  const transferred = (callId: string, n: number): readonly Fact[] => [
    { at: at + n, type: 'call-arrived', callId, number, people: [] },
    {
      at: at + n + 60_000,
      type: 'call-transferred',
      callId,
      operatorId: 'alice',
      target: { kind: 'number', number: '+33561556611', name: 'Standard' },
      leg: `${callId}~leg2`,
      bridge: `${callId}~leg2~bridge`,
      capAt: at,
    },
    { at: at + n + 90_000, type: 'call-ended', callId, reason: 'completed', by: 'caller' },
  ]
  await sink.ship(
    'f',
    transferred('c2', 0).map((fact, i) => ({ n: i + 1, fact })),
  )
  const address = () => 'standard@univ.example'
  expect(await stores.handOvers.tell('c2', address)).toBe(false)
  await service.as('alice', {
    method: 'POST',
    url: '/api/tickets',
    payload: { title: 'Badge perdu', callId: 'c2', requester: { personId: null, name: 'Claire Dubois', email: null, phone: number } },
  })
  expect(await stores.handOvers.tell('c2', () => null)).toBe(false)
  expect([await stores.handOvers.tell('c2', address), await stores.handOvers.tell('c2', address)]).toEqual([true, false])
  const [mail] = (await stores.mails.list()).filter(({ to }) => to === 'standard@univ.example')
  expect(mail?.text).toMatch(/appel de Claire Dubois[^]*Badge perdu[^]*\/console\/tickets\/\d+/)
})

it('what callers answered after their calls is counted, by key and by call', async () => {
  const sink = factSink(service.database.db, { dueAfter, onOwed: () => undefined, onEnded: () => undefined })
  const now = Date.now()
  const asked = (callId: string, rating: number | null): readonly Fact[] => [
    { at: now, type: 'call-arrived', callId, number, people: [] },
    { at: now, type: 'call-answered', callId, operatorId: 'alice', leg: 'l', bridge: 'b', capAt: now },
    { at: now, type: 'farewell-started', callId, announcement: playing, reason: 'completed', asks: true },
    ...(rating === null ? [] : [{ at: now, type: 'survey-answered', callId, rating } as const]),
    { at: now, type: 'call-ended', callId, reason: 'completed', by: 'caller' },
  ]
  await sink.ship(
    'g',
    [...asked('c3', 5), ...asked('c4', 2), ...asked('c5', null)].map((fact, i) => ({ n: i + 1, fact })),
  )
  const result = (await service.as('sophie', { method: 'GET', url: '/api/survey' })).json()
  expect(result).toMatchObject({
    asked: 3,
    answers: [1, 2, 3, 4, 5].map((rating) => ({ rating, count: rating === 5 || rating === 2 ? 1 : 0 })),
  })
  expect(result.latest).toContainEqual({ callId: 'c3', at: expect.any(String), rating: 5, operator: 'Alice Martin' })
})
