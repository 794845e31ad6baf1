import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { processStart } from './process-identity.ts'
import { SetupError } from './setup-error.ts'

/**
 * Take `varDir` for this process: two services on one folder would take over one another's PostgreSQL and Asterisk.
 * @returns how to give it back; a claim whose process has ended counts for nothing.
 * @throws SetupError when a running service has it.
 */
export function claimVarDir(varDir: string): () => void {
  mkdirSync(varDir, { recursive: true })
  const path = join(varDir, 'service.pid')
  const own = `${path}.${process.pid}`
  const mark = `${process.pid} ${processStart(process.pid)}`
  writeFileSync(own, `${mark}\n`)
  try {
    // A link fails when the name exists, so that of two that start together only one gets it.
    if (!tryLink(own, path)) {
      const [pid, start] = readFileSync(path, 'utf8').trim().split(' ')
      if (start !== undefined && processStart(Number(pid)) === start && Number(pid) !== process.pid) {
        throw new SetupError(
          `Un service tourne déjà avec le dossier ${varDir} (processus ${pid}) : arrêtez-le, ou donnez un autre dossier à celui-ci avec VAR_DIR.`,
        )
      }
      renameSync(own, path)
    }
  } finally {
    rmSync(own, { force: true })
  }
  return () => {
    if (readOrNull(path)?.trim() === mark) rmSync(path, { force: true })
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
