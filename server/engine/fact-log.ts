import { randomUUID } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fdatasync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { type Fact, factsVersion } from '../calls/facts.ts'
import { type DeskSnapshotRecord, packState, unpackState } from './packed-state.ts'
import type { DeskState } from '../calls/model.ts'

/** A fact with its place in the log: (epoch, n) is its identity everywhere. */
export type LoggedFact = { readonly n: number; readonly fact: Fact }
type Line = { readonly n: number; readonly v: number; readonly fact?: Fact; readonly state?: DeskSnapshotRecord }

const largestSegment = 8 * 1024 * 1024
const segmentName = (n: number) => `facts-${String(n).padStart(12, '0')}.jsonl`

/**
 * The local, append-only record of what happened, written before anything follows from it. One write per decision; it reaches
 * the kernel at once (a killed process loses nothing) and the disk within a second (a power cut may lose that second).
 * A line cut short by a crash is dropped when the log is opened.
 */
export class FactLog {
  readonly epoch: string
  /** The state at the start of the newest segment, and the facts since. */
  readonly base: DeskState | null
  readonly facts: readonly LoggedFact[]
  readonly #folder: string
  #file: number
  #size: number
  #next: number
  #dirty = false
  #sync: NodeJS.Timeout

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true })
    this.#folder = folder
    this.epoch = readEpoch(folder)
    const newest = segments(folder).at(-1) ?? segmentName(1)
    const path = join(folder, newest)
    const { lines, whole } = existsSync(path) ? readLines(path) : { lines: [], whole: 0 }
    this.base = lines[0]?.state === undefined ? null : unpackState(lines[0].state)
    this.facts = lines.flatMap(({ n, fact }) => (fact === undefined ? [] : [{ n, fact }]))
    this.#next = (lines.at(-1)?.n ?? 0) + 1
    this.#file = openSync(path, 'a', 0o600)
    if (fstatSync(this.#file).size > whole) ftruncateSync(this.#file, whole)
    this.#size = whole
    this.#sync = setInterval(() => this.#flush(), 1_000)
    this.#sync.unref()
  }

  /** @throws when the disk refuses (full, gone). */
  append(facts: readonly Fact[]): readonly LoggedFact[] {
    const logged = facts.map((fact, i) => ({ n: this.#next + i, fact }))
    this.#write(logged.map(({ n, fact }): Line => ({ n, v: factsVersion, fact })))
    this.#next += facts.length
    return logged
  }

  /** Begin a new segment from a snapshot when the current one has grown large. */
  rotate(state: DeskState): void {
    if (this.#size < largestSegment) return
    closeSync(this.#file)
    const n = this.#next
    this.#file = openSync(join(this.#folder, segmentName(n)), 'a', 0o600)
    this.#size = 0
    this.#write([{ n, v: factsVersion, state: packState(state) }])
    this.#next = n + 1
  }

  /** Facts after `n`, from every segment still kept: what PostgreSQL has not received. */
  since(n: number): readonly LoggedFact[] {
    return segments(this.#folder)
      .flatMap((name) => readLines(join(this.#folder, name)).lines)
      .flatMap((line) => (line.n > n && line.fact !== undefined ? [{ n: line.n, fact: line.fact }] : []))
  }

  /** Segments wholly received by PostgreSQL are dropped, the newest always kept. */
  forgetBefore(n: number): void {
    const names = segments(this.#folder)
    names.slice(0, -1).forEach((name, i) => {
      const following = names[i + 1]
      if (following !== undefined && Number(/\d+/.exec(following)?.[0]) <= n) unlinkSync(join(this.#folder, name))
    })
  }

  close(): void {
    clearInterval(this.#sync)
    closeSync(this.#file)
  }

  #write(lines: readonly Line[]): void {
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
    this.#size += writeSync(this.#file, text)
    this.#dirty = true
  }

  #flush(): void {
    if (!this.#dirty) return
    this.#dirty = false
    fdatasync(this.#file, () => undefined)
  }
}

const segments = (folder: string) =>
  readdirSync(folder)
    .filter((name) => /^facts-\d+\.jsonl$/.test(name))
    .sort()

function readLines(path: string): { readonly lines: readonly Line[]; readonly whole: number } {
  const bytes = readFileSync(path)
  const lines: Line[] = []
  let whole = 0
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, whole)) {
    try {
      lines.push(JSON.parse(bytes.toString('utf8', whole, end)) as Line)
    } catch {
      break
    }
    whole = end + 1
  }
  return { lines, whole }
}

function readEpoch(folder: string): string {
  const path = join(folder, 'epoch')
  if (existsSync(path)) return readFileSync(path, 'utf8').trim()
  const epoch = randomUUID()
  writeFileSync(`${path}.new`, epoch, { mode: 0o600 })
  renameSync(`${path}.new`, path)
  return epoch
}
