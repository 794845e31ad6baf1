import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Draft, DraftContent, DraftWritten } from '../../server/contract/drafts.ts'
import { DraftBook } from '../../server/engine/draft-book.ts'
import { nothingWritten } from '../support/drafts.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

const log = pino({ level: 'silent' })
const startedAt = '2026-11-23T09:00:00.000Z'
const content = (title: string): DraftContent => ({ ...nothingWritten, title })
let service: TestHttp
beforeEach(async () => {
  service = await buildTestHttp()
})
afterEach(() => service.close())

const put = async (login: string, key: string, version: number, title: string): Promise<DraftWritten> =>
  (await service.as(login, { method: 'PUT', url: `/api/drafts/${key}`, payload: { version, startedAt, content: content(title) } })).json()
const seen = async (login: string): Promise<{ drafts: Draft[]; over: string[] }> =>
  (await service.as(login, { method: 'GET', url: '/api/drafts' })).json()
const rows = async () => (await service.database.pool.query('select key, version, owner_name, content from drafts order by key')).rows

describe('drafts', () => {
  it('of a call are everybody’s: what one wrote, the other reads and goes on with', async () => {
    await put('alice', 'c1', 0, 'Réseau')
    expect((await seen('bruno')).drafts).toMatchObject([{ key: 'c1', callId: 'c1', version: 1, by: { name: 'Alice Martin' } }])
    expect(await put('bruno', 'c1', 1, 'Réseau en salle 118')).toMatchObject({
      outcome: 'kept',
      draft: { version: 2, by: { id: 'bruno' } },
    })
  })

  it('that both wrote are told to the one who came second, and the first’s is left', async () => {
    await put('alice', 'c1', 0, 'Réseau')
    await put('alice', 'c1', 1, 'Réseau coupé')
    expect(await put('bruno', 'c1', 1, 'Moodle')).toMatchObject({
      outcome: 'conflict',
      draft: { version: 2, content: { title: 'Réseau coupé' }, by: { name: 'Alice Martin' } },
    })
    expect((await seen('alice')).drafts[0]?.content.title).toBe('Réseau coupé')
  })

  it('without a call are their writer’s alone', async () => {
    await put('alice', 'hand-alice-1', 0, 'À l’accueil')
    expect((await seen('bruno')).drafts).toEqual([])
    const refused = await service.as('bruno', {
      method: 'PUT',
      url: '/api/drafts/hand-alice-1',
      payload: { version: 0, startedAt, content: content('x') },
    })
    expect(refused.json().code).toBe('forbidden')
    expect((await service.as('alice', { method: 'DELETE', url: '/api/drafts/hand-alice-1' })).statusCode).toBe(204)
    expect((await seen('alice')).drafts).toEqual([])
  })

  it('of a call are not dropped: a call ends by a ticket or a word', async () => {
    await put('alice', 'c1', 0, 'Réseau')
    expect((await service.as('alice', { method: 'DELETE', url: '/api/drafts/c1' })).json().code).toBe('conflict')
  })

  it('are over once the ticket is saved; a write that comes late does not bring one back', async () => {
    await put('alice', 'c1', 0, 'Réseau')
    const requester = { personId: null, name: '', email: null, phone: null }
    await service.as('alice', { method: 'POST', url: '/api/tickets', payload: { title: 'Réseau', requester, callId: 'c1' } })
    expect(await seen('alice')).toMatchObject({ drafts: [], over: ['c1'] })
    expect(await put('bruno', 'c1', 1, 'Réseau')).toEqual({ outcome: 'over' })
  })

  it('reach PostgreSQL behind the memory, and another start reads them there', async () => {
    await put('alice', 'c1', 0, 'Réseau')
    await put('alice', 'c1', 1, 'Réseau coupé')
    await expect.poll(rows).toMatchObject([{ key: 'c1', version: 2, owner_name: 'Alice Martin', content: { title: 'Réseau coupé' } }])
    const book = new DraftBook({ keep: service.stores.drafts, log, now: Date.now, onChange: () => undefined })
    await book.start([])
    expect(book.of('c1')).toMatchObject({ version: 2, by: { id: 'alice', name: 'Alice Martin' }, startedAt })
    await book.stop()
  })

  it('are kept in memory while PostgreSQL refuses them, and written when it takes them', async () => {
    const told: string[] = []
    let fail = true
    let refused = 0
    const kept: Draft[] = []
    const book = new DraftBook({
      keep: {
        load: async () => [],
        save: async (draft) => {
          if (fail) {
            refused += 1
            throw new Error('away')
          }
          kept.push(draft)
        },
        remove: async () => undefined,
      },
      log,
      now: Date.now,
      onChange: () => told.push('changed'),
    })
    await book.start([])
    const by = { id: 'alice', name: 'Alice Martin' }
    expect(book.write('c1', 'c1', { version: 0, startedAt, content: content('Réseau') }, by).outcome).toBe('kept')
    expect(book.of('c1')?.content.title).toBe('Réseau')
    await expect.poll(() => refused).toBe(1)
    fail = false
    book.write('c1', 'c1', { version: 1, startedAt, content: content('Réseau coupé') }, by)
    await expect.poll(() => kept.map((d) => d.version)).toEqual([2])
    await book.stop()
  })
})
