import { readdirSync } from 'node:fs'
import WebSocket from 'ws'

/** What a process holds: heap after a collection (bytes), open files, things that keep its loop alive. */
export type Held = { readonly heap: number; readonly files: number; readonly resources: number }

/** Ask a process started with --inspect=PORT what it holds, its rubbish collected first. */
export async function inspect(port: number, pid: number): Promise<Held> {
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as readonly { webSocketDebuggerUrl: string }[]
  const socket = new WebSocket(targets[0]?.webSocketDebuggerUrl ?? '')
  const waiting = new Map<number, (result: unknown) => void>()
  socket.on('message', (data: Buffer) => {
    const { id, result } = JSON.parse(data.toString('utf8')) as { id?: number; result?: unknown }
    if (id !== undefined) waiting.get(id)?.(result)
  })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  let last = 0
  const ask = (method: string, params: object = {}) =>
    new Promise<unknown>((resolve) => {
      last += 1
      waiting.set(last, resolve)
      socket.send(JSON.stringify({ id: last, method, params }))
    })
  await ask('HeapProfiler.collectGarbage')
  const { usedSize } = (await ask('Runtime.getHeapUsage')) as { usedSize: number }
  const counted = (await ask('Runtime.evaluate', { expression: 'process.getActiveResourcesInfo().length' })) as {
    result: { value: number }
  }
  socket.terminate()
  return { heap: usedSize, files: readdirSync(`/proc/${pid}/fd`).length, resources: counted.result.value }
}
