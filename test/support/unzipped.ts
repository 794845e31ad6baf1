import { inflateRawSync } from 'node:zlib'

/** The parts of a ZIP file by name, read from its central directory. */
export function unzipped(zip: Buffer): Readonly<Record<string, string>> {
  const parts: Record<string, string> = {}
  const directory = zip.lastIndexOf(Buffer.from('504b0506', 'hex'))
  let at = zip.readUInt32LE(directory + 16)
  for (let n = zip.readUInt16LE(directory + 10); n > 0; n -= 1) {
    const [size, names, extra, comment] = [
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
    ]
    const local = zip.readUInt32LE(at + 42)
    const body = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const packed = zip.subarray(body, body + size)
    parts[zip.toString('utf8', at + 46, at + 46 + names)] = (zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString(
      'utf8',
    )
    at += 46 + names + extra + comment
  }
  return parts
}
