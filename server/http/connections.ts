import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

export type Connections = {
  /** End them all: at once who asks nothing, in a moment who is being answered or told goodbye. Resolves when none is left. */
  close(): Promise<void>
}

type Limits = {
  /** What a request under way may still take, in ms. */
  readonly requestMs?: number
  /** What a WebSocket's other side may take to take leave, in ms. */
  readonly leaveMs?: number
}

/**
 * Every connection of a server, so that its end waits for none: `server.close()` waits for a browser that has connected ahead of
 * its first request as long as it waits for a request's header, and for a WebSocket for as long as its other side is silent.
 */
export function connectionsOf(server: Server, { requestMs = 2_000, leaveMs = 500 }: Limits = {}): Connections {
  const open = new Map<Socket, 'silent' | 'asking' | 'upgraded'>()
  let changed = Promise.withResolvers<void>()
  const note = (change: () => void) => {
    change()
    changed.resolve()
    changed = Promise.withResolvers()
  }
  server.on('connection', (socket) => {
    open.set(socket, 'silent')
    socket.once('close', () => note(() => open.delete(socket)))
  })
  server.on('request', ({ socket }, response) => {
    if (open.has(socket)) open.set(socket, 'asking')
    response.once('close', () => {
      if (open.get(socket) === 'asking') note(() => open.set(socket, 'silent'))
    })
  })
  server.on('upgrade', ({ socket }) => open.set(socket, 'upgraded'))

  return {
    async close() {
      const began = performance.now()
      const longest = { silent: 0, asking: requestMs, upgraded: leaveMs }
      while (open.size > 0) {
        const past = performance.now() - began
        for (const [socket, what] of open) if (past >= longest[what]) socket.destroy()
        const next = Math.min(...[...open.values()].map((what) => longest[what]).filter((ms) => ms > past)) - past
        await (Number.isFinite(next) ? Promise.race([changed.promise, wait(next + 1, undefined, { ref: false })]) : changed.promise)
      }
    },
  }
}
