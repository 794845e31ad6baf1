import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach } from 'vitest'
import { openDatabase, type Db } from '../../server/database/connection.ts'
import { outboxStore } from '../../server/database/outbox-store.ts'
import { outbox } from '../../server/database/schema.ts'
import { createMailer, type Mailer, type MailerParts } from '../../server/mail/mailer.ts'
import { createDatabase } from './postgres.ts'
import { startSmtp, type Smtp, type SmtpOptions } from './smtp.ts'

/** Due for the processes that keep real time too; in whole seconds, as a Date header holds it. */
export const start = Math.floor(Date.now() / 1_000) * 1_000 - 60_000

/** Mails owed in a database of their own, servers that take them or not, and who sends them by a clock that tests lead; new for each test of the file. */
export function mailerScene() {
  const cleanUp: (() => Promise<unknown>)[] = []
  const logged: string[] = []
  const clock = { now: start }
  let db: Db
  let databaseUrl: string

  beforeEach(async () => {
    clock.now = start
    const created = await createDatabase()
    databaseUrl = created.url
    const database = openDatabase(created.url)
    db = database.db
    cleanUp.push(async () => {
      await database.close()
      await created.drop()
    })
  })
  afterEach(async () => {
    for (const end of cleanUp.splice(0).reverse()) await end()
  })

  return {
    cleanUp,
    logged,
    clock,
    database: () => ({ db, url: databaseUrl }),
    async owe(mail: Partial<typeof outbox.$inferInsert> = {}): Promise<string> {
      const id = randomUUID()
      const at = new Date(start)
      await db.insert(outbox).values({
        id,
        at,
        nextAttemptAt: at,
        to: 'claire.dubois@univ.example',
        subject: '[Guichet n° 10421] Écran noir à l’allumage',
        messageId: `<${id}@univ.example>`,
        text: 'Bonjour Zoé,\n\nVotre demande « Écran noir » est enregistrée.\n.\nÀ bientôt\n',
        headers: { References: '<ticket-10421@univ.example>' },
        ...mail,
      })
      return id
    },
    async row(id: string) {
      const [found] = await db.select().from(outbox).where(eq(outbox.id, id))
      if (found === undefined) throw new Error('the mail is lost')
      return found
    },
    async server(options: SmtpOptions = {}): Promise<Smtp> {
      const smtp = await startSmtp(options)
      cleanUp.push(() => smtp.stop())
      return smtp
    },
    mailer(smtpUrl: string | null, parts: Partial<MailerParts> = {}): Mailer {
      const note = (...args: unknown[]) => void logged.push(JSON.stringify(args))
      const made = createMailer({
        smtpUrl,
        from: 'Guichet unique du Numérique <guichet@univ.example>',
        outbox: outboxStore(db),
        mailDir: '',
        log: { info: note, warn: note, error: note },
        now: () => clock.now,
        times: { connectMs: 1_000, silenceMs: 1_000, everyMs: 3_600_000 },
        ...parts,
      })
      cleanUp.push(() => made.stop())
      return made
    },
  }
}
