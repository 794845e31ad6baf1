import { join } from 'node:path'
import pino from 'pino'
import { Realtime } from '../../server/realtime/realtime.ts'
import { Scene } from '../calls/scene.ts'
import { freeTcpPort } from './free-port.ts'
import { buildTestHttp, type TestHttp, type TestHttpOptions } from './service.ts'

export type ServedConsole = {
  readonly service: TestHttp
  readonly url: string
  /** A request in the name of a demo account. @throws what was answered, when it is not a success */
  ask<Body>(login: string, method: 'GET' | 'POST' | 'PUT', path: string, payload?: object): Promise<Body>
  close(): Promise<void>
}

/**
 * The built console on the real routes, rights, live events and database, at an address that a browser opens. Nobody calls.
 * @param clock `ticketNow`: what stores count time by, in place of the real clock
 */
export async function serveConsole(clock: Pick<TestHttpOptions, 'ticketNow'> = {}): Promise<ServedConsole> {
  const port = await freeTcpPort()
  const url = `http://127.0.0.1:${port}`
  const service = await buildTestHttp({ publicUrl: url, consoleFolder: join(import.meta.dirname, '../../console/dist'), ...clock })
  const scene = Scene.open('alice')
  scene.give({ type: 'roster', operators: [{ id: 'alice', name: 'Alice Martin', extension: '6101' }] })
  const realtime = new Realtime({
    http: service.app.server,
    engine: { state: scene.state, onTurn: () => () => undefined },
    desk: { epoch: '00000000-0000-4000-8000-000000000000', view: () => service.desk.view() },
    demo: false,
    build: null,
    log: pino({ level: 'silent' }),
    now: Date.now,
    authenticate: async (cookie) => {
      const answer = await service.app.inject({ method: 'GET', url: '/api/session', headers: { cookie: cookie ?? '' } })
      return answer.statusCode === 200 ? answer.json() : null
    },
    openTicketsOf: () => [],
    draftOf: () => null,
  })
  const noted = service.told.push.bind(service.told)
  service.told.push = (...what) => {
    realtime.stale('tickets')
    return noted(...what)
  }
  await service.app.listen({ host: '127.0.0.1', port })
  return {
    service,
    url,
    async ask(login, method, path, payload) {
      const answer = await service.as(login, { method, url: path, ...(payload && { payload }) })
      if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.body}`)
      return answer.json()
    },
    async close() {
      await realtime.close()
      await service.close()
    },
  }
}
