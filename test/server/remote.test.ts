import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Ticket } from '../../server/contract/entities.ts'
import type { RemoteSessions } from '../../server/contract/remote.ts'
import { remoteAddress } from '../../server/contract/remote.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
let now = Date.parse('2026-11-24T09:00:00Z')
const claire = 'sample:claire.dubois'
beforeAll(async () => {
  service = await buildTestHttp({ ticketNow: () => new Date(now) })
})
afterAll(() => service.close())

type Answer<T> = { readonly status: number; readonly body: T }
const ask = async <T>(who: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object): Promise<Answer<T>> => {
  const answer = await service.as(who, { method, url, ...(payload !== undefined && { payload }) })
  return { status: answer.statusCode, body: answer.json<T>() }
}
const opened = async (callId: string | null) => {
  const requester = { personId: claire, name: 'Claire Dubois', email: null, phone: null, affiliation: 'staff', unit: null, place: null }
  const payload = { title: 'Écran noir', requester, medium: callId === null ? 'form' : 'phone', callId }
  return (await ask<Ticket>('alice', 'POST', '/api/tickets', payload)).body
}
const journalOf = async (number: number) =>
  (
    await ask<{ journal: { kind: string; by: string; visibility: string; detail: unknown }[] }>('alice', 'GET', `/api/tickets/${number}`)
  ).body.journal
    .filter(({ kind }) => kind === 'remote')
    .map(({ by, visibility, detail }) => ({ by, visibility, detail }))
const minutes = (some: number) => {
  now += some * 60_000
}

it('an address is filled with what is known, so that nothing of it breaks out of its place', () => {
  const template = 'https://tool.example/{machine}?t={ticket}&u={person}#{code}'
  expect(remoteAddress(template, { code: 'abc', ticket: '10421', person: 'a&b=c', machine: 'PC 042/é' })).toBe(
    'https://tool.example/PC%20042%2F%C3%A9?t=10421&u=a%26b%3Dc#abc',
  )
})

it('without a tool nothing is offered, and nothing begins', async () => {
  const { number } = await opened(null)
  expect((await ask('alice', 'GET', `/api/tickets/${number}/remote`)).body).toEqual({ offered: false, sessions: [] })
  expect((await ask('alice', 'POST', `/api/tickets/${number}/remote`, {})).status).toBe(409)
})

it('its beginning and its end are noted on the ticket, whoever begins another has ended theirs, and the address knows ticket, person and machine', async () => {
  const { portal } = (await ask<{ portal: { version: number; value: object } }>('sophie', 'GET', '/api/settings')).body
  const remote = { caller: null, operator: 'https://tool.example/{machine}?t={ticket}&u={person}' }
  expect((await ask('sophie', 'PUT', '/api/settings/portal', { version: portal.version, value: { ...portal.value, remote } })).status).toBe(
    200,
  )
  const { number } = await opened(null)
  const begun = (await ask<RemoteSessions>('alice', 'POST', `/api/tickets/${number}/remote`, { machine: 'PC-042' })).body
  expect(begun.sessions).toMatchObject([
    { machine: 'PC-042', endedAt: null, url: `https://tool.example/PC-042?t=${number}&u=claire.dubois` },
  ])
  minutes(7)
  await ask('alice', 'POST', `/api/tickets/${number}/remote`, { machine: null })
  const again = (await ask<RemoteSessions>('alice', 'GET', `/api/tickets/${number}/remote`)).body
  expect(again.sessions.map(({ endedAt }) => endedAt === null)).toEqual([true, false])
  const end = () => ask('alice', 'POST', `/api/tickets/${number}/remote/${again.sessions[0]?.id}/end`)
  minutes(2)
  expect([(await end()).status, (await end()).status]).toEqual([200, 200])
  const line = (step: string, machine: string | null, seconds: number | null) => ({
    by: 'Alice Martin',
    visibility: 'public',
    detail: { remote: { step, machine, seconds } },
  })
  expect(await journalOf(number)).toEqual([
    line('started', 'PC-042', null),
    line('ended', 'PC-042', 420),
    line('started', null, null),
    line('ended', null, 120),
  ])
  expect((await ask('alice', 'POST', `/api/tickets/${(await opened(null)).number}/remote/${again.sessions[0]?.id}/end`)).status).toBe(404)
})

it('what was done during a call stands on the ticket that the call leads to', async () => {
  const begun = (await ask<RemoteSessions>('alice', 'POST', '/api/calls/call-7/remote', { personId: claire })).body
  expect(begun.sessions[0]?.url).toBe('https://tool.example/?t=&u=claire.dubois')
  const { number } = await opened('call-7')
  // The call says so, and the ticket that was opened from it: at the same time.
  await Promise.all([1, 2, 3].map(() => service.stores.remote.deliver('call-7')))
  expect(await journalOf(number)).toHaveLength(1)
  minutes(1)
  await ask('alice', 'POST', `/api/calls/call-7/remote/${begun.sessions[0]?.id}/end`)
  expect((await journalOf(number)).map(({ detail }) => detail)).toMatchObject([
    { remote: { step: 'started' } },
    { remote: { step: 'ended', seconds: 60 } },
  ])
  expect((await ask<RemoteSessions>('alice', 'GET', `/api/tickets/${number}/remote`)).body.sessions).toHaveLength(1)
})

it('machines and remote control are in what is handed over of a person, and go when the person is erased', async () => {
  const machine = {
    server: { id: 's', name: 'Sciences' },
    deviceId: 'PC-042-1',
    name: 'PC-042',
    system: 'Windows',
    model: '',
    serial: 'ABC1234',
    address: '10.4.2.7',
  }
  await service.database.db.execute(
    `insert into ticket_machines (call_id, server_id, device_id, machine, by_id, by_name, at) values ('call-7', 's', 'PC-042-1', '${JSON.stringify(machine)}', 'alice', 'Alice Martin', now())`,
  )
  const all = (
    await ask<{ machines: object[]; remote: object[] }>('admin', 'GET', `/api/people/${encodeURIComponent(claire)}/export?format=json`)
  ).body
  expect(all.machines).toMatchObject([{ name: 'PC-042', serial: 'ABC1234' }])
  expect(all.remote).toHaveLength(3)
  const page = await service.as('admin', { method: 'GET', url: `/api/people/${encodeURIComponent(claire)}/export?format=html` })
  expect(page.body).toContain('ABC1234')
  const { rows: theirs } = await service.database.db.execute<{ number: number }>(
    `select number from tickets where requester_person_id = '${claire}' and status <> 'closed'`,
  )
  for (const { number } of theirs) await ask('alice', 'POST', `/api/tickets/${number}/close`, { solution: 'Le câble est changé.' })
  const erased = await ask('admin', 'POST', `/api/people/${encodeURIComponent(claire)}/erasure`, {
    reason: 'à sa demande',
    name: 'Claire Dubois',
  })
  expect(erased.status).toBe(200)
  const { rows } = await service.database.db.execute(
    `select (select count(*) from ticket_machines)::int as machines, (select count(*) from remote_sessions where machine is not null or url <> '')::int as sessions,
       (select count(*) from ticket_journal where detail #>> '{remote,machine}' is not null)::int as lines`,
  )
  expect(rows).toEqual([{ machines: 0, sessions: 0, lines: 0 }])
})
