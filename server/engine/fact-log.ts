import { closeSync, existsSync, fdatasync, fstatSync, ftruncateSync, mkdirSync, openSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { type Fact, factsVersion } from '../calls/facts.ts'
import type { DeskState } from '../calls/model.ts'
import { type Epoch, type Line, readEpoch, readLines, newEpoch, segmentName, segments, textOf, placeEpoch } from './fact-files.ts'
import { placeFile, writeWhole } from '../whole-file.ts'
import { packState, unpackState } from './packed-state.ts'

/** A fact with its place in the log: (epoch, n) is its identity everywhere. */
export type LoggedFact = { readonly n: number; readonly fact: Fact }

/** What the disk's refusal means. @property lost facts that had to go before PostgreSQL had received them, since the start */
export type LogTrouble = { readonly reason: string | null; readonly inMemory: number; readonly lost: number }

const largestSegment = 8 * 1024 * 1024
/** Numbers and names are not kept here for longer than it takes to ship them and start again from a state. */
const oldestSegmentMs = 7 * 86_400_000
/** Some 2,000 calls, and 10 MB. */
const inMemoryAtMost = 20_000
/** A refused try costs no more than this. */
const writtenAtOnce = 500
const everyMs = 1_000

const logged = ({ n, fact }: Line): readonly LoggedFact[] => (fact === undefined ? [] : [{ n, fact }])

/**
 * The local, append-only record of what happened, written before anything follows from it. One write per decision; it reaches
 * the kernel at once (a killed process loses nothing) and the disk within a second (a power cut may lose that second).
 * A line cut short by a crash is dropped when the log is opened. While the disk refuses (full, gone), facts stay in memory and
 * are written, in order, as soon as it takes them.
 */
export class FactLog {
  /** The last state written down, and the facts since. */
  readonly base: DeskState | null
  readonly facts: readonly LoggedFact[]
  /** The last number that was there when the log was opened. */
  readonly openedAt: number
  readonly #folder: string
  readonly #inMemoryAtMost: number
  #epoch: Epoch
  /** Of an epoch that the disk has yet to take: none of its facts is written before. */
  #epochUnwritten = false
  #file: number
  #size: number
  /** When the oldest fact of the newest segment happened, and the latest; null while it has none. */
  #span: { readonly from: number; readonly to: number } | null
  #next: number
  #unwritten: Line[] = []
  /** What those that had to go led to, with all since; null while none had to. */
  #instead: DeskState | null = null
  #received = 0
  #lost = 0
  #refusal: string | null = null
  #dirty = false
  #sync: NodeJS.Timeout

  constructor(folder: string, limits: { readonly inMemoryAtMost?: number } = {}) {
    mkdirSync(folder, { recursive: true })
    this.#folder = folder
    this.#inMemoryAtMost = limits.inMemoryAtMost ?? inMemoryAtMost
    this.#epoch = readEpoch(folder)
    const path = join(folder, segments(folder).at(-1) ?? segmentName(1))
    const { lines, whole } = existsSync(path) ? readLines(path) : { lines: [], whole: 0 }
    const from = lines.findLastIndex(({ state }) => state !== undefined)
    const written = lines[from]?.state
    this.base = written === undefined ? null : unpackState(written)
    this.facts = lines.slice(from + 1).flatMap(logged)
    this.openedAt = lines.at(-1)?.n ?? 0
    this.#next = this.openedAt + 1
    this.#file = openSync(path, 'a', 0o600)
    this.#size = whole
    const [oldest, latest] = [
      lines.find(({ fact }) => fact !== undefined)?.fact?.at,
      lines.findLast(({ fact }) => fact !== undefined)?.fact?.at,
    ]
    this.#span = oldest === undefined ? null : { from: oldest, to: latest ?? oldest }
    this.#sync = setInterval(() => this.#everySecond(), everyMs)
    this.#sync.unref()
  }

  get epoch(): string {
    return this.#epoch.id
  }

  /** The number after which this epoch's facts begin. */
  get floor(): number {
    return this.#epoch.floor
  }

  /** Null while the disk takes what it is given and nothing was lost. */
  get trouble(): LogTrouble | null {
    if (this.#refusal === null && this.#lost === 0) return null
    return { reason: this.#refusal, inMemory: this.#unwritten.length, lost: this.#lost }
  }

  /** @param after the state that these facts lead to */
  append(facts: readonly Fact[], after: DeskState): readonly LoggedFact[] {
    const lines = facts.map((fact, i) => ({ n: this.#next + i, v: factsVersion, fact }))
    this.#next += facts.length
    this.#unwritten.push(...lines)
    const latest = facts.at(-1)?.at
    if (latest !== undefined) this.#span = { from: this.#span?.from ?? latest, to: latest }
    if (this.#instead !== null) this.#instead = after
    // A disk that refuses is asked again each second, not at each call.
    if (this.#refusal === null) this.#write()
    if (this.#unwritten.length > this.#inMemoryAtMost) this.#makeRoom(after)
    return lines.map(({ n, fact }) => ({ n, fact }))
  }

  /** Begin a new segment from a snapshot when the current one has grown large or old and the disk takes it. */
  rotate(state: DeskState): void {
    const isOld = this.#span !== null && this.#span.to - this.#span.from > oldestSegmentMs
    if ((this.#size < largestSegment && !isOld) || this.#refusal !== null) return
    const n = this.#next
    const path = join(this.#folder, segmentName(n))
    const text = textOf([{ n, v: factsVersion, state: packState(state) }])
    try {
      placeFile(path, text)
    } catch (error) {
      this.#refusal = (error as Error).message
      return
    }
    closeSync(this.#file)
    this.#file = openSync(path, 'a', 0o600)
    this.#size = Buffer.byteLength(text)
    this.#span = null
    this.#next = n + 1
  }

  /** Facts after `n`, from every segment still kept and from memory: what PostgreSQL has not received. */
  since(n: number): readonly LoggedFact[] {
    const written = segments(this.#folder).flatMap((name) => readLines(join(this.#folder, name)).lines)
    return [...written, ...this.#unwritten].filter((line) => line.n > n).flatMap(logged)
  }

  /** PostgreSQL has all up to `n`: segments wholly received are dropped, the newest always kept. */
  forgetBefore(n: number): void {
    this.#received = n
    const names = segments(this.#folder)
    names.slice(0, -1).forEach((name, i) => {
      const following = names[i + 1]
      if (following !== undefined && Number(/\d+/.exec(following)?.[0]) <= n) unlinkSync(join(this.#folder, name))
    })
  }

  /**
   * PostgreSQL holds facts of this epoch that this log never had (its disk was full, or it was brought back from a copy): what was
   * logged since it was opened bears their numbers, and goes on under another epoch.
   */
  renewEpoch(): void {
    this.#epoch = newEpoch(this.openedAt)
    this.#epochUnwritten = true
    this.#write()
  }

  close(): void {
    clearInterval(this.#sync)
    if (this.#unwritten.length > 0) this.#write()
    closeSync(this.#file)
  }

  #write(): void {
    try {
      if (this.#epochUnwritten) placeEpoch(this.#folder, this.#epoch)
      this.#epochUnwritten = false
      // What an earlier try left torn.
      if (fstatSync(this.#file).size > this.#size) ftruncateSync(this.#file, this.#size)
      while (this.#unwritten.length > 0) {
        this.#size += writeWhole(this.#file, textOf(this.#unwritten.slice(0, writtenAtOnce)))
        this.#unwritten.splice(0, writtenAtOnce)
      }
      this.#writeInstead()
      this.#refusal = null
      this.#dirty = true
    } catch (error) {
      this.#refusal = (error as Error).message
    }
  }

  /** The state in place of the facts that had to go. */
  #writeInstead(): void {
    if (this.#instead === null) return
    this.#size += writeWhole(this.#file, textOf([{ n: this.#next, v: factsVersion, state: packState(this.#instead) }]))
    this.#next += 1
    this.#instead = null
  }

  #makeRoom(after: DeskState): void {
    const gone = this.#unwritten.splice(0, Math.ceil(this.#inMemoryAtMost / 10))
    this.#lost += gone.filter(({ n }) => n > this.#received).length
    this.#instead = after
  }

  #everySecond(): void {
    if (this.#refusal !== null) this.#write()
    if (!this.#dirty) return
    this.#dirty = false
    fdatasync(this.#file, (error) => {
      if (error !== null) this.#refusal = error.message
    })
  }
}
