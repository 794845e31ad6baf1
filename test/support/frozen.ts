import type { ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { once } from './sipp.ts'

/** `SIGSTOP` only asks: on a busy machine other threads go on, and answer, until one of the process has taken it. Resolves when none runs. */
export async function freeze(...pids: readonly number[]): Promise<void> {
  for (const pid of pids) process.kill(pid, 'SIGSTOP')
  await once(() => pids.every(isFrozen), 10_000, 'a process that stands still')
}

export function thaw(...pids: readonly number[]): void {
  for (const pid of pids) process.kill(pid, 'SIGCONT')
}

/** @throws when it does not run: 0 would be whoever asks */
export function pidOf(child: ChildProcess | null): number {
  if (child?.pid === undefined) throw new Error('there is no process to freeze')
  return child.pid
}

/** A process and those it began. */
export function familyOf(pid: number): number[] {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && fieldsOf(`/proc/${name}`)?.[1] === String(pid))
  return [pid, ...children.map(Number)]
}

const isFrozen = (pid: number): boolean =>
  readdirSync(`/proc/${pid}/task`).every((thread) => ['T', undefined].includes(fieldsOf(`/proc/${pid}/task/${thread}`)?.[0]))

/** Of `stat`, what comes after the name: state, parent, group…; undefined: it is gone. */
function fieldsOf(path: string): readonly string[] | undefined {
  try {
    return readFileSync(`${path}/stat`, 'utf8').split(') ').at(-1)?.split(' ')
  } catch {
    return undefined
  }
}
