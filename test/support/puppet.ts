import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

type Failing = 'down' | 'silent' | 'slow' | 'nonsense'

export type Puppet = {
  readonly port: number
  /** Refuse connections; take them and say nothing; answer what is no protocol at all, at once or after half a minute. */
  be(how: Failing): Promise<void>
  close(): Promise<void>
}

const slowMs = 30_000
const nonsense = Buffer.from([0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 0x0d, 0x0a, 0x99, 0x00, 0x41, 0x0d, 0x0a])

/** Stands for a neighbour that fails: a directory, a mail server. */
export async function puppet(): Promise<Puppet> {
  const sockets = new Set<Socket>()
  let how: Failing = 'silent'
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    const answer = () => {
      if (how === 'nonsense') socket.write(nonsense)
      if (how === 'slow') setTimeout(() => socket.writable && socket.write(nonsense), slowMs).unref()
    }
    socket.on('data', answer)
    answer()
  })
  const listen = (port: number) => once(server.listen(port, '127.0.0.1'), 'listening')
  await listen(0)
  const { port } = server.address() as AddressInfo
  const close = async () => {
    const closed = server.listening ? once(server, 'close') : Promise.resolve()
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }
  return {
    port,
    close,
    async be(next) {
      await close()
      how = next
      if (how !== 'down') await listen(port)
    },
  }
}
