import type { DirectoryState } from '../contract/directory.ts'
import type { Synchronised } from './synchronise.ts'

type Told = Pick<DirectoryState, 'running' | 'last' | 'failure' | 'roles' | 'next'>

/** What the last synchronisations did, for whoever administers. @param now in ms */
export function createReport(now: () => number = Date.now) {
  let told: Told = { running: null, last: null, failure: null, roles: null, next: null }
  let startedMs = now()
  const at = () => new Date(now()).toISOString()
  return {
    get: (): Told => told,
    began(): void {
      startedMs = now()
      told = { ...told, running: { since: at(), read: 0 }, next: null }
    },
    read(people: number): void {
      if (told.running !== null) told = { ...told, running: { ...told.running, read: people } }
    },
    done({ seen, changed, retired, kept, saved }: Synchronised, complete: boolean): void {
      const seconds = Math.round((now() - startedMs) / 100) / 10
      const last = { at: at(), complete, seconds, read: seen, changed, retired, kept, saved }
      told = { ...told, running: null, last, failure: null }
    },
    failed(reason: string): void {
      told = { ...told, running: null, failure: { at: at(), reason } }
    },
    followed(workers: number, refusedLogins: readonly string[]): void {
      told = { ...told, roles: { at: at(), workers, refusedLogins: [...refusedLogins], problem: null } }
    },
    notFollowed(problem: string): void {
      told = { ...told, roles: { workers: 0, refusedLogins: [], ...told.roles, at: at(), problem } }
    },
    next(inMs: number): void {
      told = { ...told, running: null, next: new Date(now() + inMs).toISOString() }
    },
  }
}
