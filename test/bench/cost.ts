import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DeskLine } from '../support/desk-line.ts'

/** The processes that a call occupies, each with those it has started. */
export type Processes = { readonly service: number; readonly asterisk: number; readonly database: number }

export async function processesOf(line: DeskLine): Promise<Processes> {
  const [row] = await line.rows<{ data_directory: string }>('show data_directory')
  const noted = readFileSync(join(row?.data_directory ?? '', 'postmaster.pid'), 'utf8').split('\n')[0]
  const { pid } = line.service
  if (pid === null) throw new Error('the service does not run')
  return { service: pid, asterisk: line.asterisk.pid(), database: Number(noted) }
}

/** What follows the name in /proc/PID/stat, which is in parentheses and may hold spaces: the state is the first (proc(5)'s third). */
const stat = (pid: number): readonly string[] => {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

/** Processor time a process has used, in user and kernel mode, in ms; Linux counts in hundredths of a second (USER_HZ). */
export function cpuMs(pid: number): number {
  const fields = stat(pid)
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** The same with that of every process it has started, those that have ended included. */
export function treeCpuMs(pid: number): number {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(Number(name)) === pid)
  const ended = stat(pid).slice(13, 15).map(Number)
  return cpuMs(pid) + ended.reduce((sum, ticks) => sum + ticks * 10, 0) + children.reduce((sum, child) => sum + cpuMs(Number(child)), 0)
}

function parentOf(pid: number): number | null {
  try {
    return Number(stat(pid)[1])
  } catch {
    return null
  }
}

/** Memory a process has in RAM, in kB. */
export function residentKb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
}
