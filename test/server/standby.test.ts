import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Fact } from '../../server/calls/facts.ts'
import { emptyDesk } from '../../server/calls/model.ts'
import { openDatabase, type Database } from '../../server/database/connection.ts'
import { factSink } from '../../server/database/fact-sink.ts'
import { migrate } from '../../server/database/migrate.ts'
import { openStore } from '../../server/database/open-store.ts'
import { FactLog } from '../../server/engine/fact-log.ts'
import { Election, type Mandate } from '../../server/standby/election.ts'
import { Fence } from '../../server/standby/fence.ts'
import { Lease } from '../../server/standby/lease.ts'
import { beginFrom, drainOwnLog, drainPutAside } from '../../server/standby/own-log.ts'
import { type PairParts, startPair } from '../../server/standby/pair.ts'
import { readState, SnapshotKeeper } from '../../server/standby/snapshots.ts'
import { linkTo } from '../support/database-link.ts'
import { freeTcpPort } from '../support/free-port.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'
import { createDatabase, createEmptyDatabase, type TestDatabase } from '../support/postgres.ts'
import { dueAfter } from '../support/service.ts'

const log = pino({ level: 'silent' })
let database: TestDatabase
let opened: Database
let varDir: string
beforeEach(async () => {
  database = await createDatabase()
  opened = openDatabase(database.url)
  varDir = testFolder()
})
afterEach(async () => {
  await opened.close()
  await database.drop()
  removeTestFolder(varDir)
})

const sink = () => factSink(opened.db, { dueAfter, onOwed: () => undefined, onEnded: () => undefined })
const arrived = (callId: string): Fact => ({ at: 1_000, type: 'call-arrived', callId, number: null, people: [] })

describe('an election', () => {
  const nodeOf = (id: string, alive: (url: string) => boolean, url = database.url) => {
    const lease = new Lease(url)
    const election = new Election({
      lease,
      node: { id, url: `http://${id}` },
      log,
      alive: async (at) => alive(at),
      prepare: () => migrate(url),
    })
    return { lease, election }
  }
  /** The driver's heart stops, by PostgreSQL's own clock. */
  const silence = () => opened.pool.query("update driver set beat_at = beat_at - interval '1 minute'")

  it('on an empty database has one winner, and makes the schema', async () => {
    const empty = await createEmptyDatabase()
    const a = nodeOf('a', () => true, empty.url)
    const first = await a.election.stand()
    expect(first?.term).toBe(1)
    await first?.resign()
    await a.lease.close()
    await empty.drop()
  })

  it('leaves a driver alone that beats, or that only lost PostgreSQL and still answers', async () => {
    let answers = true
    const [a, b] = [nodeOf('a', () => true), nodeOf('b', () => answers)]
    const first = await a.election.stand()
    await first?.resign()
    await opened.pool.query('update driver set released = false')
    await silence()
    let taken = false
    const waiting = b.election.stand().then((mandate) => {
      taken = true
      return mandate
    })
    const asked = async () => (await b.lease.read())?.node
    expect(await asked()).toBe('a')
    expect(await asked()).toBe('a')
    expect(taken).toBe(false)
    answers = false
    const second = await waiting
    expect(second?.term).toBe(2)
    await second?.resign()
    await Promise.all([a.lease.close(), b.lease.close()])
  })

  it('tells the driver that another one took over', async () => {
    const [a, b] = [nodeOf('a', () => false), nodeOf('b', () => false)]
    const first = await a.election.stand()
    await opened.pool.query('update driver set released = true')
    const second = await b.election.stand()
    await first?.relieved
    expect(() => first?.fence.pass()).toThrow('another service')
    expect(second?.fence.pass()).toBeUndefined()
    await second?.resign()
    await Promise.all([a.lease.close(), b.lease.close()])
  })

  it('leaves its driver to command at once while PostgreSQL does not answer', async () => {
    const link = await linkTo(database.url)
    const a = nodeOf('a', () => true, link.url)
    const mandate = await a.election.stand()
    link.freeze()
    const until = performance.now() + 5_000
    let held = 0
    while (performance.now() < until) {
      if (mandate?.fence.pass() !== undefined) held += 1
      await new Promise((again) => setTimeout(again, 50))
    }
    expect(held).toBe(0)
    link.thaw()
    await mandate?.resign()
    await a.lease.close()
    await link.close()
  })

  it('without PostgreSQL has no winner', async () => {
    const link = await linkTo(database.url)
    await link.cut()
    const a = nodeOf('a', () => false, link.url)
    const standing = a.election.stand()
    await expect(a.lease.read()).rejects.toThrow(/.+/)
    a.election.stop()
    expect(await standing).toBeNull()
    await link.close()
  })
})

