import { Client } from 'pg'
import { type Dovecot, startDovecot } from './dovecot.ts'
import { removeTestFolder, testFolder } from './folders.ts'
import { freeTcpPort } from './free-port.ts'
import { createDatabase } from './postgres.ts'
import { ServiceProcess } from './service-process.ts'

/** A service to be killed that reads a real mailbox and drives no call: mails come and go whether calls are driven or not. */
export type MailDesk = {
  readonly service: ServiceProcess
  readonly dovecot: Dovecot
  /** Past the service's own way to PostgreSQL. */
  readonly direct: Client
  readonly varDir: string
  close(): Promise<void>
}
type Ways = {
  /** The service's way to PostgreSQL, when it is not the plain one. */
  readonly through?: (databaseUrl: string) => Promise<string>
  readonly smtpUrl?: string
}

/** Not started yet. */
export async function openMailDesk({ through, smtpUrl }: Ways): Promise<MailDesk> {
  const varDir = testFolder()
  const dovecot = await startDovecot()
  const database = await createDatabase()
  const direct = new Client({ connectionString: database.url })
  await direct.connect()
  const service = new ServiceProcess({
    PORT: String(await freeTcpPort()),
    HOST: '127.0.0.1',
    DEMO: '1',
    VAR_DIR: varDir,
    DATABASE_URL: through === undefined ? database.url : await through(database.url),
    // Nobody answers there.
    ARI_URL: `http://127.0.0.1:${await freeTcpPort()}`,
    ARI_USER: 'nobody',
    ARI_PASSWORD: 'nothing',
    IMAP_URL: dovecot.config.url,
    ...(smtpUrl !== undefined && { SMTP_URL: smtpUrl }),
  })
  return {
    service,
    dovecot,
    direct,
    varDir,
    close: async () => {
      await service.kill()
      await direct.end()
      await dovecot.stop()
      await database.drop()
      removeTestFolder(varDir)
    },
  }
}
