import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { factsVersion } from '../calls/facts.ts'
import type { DeskState } from '../calls/model.ts'
import { readEpoch, segmentName, segments, textOf } from '../engine/fact-files.ts'
import { placeFile } from '../whole-file.ts'
import { FactLog } from '../engine/fact-log.ts'
import { packState } from '../engine/packed-state.ts'
import type { FactSink } from '../engine/shipper.ts'

const folderOf = (varDir: string) => join(varDir, 'facts')
const putAside = /^facts-of-/
const atOnce = 500

/**
 * Begin with what another service left: its state becomes the first line of a log of our own. Our earlier log is put aside until
 * PostgreSQL has all of it. When the state is our own log's, the log knows better and stays.
 */
export function beginFrom(varDir: string, known: { readonly epoch: string; readonly state: DeskState } | null): void {
  const folder = folderOf(varDir)
  if (known === null) return
  if (existsSync(folder) && segments(folder).length > 0) {
    const own = readEpoch(folder).id
    if (own === known.epoch) return
    renameSync(folder, join(varDir, `facts-of-${own}`))
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  placeFile(join(folder, segmentName(1)), textOf([{ n: 1, v: factsVersion, state: packState(known.state) }]))
}

/** Send PostgreSQL what our log holds and it lacks, while another service drives. @throws when PostgreSQL does not take it */
export async function drainOwnLog(varDir: string, sink: FactSink): Promise<void> {
  if (existsSync(folderOf(varDir))) await drain(folderOf(varDir), sink)
}

/** The same with logs put aside, which then go. @throws when PostgreSQL does not take them; they stay */
export async function drainPutAside(varDir: string, sink: FactSink): Promise<void> {
  for (const name of readdirSync(varDir).filter((n) => putAside.test(n))) {
    await drain(join(varDir, name), sink)
    rmSync(join(varDir, name), { recursive: true })
  }
}

async function drain(folder: string, sink: FactSink): Promise<void> {
  const log = new FactLog(folder)
  try {
    const waiting = log.since((await sink.lastShipped(log.epoch)) ?? log.floor)
    for (let at = 0; at < waiting.length; at += atOnce) await sink.ship(log.epoch, waiting.slice(at, at + atOnce))
  } finally {
    log.close()
  }
}
