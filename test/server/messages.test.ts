import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

const folder = mkdtempSync(join(tmpdir(), 'guichet-messages-'))
const sound = Buffer.concat([Buffer.from('RIFF....WAVEfmt '), Buffer.alloc(2000, 7)])
let service: TestHttp
const message = { id: 'm1', callId: 'call-1', at: new Date('2026-11-23T09:00:00Z'), number: '+33561551234', seconds: 12.5, file: 'm1.wav' }

beforeAll(async () => {
  writeFileSync(join(folder, 'm1.wav'), sound)
  service = await buildTestHttp({ messagesFolder: folder })
  await service.stores.messages.add(message)
})
afterAll(async () => {
  await service.close()
  rmSync(folder, { recursive: true })
})

const listeners = async () => (await service.database.pool.query('select account_id, message_id from listened_sounds order by id')).rows

describe('voice messages', () => {
  it('are listed with whoever may have left them', async () => {
    const list = (await service.as('alice', { method: 'GET', url: '/api/messages' })).json()
    expect(list).toEqual([
      {
        id: 'm1',
        callId: 'call-1',
        at: '2026-11-23T09:00:00.000Z',
        number: '+33561551234',
        numberShown: '05 61 55 12 34',
        seconds: 12.5,
        people: [expect.objectContaining({ name: 'Claire Dubois' })],
        settledBy: null,
        settledAt: null,
      },
    ])
  })

  it('are stored once for a call, however often it is tried', async () => {
    expect(await service.stores.messages.add({ ...message, id: 'm2' })).toBe(false)
  })

  it('are heard whole or by parts, and each listening is written down', async () => {
    const whole = await service.as('alice', { method: 'GET', url: '/api/messages/m1/sound' })
    expect([whole.statusCode, whole.headers['content-type'], whole.headers['cache-control']]).toEqual([
      200,
      'audio/wav',
      'private, no-store',
    ])
    expect(whole.rawPayload.equals(sound)).toBe(true)
    const part = await service.as('sophie', { method: 'GET', url: '/api/messages/m1/sound', headers: { range: 'bytes=10-19' } })
    expect([part.statusCode, part.rawPayload.length]).toEqual([206, 10])
    expect(await listeners()).toEqual([
      { account_id: 'alice', message_id: 'm1' },
      { account_id: 'sophie', message_id: 'm1' },
    ])
  })

  it('are not heard by those without the right, and nothing is written down for them', async () => {
    const before = await listeners()
    for (const login of [null, 'nadia', 'admin']) {
      const refused = await service.as(login, { method: 'GET', url: '/api/messages/m1/sound' })
      expect([401, 403]).toContain(refused.statusCode)
    }
    expect(await listeners()).toEqual(before)
  })

  it('lead to no other file of the machine', async () => {
    await service.stores.messages.add({ ...message, id: 'm3', callId: 'call-3', file: '../../../../etc/passwd' })
    expect((await service.as('alice', { method: 'GET', url: '/api/messages/m3/sound' })).statusCode).toBe(404)
    expect((await service.as('alice', { method: 'GET', url: '/api/messages/..%2F..%2Fetc%2Fpasswd/sound' })).statusCode).toBe(404)
  })

  it('are settled once, by whoever was first, and lists are told', async () => {
    const settle = (login: string) => service.as(login, { method: 'PUT', url: '/api/messages/m1', payload: { settled: true } })
    expect((await settle('bruno')).json()).toMatchObject({ settledBy: 'Bruno Lefort', settledAt: expect.stringMatching(/Z$/) })
    expect((await settle('alice')).json()).toMatchObject({ settledBy: 'Bruno Lefort' })
    expect(service.told).toContain('message m1')
    expect((await service.as('alice', { method: 'PUT', url: '/api/messages/m1', payload: { settled: false } })).statusCode).toBe(400)
    expect((await service.as('alice', { method: 'PUT', url: '/api/messages/none', payload: { settled: true } })).statusCode).toBe(404)
  })
})
