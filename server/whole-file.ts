import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'

/** @throws when the disk refuses; what was written of it before stays there, torn. */
export function writeWhole(file: number, text: string): number {
  const bytes = Buffer.from(text)
  // A disk that is nearly full takes a part of what it is given, and says so by the count alone.
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
  return bytes.length
}

/** A file that is there whole, or not at all. @throws when the disk refuses */
export function placeFile(path: string, text: string): void {
  const file = openSync(`${path}.new`, 'w', 0o600)
  try {
    writeWhole(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(`${path}.new`, path)
}
