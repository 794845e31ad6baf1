import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { showNumber, normaliseNumber } from './calls/number.ts'
import type { LineName } from './contract/entities.ts'
import type { DemoState } from './contract/http.ts'
import { demoPeople } from './database/demo-people.ts'
import type { NumberIndex } from './directory/number-index.ts'
import type { Engine } from './engine/engine.ts'
import type { Hours } from './engine/hours.ts'
import { ServiceError } from './errors.ts'
import type { DemoPort } from './http/ports.ts'
import { DemoCallers } from './telephony/demo-callers.ts'
import { DemoPeople } from './telephony/demo-people.ts'
import { DemoPhones } from './telephony/demo-phones.ts'
import { voiceOf } from './telephony/demo-voices.ts'
import { Listener } from './telephony/listener.ts'
import { recordingStore } from './telephony/recordings.ts'
import type { Telephony } from './telephony/telephony.ts'
import type { SampleCalls } from './training-days.ts'

type DemoParts = {
  readonly telephony: Telephony
  readonly engine: Engine
  readonly hours: Hours
  readonly index: NumberIndex
  readonly log: Logger
  readonly now: () => number
  /** Where the recordings of what was heard are kept. */
  readonly folder: string
  readonly deskLine: string
  /** The lines, each with a number that is dialled for it, normalised. */
  readonly lines: () => readonly (LineName & { readonly dialled: string | null })[]
}
type Recording = { readonly path: string; readonly shown: DemoState['recordings'][number] }

const kept = 20

export type Demo = {
  readonly port: Omit<DemoPort, 'training'>
  readonly calls: SampleCalls
  pickUp(leg: string): void
  pickUpForAnnouncement(leg: string, records: boolean): void
}

/** The sample university on the telephone: callers without a phone, operators without one, and what each heard. */
export function demoUniversity({ telephony, engine, hours, index, log, now, folder, deskLine, lines }: DemoParts): Demo {
  const { ari } = telephony
  const listener = new Listener(ari, (name) => void keep(name))
  const callers = new DemoCallers(ari, log, listener)
  const phones = new DemoPhones({ ari, log, listener })
  const store = recordingStore(ari)
  const recordings: Recording[] = []
  telephony.role('phone', phones)
  telephony.role('demo-caller', callers)
  let calledBack: ReadonlyMap<string, string> = new Map()
  telephony.role('demo-person', new DemoPeople(ari, log, (digits) => calledBack.get(digits) ?? voiceOf(digits)))
  telephony.role('snoop', listener)

  /** What a party heard is brought here from Asterisk when the recording ends. */
  async function keep(name: string): Promise<void> {
    const [, side, callId] = /^heard-(caller|operator)-(.+)$/.exec(name) ?? []
    if (callId === undefined || (side !== 'caller' && side !== 'operator')) return
    try {
      const sound = await store.fetch(name)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const path = join(folder, `${name.replace(/[^\w-]/g, '_')}.wav`)
      await writeFile(path, sound)
      await store.remove(name)
      // A call placed here is known to the desk by its far half.
      const own = callId.replace(/;2$/, '')
      const placed = callers.who(own)
      const id = `${side}-${own}`
      const shown = {
        callId: own,
        side,
        who: placed?.who ?? '',
        at: new Date(placed?.atMs ?? now()).toISOString(),
        url: `/api/demo/recordings/${encodeURIComponent(id)}`,
        seconds: Math.max(0, (sound.length - 44) / 16_000),
      } as const
      recordings.unshift({ path, shown })
      recordings.length = Math.min(recordings.length, kept)
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'What a demo party heard could not be kept')
    }
  }

  const port: Demo['port'] = {
    state: () => ({
      closed: !engine.state.open,
      deskLine,
      lines: lines().map(({ id, name, recording }) => ({ id, name, recording })),
      callers: demoPeople.filter(({ phones }) => phones.length > 0),
      recordings: recordings.map(({ shown }) => shown),
    }),
    setClosed: (closed) => hours.order(closed ? false : null, 'la démonstration'),
    async placeCall({ personId, number, line }) {
      if (!telephony.state.up) throw new ServiceError('telephony_away')
      const person = personId === null ? undefined : index.get(personId)
      if (personId !== null && person === undefined) throw new ServiceError('not_found')
      const from = person?.phones[0] ?? normaliseNumber(number)
      const who = person?.name ?? showNumber(from)
      const dialled =
        lines()
          .find(({ id }) => id === line)
          ?.dialled?.replace(/^ext:/, '') ?? null
      try {
        return { callId: `${await callers.place({ number: from, who, voice: voiceOf(who), dialled }, now())};2` }
      } catch (error) {
        log.warn({ reason: (error as Error).message }, 'A demo call could not be placed')
        throw new ServiceError('telephony_away')
      }
    },
    recording: (id) => recordings.find(({ shown }) => `${shown.side}-${shown.callId}` === id)?.path ?? null,
  }
  const calls: SampleCalls = {
    async place(caller) {
      if (!telephony.state.up) throw new ServiceError('telephony_away')
      return callers.place({ ...caller, dialled: null }, now())
    },
    hangUp: (channel) => callers.hangUp(channel),
    answerWith(voices) {
      calledBack = voices
    },
  }
  return {
    port,
    calls,
    pickUp: (leg) => phones.pickUp(leg),
    pickUpForAnnouncement: (leg, records) => phones.pickUpForAnnouncement(leg, records),
  }
}
