import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import { Server } from 'socket.io'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type WallBoard, wallBoard, type WallEvents, type WallRow } from '../../server/contract/walls.ts'
import { WallScreens } from '../../server/realtime/wall-screens.ts'
import { wallLinks } from '../../server/secret-links.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'
import { call, operator } from '../console/fake-world.ts'

const links = wallLinks('a secret of the tests', 'http://127.0.0.1:8080')
const keyOf = (url: string) => url.split('/mur/')[1] ?? ''

describe('the addresses of big screens', () => {
  let service: TestHttp
  beforeAll(async () => {
    service = await buildTestHttp()
  })
  afterAll(() => service.close())

  it('are made, changed and taken back by supervisors; screens are told of both', async () => {
    const made = await service.as('sophie', { method: 'POST', url: '/api/walls', payload: { name: ' Salle du guichet ' } })
    expect(made.statusCode).toBe(201)
    const wall = made.json<WallRow>()
    expect(wall).toMatchObject({ name: 'Salle du guichet', names: 'first', scheme: 'auto', sound: true, by: 'Sophie Garnier', screens: 0 })
    expect(links.idOf(keyOf(wall.url))).toBe(wall.id)
    const put = await service.as('sophie', {
      method: 'PUT',
      url: `/api/walls/${wall.id}`,
      payload: { name: 'Hall', names: 'initials', scheme: 'dark', sound: false },
    })
    expect(put.json()).toMatchObject({ name: 'Hall', names: 'initials', scheme: 'dark', sound: false, url: wall.url })
    expect((await service.as('sophie', { method: 'DELETE', url: `/api/walls/${wall.id}` })).statusCode).toBe(204)
    expect((await service.as('sophie', { method: 'GET', url: '/api/walls' })).json()).toEqual([])
    expect(service.told.filter((what) => what.endsWith(wall.id))).toEqual([`wall ${wall.id}`, `no wall ${wall.id}`])
    for (const method of ['PUT', 'DELETE'] as const) {
      const gone = await service.as('sophie', { method, url: `/api/walls/${wall.id}`, payload: { name: 'Hall' } })
      expect(gone.json()).toMatchObject({ code: 'not_found' })
    }
    const nameless = await service.as('sophie', { method: 'POST', url: '/api/walls', payload: { name: ' ' } })
    expect(nameless.json()).toMatchObject({ code: 'invalid_body', message: expect.stringContaining('name') })
  })

  it('cannot be guessed from one another, nor made without the secret', () => {
    const [a, b] = [links.newId(), links.newId()]
    const key = keyOf(links.url(a))
    expect(a).not.toBe(b)
    expect(links.idOf(key)).toBe(a)
    expect(links.idOf(key.replace(a, b))).toBeNull()
    expect(wallLinks('another secret', '').idOf(key)).toBeNull()
    for (const nonsense of ['', a, `${a}-`, `${key}a`, key.toUpperCase(), '../../etc/passwd']) expect(links.idOf(nonsense)).toBeNull()
  })
})

