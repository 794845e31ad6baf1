/**
 * A mailer in a process of its own, to be killed: `node mailer-process.ts DATABASE_URL SMTP_URL MODE`. In the mode `stop-before-end`
 * it says « asked » when it would commit that the message is about to be complete, and goes no further; in `stop-before-noting`, when the
 * server has taken the message, and that is about to be noted.
 */
import { openDatabase } from '../../server/database/connection.ts'
import { outboxStore } from '../../server/database/outbox-store.ts'
import { createMailer } from '../../server/mail/mailer.ts'

const [databaseUrl = '', smtpUrl = '', mode = ''] = process.argv.slice(2)
const outbox = outboxStore(openDatabase(databaseUrl).db)
const stop = <T>() => {
  process.stdout.write('asked\n')
  return new Promise<T>(() => undefined)
}
const stuck =
  mode === 'stop-before-end'
    ? { ...outbox, markFinishing: () => stop<boolean>() }
    : mode === 'stop-before-noting'
      ? { ...outbox, sent: () => stop<undefined>() }
      : outbox
const nothing = () => undefined
const log = { info: nothing, warn: nothing, error: nothing }
createMailer({
  smtpUrl,
  from: 'Guichet <guichet@univ.example>',
  outbox: stuck,
  mailDir: '',
  log,
}).start()
