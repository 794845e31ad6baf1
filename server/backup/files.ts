import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, mkdir, readdir, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'

export type KeptFile = { readonly path: string; readonly bytes: number; readonly sha256: string }

/** What each start makes again, or what the database's copy holds. Everything else of VAR_DIR is kept, whatever its name. */
const madeAgain = /^(postgres|asterisk|service\.(log|pid).*|node-id|before-.*|backup-.*|lost\+found)$/
/** Voice messages that nobody has imported yet are Asterisk's. */
const inAsterisk = join('asterisk', 'spool', 'recording')
const unfinished = /\.new$/

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return entries.filter((e) => e.isFile() && !unfinished.test(e.name)).map((e) => join(e.parentPath, e.name))
}

/** Paths, relative to `varDir`, of what a backup keeps beside the database. */
export async function filesToKeep(varDir: string): Promise<readonly string[]> {
  const names = await readdir(varDir, { withFileTypes: true })
  const kept = names.filter(({ name }) => !madeAgain.test(name))
  const single = kept.filter((e) => e.isFile() && !unfinished.test(e.name)).map(({ name }) => join(varDir, name))
  const folders = [...kept.filter((e) => e.isDirectory()).map(({ name }) => name), inAsterisk]
  const below = await Promise.all(folders.map((name) => filesBelow(join(varDir, name))))
  return [...single, ...below.flat()].map((path) => relative(varDir, path)).sort()
}

/** Copy those that are still there: a voice message may have been imported meanwhile, and then lies elsewhere in the copy. */
export async function copyFiles(from: string, paths: readonly string[], to: string): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(to, path)), { recursive: true, mode: 0o700 })
    await copyFile(join(from, path), join(to, path)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
  }
}

/** Every file below `folder` with its content's mark. */
export async function describeFiles(folder: string): Promise<readonly KeptFile[]> {
  const described: KeptFile[] = []
  for (const path of [...(await filesBelow(folder))].sort()) {
    const hash = createHash('sha256')
    await pipeline(createReadStream(path), hash)
    described.push({ path: relative(folder, path), bytes: (await stat(path)).size, sha256: hash.digest('hex') })
  }
  return described
}
