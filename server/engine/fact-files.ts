import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Fact } from '../calls/facts.ts'
import { placeFile } from '../whole-file.ts'
import type { DeskSnapshotRecord } from './packed-state.ts'

/** One line of the log: a fact, or the whole state at that point. */
export type Line = { readonly n: number; readonly v: number; readonly fact?: Fact; readonly state?: DeskSnapshotRecord }

/** Whose facts they are, and the number after which this epoch's begin. */
export type Epoch = { readonly id: string; readonly floor: number }

export const textOf = (lines: readonly Line[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('')

export const segmentName = (n: number): string => `facts-${String(n).padStart(12, '0')}.jsonl`

/** The segments of a folder, the oldest first. */
export const segments = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => /^facts-\d+\.jsonl$/.test(name))
    .sort()

/** The lines of a segment up to the first that is torn; `whole` is where they end, in bytes. */
export function readLines(path: string): { readonly lines: readonly Line[]; readonly whole: number } {
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

const epochPath = (folder: string) => join(folder, 'epoch')

export function readEpoch(folder: string): Epoch {
  if (!existsSync(epochPath(folder))) {
    const first = newEpoch(0)
    placeEpoch(folder, first)
    return first
  }
  const [id = '', floor = '0'] = readFileSync(epochPath(folder), 'utf8').trim().split(' ')
  return { id, floor: Number(floor) }
}

/** One that begins after the fact numbered `floor`. */
export const newEpoch = (floor: number): Epoch => ({ id: randomUUID(), floor })

/** @throws when the disk refuses */
export const placeEpoch = (folder: string, { id, floor }: Epoch): void => placeFile(epochPath(folder), `${id} ${floor}\n`)
