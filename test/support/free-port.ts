import { createSocket } from 'node:dgram'
import { createServer, type ListenOptions } from 'node:net'

type Kind = 'tcp' | 'udp'

/**
 * Beyond what Linux gives to those who ask for any port (32768 to 60999), and where no Asterisk's sound goes (10000 to 31999, UDP): what is
 * given here is bound only later, and must not be taken meanwhile.
 */
const ranges: Readonly<Record<Kind, readonly [first: number, count: number]>> = { tcp: [12_000, 20_000], udp: [61_000, 4_500] }

/** A port of loopback that nothing listens on, over TCP, which no other test is given as long as this process lives. */
export const freeTcpPort = (): Promise<number> => freePort('tcp')

/** Several such ports over UDP, all different. */
export async function freeUdpPorts(count: number): Promise<readonly number[]> {
  const ports: number[] = []
  while (ports.length < count) ports.push(await freePort('udp'))
  return ports
}

async function freePort(kind: Kind): Promise<number> {
  const [first, count] = ranges[kind]
  const start = Math.floor(Math.random() * count)
  for (let i = 0; i < count; i += 1) {
    const port = first + ((start + i) % count)
    if ((await claim(kind, port)) && (await isFree(kind, port))) return port
  }
  throw new Error(`none of ${count} ports is free over ${kind}`)
}

/** Whoever listens at a name has the port, whichever process runs which test; the name goes with the process. */
const claim = (kind: Kind, port: number): Promise<boolean> => listens({ path: `\0guichet-test-${kind}-${port}` }, 'kept')

function isFree(kind: Kind, port: number): Promise<boolean> {
  if (kind === 'tcp') return listens({ host: '127.0.0.1', port }, 'closed')
  const socket = createSocket('udp4')
  return new Promise((resolve) => {
    socket.once('error', () => resolve(false))
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)))
  })
}

function listens(at: ListenOptions, then: 'kept' | 'closed'): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(at, () => {
      if (then === 'closed') server.close(() => resolve(true))
      else {
        server.unref()
        resolve(true)
      }
    })
  })
}
