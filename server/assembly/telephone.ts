import type { Logger } from 'pino'
import type { Input } from '../calls/inputs.ts'
import type { TicketNews } from '../calls/model.ts'
import { normaliseNumber } from '../calls/number.ts'
import type { Config } from '../config.ts'
import type { Person } from '../contract/entities.ts'
import type { Demo } from '../demo.ts'
import type { Engine } from '../engine/engine.ts'
import type { NumberIndex } from '../directory/number-index.ts'
import type { SettingsBook } from '../settings/book.ts'
import type { Announcements } from '../sounds/announcements.ts'
import type { Mandate } from '../standby/election.ts'
import type { AriAccount } from '../telephony/ari.ts'
import { Phones } from '../telephony/phones.ts'
import { SelfTest } from '../telephony/self-test.ts'
import { Studio, studioRole } from '../telephony/studio.ts'
import { Telephony, type TelephonyPorts } from '../telephony/telephony.ts'

type Arrived = Extract<Input, { type: 'call-arrived' }>

type Parts = {
  readonly ari: AriAccount
  readonly config: Config
  readonly settings: SettingsBook
  readonly engine: Engine
  readonly index: NumberIndex
  readonly announcements: Announcements
  readonly demo: () => Demo | null
  readonly phoneKey: string
  /** Where phones and callers find the desk: `host:port`. */
  readonly sipAddress: string
  /** Whether an operator's browser is there to ring. */
  readonly browserHere: (operatorId: string) => boolean
  /** Who calls from the desk's own page, by what was dialled. */
  readonly pageCaller: NonNullable<TelephonyPorts['pageCaller']>
  /** What somebody who calls is told of their open tickets: whom the closed message greets hears it in that. */
  readonly ticketNews: (people: readonly Person[]) => TicketNews | null
  readonly onConnected: (up: boolean) => void
  readonly onAnnouncementTaken: () => void
  readonly mandate?: Mandate | undefined
  readonly log: Logger
}

/** Asterisk, and what this service keeps in it: the phones, the call to itself, the studio. */
export function createTelephone(parts: Parts) {
  const { config, settings, engine, index, announcements, demo, mandate, log } = parts
  const withTicket = (arrival: Arrived): Arrived => {
    const ticket = parts.ticketNews(arrival.people)
    return ticket === null ? arrival : { ...arrival, ticket }
  }
  const telephony: Telephony = new Telephony(parts.ari, {
    log,
    submit: (input) => engine.submit(input.type === 'call-arrived' ? withTicket(input) : input),
    connected: parts.onConnected,
    findPeople: (number) => index.find(number),
    pageCaller: parts.pageCaller,
    isCall: (id) => engine.state.calls.has(id),
    isInLine: (id) => {
      const kind = engine.state.calls.get(id)?.status.kind
      return kind === 'waiting' || kind === 'ringing'
    },
    target: (to) => phones.target(to),
    ...(mandate && { mayCommand: () => mandate.fence.pass(), replaced: () => mandate.relieve() }),
  })
  const phones = new Phones({
    ari: telephony.ari,
    follow: (source) => telephony.follow(source),
    log,
    key: parts.phoneKey,
    server: parts.sipAddress,
    trunks: config.sipTrunk.length,
    srtp: config.sipSecurity.srtp,
    desk: () => ({ number: normaliseNumber(settings.values.desk.phone) ?? '', name: settings.values.desk.name }),
    demo: config.demo,
    browserHere: parts.browserHere,
    onBrowser: (operatorId, here) => engine.submit({ type: 'browser-phone', operatorId, here }),
  })
  const selfTest = new SelfTest(telephony.ari)
  const studio = new Studio({
    ari: telephony.ari,
    log,
    target: (operatorId) => phones.target({ kind: 'operator', operatorId }),
    pickUp: (leg, kind) => demo()?.pickUpForAnnouncement(leg, kind === 'record'),
    take: (wav) => announcements.bring(wav, 'phone'),
    mediaOf: (sound) => announcements.lend(sound),
    onChange: parts.onAnnouncementTaken,
  })
  telephony.role('phones', { onEvent: (event) => phones.onEvent(event), onOpen: () => phones.provision() })
  telephony.role('selftest', selfTest)
  telephony.role(studioRole, studio)
  return { telephony, phones, selfTest, studio }
}
