import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname } from 'node:path'
import { SetupError } from './setup-error.ts'

export type PortKind = 'http' | 'sip'

const settings: Readonly<Record<PortKind, { readonly what: string; readonly setting: string }>> = {
  http: { what: 'le port web', setting: 'PORT' },
  sip: { what: 'le port SIP', setting: 'SIP_PORT' },
}

/**
 * Refuse a port that something else listens on; SIP's is asked for over UDP and TCP.
 * @throws SetupError naming the port and the setting to change.
 */
export async function assertPortFree(kind: PortKind, host: string, port: number): Promise<void> {
  const { what, setting } = settings[kind]
  const errors = [await tryTcp(host, port), ...(kind === 'sip' ? [await tryUdp(host, port)] : [])]
  const error = errors.find((e) => e !== null)
  if (error == null) return
  const where = `${what} ${port} sur ${host}`
  if (error === 'EADDRNOTAVAIL') throw new SetupError(`L’adresse ${host} n’est pas celle de cette machine : corrigez HOST.`)
  if (error === 'EACCES')
    throw new SetupError(`Droits insuffisants pour ouvrir ${where} : choisissez-en un au-dessus de 1023 avec ${setting}.`)
  throw new SetupError(
    `Déjà pris par un autre programme : ${where}. Arrêtez-le, ou choisissez un autre port avec ${setting} (par exemple ${setting}=${port + 1}).`,
  )
}

/** A TCP and UDP port of `host` that nothing listens on at the moment. */
async function freePort(host: string): Promise<number> {
  for (;;) {
    const server = createServer().listen(0, host)
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    server.close()
    await once(server, 'close')
    if ((await tryUdp(host, port)) === null) return port
  }
}

/**
 * The port an earlier start chose and wrote in `file`, as long as nothing else took it; otherwise a free one, written there.
 * @param ours whether the process that listened there still runs, so that the port is taken by ourselves.
 */
export async function rememberedPort(file: string, host: string, ours: boolean): Promise<number> {
  const kept = readPort(file)
  if (kept !== null && (ours || (await tryTcp(host, kept)) === null)) return kept
  const port = await freePort(host)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${port}\n`)
  return port
}

/** @returns the system's error code when `port` cannot be listened on, else null. */
async function tryTcp(host: string, port: number): Promise<string | null> {
  const server = createServer()
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'UNKNOWN'
  }
  server.close()
  await once(server, 'close')
  return null
}

async function tryUdp(host: string, port: number): Promise<string | null> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  try {
    socket.bind(port, host)
    await once(socket, 'listening')
  } catch (error) {
    socket.close()
    return (error as NodeJS.ErrnoException).code ?? 'UNKNOWN'
  }
  socket.close()
  await once(socket, 'close')
  return null
}

function readPort(file: string): number | null {
  try {
    const port = Number(readFileSync(file, 'utf8'))
    return Number.isInteger(port) && port > 0 ? port : null
  } catch {
    return null
  }
}
