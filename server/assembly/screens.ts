import type { Server } from 'node:http'
import type { Logger } from 'pino'
import type { OpeningCalendar } from '../calendar/calendar.ts'
import type { Config } from '../config.ts'
import type { OpenTickets } from '../database/open-tickets.ts'
import type { Stores } from '../database/stores.ts'
import type { DraftBook } from '../engine/draft-book.ts'
import type { Engine } from '../engine/engine.ts'
import type { LiveDesk } from '../engine/live-desk.ts'
import type { SharedPages } from '../engine/shared-pages.ts'
import { buildOf } from '../http/pages.ts'
import type { Sessions } from '../http/sessions.ts'
import { logoAddress } from '../portal/logo.ts'
import { Realtime } from '../realtime/realtime.ts'
import type { SettingsBook } from '../settings/book.ts'
import { publicVisitors } from '../visitors.ts'
import { wallScreens } from '../walls.ts'
import type { Links } from './links.ts'

type Parts = {
  readonly http: Server
  readonly config: Pick<Config, 'publicUrl' | 'demo'>
  /** The walls' addresses are made with it. */
  readonly key: string
  readonly consoleFolder: string | undefined
  readonly engine: Engine
  readonly desk: LiveDesk
  readonly stores: Stores
  readonly sessions: Sessions
  readonly settings: SettingsBook
  readonly calendar: () => OpeningCalendar
  readonly openTickets: OpenTickets
  readonly drafts: DraftBook
  readonly sharedPages: SharedPages
  readonly links: Links
  readonly log: Logger
  readonly now: () => number
}

export type Screens = ReturnType<typeof createScreens>

/** Whoever looks on, live: consoles, the public's pages, the walls. */
export function createScreens(parts: Parts) {
  const { http, config, engine, desk, stores, sessions, settings, openTickets, drafts, sharedPages, links, log, now } = parts
  const build = buildOf(parts.consoleFolder)
  const realtime = new Realtime({
    http,
    engine,
    desk,
    demo: config.demo,
    build,
    log,
    now,
    authenticate: (cookie) => sessions.authenticate(cookie),
    openTicketsOf: (call) => openTickets.of(call.people).map(({ waiting: _what, ...summary }) => summary),
    draftOf: (callId) => drafts.of(callId),
  })
  const visitors = publicVisitors({ realtime, sharedPages, tokens: links.forms, stores, sessions, requests: links.requests, now })
  const walls = wallScreens({
    secret: parts.key,
    publicUrl: config.publicUrl,
    realtime,
    engine,
    walls: stores.walls,
    disruptions: stores.disruptions,
    view: () => desk.view(),
    settings: () => settings.values.desk,
    logo: () => logoAddress(settings),
    calendar: parts.calendar,
    build,
    now,
    log,
  })
  return { realtime, visitors, walls }
}
