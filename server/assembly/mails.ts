import { join } from 'node:path'
import type { Logger } from 'pino'
import { antivirus } from '../attachments/antivirus.ts'
import { attachmentKeeper } from '../attachments/keeper.ts'
import type { Config } from '../config.ts'
import type { Ticket } from '../contract/entities.ts'
import type { Db } from '../database/connection.ts'
import { outboxStore } from '../database/outbox-store.ts'
import type { Stores } from '../database/stores.ts'
import { attachmentOfMail } from '../mail/attached.ts'
import { Inbox } from '../mail/inbox.ts'
import { createIntake } from '../mail/intake.ts'
import { createMailer } from '../mail/mailer.ts'
import type { SettingsBook } from '../settings/book.ts'

type Parts = {
  readonly config: Config
  readonly db: Db
  readonly stores: Stores
  readonly settings: SettingsBook
  readonly onTaken: (ticket: Ticket) => void
  readonly onOwedChanged: () => void
  readonly log: Logger
}

/** Mails that go out and come in, and the files that come with them. */
export function createMails({ config, db, stores, settings, onTaken, onOwedChanged, log }: Parts) {
  const { varDir, antivirus: command } = config
  const mailer = createMailer({
    smtpUrl: config.smtpUrl,
    from: config.mailFrom,
    deskName: () => settings.values.desk.name,
    outbox: outboxStore(db),
    mailDir: join(varDir, 'mails'),
    log,
  })
  const attachments = attachmentKeeper({
    folder: join(varDir, 'attachments'),
    store: stores.attachments,
    settings: () => settings.values.tickets,
    scan: command === null ? null : antivirus(command, log),
    log,
  })
  const intake = createIntake({
    folder: join(varDir, 'mails-in'),
    store: stores.incoming,
    keepFile: (file) => attachmentOfMail(attachments, file),
    mostFiles: () => settings.values.tickets.attachmentsEach,
    log,
    onTaken: (tickets) => tickets.forEach(onTaken),
    onOwedChanged,
  })
  const inbox = config.imap === null ? null : new Inbox({ config: config.imap, intake, log })
  return {
    mailer,
    attachments,
    intake,
    inbox,
    start() {
      mailer.start()
      inbox?.start()
      attachments.start()
    },
    async stop() {
      await inbox?.stop()
      await Promise.all([attachments.stop(), mailer.stop()])
    },
  }
}
