import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../server/database/connection.ts'
import { migrate } from '../../server/database/migrate.ts'
import { linkTo } from '../support/database-link.ts'
import { createDatabase, type TestDatabase } from '../support/postgres.ts'

const own = join(import.meta.dirname, '../../migrations')
let database: TestDatabase
let folder: string
beforeEach(async () => {
  database = await createDatabase()
  folder = mkdtempSync(join(tmpdir(), 'guichet-migrations-'))
  cpSync(own, folder, { recursive: true })
})
afterEach(async () => {
  await database.drop()
  rmSync(folder, { recursive: true })
})

async function ask<Row extends object>(sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: database.url })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

describe('migrations', () => {
  it('are applied once, even when several services start together', async () => {
    writeFileSync(join(folder, '9001_more.sql'), 'create table more (n int); insert into more values (1);')
    await Promise.all([1, 2, 3].map(() => migrate(database.url, folder)))
    expect(await ask('select n from more')).toEqual([{ n: 1 }])
  })

  it('leave nothing of a file that fails', async () => {
    writeFileSync(join(folder, '9001_broken.sql'), 'create table half (n int); select nonsense;')
    await expect(migrate(database.url, folder)).rejects.toThrow('9001_broken.sql')
    expect(await ask("select to_regclass('half') as half")).toEqual([{ half: null }])
  })

  it('refuse a file that has changed after it was applied, or that is gone', async () => {
    writeFileSync(join(folder, '9001_more.sql'), 'create table more (n int);')
    await migrate(database.url, folder)
    writeFileSync(join(folder, '9001_more.sql'), 'create table more (n bigint);')
    await expect(migrate(database.url, folder)).rejects.toThrow('a changé')
    rmSync(join(folder, '9001_more.sql'))
    await expect(migrate(database.url, folder)).rejects.toThrow('ne connaît pas')
  })
})

it('a transaction that cannot begin, its connection just lost, gives the connection back', async () => {
  const link = await linkTo(database.url)
  const { db, pool, close } = openDatabase(link.url)
  await pool.query('select 1')
  const lost = link.cut()
  await expect(db.transaction(async () => undefined)).rejects.toThrow(/.+/)
  await lost
  expect(pool.totalCount - pool.idleCount).toBe(0)
  await close()
  await link.close()
})
