import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordingPurge } from '../../server/engine/recording-purge.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

const folder = mkdtempSync(join(tmpdir(), 'guichet-recordings-'))
const sound = Buffer.concat([Buffer.from('RIFF....WAVEfmt '), Buffer.alloc(2_000, 7)])
const recording = { id: 'call-1~rec3', callId: 'call-1', seconds: 62, file: 'call-1_rec3.wav' }
const url = `/api/recordings/${encodeURIComponent(recording.id)}`
let service: TestHttp

beforeAll(async () => {
  writeFileSync(join(folder, recording.file), sound)
  service = await buildTestHttp({ recordingsFolder: folder })
  await service.stores.recordings.add(recording)
  await service.stores.recordings.add(recording)
})
afterAll(async () => {
  await service.close()
  rmSync(folder, { recursive: true })
})

describe('recorded conversations', () => {
  it('are found by their call, once', async () => {
    const found = (await service.as('alice', { method: 'GET', url: '/api/recordings?call=call-1' })).json()
    expect(found).toEqual({
      recordings: [{ id: recording.id, callId: 'call-1', seconds: 62, at: expect.any(String), keptAt: expect.any(String) }],
      removedAfterDays: 30,
    })
    expect((await service.as('alice', { method: 'GET', url: '/api/recordings' })).statusCode).toBe(400)
  })

  it('are heard by a supervisor alone, and every access is written down', async () => {
    expect((await service.as('alice', { method: 'GET', url: `${url}/sound` })).statusCode).toBe(403)
    const heard = await service.as('sophie', { method: 'GET', url: `${url}/sound` })
    expect([heard.statusCode, heard.rawPayload.equals(sound)]).toEqual([200, true])
    const taken = await service.as('sophie', { method: 'GET', url: `${url}/file` })
    expect(taken.headers['content-disposition']).toContain('call-1_rec3.wav')
    const who = (await service.as('sophie', { method: 'GET', url: `${url}/listenings` })).json()
    expect(who).toMatchObject([{ how: 'downloaded' }, { how: 'heard' }])
  })

  it('are removed with their sound once their days are over, and who listened stays known', async () => {
    const { over, remove } = service.stores.recordings
    const purge = (days: number) => recordingPurge({ folder, days: () => days, over, remove, log: pino({ level: 'silent' }) }).look()
    await purge(1)
    expect(existsSync(join(folder, recording.file))).toBe(true)
    await purge(-1)
    expect(existsSync(join(folder, recording.file))).toBe(false)
    expect((await service.as('sophie', { method: 'GET', url: `${url}/sound` })).statusCode).toBe(404)
    expect((await service.database.pool.query('select how from recording_accesses')).rowCount).toBe(2)
  })
})
