import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

const windowBytes = 16_384

/** The last `count` lines of a text file, empty when it cannot be read. */
export function lastLines(path: string, count: number): string {
  try {
    const file = openSync(path, 'r')
    const size = fstatSync(file).size
    const buffer = Buffer.alloc(Math.min(size, windowBytes))
    readSync(file, buffer, 0, buffer.length, size - buffer.length)
    closeSync(file)
    return buffer.toString('utf8').trimEnd().split('\n').slice(-count).join('\n')
  } catch {
    return ''
  }
}