describe('a fence', () => {
  it('lets through while the process runs, and holds everything back after a standstill until it is known who drives', async () => {
    let now = 0
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const fence = new Fence({ clocks: () => [now, now], certain: () => promise })
    now = 1_000
    fence.mark()
    now = 2_000
    expect(fence.pass()).toBeUndefined()
    now = 9_000
    fence.mark()
    const held = fence.pass()
    expect(held).toBeInstanceOf(Promise)
    resolve(true)
    await held
    expect(fence.pass()).toBeUndefined()
  })

  it('lets nothing through once another drives', async () => {
    let now = 0
    const fence = new Fence({ clocks: () => [0, now], certain: async () => false })
    now = 9_000
    await expect(fence.pass()).rejects.toThrow('another service')
    expect(() => fence.pass()).toThrow('another service')
  })
})

describe('the line as a successor finds it', () => {
  const keep = async (term: number, callIds: readonly string[], seq: number) => {
    const calls = new Map(callIds.map((id) => [id, { id, status: { kind: 'waiting' }, offers: [] } as never]))
    const keeper = new SnapshotKeeper({ pool: opened.pool, log, term, state: () => ({ epoch: 'e', seq, state: { ...emptyDesk, calls } }) })
    await keeper.start()
    keeper.stop()
  }
  const drivenBy = (term: number) =>
    opened.pool.query("insert into driver (term, node, url, since, beat_at) values ($1, 'a', 'http://a', now(), now())", [term])
  const callsFound = async () => [...((await readState(database.url))?.state.calls.keys() ?? [])].sort()

  it('is the last state written down with the facts since, and only whoever drives writes it', async () => {
    expect(await readState(database.url)).toBeNull()
    await drivenBy(2)
    await sink().ship('e', [
      { n: 1, fact: arrived('c1') },
      { n: 2, fact: arrived('c2') },
    ])
    expect(await callsFound()).toEqual(['c1', 'c2'])
    await keep(1, ['relieved'], 2)
    expect(await callsFound()).toEqual(['c1', 'c2'])
    await keep(2, ['c0'], 1)
    expect(await callsFound()).toEqual(['c0', 'c2'])
  })

  it('begins a log of its own; what the earlier log holds comes in when it can, once', async () => {
    const own = new FactLog(join(varDir, 'facts'))
    own.append([arrived('mine')], emptyDesk)
    own.close()
    beginFrom(varDir, { epoch: own.epoch, state: emptyDesk })
    expect(readdirSync(varDir)).toEqual(['facts'])
    beginFrom(varDir, { epoch: 'another', state: { ...emptyDesk, nextOrder: 42 } })
    const next = new FactLog(join(varDir, 'facts'))
    expect(next.base?.nextOrder).toBe(42)
    expect(next.epoch).not.toBe(own.epoch)
    next.close()
    await drainPutAside(varDir, sink())
    await drainOwnLog(varDir, sink())
    expect((await opened.pool.query('select epoch, type from facts')).rows).toEqual([{ epoch: own.epoch, type: 'call-arrived' }])
    expect(existsSync(join(varDir, `facts-of-${own.epoch}`))).toBe(false)
  })
})

describe('a service of a pair', () => {
  const ports = async (serve: PairParts['serve'], letGoMs?: number): Promise<PairParts> => ({
    varDir,
    databaseUrl: database.url,
    nodeUrl: 'http://127.0.0.1:9',
    listen: { host: '127.0.0.1', port: await freeTcpPort() },
    version: 'of the tests',
    log,
    sink: () => ({ sink: sink(), close: async () => undefined }),
    serve,
    tell: () => undefined,
    ...(letGoMs !== undefined && { letGoMs }),
  })

  it('that is told to stop, or relieved, before all of it has started lets go all the same', async () => {
    const elected = Promise.withResolvers<void>()
    let stops = 0
    const serve = () => {
      elected.resolve()
      return {
        started: new Promise(() => undefined),
        stop: async () => {
          stops += 1
        },
      }
    }
    const pair = startPair(await ports(serve))
    await elected.promise
    await pair.stop()
    expect(stops).toBe(1)
  })

  it('that does not let go says so and ends, so that a new one stands by in its place', async () => {
    const serve = (mandate: Mandate) => {
      mandate.relieve()
      return { started: new Promise(() => undefined), stop: () => new Promise<void>(() => undefined) }
    }
    const pair = startPair(await ports(serve, 50))
    await expect(pair.done).rejects.toThrow('n’a pas pu tout arrêter')
    await pair.stop()
  })
})

describe('what begins once PostgreSQL is there', () => {
  const storeOf = (...onOpen: (() => unknown)[]) => openStore({ url: database.url, db: opened.db, demo: false, log, onOpen })

  it('begins one after the other', async () => {
    const begun: string[] = []
    await storeOf(
      async () => begun.push('first'),
      () => begun.push('second'),
    ).open()
    expect(begun).toEqual(['first', 'second'])
  })

  it('does not begin once the service was stopped, however far it had come', async () => {
    const begun: string[] = []
    const store = storeOf(
      () => begun.push('first'),
      () => store.stop(),
      () => begun.push('third'),
    )
    await store.open()
    expect(begun).toEqual(['first'])
  })
})
