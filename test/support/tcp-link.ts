import { once } from 'node:events'
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net'

export type TcpLink = {
  readonly port: number
  /** The far side goes away: connections are lost, new ones refused. */
  cut(): Promise<void>
  /** Half-open: connections stay, new ones are accepted, and nothing passes either way. */
  freeze(): void
  /** What a frozen path held back flows again. */
  thaw(): void
  /** Every byte takes this much longer, in ms, each way. */
  delay(ms: number): void
  /** The path is as good as new; what was connected over it is lost. */
  restore(): Promise<void>
  close(): Promise<void>
}

/** A path to a TCP server that a test can cut, freeze or slow down, without harm to the tests beside it. */
export async function tcpLink(target: { readonly host: string; readonly port: number }): Promise<TcpLink> {
  const sockets = new Set<Socket>()
  let frozen = false
  let lateMs = 0
  const pass = (from: Socket, to: Socket) => {
    sockets.add(from)
    if (frozen) from.pause()
    from.on('data', (bytes) => {
      if (lateMs === 0) to.write(bytes)
      else setTimeout(() => to.write(bytes), lateMs)
    })
    from.on('error', () => to.destroy())
    from.on('close', () => {
      sockets.delete(from)
      to.destroy()
    })
  }
  const server = createServer((near) => {
    const far = createConnection(target)
    pass(near, far)
    pass(far, near)
  })
  const listen = async (port: number) => once(server.listen(port, '127.0.0.1'), 'listening')
  await listen(0)
  const { port } = server.address() as AddressInfo
  const freeze = (on: boolean) => {
    frozen = on
    for (const socket of sockets) {
      if (on) socket.pause()
      else socket.resume()
    }
  }
  const cut = async () => {
    const closed = server.listening ? once(server, 'close') : Promise.resolve()
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }
  return {
    port,
    cut,
    freeze: () => freeze(true),
    thaw: () => freeze(false),
    delay(ms) {
      lateMs = ms
    },
    async restore() {
      lateMs = 0
      frozen = false
      for (const socket of sockets) socket.destroy()
      if (!server.listening) await listen(port)
    },
    close: cut,
  }
}
