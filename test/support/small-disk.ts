import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type SmallDisk = {
  readonly path: string
  /** Leave no more than `free` bytes. */
  fill(free?: number): void
  /** Give the room back. */
  clear(): void
  close(): void
}

/** A disk of its own, of memory, that a test can fill. @param folder where it is mounted; made when missing @throws without the right to mount */
export function smallDisk(folder: string, kilobytes: number): SmallDisk {
  mkdirSync(folder, { recursive: true })
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k,mode=0755`, 'tmpfs', folder])
  const ballast = join(folder, 'ballast')
  return {
    path: folder,
    fill(free = 0) {
      const { bavail, bsize } = statfsSync(folder)
      writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - free)))
    },
    clear: () => rmSync(ballast, { force: true }),
    close() {
      // Whoever still has a file open there keeps it to themselves.
      execFileSync('umount', ['--lazy', folder])
    },
  }
}
