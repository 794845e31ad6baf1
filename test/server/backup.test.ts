import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeBackup } from '../../server/backup/backup.ts'
import { openPlace } from '../../server/backup/place.ts'
import { restoreBackup } from '../../server/backup/restore.ts'
import { startPostgres } from '../../server/supervisor/postgres.ts'
import { readSecrets } from '../../server/supervisor/secrets.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'
import { createEmptyDatabase } from '../support/postgres.ts'
import { quiet } from '../support/quiet.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
let from: string
let to: string
beforeEach(async () => {
  service = await buildTestHttp()
  from = testFolder()
  to = testFolder()
  readSecrets(from)
  const put = (path: string, content: string | Buffer) => {
    mkdirSync(dirname(join(from, path)), { recursive: true })
    writeFileSync(join(from, path), content)
  }
  put('settings.json', '{"desk": 1}')
  put('messages/m1.wav', Buffer.from([0, 255, 10, 13, 0]))
  put('sounds/in-force.json', '{}')
  put('facts/facts-000000000001.jsonl', '{"n":1}\n')
  put('asterisk/spool/recording/net-1.wav', 'not imported yet')
  put('asterisk/log/output.log', 'made again')
  put('service.log', 'made again')
  for (const title of ['Écran noir', 'Une\tligne\nde plus \\ « »'])
    await service.as('alice', {
      method: 'POST',
      url: '/api/tickets',
      payload: { title, summary: title, requester: { personId: null, name: 'Zoé', email: 'zoe@univ.example', phone: null } },
    })
})
afterEach(async () => {
  await service.close()
  for (const folder of [from, to]) removeTestFolder(folder)
})

const backup = (file: string) =>
  makeBackup({ varDir: from, databaseUrl: service.url, to: file, version: '0.1.0', nowMs: Date.parse('2026-11-24T01:30:00Z') })
const restore = (file: string, url: string, replace = false) =>
  restoreBackup({
    file,
    varDir: to,
    replace,
    nowMs: Date.parse('2026-11-25T08:00:00Z'),
    openDatabase: () => openPlace({ databaseUrl: url, varDir: to }, quiet),
  })

/** Every row of every table, and the next value of each sequence, as one mark per name. */
async function contentOf(url: string): Promise<Readonly<Record<string, string>>> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const tables = (await client.query<{ name: string }>("select tablename as name from pg_tables where schemaname = 'public'")).rows
  const marks: Record<string, string> = {}
  for (const { name } of tables) {
    const { rows } = await client.query<{ row: string }>(`select t::text as row from "${name}" t order by 1`)
    marks[name] = `${rows.length} ${createHash('sha256').update(JSON.stringify(rows)).digest('hex')}`
  }
  const sequences = await client.query<{ name: string; last: string }>(
    'select sequencename as name, last_value::text as last from pg_sequences where last_value is not null',
  )
  for (const { name, last } of sequences.rows) marks[name] = last
  await client.end()
  return marks
}

const filesOf = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => statSync(join(folder, path)).isFile())
      .map((path) => [path, `${readFileSync(join(folder, path)).toString('hex')} ${statSync(join(folder, path)).mode}`]),
  )

it('a backup restored into an empty place is the same site, row by row and file by file', async () => {
  const made = await backup(`${from}/../kept/`)
  expect(made.file).toMatch(/\/kept\/guichet-2026-11-24T013000Z\.tar\.gz$/)
  expect(statSync(made.file).mode & 0o077).toBe(0)
  expect(readdirSync(dirname(made.file))).toHaveLength(1)
  const { url, drop } = await createEmptyDatabase()
  await restore(made.file, url)
  const marks = await contentOf(url)
  expect(marks).toEqual(await contentOf(service.url))
  expect(Object.keys(marks).length).toBeGreaterThan(20)
  expect(marks['tickets']).toMatch(/^6 /)
  const { 'service.log': _log, 'asterisk/log/output.log': _output, ...kept } = filesOf(from)
  expect(filesOf(to)).toEqual(kept)
  await drop()
})

it('our own PostgreSQL is made anew with the secrets of the backup', async () => {
  const made = await backup(`${from}/../one.tar.gz`)
  await restoreBackup({
    file: made.file,
    varDir: to,
    replace: false,
    nowMs: Date.now(),
    openDatabase: () => openPlace({ databaseUrl: null, varDir: to }, quiet),
  })
  expect(readSecrets(to)).toEqual(readSecrets(from))
  const own = await startPostgres({ varDir: to, log: quiet })
  expect(await contentOf(own.url)).toEqual(await contentOf(service.url))
  // The one that runs is used as it is, and left running.
  const place = await openPlace({ databaseUrl: null, varDir: to }, quiet)
  expect(place.url).toBe(own.url)
  await place.close()
  expect(Object.keys(await contentOf(own.url)).length).toBeGreaterThan(20)
  await own.stop()
})

it('a place that holds something is refused; told to replace it, it is put aside', async () => {
  const { file } = await backup(`${from}/../one.tar.gz`)
  const { url, drop } = await createEmptyDatabase()
  writeFileSync(join(to, 'settings.json'), 'mine')
  await expect(restore(file, url)).rejects.toThrow('n’est pas vide')
  expect(readdirSync(to)).toEqual(['settings.json'])
  await restore(file, url, true)
  expect(readFileSync(join(to, 'before-2026-11-25T080000Z/settings.json'), 'utf8')).toBe('mine')
  expect(readFileSync(join(to, 'settings.json'), 'utf8')).toBe('{"desk": 1}')
  await drop()
})

it('a database that holds something is never written to, and nothing is left behind', async () => {
  const { file } = await backup(`${from}/../one.tar.gz`)
  await expect(restore(file, service.url)).rejects.toThrow('DATABASE_URL n’est pas vide')
  expect(readdirSync(to)).toEqual([])
  writeFileSync(join(to, 'settings.json'), 'mine')
  await expect(restore(file, service.url, true)).rejects.toThrow('DATABASE_URL n’est pas vide')
  expect(filesOf(to)).toEqual({ 'settings.json': expect.stringContaining(Buffer.from('mine').toString('hex')) })
})

it('an archive that is damaged, or is none, is refused before anything is written', async () => {
  const { file } = await backup(`${from}/../one.tar.gz`)
  const inside = join(from, '../inside')
  mkdirSync(inside)
  spawnSync('tar', ['-xzf', file, '-C', inside])
  writeFileSync(join(inside, 'var/messages/m1.wav'), 'another sound')
  spawnSync('tar', ['-czf', `${from}/../damaged.tar.gz`, '-C', inside, '.'])
  await expect(restore(`${from}/../damaged.tar.gz`, service.url)).rejects.toThrow('abîmée : var/messages/m1.wav')
  writeFileSync(`${from}/../text.tar.gz`, 'text')
  await expect(restore(`${from}/../text.tar.gz`, service.url)).rejects.toThrow('archive')
  writeFileSync(join(inside, 'manifest.json'), '{"product": ')
  spawnSync('tar', ['-czf', `${from}/../cut.tar.gz`, '-C', inside, '.'])
  await expect(restore(`${from}/../cut.tar.gz`, service.url)).rejects.toThrow('n’est pas une sauvegarde')
  expect(existsSync(join(to, 'messages'))).toBe(false)
})
