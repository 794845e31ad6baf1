import type { Logger } from 'pino'
import type { OpeningCalendar } from '../calendar/calendar.ts'
import { isOpen } from '../calendar/hours.ts'
import { dateSentence } from '../calendar/sentences.ts'
import type { Config } from '../config.ts'
import type { Person, Ticket } from '../contract/entities.ts'
import { domainOf, type Stores } from '../database/stores.ts'
import { articleReminders } from '../engine/article-reminders.ts'
import { bulkRunner } from '../engine/bulk-runner.ts'
import type { DraftBook } from '../engine/draft-book.ts'
import { figureDays } from '../engine/figure-days.ts'
import { indicatorMails } from '../engine/indicator-mails.ts'
import { listWatch } from '../engine/list-watch.ts'
import { messageTickets } from '../engine/message-tickets.ts'
import { owedWatch } from '../engine/owed-watch.ts'
import { dailyPurge, remover } from '../engine/purge.ts'
import { recordingPurge } from '../engine/recording-purge.ts'
import { TicketClock } from '../engine/ticket-clock.ts'
import { Rounds } from '../engine/rounds.ts'
import { shutSlots } from '../engine/shut-slots.ts'
import type { OpeningOrder } from '../contract/entities.ts'
import type { SecretLinks } from '../secret-links.ts'
import type { SettingsBook } from '../settings/book.ts'
import type { Links } from './links.ts'

type Parts = {
  readonly config: Config
  readonly stores: Stores
  readonly settings: SettingsBook
  readonly calendar: () => OpeningCalendar
  readonly opening: () => OpeningOrder | null
  readonly callbackLinks: SecretLinks
  readonly drafts: DraftBook
  /** What the desk remembers of numbers since before a moment, in ms, goes. */
  readonly forgetNumbersBefore: (before: number) => void
  readonly links: Links
  readonly folders: { readonly messages: string; readonly recordings: string }
  /** Where a mail that came in is kept. */
  readonly mailFile: (raw: string) => string
  readonly peopleOf: (number: string) => readonly Person[]
  readonly judgeConsoles: () => Promise<void>
  readonly onTicketSaved: (ticket: Ticket) => void
  readonly onTicketsRewound: () => void
  readonly onOwedChanged: () => void
  readonly onMailOwed: () => void
  /** The desk's day, `2026-11-24`. */
  readonly today: () => string
  /** In ms. */
  readonly now: () => number
  readonly log: Logger
}

/** What is done by the clock, again and again, once PostgreSQL is there; whatever fails is done at the next round. */
export function createRounds(parts: Parts) {
  const { config, stores, settings, calendar, drafts, links, folders, peopleOf, onTicketSaved, onMailOwed, today, now, log } = parts
  const { publicUrl, timeZone } = config
  const owed = owedWatch({
    log,
    owed: stores.owed,
    settings: () => settings.values.followUp,
    mails: () => settings.values.mails,
    calendar,
    order: parts.opening,
    now,
    peopleOf,
    publicUrl,
    mailDomain: domainOf(config.mailFrom),
    onChanged() {
      parts.onOwedChanged()
      onMailOwed()
    },
  })
  const tickets = new TicketClock({
    run: async () => [...(await stores.tickets.runDue()), ...(await stores.tickets.cancelVisitsOfClosed())],
    rewind: () => stores.tickets.rewind(),
    onSaved: onTicketSaved,
    onRewound: parts.onTicketsRewound,
    log,
  })
  const messages = messageTickets({
    tickets: stores.tickets,
    peopleOf,
    onSaved(ticket) {
      onTicketSaved(ticket)
      parts.onOwedChanged()
    },
    log,
  })
  const bulk = bulkRunner({ step: () => stores.bulk.step(), onSaved: onTicketSaved, log })
  const all = [
    owed,
    tickets,
    bulk,
    messages,
    indicatorMails({ stores, entities: () => settings.values.entities.entities, timeZone, publicUrl, log, onOwed: onMailOwed }),
    listWatch({
      checks: stores.listChecks,
      wanted: () => settings.values.followUp.checkLists,
      isOpen: () => isOpen(calendar(), now()),
      words: () => ({ mails: settings.values.mails, publicUrl, links: links.lists, days: dateSentence }),
      onMailOwed,
      log,
    }),
    recordingPurge({
      folder: folders.recordings,
      days: () => settings.values.desk.recordingDays,
      over: stores.recordings.over,
      remove: stores.recordings.remove,
      removed: (count) => stores.retention.noted('recordings', today(), settings.values.desk.recordingDays, count),
      log,
    }),
    dailyPurge({
      store: stores.retention,
      drafts,
      forgetNumbersBefore: parts.forgetNumbersBefore,
      now,
      settings: () => settings.values.retention,
      today,
      remove: remover({ message: folders.messages, recording: folders.recordings }, parts.mailFile),
      log,
    }),
    figureDays({ sum: () => stores.indicators.sumChangedDays(), log }),
    shutSlots({
      slots: stores.callbackSlots,
      calendar,
      order: parts.opening,
      words: () => ({
        mails: settings.values.mails,
        desk: settings.values.desk.name,
        linkOf: parts.callbackLinks.url,
        choose: `${publicUrl}/rappel`,
      }),
      now,
      onChanged() {
        parts.onOwedChanged()
        onMailOwed()
      },
      log,
    }),
    new Rounds({
      everyMs: 30_000,
      log,
      failing: 'Whether open consoles are still signed in could not be seen; looked at again in half a minute',
      look: parts.judgeConsoles,
    }),
    articleReminders({ remind: stores.articles.remind, onOwed: onMailOwed, log }),
  ]
  return {
    owed,
    tickets,
    bulk,
    messages,
    start() {
      for (const rounds of all) rounds.start()
    },
    async stop() {
      await Promise.all(all.map((rounds) => rounds.stop()))
    },
  }
}
