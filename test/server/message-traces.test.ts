import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Fact } from '../../server/calls/facts.ts'
import type { OwedEntry } from '../../server/contract/http.ts'
import { factSink } from '../../server/database/fact-sink.ts'
import { buildTestHttp, dueAfter, type TestHttp } from '../support/service.ts'

const minute = 60_000
const claire = '+33561551234'
const ahmed = '+33561551235'

let service: TestHttp
let start: number
let seq: number
let before: number
let sink: ReturnType<typeof factSink>
beforeEach(async () => {
  service = await buildTestHttp()
  start = Date.now() - 30 * minute
  seq = 0
  before = (await service.database.pool.query<{ max: number }>('select max(number) from tickets')).rows[0]?.max ?? 0
  sink = factSink(service.database.db, { dueAfter, onOwed: () => undefined, onEnded: () => undefined })
})
afterEach(() => service.close())

const ship = (...facts: readonly Fact[]) =>
  sink.ship(
    'e',
    facts.map((fact) => ({ n: (seq += 1), fact })),
  )
const arrived = (callId: string, number: string | null, at: number): Fact => ({ at, type: 'call-arrived', callId, number, people: [] })
const placed = (callId: string, number: string, at: number): Fact => ({
  at,
  type: 'call-placed',
  callId,
  operatorId: 'alice',
  number,
  people: [],
  owedId: null,
})
const answered = (callId: string, at: number): Fact => ({
  at,
  type: 'call-answered',
  callId,
  operatorId: 'alice',
  leg: `${callId}~leg1`,
  bridge: `${callId}~leg1~bridge`,
  capAt: at + 15 * minute,
})
const message = (callId: string, number: string | null, at: number) => ({
  id: `message-${callId}`,
  callId,
  at: new Date(at),
  number,
  seconds: 42,
  file: `${callId}.wav`,
})
const requester = { personId: null, name: 'Claire Dubois', email: null, phone: null }

const left = (callId: string, number: string | null, at = start) => service.stores.messages.add(message(callId, number, at))
const round = () => service.stores.tickets.traceMessages(() => [])
const list = async (): Promise<OwedEntry[]> => (await service.as('alice', { method: 'GET', url: '/api/owed' })).json().entries
const only = async (): Promise<OwedEntry> => {
  const [entry] = await list()
  if (entry === undefined) throw new Error('the list is empty')
  return entry
}
const outcome = async (payload: object) =>
  (await service.as('alice', { method: 'POST', url: `/api/owed/${(await only()).id}/outcome`, payload })).json()
const save = async (callId: string): Promise<number> =>
  (await service.as('alice', { method: 'POST', url: '/api/tickets', payload: { title: 'Moodle', requester, callId } })).json().number
const dispose = (callId: string, payload: object) =>
  service.as('alice', { method: 'POST', url: `/api/calls/${callId}/dispositions`, payload })
const page = async (number: number) => (await service.as('alice', { method: 'GET', url: `/api/tickets/${number}` })).json()
/** Those that are not the sample's. */
const tickets = async () =>
  (
    await service.database.pool.query<{ number: number; status: string; medium: string }>(
      'select number, status, medium from tickets where number > $1 order by number',
      [before],
    )
  ).rows

