import { existsSync, readdirSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { migrate } from '../database/migrate.ts'
import { claimVarDir } from '../supervisor/claim.ts'
import { SetupError } from '../supervisor/setup-error.ts'
import { databaseFolder, type Manifest, readManifest, tar, varFolder } from './archive.ts'
import { copyIn, isEmptyDatabase } from './database-copy.ts'
import type { DatabasePlace } from './place.ts'

export type RestorePlan = {
  readonly file: string
  readonly varDir: string
  /** Put what `varDir` holds aside, in a folder `before-…` of its own, instead of refusing. */
  readonly replace: boolean
  readonly nowMs: number
  /** Called once the secrets are in place: our own PostgreSQL is made with them. */
  readonly openDatabase: () => Promise<DatabasePlace>
}

const notAPlace = /^(service\.pid.*|before-.*|backup-.*|lost\+found)$/
const contentOf = (varDir: string) => (existsSync(varDir) ? readdirSync(varDir).filter((name) => !notAPlace.test(name)) : [])

/**
 * Bring a backup back into an empty place: files, then a database whose schema is the backup's. The next start migrates it onwards.
 * @returns what was brought back
 * @throws SetupError when the place is not empty, a service works there, or the archive is not whole; everything is then as it was
 */
export async function restoreBackup(plan: RestorePlan): Promise<Manifest> {
  const { file, varDir, replace, nowMs } = plan
  if (!existsSync(file)) throw new SetupError(`La sauvegarde ${file} n’existe pas.`)
  const release = claimVarDir(varDir)
  const staging = await mkdtemp(join(varDir, 'backup-'))
  try {
    if (contentOf(varDir).length > 0 && !replace)
      throw new SetupError(
        `Le dossier ${varDir} n’est pas vide : indiquez un autre VAR_DIR, ou ajoutez --replace pour mettre de côté ce qu’il contient.`,
      )
    await tar(['-xzf', file, '-C', staging, '--no-same-owner'])
    const manifest = await readManifest(staging)
    const aside = await putAside(varDir, nowMs)
    try {
      await fill(plan, staging, manifest)
    } catch (error) {
      for (const name of contentOf(varDir)) await rm(join(varDir, name), { recursive: true, force: true })
      if (aside !== null) await putBack(varDir, aside)
      throw error
    }
    return manifest
  } finally {
    await rm(staging, { recursive: true, force: true })
    release()
  }
}

async function fill({ varDir, openDatabase }: RestorePlan, staging: string, { database }: Manifest): Promise<void> {
  const files = join(staging, varFolder)
  for (const name of existsSync(files) ? readdirSync(files) : []) await rename(join(files, name), join(varDir, name))
  const place = await openDatabase()
  try {
    if (!(await isEmptyDatabase(place.url)))
      throw new SetupError('La base de données de DATABASE_URL n’est pas vide : créez-en une, vide, et indiquez-la.')
    await migrate(place.url, undefined, database.migrations)
    await copyIn(place.url, join(staging, databaseFolder), database)
  } finally {
    await place.close()
  }
}

/** @returns the folder where it is; null when there was nothing */
async function putAside(varDir: string, nowMs: number): Promise<string | null> {
  const names = contentOf(varDir)
  if (names.length === 0) return null
  const aside = join(varDir, `before-${new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '')}Z`)
  await mkdir(aside, { mode: 0o700 })
  for (const name of names) await rename(join(varDir, name), join(aside, name))
  return aside
}

async function putBack(varDir: string, aside: string): Promise<void> {
  for (const name of readdirSync(aside)) await rename(join(aside, name), join(varDir, name))
  await rm(aside, { recursive: true })
}
