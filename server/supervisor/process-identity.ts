import { readdirSync, readFileSync } from 'node:fs'

/**
 * A mark that no later process with the same number shares: its start in clock ticks since boot.
 * @returns null when no such process runs; one that ended and was not yet collected by its parent counts as gone, once the last of its threads
 * has let go of what they hold, ports above all.
 */
export function processStart(pid: number): string | null {
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return null
  }
  // The second field, the command's name, may itself hold blanks and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, start] = [fields[0], fields[19]]
  const ended = state === 'X' || (state === 'Z' && !hasThreads(pid))
  return ended || start === undefined ? null : start
}

/** The first thread of a process that ends is told as ended while others still do. */
function hasThreads(pid: number): boolean {
  try {
    return readdirSync(`/proc/${pid}/task`).length > 1
  } catch {
    return false
  }
}