describe('a voice message that is settled without a ticket', () => {
  it('becomes a pre-ticket with its sound when its caller was called back from elsewhere, and the answer names it', async () => {
    await left('c1', claire)
    const done: OwedEntry = await outcome({ outcome: 'reached', note: 'Mot de passe changé' })
    const [ticket] = await tickets()
    expect(ticket).toMatchObject({ status: 'pre-ticket', medium: 'message' })
    expect(done.origins).toMatchObject([{ kind: 'message', ticket: ticket?.number }])
    const written = await page(ticket?.number ?? 0)
    expect(written).toMatchObject({
      message: { id: 'message-c1', seconds: 42 },
      requester: { name: 'Claire Dubois' },
      openedBy: 'Alice Martin',
    })
    expect(written.journal.map(({ kind, visibility, text }: Record<string, string>) => [kind, visibility, text])).toEqual([
      ['opened', 'public', 'Message vocal de 42 s, à écouter.'],
      ['contribution', 'internal', 'La personne a été rappelée et jointe.\n\nMot de passe changé'],
    ])
    expect(service.told).toContain(`${ticket?.number} pre-ticket`)
    expect(await round()).toEqual([])
    expect(await tickets()).toHaveLength(1)
  })

  it('becomes one when the number was wrong, or the message was marked as settled', async () => {
    await left('c1', claire)
    await outcome({ outcome: 'wrong-number', note: null })
    await left('c2', null)
    await service.as('bruno', { method: 'PUT', url: '/api/messages/message-c2', payload: { settled: true } })
    expect(await tickets()).toMatchObject([{ status: 'pre-ticket' }, { status: 'pre-ticket' }])
  })

  it('joins the ticket of the call that reached its caller, which stays as it is', async () => {
    await left('c1', claire)
    await ship(placed('out', claire, start + minute), answered('out', start + 2 * minute))
    const number = await save('out')
    await round()
    expect(await tickets()).toMatchObject([{ number, status: 'in-progress' }])
    const written = await page(number)
    expect(written.addedMessages).toMatchObject([{ id: 'message-c1', seconds: 42 }])
    expect(written.journal.at(-1)).toMatchObject({
      kind: 'contribution',
      visibility: 'internal',
      by: 'Alice Martin',
      text: expect.stringContaining('Message vocal de 42 s'),
    })
    expect((await list())[0]?.origins).toMatchObject([{ kind: 'message', ticket: number }])
  })

  it('waits for what is written of the call that its caller made again, and joins that', async () => {
    await left('c1', claire)
    await ship(arrived('c2', claire, start + minute), answered('c2', start + 2 * minute))
    expect([await round(), await tickets()]).toEqual([[], []])
    const number = await save('c2')
    expect((await round()).map((ticket) => ticket.number)).toEqual([number])
    expect((await page(number)).addedMessages).toMatchObject([{ id: 'message-c1' }])
    expect(await tickets()).toHaveLength(1)
  })

  it('is refused with the conversation that answered it, and becomes a pre-ticket where nothing was noted of that', async () => {
    await left('c1', claire)
    await left('c2', ahmed)
    await ship(arrived('c3', claire, start + minute), answered('c3', start + 2 * minute))
    await ship(arrived('c4', ahmed, start + minute), answered('c4', start + 3 * minute))
    await dispose('c3', { kind: 'refused', reason: 'Paie', target: { name: 'Standard', number: '05 61 55 66 11' } })
    await dispose('c4', { kind: 'nothing', reason: 'Ligne coupée' })
    await round()
    expect((await service.as('alice', { method: 'GET', url: '/api/calls/c1/dispositions' })).json()).toMatchObject([
      { kind: 'refused', reason: 'Paie', target: { name: 'Standard' }, by: 'Alice Martin' },
    ])
    expect(await tickets()).toMatchObject([{ status: 'pre-ticket' }])
    expect((await service.as('alice', { method: 'GET', url: '/api/calls/c2/dispositions' })).json()).toMatchObject([{ kind: 'opened' }])
  })

  it('makes no second ticket: of several left by one person, of one made a ticket by hand, of one brought in when all was settled', async () => {
    await left('c1', claire)
    await left('c2', claire, start + minute)
    const [made] = await Promise.all([
      service.as('alice', { method: 'POST', url: '/api/messages/message-c1/ticket' }),
      service.as('bruno', { method: 'POST', url: '/api/messages/message-c1/ticket' }),
    ])
    await outcome({ outcome: 'reached', note: null })
    const { number } = made.json()
    expect(await tickets()).toMatchObject([{ number }])
    expect((await page(number)).addedMessages).toMatchObject([{ id: 'message-c2' }])
    const again = await service.as('alice', { method: 'POST', url: '/api/messages/message-c2/ticket' })
    expect(again.json().number).toBe(number)

    await ship(arrived('c5', ahmed, start), {
      at: start + minute,
      type: 'message-left',
      callId: 'c5',
      recording: 'message-c5',
      durationMs: 42_000,
    })
    await ship(arrived('c6', ahmed, start + 2 * minute), answered('c6', start + 3 * minute))
    const other = await save('c6')
    await left('c5', ahmed)
    await round()
    expect(await tickets()).toMatchObject([{ number }, { number: other }])
    expect((await page(other)).addedMessages).toMatchObject([{ id: 'message-c5' }])
  })

  it('leaves nothing of a mere missed call', async () => {
    await ship(arrived('c1', claire, start), { at: start + minute, type: 'call-ended', callId: 'c1', reason: 'abandoned', by: 'caller' })
    await outcome({ outcome: 'reached', note: null })
    await round()
    expect(await tickets()).toEqual([])
  })
})
