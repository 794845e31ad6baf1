import { once } from 'node:events'
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net'

/** A path to a directory that says whatever it answers twice. */
export async function ldapEcho(to: number): Promise<{ readonly port: number; close(): void }> {
  const sockets: Socket[] = []
  const server = createServer((near) => {
    const far = createConnection(to, '127.0.0.1')
    sockets.push(near, far)
    for (const socket of [near, far]) socket.on('error', () => undefined)
    near.on('data', (bytes) => far.write(bytes))
    let held = Buffer.alloc(0)
    far.on('data', (bytes) => {
      held = Buffer.concat([held, bytes])
      for (let length = messageLength(held); length !== null; length = messageLength(held)) {
        const message = held.subarray(0, length)
        near.write(Buffer.concat([message, message]))
        held = held.subarray(length)
      }
    })
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

/** How many bytes the first message (BER) takes; null until it is whole. */
function messageLength(bytes: Buffer): number | null {
  const [, short = 0] = bytes
  if (bytes.length < 2) return null
  const more = short < 0x80 ? 0 : short & 0x7f
  if (bytes.length < 2 + more) return null
  const length = 2 + more + (more === 0 ? short : bytes.readUIntBE(2, more))
  return bytes.length < length ? null : length
}
