import { execFileSync } from 'node:child_process'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { inProject } from '../../server/project.ts'
import { migrate } from '../../server/database/migrate.ts'
import { type OwnPostgres, startPostgres } from '../../server/supervisor/postgres.ts'
import { clearLeftovers, removeTestFolder, testFolder } from './folders.ts'
import { quiet } from './quiet.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The test server's address; its template is `template`. */
    postgresUrl: string
  }
}

type Shared = { users: number; readonly started: Promise<{ readonly server: OwnPostgres; readonly varDir: string }> }

/** Vitest loads this file once for each project: what they share hangs on the process. */
const shared = globalThis as { guichetTestPostgres?: Shared }

/** One PostgreSQL for the whole run, with a migrated template that each test's database is cloned from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.guichetTestPostgres ??= { users: 0, started: start() }
  const own = shared.guichetTestPostgres
  own.users += 1
  const { server, varDir } = await own.started
  project.provide('postgresUrl', server.url)
  return async () => {
    own.users -= 1
    if (own.users > 0) return
    delete shared.guichetTestPostgres
    await server.stop()
    removeTestFolder(varDir)
  }
}

async function start(): Promise<{ server: OwnPostgres; varDir: string }> {
  clearLeftovers()
  // What tests start is what `npm start` starts.
  execFileSync(process.execPath, [inProject('server/bundle.mjs')])
  const varDir = testFolder()
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' }
  const server = await startPostgres({ varDir, log: quiet, settings })
  const client = new Client({ connectionString: server.url })
  await client.connect()
  await client.query('CREATE DATABASE template')
  await client.end()
  await migrate(server.url.replace(/[^/]*$/, 'template'))
  return { server, varDir }
}
