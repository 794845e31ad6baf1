import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { transcribeMessage } from '../../server/engine/transcription.ts'
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

describe('beside its sound, a message', () => {
  const wav = (samples: readonly number[]) => {
    const data = Buffer.alloc(samples.length * 2)
    samples.forEach((sample, i) => data.writeInt16LE(sample, i * 2))
    const header = Buffer.alloc(44)
    header.write('RIFF', 0, 'latin1')
    header.write('WAVEfmt ', 8, 'latin1')
    header.writeUInt32LE(16, 16)
    header.write('data', 36, 'latin1')
    header.writeUInt32LE(data.length, 40)
    return Buffer.concat([header, data])
  }
  const loud = { ...message, id: 'loud', callId: 'call-loud', file: 'loud.wav' }
  const ask = (login: string, what: string, method: 'GET' | 'POST' = 'GET') =>
    service.as(login, { method, url: `/api/messages/loud/${what}` })
  beforeAll(async () => {
    const samples = Array.from({ length: 2_400 }, (_, i) => (i < 1_200 ? 1_000 : 4_000) * (i % 2 === 0 ? 1 : -1))
    writeFileSync(join(folder, loud.file), wav(samples))
    await service.stores.messages.add(loud)
  })

  it('has a waveform, computed once and kept, which is no listening', async () => {
    const before = await listeners()
    const shape = (await ask('alice', 'shape')).json()
    expect([shape.peaks.length, shape.peaks[0], shape.peaks[119], shape.transcription]).toEqual([120, 25, 100, 'off'])
    writeFileSync(join(folder, loud.file), wav([1]))
    expect((await ask('bruno', 'shape')).json()).toEqual(shape)
    expect(await listeners()).toEqual(before)
  })

  it('without a readable sound is drawn flat', async () => {
    expect((await service.as('alice', { method: 'GET', url: '/api/messages/m1/shape' })).json().peaks).toEqual([])
  })

  it('tells the supervisor alone who listened, and gives the file to nobody else', async () => {
    await ask('alice', 'sound')
    const file = await ask('sophie', 'file')
    expect([file.statusCode, file.headers['content-disposition']]).toEqual([200, 'attachment; filename="message-2026-11-23-09-00.wav"'])
    expect((await ask('sophie', 'listenings')).json()).toMatchObject([
      { who: 'Sophie Garnier', how: 'downloaded' },
      { who: 'Alice Martin', how: 'heard' },
    ])
    for (const login of ['alice', 'admin', 'nadia'])
      for (const what of ['file', 'listenings']) expect((await ask(login, what)).statusCode).toBe(403)
  })

  it('becomes one pre-ticket, however often it is asked, which its answer owed leads to and which holds its sound', async () => {
    const made = await Promise.all([ask('alice', 'ticket', 'POST'), ask('bruno', 'ticket', 'POST')])
    const [{ number, status, medium, requester, title }, again] = made.map((answer) => answer.json())
    expect([status, medium, title, requester.phone, again.number]).toEqual([
      'pre-ticket',
      'message',
      'Message vocal, Claire Dubois',
      '05 61 55 12 34',
      number,
    ])
    const page = (await service.as('alice', { method: 'GET', url: `/api/tickets/${number}` })).json()
    expect(page.message).toEqual({ id: 'loud', seconds: 12.5 })
    const { entries } = (await service.as('alice', { method: 'GET', url: '/api/owed' })).json()
    const origins = entries.flatMap((entry: { origins: { callId: string; ticket: number | null }[] }) => entry.origins)
    expect(origins.find((origin: { callId: string }) => origin.callId === 'call-loud').ticket).toBe(number)
  })

  it('is read as it is heard: what a machine understood is asked for, and who asked is written down', async () => {
    expect((await ask('alice', 'transcript')).statusCode).toBe(404)
    const keep = service.stores.messages.keepTranscript
    const transcriber = { name: 'un essai', transcribe: async (sound: Buffer) => ` ${sound.length} octets ` }
    await transcribeMessage({ transcriber, folder, log: pino({ level: 'silent' }), keep }, 'loud', loud.file)
    expect((await ask('alice', 'shape')).json().transcription).toBe('done')
    const before = (await listeners()).length
    expect((await ask('alice', 'transcript')).json()).toEqual({ text: '46 octets', by: 'un essai' })
    expect(await listeners()).toHaveLength(before + 1)
  })
})
