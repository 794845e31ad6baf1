import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Ticket } from '../contract/entities.ts'
import type { Stores } from '../database/stores.ts'
import { demoUniversity } from '../demo.ts'
import type { NumberIndex } from '../directory/number-index.ts'
import type { Disruptions } from '../engine/disruptions.ts'
import type { Engine } from '../engine/engine.ts'
import type { Hours } from '../engine/hours.ts'
import type { SettingsBook } from '../settings/book.ts'
import type { Telephony } from '../telephony/telephony.ts'
import { TrainingDays } from '../training-days.ts'

type Parts = {
  readonly config: Config
  readonly telephony: Telephony
  readonly engine: Engine
  readonly hours: Hours
  readonly index: NumberIndex
  readonly stores: Stores
  readonly settings: SettingsBook
  readonly disruptions: Disruptions
  /** Where callers find the desk: `host:port`. */
  readonly sipAddress: string
  /** What is dialled for a line; null: the desk's own number. */
  readonly dialledFor: (lineId: string) => string | null
  readonly onTicketSaved: (ticket: Ticket) => void
  readonly log: Logger
  readonly now: () => number
}

export type Demonstration = ReturnType<typeof createDemonstration>

/** The sample university and its training days. */
export function createDemonstration(parts: Parts) {
  const { config, telephony, engine, hours, index, stores, settings, disruptions, dialledFor, onTicketSaved, log, now } = parts
  const demo = demoUniversity({
    telephony,
    engine,
    hours,
    index,
    log,
    now,
    folder: join(config.varDir, 'heard'),
    deskLine: `sip:guichet@${parts.sipAddress}`,
    lines: () => settings.values.lines.lines.map(({ id, name, recording }) => ({ id, name, recording, dialled: dialledFor(id) })),
  })
  const training = new TrainingDays({
    engine,
    calls: demo.calls,
    store: stores.training,
    stores,
    disruptions,
    categories: () => settings.values.categories.categories,
    onTicketSaved,
    log,
    now,
  })
  return { ...demo, port: { ...demo.port, training }, training }
}
