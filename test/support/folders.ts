import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, chmodSync, mkdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { processStart } from '../../server/supervisor/process-identity.ts'

const prefix = 'guichet-test-'

/** A new folder that PostgreSQL's unprivileged user can enter. The name bears our process, so that a killed run's leftovers can be told. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-${processStart(process.pid)}-`))
  chmodSync(folder, 0o755)
  const varDir = join(folder, 'var')
  mkdirSync(varDir)
  return varDir
}

export function removeTestFolder(varDir: string): void {
  rmSync(join(varDir, '..'), { recursive: true, force: true })
}

/** End what test runs that were killed left running, and remove their folders. */
export function clearLeftovers(): void {
  for (const name of readdirSync(tmpdir()).filter((n) => n.startsWith(prefix))) {
    const [pid, start] = name.slice(prefix.length).split('-')
    const folder = join(tmpdir(), name)
    if (processStart(Number(pid)) === start || statSync(folder, { throwIfNoEntry: false })?.uid !== process.getuid?.()) continue
    for (const pidFile of ['var/postgres/postgres.pid', 'var/asterisk/asterisk.pid']) killNoted(join(folder, pidFile))
    unmountBelow(folder)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The small disks of a run that was killed. */
function unmountBelow(folder: string): void {
  const mounted = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
  for (const path of mounted.filter((path) => path.startsWith(`${folder}/`))) spawnSync('umount', ['--lazy', path])
}

function killNoted(pidFile: string): void {
  if (!existsSync(pidFile)) return
  const [pid, start] = readFileSync(pidFile, 'utf8').split(' ')
  if (start !== undefined && processStart(Number(pid)) === start) process.kill(Number(pid), 'SIGKILL')
}
