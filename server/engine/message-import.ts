import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { KeptRecording } from '../database/recording-store.ts'
import { normaliseNumber } from '../calls/number.ts'
import { Rounds } from './rounds.ts'

/** Where recordings come from: Asterisk's own store. */
export type RecordingStore = {
  list(): Promise<readonly string[]>
  fetch(name: string): Promise<Buffer>
  remove(name: string): Promise<void>
  /** Whether it is still being made. */
  isLive(name: string): Promise<boolean>
  /** Whether a caller is on the line still, whoever looks after them: what the dialplan records of them is not over. */
  isOnTheLine(callId: string): Promise<boolean>
}
export type ImportedMessage = {
  readonly id: string
  readonly callId: string
  readonly at: Date
  readonly number: string | null
  readonly seconds: number
  readonly file: string
  /** Number of the ticket that it is about, if it is. */
  readonly ticket: number | null
}

type ImportPorts = {
  readonly recordings: RecordingStore
  readonly folder: string
  readonly logger: Logger
  readonly now: () => number
  /** The call as stored; null when it is unknown (the service was away). */
  readonly callOf: (callId: string) => Promise<{ readonly number: string | null; readonly at: Date; readonly ticket: number | null } | null>
  readonly isCall: (callId: string) => boolean
  /** Idempotent by call. */
  readonly add: (message: ImportedMessage) => Promise<void>
  /** Where recorded conversations are kept, and what notes one; idempotent. */
  readonly talksFolder: string
  readonly addTalk: (recording: KeptRecording) => Promise<void>
}

const retryMs = 15_000
const shortestS = 1

/**
 * Brings recorded conversations and voice messages from Asterisk into the service: those recorded by the service, and those the dialplan recorded while it
 * was away. A recording is removed from Asterisk only once its sound and its row are both kept here.
 */
export class MessageImport {
  readonly #ports: ImportPorts
  readonly #rounds: Rounds

  constructor(ports: ImportPorts) {
    this.#ports = ports
    this.#rounds = new Rounds({
      everyMs: null,
      againMs: retryMs,
      look: () => this.#look(),
      failing: 'Recordings wait in Asterisk until they can be stored',
      log: ports.logger,
    })
  }

  /** Look for recordings to bring in; asked again while one looks, it is looked once more. */
  wake(): void {
    void this.#rounds.look()
  }

  stop(): Promise<void> {
    return this.#rounds.stop()
  }

  async #look(): Promise<void> {
    const { recordings, isCall } = this.#ports
    let underWay = false
    for (const name of await recordings.list()) {
      const callId = /^message-(.+)$/.exec(name)?.[1]
      const keptBy = /^net-(.+)-\d*$/.exec(name)?.[1]
      const talkOf = /^(.+)~rec\d+$/.exec(name)?.[1]
      if (callId !== undefined && !isCall(callId)) await this.#bring(name, callId)
      if (keptBy !== undefined) {
        if (await recordings.isOnTheLine(keptBy)) underWay = true
        else await this.#bring(name, keptBy)
      }
      if (talkOf !== undefined && !isCall(talkOf)) {
        if (await recordings.isLive(name)) underWay = true
        else await this.#bringTalk(name, talkOf)
      }
    }
    // Looked at again, as after a failure.
    if (underWay) throw new Error('some are still being made')
  }

  async #bring(name: string, callId: string): Promise<void> {
    const { recordings, folder, now, callOf, add } = this.#ports
    const kept = await this.#keep(name, folder)
    if (kept !== null) {
      const call = await callOf(callId)
      const number = call === null ? normaliseNumber(/^net-.+-(\d+)$/.exec(name)?.[1]) : call.number
      const at = call?.at ?? arrivalOf(callId) ?? new Date(now())
      await add({ id: name, callId, at, number, ...kept, ticket: call?.ticket ?? null })
    }
    await recordings.remove(name)
  }

  async #bringTalk(name: string, callId: string): Promise<void> {
    const { recordings, talksFolder, addTalk } = this.#ports
    const kept = await this.#keep(name, talksFolder)
    if (kept !== null) await addTalk({ id: name, callId, ...kept })
    await recordings.remove(name)
  }

  /** @returns its length and its file; null when it is too short to be kept */
  async #keep(name: string, folder: string): Promise<{ readonly seconds: number; readonly file: string } | null> {
    const sound = await this.#ports.recordings.fetch(name)
    const seconds = Math.max(0, (sound.length - 44) / 16_000)
    if (seconds < shortestS) return null
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const file = `${name.replace(/[^\w.-]/g, '_')}.wav`
    await writeFile(join(folder, `${file}.new`), sound, { mode: 0o600 })
    await rename(join(folder, `${file}.new`), join(folder, file))
    return { seconds, file }
  }
}

/** Asterisk's own channel ids say the second at which they were made, after its name if it has one. */
function arrivalOf(callId: string): Date | null {
  const second = Number(/(?:^|-)(\d{10})\.\d+$/.exec(callId)?.[1] ?? Number.NaN)
  return Number.isFinite(second) ? new Date(second * 1000) : null
}
