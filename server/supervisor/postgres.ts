import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { rememberedPort } from './ports.ts'
import { assertReachable, ensureData, postgresPrograms, postgresUser } from './postgres-home.ts'
import { isRunning, keepProcess } from './process.ts'
import { readSecrets } from './secrets.ts'
import type { Log } from './setup-error.ts'

const host = '127.0.0.1'
const database = 'guichet'

export type OwnPostgres = {
  /** With its password: never logged. */
  readonly url: string
  readonly version: string
  /** `cb` runs when it died and another one answers: every connection is gone. */
  onRestart(cb: () => void): void
  /** Asks for a fast shutdown and waits until it is done. */
  stop(): Promise<void>
}

export type PostgresOptions = {
  readonly varDir: string
  readonly log: Log
  /** A free one is chosen and remembered by default. */
  readonly port?: number
  /** Server settings beyond ours, for tests that need speed rather than durability. */
  readonly settings?: Readonly<Record<string, string>>
}

const addressOf = (password: string, port: number, name: string) => `postgresql://guichet:${password}@${host}:${port}/${name}`

/** Where our own PostgreSQL below `varDir` listens while it runs; with its password: never logged. */
export function ownPostgresUrl(varDir: string): string {
  const port = Number(readFileSync(join(varDir, 'postgres', 'port'), 'utf8'))
  return addressOf(readSecrets(varDir).postgres, port, database)
}

/**
 * Start, or adopt, our own PostgreSQL below `varDir`/postgres, on loopback with a generated password, holding the database `guichet`.
 * It is started again when it dies, and lives on when the service is killed.
 * @throws SetupError saying in one sentence what stops it.
 */
export async function startPostgres(options: PostgresOptions): Promise<OwnPostgres> {
  const { varDir, log } = options
  const home = join(varDir, 'postgres')
  const dataDir = join(home, 'data')
  const pidFile = join(home, 'postgres.pid')
  mkdirSync(home, { recursive: true })
  const programs = postgresPrograms()
  const user = postgresUser(dataDir)
  assertReachable(home, user, 'placez VAR_DIR ailleurs (par exemple VAR_DIR=/var/lib/guichet)')
  assertReachable(join(programs, 'bin', 'postgres'), user, 'placez le logiciel ailleurs (par exemple dans /opt)')
  const { postgres: password } = readSecrets(varDir)
  await ensureData(programs, dataDir, password, user)

  const port = options.port ?? (await rememberedPort(join(home, 'port'), host, isRunning(pidFile)))
  const settings = {
    port: String(port),
    listen_addresses: host,
    unix_socket_directories: '',
    max_connections: '120',
    shared_buffers: '128MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_destination: 'stderr',
    logging_collector: 'off',
    ...options.settings,
  }
  const urlOf = (name: string) => addressOf(password, port, name)
  const kept = await keepProcess({
    name: 'PostgreSQL',
    command: join(programs, 'bin', 'postgres'),
    args: ['-D', dataDir, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' },
    user,
    pidFile,
    outFile: join(home, 'postgres.log'),
    fingerprint: `${programs}:${JSON.stringify(settings)}`.replaceAll(' ', ''),
    prepare: () => Promise.resolve(),
    answers: async () => (await ask(urlOf('postgres'), 'SELECT 1')) !== null,
    readyMs: 60_000,
    stopSignal: 'SIGINT',
    stopMs: 30_000,
    log,
  })
  const existing = await ask(urlOf('postgres'), `SELECT 1 AS value FROM pg_database WHERE datname = '${database}'`)
  if (existing?.length === 0) await ask(urlOf('postgres'), `CREATE DATABASE ${database}`)
  const version = (await ask(urlOf('postgres'), 'SHOW server_version'))?.[0]?.['server_version'] ?? ''
  return { url: urlOf(database), version, onRestart: (cb) => kept.onRestart(cb), stop: () => kept.stop() }
}

/** @returns null when the server does not answer. */
async function ask(url: string, statement: string): Promise<readonly Readonly<Record<string, string>>[] | null> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1_000 })
  client.on('error', () => void client.end())
  try {
    await client.connect()
    return (await client.query<Record<string, string>>(statement)).rows
  } catch {
    return null
  } finally {
    await client.end().catch(() => null)
  }
}