describe('the screens', () => {
  let service: TestHttp
  let server: ReturnType<typeof createServer>
  let screens: WallScreens
  let url = ''
  let key = ''
  const sockets: Socket<WallEvents>[] = []
  beforeAll(async () => {
    service = await buildTestHttp()
    server = createServer()
    const sockets = new Server(server)
    screens = new WallScreens(sockets, {
      walls: service.stores.walls,
      links,
      view: () => service.desk.view(),
      deskName: () => 'Guichet',
      logo: () => '/logo?v=3',
      alarmMs: () => 900_000,
      nextChange: () => null,
      disruptions: async () => [{ title: 'Wi-Fi', since: '2026-11-24T08:00:00.000Z', absorbed: 12 }],
      build: null,
      now: Date.now,
      log: pino({ level: 'silent' }),
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const made = await service.as('sophie', { method: 'POST', url: '/api/walls', payload: { name: 'Salle' } })
    key = keyOf(made.json<WallRow>().url)
  })
  afterAll(async () => {
    for (const socket of sockets) socket.close()
    screens.stop()
    await new Promise((closed) => server.close(closed))
    await service.close()
  })
  const open = (withKey: unknown): Socket<WallEvents> => {
    const socket: Socket<WallEvents> = io(`${url}/mur`, { auth: { key: withKey }, forceNew: true, reconnection: false })
    sockets.push(socket)
    return socket
  }
  const heard = (socket: Socket<WallEvents>, holds: (board: WallBoard) => boolean): Promise<WallBoard> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('never told')), 8_000)
      const hear = (board: WallBoard) => {
        if (!holds(board)) return
        clearTimeout(timer)
        socket.off('board', hear)
        resolve(board)
      }
      socket.on('board', hear)
    })
  const refusal = (withKey: unknown) => new Promise((resolve) => open(withKey).on('connect_error', ({ message }) => resolve(message)))

  it('hear the desk without a session, and its figures as soon as they are counted', async () => {
    service.desk.calls = [{ ...call('c1', []), position: 1, number: '+33612345678', people: [] }]
    service.desk.operators = [operator('alice', 'Alice Martin', 'ready'), operator('chloe', 'Chloé Faure', 'offline')]
    const socket = open(key)
    const first = await heard(socket, () => true)
    expect(wallBoard.parse(first)).toEqual(first)
    expect(first).toMatchObject({
      desk: 'Guichet',
      logo: '/logo?v=3',
      open: true,
      waiting: 1,
      operators: [{ shown: 'Alice', state: 'ready' }],
    })
    const counted = first.counts === null ? await heard(socket, (b) => b.counts !== null) : first
    expect(counted.counts).toMatchObject({ offered: 0, answered: 0, serviceLevel: null, owed: 0, owedLate: 0 })
    expect(counted.disruptions).toMatchObject([{ title: 'Wi-Fi' }])
    expect(screens.screensOf(links.idOf(key) ?? '')).toBe(1)
    service.desk.calls = []
    screens.deskChanged()
    expect((await heard(socket, (b) => b.waiting === 0)).oldestAt).toBeNull()
  })

  it('are told of tickets that wait, and show operators as the address says', async () => {
    const socket = open(key)
    const before = await heard(socket, (b) => b.counts !== null)
    const written = await service.as('alice', {
      method: 'POST',
      url: '/api/tickets',
      payload: { title: 'Écran noir', requester: { personId: null, name: 'X', email: null, phone: null } },
    })
    // Given back to nobody.
    await service.database.pool.query("update tickets set status = 'new', owner_id = null, owner_name = null where number = $1", [
      written.json<{ number: number }>().number,
    ])
    // A guest's, which waits to be confirmed: nobody is to take it up yet.
    const asked = { title: 'Qui suis-je ?', summary: '', medium: 'form', asked: null, confirmed: false } as const
    const guest = { personId: null, name: 'Un invité', email: 'un.invite@ailleurs.example', phone: null }
    await service.stores.tickets.openRequest(
      { ...asked, requester: guest, idempotencyKey: randomUUID() },
      { id: 'requester', name: guest.name, side: 'requester' },
      [],
    )
    screens.countsChanged()
    const toTakeUp = (before.counts?.toTakeUp ?? 0) + 1
    await heard(socket, (b) => b.counts?.toTakeUp === toTakeUp)
    const wall = await service.stores.walls.find(links.idOf(key) ?? '')
    if (wall === null) throw new Error('no wall')
    screens.changed({ ...wall, names: 'initials' })
    expect((await heard(socket, (b) => b.operators[0]?.shown === 'AM')).operators).toHaveLength(1)
  })

  it('are refused without a key that holds, and cut when it is taken back', async () => {
    expect(await refusal(undefined)).toBe('not_found')
    expect(await refusal({ $ne: '' })).toBe('not_found')
    expect(await refusal(`${key.slice(0, -1)}${key.endsWith('a') ? 'b' : 'a'}`)).toBe('not_found')
    const socket = open(key)
    await heard(socket, () => true)
    const cut = new Promise((resolve) => socket.on('disconnect', resolve))
    const id = links.idOf(key) ?? ''
    await service.stores.walls.revoke(id, 'Sophie Garnier')
    screens.revoked(id)
    expect(await cut).toBe('io server disconnect')
    expect(await refusal(key)).toBe('not_found')
  })
})
