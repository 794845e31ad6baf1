import { normaliseNumber } from '../calls/number.ts'
import type { Consequences } from '../consequences.ts'
import type { Directory } from '../directory/directory.ts'
import { numberBook } from '../directory/number-book.ts'
import type { NumberIndex } from '../directory/number-index.ts'
import type { Disruptions } from '../engine/disruptions.ts'
import type { Engine } from '../engine/engine.ts'
import type { Health } from '../health.ts'
import { buildHttp } from '../http/build.ts'
import type { HttpParts } from '../http/ports.ts'
import type { Realtime } from '../realtime/realtime.ts'
import type { SharedCalendar } from '../shared-calendar/synchroniser.ts'
import type { Phones } from '../telephony/phones.ts'
import type { PublicVisitors } from '../visitors.ts'
import type { Walls } from '../walls.ts'
import type { Links } from './links.ts'
import type { createMails } from './mails.ts'
import type { Neighbours } from './neighbours.ts'
import type { presencesToday } from '../engine/presences-today.ts'
import type { createRounds } from './rounds.ts'

/** Handed on as they are. */
type AsTheyAre =
  | 'config'
  | 'desk'
  | 'now'
  | 'stores'
  | 'sessions'
  | 'signIn'
  | 'secondFactor'
  | 'steps'
  | 'providers'
  | 'apiKeys'
  | 'webhooks'
  | 'invitations'
  | 'drafts'
  | 'announcements'
  | 'studio'
  | 'demo'
  | 'callbackLinks'
  | 'sharedPages'
  | 'metrics'
  | 'traces'
  | 'settings'
  | 'continuity'
  | 'transcribes'
  | 'messagesFolder'
  | 'recordingsFolder'
  | 'log'
  | 'consoleFolder'

type Parts = Pick<HttpParts, AsTheyAre> & {
  readonly engine: Engine
  readonly index: NumberIndex
  readonly directory: Directory
  readonly phones: Phones
  readonly health: Health
  readonly mails: ReturnType<typeof createMails>
  readonly rounds: ReturnType<typeof createRounds>
  readonly presences: ReturnType<typeof presencesToday>
  readonly disruptions: Disruptions
  readonly sharedCalendar: SharedCalendar
  readonly neighbours: Neighbours
  readonly links: Links
  /** What is made once HTTP is there. */
  readonly later: {
    readonly consequences: () => Consequences
    readonly realtime: () => Realtime
    readonly visitors: () => PublicVisitors
    readonly walls: () => Walls
  }
}

/** HTTP, and what follows from what is asked of it. */
export function createHttp(parts: Parts) {
  const {
    engine,
    index,
    directory,
    phones,
    health,
    mails,
    rounds,
    presences,
    disruptions,
    sharedCalendar,
    neighbours,
    links,
    later,
    ...rest
  } = parts
  const { consequences, realtime, visitors, walls } = later
  return buildHttp({
    ...rest,
    directory: { ...directory, findByPhone: (raw) => index.find(normaliseNumber(raw)) },
    numbers: numberBook({ index, state: () => engine.state, changed: (number) => consequences().numberChanged(number) }),
    disruptions,
    sharedCalendar,
    glpi: neighbours.glpi,
    ocs: neighbours.ocs,
    readers: { isHere: (number) => visitors().isHere(number), types: (number) => visitors().types(number) },
    phones: { accountOf: (id) => phones.account(id), browserOf: (id) => phones.browser(id), offered: () => phones.offered() },
    health: () => health.state(),
    mailReach: () => mails.mailer.reach(),
    attachments: mails.attachments,
    rawMail: mails.intake.fileOf,
    links: links.answers,
    groupLinks: links.groups,
    requests: links.requests,
    tokens: links.forms,
    pageCallTokens: links.pageCalls,
    subscriberLinks: links.subscribers,
    calendarLinks: links.calendars,
    listLinks: links.lists,
    walls: {
      newId: () => walls().links.newId(),
      url: (id) => walls().links.url(id),
      screensOf: (id) => walls().screens.screensOf(id),
      changed: (wall) => walls().screens.changed(wall),
      revoked: (id) => walls().screens.revoked(id),
    },
    onTicketSaved: (ticket) => {
      consequences().ticketSaved(ticket)
      if (ticket.status === 'closed') disruptions.wake()
    },
    onMailOwed: () => mails.mailer.wake(),
    onBulk: () => rounds.bulk.wake(),
    onMessageSettled: () => consequences().owedChanged(),
    onCallSettled: (callId) => consequences().callSettled(callId),
    onOwedChanged: () => consequences().owedChanged(),
    messagesTraced: () => rounds.messages.look(),
    onArticleSaved: () => realtime().stale('articles'),
    onExchangeCall: () => realtime().stale('exchanges'),
    onRotaChanged() {
      realtime().stale('rota')
      presences.rounds.wake()
      sharedCalendar.wake()
    },
    onGroupsChanged() {
      presences.rounds.wake()
      sharedCalendar.wake()
      return consequences().groupsChanged()
    },
    onPhoneChosen: () => consequences().readRoster(),
    onAccountsChanged: (ids) => consequences().accountsChanged(ids),
  })
}
