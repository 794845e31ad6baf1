import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { evolve } from '../../server/calls/evolve.ts'
import type { Fact } from '../../server/calls/facts.ts'
import { type DeskState, emptyDesk } from '../../server/calls/model.ts'
import { FactLog, type LoggedFact } from '../../server/engine/fact-log.ts'
import { retryMs, Shipper } from '../../server/engine/shipper.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'
import { type SmallDisk, smallDisk } from '../support/small-disk.ts'

let folder: string
let disk: SmallDisk
let state: DeskState
const logs: FactLog[] = []

beforeEach(() => {
  folder = testFolder()
  disk = smallDisk(join(folder, 'facts'), 256)
  state = emptyDesk
})
afterEach(() => {
  for (const log of logs.splice(0)) log.close()
  disk.close()
  removeTestFolder(folder)
})

const open = (inMemoryAtMost = 1_000) => {
  const log = new FactLog(disk.path, { inMemoryAtMost })
  logs.push(log)
  return log
}
const arrival = (i: number): Fact => ({ at: i, type: 'call-arrived', callId: `c${i}`, number: `+3356155${i}`, people: [] })
/** Calls arrive, one turn each. */
function happens(log: FactLog, from: number, count: number): readonly LoggedFact[] {
  return Array.from({ length: count }, (_, i) => from + i).flatMap((i) => {
    state = evolve(state, arrival(i))
    return log.append([arrival(i)], state)
  })
}
const numbers = (facts: readonly LoggedFact[]) => facts.map(({ n }) => n)
const folded = (log: FactLog) => [...log.facts.reduce((s, { fact }) => evolve(s, fact), log.base ?? emptyDesk).calls.keys()]
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

/** A PostgreSQL that takes what it is given once, in order, and remembers it. */
class Sink {
  readonly epochs = new Map<string, LoggedFact[]>()
  /** How many facts came at a time. */
  readonly batches: number[] = []
  away = false
  /** How often it was asked in vain. */
  refused = 0
  #answer(): void {
    if (!this.away) return
    this.refused += 1
    throw new Error('away')
  }
  async lastShipped(epoch: string): Promise<number | null> {
    this.#answer()
    return this.epochs.get(epoch)?.at(-1)?.n ?? null
  }
  async ship(epoch: string, facts: readonly LoggedFact[]): Promise<void> {
    this.#answer()
    this.batches.push(facts.length)
    this.epochs.set(epoch, [...(this.epochs.get(epoch) ?? []), ...facts])
  }
  get calls(): readonly string[] {
    return [...this.epochs.values()].flat().map(({ fact }) => ('callId' in fact ? fact.callId : ''))
  }
}
const shipping = async (log: FactLog, sink: Sink) => {
  const shipper = new Shipper(log, sink, pino({ level: 'silent' }))
  await shipper.start()
  return shipper
}

describe('while the log’s disk is full', () => {
  it('facts stay in memory, numbered on, and are written in order once there is room', async () => {
    const log = open()
    happens(log, 1, 5)
    disk.fill()
    expect(numbers(happens(log, 6, 200))).toEqual(range(6, 205))
    expect(log.trouble).toMatchObject({ reason: expect.stringContaining('ENOSPC'), lost: 0 })
    expect(numbers(log.since(0))).toEqual(range(1, 205))
    disk.clear()
    await expect.poll(() => log.trouble, { timeout: 5_000 }).toBe(null)
    happens(log, 206, 1)
    expect(folded(open())).toEqual(range(1, 206).map((i) => `c${i}`))
  })

  it('a line of which the disk took a part is written again whole', async () => {
    const log = open()
    // Whole pages only are given out: the write that meets the end of the last one is cut short.
    disk.fill(4_096)
    happens(log, 1, 100)
    expect(log.trouble).not.toBe(null)
    disk.clear()
    await expect.poll(() => log.trouble, { timeout: 5_000 }).toBe(null)
    expect(numbers(open().facts)).toEqual(range(1, 100))
  })

  it('beyond what memory is allowed, it says how many PostgreSQL has not received, and writes the state in their place', async () => {
    const log = open(50)
    const sink = new Sink()
    const shipper = await shipping(log, sink)
    happens(log, 1, 1)
    disk.fill()
    shipper.add(happens(log, 2, 10))
    await shipper.settled()
    sink.away = true
    shipper.add(happens(log, 12, 90))
    expect(log.trouble?.lost).toBeGreaterThan(0)
    expect(log.trouble?.inMemory).toBeLessThanOrEqual(50)
    disk.clear()
    await expect.poll(() => log.trouble?.reason, { timeout: 5_000 }).toBe(null)
    expect(folded(open())).toEqual(range(1, 101).map((i) => `c${i}`))
  })
})

