import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startPostgres } from '../../server/supervisor/postgres.ts'
import { type DatabaseLink, linkTo } from '../support/database-link.ts'
import { DeskLine } from '../support/desk-line.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'
import { type Puppet, puppet } from '../support/puppet.ts'
import { quiet } from '../support/quiet.ts'
import { type SmallDisk, smallDisk } from '../support/small-disk.ts'
import { once } from '../support/sipp.ts'
import { type TcpLink, tcpLink } from '../support/tcp-link.ts'

/** The real parts, each within reach of a test that breaks it. */
export type World = {
  readonly desk: DeskLine
  /** Between the service and Asterisk. */
  readonly ari: TcpLink
  /** Between the service and PostgreSQL. */
  readonly database: DatabaseLink
  readonly postgresPid: () => number
  readonly postgresDisk: SmallDisk
  /** The fact log's. */
  readonly logDisk: SmallDisk
  readonly directory: Puppet
  readonly mail: Puppet
  close(): Promise<void>
}

/** Resolves when PostgreSQL has taken all facts. */
export const drained = (desk: DeskLine, withinMs = 30_000): Promise<void> =>
  once(
    async () => {
      const answer = await fetch(`${desk.service.url}/api/health`)
      const { parts } = (await answer.json()) as { parts: { name: string; state: string; detail: string | null }[] }
      const database = parts.find(({ name }) => name === 'database')
      return database?.state === 'up' && database.detail === null
    },
    withinMs,
    'an empty log',
  )

export async function openWorld(): Promise<World> {
  const varDir = testFolder()
  const postgresDisk = smallDisk(join(varDir, 'postgres'), 260 * 1_024)
  const settings = { max_wal_size: '64MB', min_wal_size: '32MB', max_connections: '60' }
  const postgres = await startPostgres({ varDir, log: quiet, settings })
  const database = await linkTo(postgres.url)
  const [directory, mail] = [await puppet(), await puppet()]
  let [ari, logDisk]: [TcpLink | null, SmallDisk | null] = [null, null]
  const closing = async () => {
    for (const link of [ari, database, directory, mail]) await link?.close()
    await postgres.stop()
    postgresDisk.close()
    removeTestFolder(varDir)
  }
  try {
    const desk = await DeskLine.open(
      { LOG_LEVEL: 'info', LDAP_URL: `ldap://127.0.0.1:${directory.port}`, LDAP_BASE: 'o=univ', SMTP_URL: `smtp://127.0.0.1:${mail.port}` },
      {
        database: { url: postgres.url, drop: closing },
        async before(asterisk) {
          const url = new URL(asterisk.ari.url)
          ari = await tcpLink({ host: url.hostname, port: Number(url.port) })
          // Room for a full segment and the next, as on any site.
          logDisk = smallDisk(join(asterisk.varDir, 'facts'), 24 * 1_024)
          url.port = String(ari.port)
          return { ARI_URL: url.origin, DATABASE_URL: database.url }
        },
      },
    )
    const [path, disk] = [ari, logDisk] as unknown as [TcpLink, SmallDisk]
    return {
      desk,
      ari: path,
      database,
      postgresPid: () => Number(readFileSync(join(varDir, 'postgres/postgres.pid'), 'utf8').split(' ')[0]),
      postgresDisk,
      logDisk: disk,
      directory,
      mail,
      async close() {
        await desk.service.stop()
        disk.close()
        await desk.close()
      },
    }
  } catch (error) {
    await closing()
    throw error
  }
}
