import { existsSync, statSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { databaseFolder, type Manifest, manifestName, tar, varFolder } from './archive.ts'
import { copyOut } from './database-copy.ts'
import { copyFiles, describeFiles, filesToKeep } from './files.ts'

export type BackupPlan = {
  readonly varDir: string
  readonly databaseUrl: string
  /** A file to make, or a folder in which one named after the moment is made. */
  readonly to: string
  readonly version: string
  readonly nowMs: number
}
export type BackupDone = { readonly file: string; readonly bytes: number; readonly manifest: Manifest }

/** `guichet-2026-11-24T013005Z.tar.gz` */
const nameAt = (ms: number) => `guichet-${new Date(ms).toISOString().slice(0, 19).replaceAll(':', '')}Z.tar.gz`

/**
 * Put database, recordings, sounds, settings, secrets and the facts not yet drained into one archive, while the service works.
 * The archive holds every secret of the site: it is readable by its owner only.
 * @throws Error when the database does not answer, SetupError when the archive cannot be written
 */
export async function makeBackup({ varDir, databaseUrl, to, version, nowMs }: BackupPlan): Promise<BackupDone> {
  const inFolder = to.endsWith('/') || (existsSync(to) && statSync(to).isDirectory())
  const file = resolve(inFolder ? join(to, nameAt(nowMs)) : to)
  await mkdir(dirname(file), { recursive: true })
  const staging = await mkdtemp(join(dirname(file), 'backup-'))
  try {
    // The log's oldest segments are dropped once PostgreSQL has them: taken before and again after, they meet the database's copy.
    const facts = (await filesToKeep(varDir)).filter((path) => path.startsWith('facts'))
    await copyFiles(varDir, facts, join(staging, varFolder))
    const database = await copyOut(databaseUrl, join(staging, databaseFolder))
    // Afterwards: each row's sound is then there, and the log is never behind the database.
    await copyFiles(varDir, await filesToKeep(varDir), join(staging, varFolder))
    const files = await describeFiles(staging)
    const at = new Date(nowMs).toISOString()
    const manifest: Manifest = { product: 'guichet-unique', format: 1, version, at, database, files }
    await writeFile(join(staging, manifestName), JSON.stringify(manifest, null, 2), { mode: 0o600 })
    await tar(['-czf', `${file}.new`, '-C', staging, '.'])
    await chmod(`${file}.new`, 0o600)
    await rename(`${file}.new`, file)
    return { file, bytes: statSync(file).size, manifest }
  } finally {
    await rm(staging, { recursive: true, force: true })
    await rm(`${file}.new`, { force: true })
  }
}