it('a line torn by a crash is dropped, and what follows can be read', () => {
  happens(open(), 1, 3)
  appendFileSync(join(disk.path, 'facts-000000000001.jsonl'), '{"n":4,"v":1,"fa')
  happens(open(), 4, 2)
  expect(numbers(open().facts)).toEqual([1, 2, 3, 4, 5])
})

describe('PostgreSQL', () => {
  it('receives what happens at once by one transaction, and at once what a full disk does not take', async () => {
    const sink = new Sink()
    const log = open()
    const shipper = await shipping(log, sink)
    for (const i of [1, 2, 3]) shipper.add(happens(log, i, 1))
    await expect.poll(() => sink.batches).toEqual([3])
    disk.fill()
    shipper.add(happens(log, 4, 200))
    await new Promise(setImmediate)
    expect(sink.batches.slice(0, 2)).toEqual([3, 50])
  })

  it('is asked again by one timer while it is away, however much happens meanwhile', async () => {
    const sink = new Sink()
    const log = open()
    const shipper = await shipping(log, sink)
    sink.away = true
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      for (const i of [1, 2, 3]) {
        shipper.add(happens(log, i, 1))
        await vi.advanceTimersByTimeAsync(500)
      }
      const before = sink.refused
      await vi.advanceTimersByTimeAsync(20_000)
      expect(sink.refused - before).toBeGreaterThan(0)
      expect(sink.refused - before).toBeLessThanOrEqual(20_000 / retryMs)
      sink.away = false
      await vi.advanceTimersByTimeAsync(2_000)
      expect(sink.calls).toEqual(['c1', 'c2', 'c3'])
    } finally {
      vi.useRealTimers()
    }
  })

  it('receives every fact once and in order, whatever was away meanwhile and however the service ended', async () => {
    const sink = new Sink()
    const first = open()
    const shipper = await shipping(first, sink)
    shipper.add(happens(first, 1, 20))
    await shipper.settled()
    sink.away = true
    shipper.add(happens(first, 21, 20))
    expect(shipper.backlog).toBe(20)
    const second = open()
    sink.away = false
    const again = await shipping(second, sink)
    again.add(happens(second, 41, 5))
    await again.settled()
    expect(sink.calls).toEqual(range(1, 45).map((i) => `c${i}`))
  })

  it('receives facts as well when the service is killed and back while the disk is still full, and the log follows once there is room', async () => {
    const sink = new Sink()
    const first = open()
    const shipper = await shipping(first, sink)
    shipper.add(happens(first, 1, 3))
    disk.fill()
    shipper.add(happens(first, 4, 200))
    await shipper.settled()
    logs.splice(0).forEach((log) => log.close())
    const second = open()
    const written = second.facts.length
    const again = await shipping(second, sink)
    again.add(happens(second, 300, 10))
    await again.settled()
    expect(sink.calls.slice(203)).toEqual(range(300, 309).map((i) => `c${i}`))
    disk.clear()
    await expect.poll(() => second.trouble, { timeout: 5_000 }).toBe(null)
    const third = open()
    expect(third.facts.length).toBe(written + 10)
    const last = await shipping(third, sink)
    last.add(happens(third, 400, 1))
    await last.settled()
    expect(sink.calls.slice(203)).toEqual([...range(300, 309), 400].map((i) => `c${i}`))
  })

  it('that received what a full disk never took does not take new facts for those', async () => {
    const sink = new Sink()
    const first = open()
    const shipper = await shipping(first, sink)
    shipper.add(happens(first, 1, 3))
    disk.fill()
    shipper.add(happens(first, 4, 200))
    await shipper.settled()
    // It ends while the disk is full: what did not fit is on it no more than after a kill.
    logs.splice(0).forEach((log) => log.close())
    disk.clear()
    const second = open()
    expect(second.facts.length).toBeLessThan(203)
    const again = await shipping(second, sink)
    again.add(happens(second, 300, 300))
    await again.settled()
    expect(sink.calls).toEqual([...range(1, 203), ...range(300, 599)].map((i) => `c${i}`))
    const third = open()
    const last = await shipping(third, sink)
    last.add(happens(third, 700, 1))
    await last.settled()
    expect(sink.calls.at(-1)).toBe('c700')
    expect(new Set(sink.calls).size).toBe(sink.calls.length)
  })
})
