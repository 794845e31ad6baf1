import { createCipheriv } from 'node:crypto'

const tagBytes = 10
const headerBytes = 12
const keystream = (key: Buffer, iv: Buffer, bytes: number) => createCipheriv('aes-128-ctr', key, iv).update(Buffer.alloc(bytes))

/** RFC 3711 §4.3.1, without key renewal. */
function derived(master: Buffer, salt: Buffer, label: number, bytes: number): Buffer {
  const iv = Buffer.concat([salt, Buffer.alloc(2)])
  iv[7] = (iv[7] ?? 0) ^ label
  return keystream(master, iv, bytes)
}

/**
 * What opens the packets of one sender: AES_CM_128_HMAC_SHA1_80, the tag taken off unread.
 * @param inline the key and salt as `a=crypto` bears them, base64
 */
export function srtpReader(inline: string): (packet: Buffer) => Buffer {
  const secret = Buffer.from(inline, 'base64')
  const [master, masterSalt] = [secret.subarray(0, 16), secret.subarray(16, 30)]
  const [key, salt] = [derived(master, masterSalt, 0, 16), derived(master, masterSalt, 2, 14)]
  let turns = 0
  let last = 0
  return (packet) => {
    const sequence = packet.readUInt16BE(2)
    if (sequence < last - 0x8000) turns += 1
    last = sequence
    const mask = Buffer.alloc(16)
    packet.copy(mask, 4, 8, 12)
    mask.writeUInt32BE(turns, 8)
    mask.writeUInt16BE(sequence, 12)
    const iv = mask.map((byte, i) => byte ^ (salt[i] ?? 0))
    const payload = packet.subarray(headerBytes, packet.length - tagBytes)
    const stream = keystream(key, Buffer.from(iv), payload.length)
    return Buffer.concat([packet.subarray(0, headerBytes), payload.map((byte, i) => byte ^ (stream[i] ?? 0))])
  }
}
