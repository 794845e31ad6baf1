import { createServer, type Socket } from 'node:net'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '../../server/contract/entities.ts'
import { directorySettings } from '../../server/contract/settings.ts'
import { createDirectory, type Directory } from '../../server/directory/directory.ts'
import { NumberIndex } from '../../server/directory/number-index.ts'
import type { KnownPerson, PeopleStore } from '../../server/directory/ports.ts'
import { ldapEcho } from '../support/ldap-echo.ts'
import { tcpLink } from '../support/tcp-link.ts'
import { samplePeople, startSlapd, type DirectoryPerson, type Slapd } from '../support/slapd.ts'

const cleanUp: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of cleanUp.splice(0).reverse()) await end()
})

/** PostgreSQL's copy, in memory: these tests are about the directory. `away` is a database that does not answer. */
function memoryStore(people: readonly KnownPerson[] = []) {
  const kept = new Map(people.map((p) => [p.id, p]))
  const store = {
    kept,
    away: false,
    written: 0,
    async all() {
      if (store.away) throw new Error('database away')
      return [...kept.values()]
    },
    async save(batch: readonly KnownPerson[]) {
      if (store.away) throw new Error('database away')
      store.written += batch.length
      for (const p of batch) kept.set(p.id, p)
    },
    async retireMissing(source: 'directory', idsSeen: readonly string[]) {
      if (store.away) throw new Error('database away')
      const gone = [...kept.keys()].filter((id) => source === 'directory' && id.startsWith('ldap:') && !idsSeen.includes(id))
      for (const id of gone) kept.delete(id)
      return gone.length
    },
  } satisfies PeopleStore & Record<string, unknown>
  return store
}

const mapping = directorySettings.parse({})
const times = { connectMs: 10_000, operationMs: 10_000, lookupMs: 10_000, everyMs: 3_600_000, retryMs: 3_600_000 }
/** For a directory that never answers; a busy machine needs the others for one that does. */
const short = { ...times, connectMs: 1_000, operationMs: 1_500, lookupMs: 400 }

function directoryOf(config: Slapd['config'] | null, store = memoryStore(), waits = times) {
  const index = new NumberIndex()
  const logged: string[] = []
  const log = {
    info: (...args: unknown[]) => void logged.push(JSON.stringify(args)),
    warn: (...args: unknown[]) => void logged.push(JSON.stringify(args)),
  }
  const directory: Directory = createDirectory({ config, mapping: () => mapping, people: store, index, log, times: waits })
  cleanUp.push(() => directory.stop())
  return { directory, index, store, logged }
}

async function slapdWith(people: readonly DirectoryPerson[] = samplePeople): Promise<Slapd> {
  const slapd = await startSlapd(people)
  cleanUp.push(() => slapd.stop())
  return slapd
}

const names = (people: readonly Person[]) => people.map((p) => p.name).sort()

describe('a real directory', () => {
  let slapd: Slapd
  beforeEach(async () => {
    slapd = await slapdWith()
  })

  it('fills the index, with everything the operator sees of a person', async () => {
    const { directory, index, store } = directoryOf(slapd.config)
    await directory.synchronise()
    expect(index.find('+33561551234')).toEqual([
      {
        id: expect.stringMatching(/^ldap:[0-9a-f-]{36}$/),
        name: 'Claire Dubois',
        email: 'claire.dubois@univ.example',
        phones: ['+33561551234'],
        affiliation: 'staff',
        unit: 'UFR Sciences',
        place: 'Bâtiment U3, bureau 212',
        title: 'Gestionnaire de scolarité',
      },
    ])
    expect(names(index.find('+33561552000'))).toEqual(['Paul Martin', "Zoé Lefèvre-O'Brien"])
    expect(names(index.find('ext:4242'))).toEqual(['Inès Nguyễn'])
    expect(store.kept.size).toBe(5)
    expect(directory.state()).toMatchObject({ name: 'directory', state: 'up', detail: '5 personnes' })
  })

  it('writes only what has changed at the next synchronisation', async () => {
    const { directory, store } = directoryOf(slapd.config)
    await directory.synchronise()
    await slapd.add({ uid: 'nouveau', displayName: 'Nour Nouveau', telephoneNumber: '4343' })
    store.written = 0
    await directory.synchronise()
    expect(store.written).toBe(1)
  })

  it.each([
    '0561551234',
    '05 61 55 12 34',
    '05.61.55.12.34',
    '05-61-55-12-34',
    '+33561551234',
    '+33 5 61 55 12 34',
    '+33 (0)5 61 55 12 34',
    '0033561551234',
  ])('answers live for somebody it writes as %s, at the first call after they were added', async (written) => {
    const { directory, index, store } = directoryOf(slapd.config)
    await directory.synchronise()
    await slapd.remove('cdubois')
    await slapd.add({ uid: 'new', displayName: 'Nadège Écrite', mobile: written })
    await directory.synchronise()
    await slapd.remove('new')
    await directory.synchronise()
    await slapd.add({ uid: 'new', displayName: 'Nadège Écrite', mobile: written })
    expect(index.find('+33561551234')).toEqual([])
    expect(names(await directory.lookupNumber('+33561551234'))).toEqual(['Nadège Écrite'])
    expect(names(index.find('+33561551234'))).toEqual(['Nadège Écrite'])
    expect(names([...store.kept.values()])).toContain('Nadège Écrite')
  })

  it('answers live with everybody who shares a number, and for short ones', async () => {
    const { directory } = directoryOf(slapd.config)
    expect(names(await directory.lookupNumber('+33561552000'))).toEqual(['Paul Martin', "Zoé Lefèvre-O'Brien"])
    expect(names(await directory.lookupNumber('ext:4242'))).toEqual(['Inès Nguyễn'])
    expect(await directory.lookupNumber('+33561559999')).toEqual([])
  })

  it('finds by a number as written, from memory once known', async () => {
    const { directory } = directoryOf(slapd.config)
    expect(names(await directory.findByPhone('05 61 55 12 35'))).toEqual(['Ahmed Benali'])
    await slapd.pause()
    expect(names(await directory.findByPhone('0033 5 61 55 12 35'))).toEqual(['Ahmed Benali'])
    slapd.resume()
  })

  it.each(['*', '*)(uid=*', 'x)(|(uid=*', '(telephoneNumber=*)', '\\2a', '0561551234)(uid=*)(cn=', 'ext:*', '+33*', '\u0000'])(
    'gives nobody for the number %j, asked as a number or as a normalised one',
    async (attack) => {
      const { directory, index } = directoryOf(slapd.config)
      expect(await directory.findByPhone(attack)).toEqual([])
      expect(await directory.lookupNumber(attack)).toEqual([])
      expect(index.size).toBe(0)
    },
  )

  it('retires those who left, once everything was read', async () => {
    const { directory, index, store } = directoryOf(slapd.config)
    await directory.synchronise()
    await slapd.remove('abenali')
    await directory.synchronise()
    expect(index.find('+33561551235')).toEqual([])
    expect(store.kept.size).toBe(4)
  })

  it('keeps in the index what PostgreSQL could not take, and writes it when it is back', async () => {
    const store = memoryStore()
    store.away = true
    const { directory, index } = directoryOf(slapd.config, store)
    await directory.synchronise()
    expect(index.size).toBe(5)
    store.away = false
    await directory.synchronise()
    expect(store.kept.size).toBe(5)
  })

  it('answers again by itself after a restart', async () => {
    const { directory } = directoryOf(slapd.config)
    expect(await directory.lookupNumber('ext:4242')).toHaveLength(1)
    await slapd.kill()
    expect(await directory.lookupNumber('ext:4242')).toEqual([])
    await slapd.start()
    expect(await directory.lookupNumber('ext:4242')).toHaveLength(1)
  })

  it('that refuses the account is shown as down, without the password', async () => {
    const { directory, logged } = directoryOf({ ...slapd.config, bindPassword: 'wrong-secret' })
    await directory.synchronise()
    expect(directory.state().state).toBe('down')
    expect(await directory.lookupNumber('ext:4242')).toEqual([])
    expect(logged.join() + directory.state().detail).not.toContain('wrong-secret')
  })
})

describe('a directory that fails', () => {
  const known: KnownPerson = {
    id: 'ldap:1',
    name: 'Claire Dubois',
    email: null,
    phones: ['+33561551234'],
    affiliation: 'staff',
    unit: null,
    place: null,
    title: null,
    login: null,
  }

  it('down: the copy still knows who calls, and everybody is told', async () => {
    const slapd = await slapdWith([])
    await slapd.kill()
    const { directory, index } = directoryOf(slapd.config, memoryStore([known]))
    await directory.start()
    await directory.synchronise()
    expect(names(index.find('+33561551234'))).toEqual(['Claire Dubois'])
    expect(directory.state().state).toBe('down')
    expect(await directory.lookupNumber('+33561550000')).toEqual([])
  })

  it('frozen: a look-up gives up within its deadline, start does not wait, the next one after it thaws is answered', async () => {
    const slapd = await slapdWith()
    const { directory, index } = directoryOf(slapd.config, memoryStore([known]), short)
    await directory.synchronise()
    await slapd.pause()
    const asked = performance.now()
    expect(await directory.lookupNumber('+33561550000')).toEqual([])
    expect(performance.now() - asked).toBeLessThan(short.operationMs - 100)
    expect(directory.state().state).toBe('down')
    await directory.synchronise()
    expect(directory.state().state).toBe('down')
    expect(index.size).toBe(5)
    slapd.resume()
    await directory.synchronise()
    expect(directory.state().state).toBe('up')
    expect(names(await directory.findByPhone('42 42'))).toEqual(['Inès Nguyễn'])
  })

  it('slow: is waited for within the deadlines and no longer; what is known stays, and it is used again once it hurries up', async () => {
    const slapd = await slapdWith()
    const link = await tcpLink({ host: '127.0.0.1', port: Number(new URL(slapd.config.urls[0] ?? '').port) })
    cleanUp.push(() => link.close())
    const { directory, index } = directoryOf({ ...slapd.config, urls: [`ldap://127.0.0.1:${link.port}`] }, memoryStore([known]), short)
    link.delay(40)
    await directory.synchronise()
    expect([directory.state().state, index.size]).toEqual(['up', 5])
    link.delay(3_000)
    const asked = performance.now()
    expect(await directory.lookupNumber('+33561550000')).toEqual([])
    expect(performance.now() - asked).toBeLessThan(short.operationMs - 100)
    await directory.synchronise()
    expect([directory.state().state, index.size]).toEqual(['down', 5])
    await expect(directory.signIn('cdubois', 'un mot')).rejects.toThrow()
    link.delay(0)
    await directory.synchronise()
    expect(directory.state().state).toBe('up')
  })

  it('saying everything twice: each person is there once, and signs in', async () => {
    const slapd = await slapdWith()
    const echo = await ldapEcho(Number(new URL(slapd.config.urls[0] ?? '').port))
    cleanUp.push(async () => echo.close())
    const { directory, index, store } = directoryOf({ ...slapd.config, urls: [`ldap://127.0.0.1:${echo.port}`] }, memoryStore())
    await directory.synchronise()
    expect([directory.state().state, index.size, store.kept.size, store.written]).toEqual(['up', 5, 5, 5])
    expect(await directory.lookupNumber('+33561550000')).toHaveLength(
      (await directoryOf(slapd.config).directory.lookupNumber('+33561550000')).length,
    )
    await slapd.setPassword('cdubois', 'le mot de Claire')
    expect(await directory.signIn('cdubois', 'le mot de Claire')).toMatchObject({ name: 'Claire Dubois' })
    expect(await directory.signIn('cdubois', 'un autre mot')).toBeNull()
  })

  it('that gives one login to two people lets neither in by it, and says so in the log', async () => {
    const slapd = await slapdWith()
    await slapd.setPassword('cdubois', 'le mot de Claire')
    await slapd.setPassword('pmartin', 'le mot de Paul')
    // By these settings the login is read where three of them have the same.
    const twins = directorySettings.parse({ login: 'employeeType' })
    const index = new NumberIndex()
    const logged: string[] = []
    const log = { info: () => undefined, warn: (...args: unknown[]) => void logged.push(JSON.stringify(args)) }
    const directory = createDirectory({ config: slapd.config, mapping: () => twins, people: memoryStore(), index, log, times })
    cleanUp.push(() => directory.stop())
    expect(await directory.signIn('staff', 'le mot de Claire')).toBeNull()
    expect(logged.join()).toContain('Several people of the directory have this login')
  })

  it('frozen: does not hold back the service that stops', async () => {
    const slapd = await slapdWith()
    const { directory } = directoryOf(slapd.config)
    await slapd.pause()
    await directory.start()
    const stopped = performance.now()
    await directory.stop()
    expect(performance.now() - stopped).toBeLessThan(times.operationMs / 2)
    slapd.resume()
  })

  it('abandoned by its caller: answers at once with nobody', async () => {
    const slapd = await slapdWith()
    const { directory } = directoryOf(slapd.config)
    await slapd.pause()
    const gone = new AbortController()
    const asked = directory.lookupNumber('ext:4242', gone.signal)
    gone.abort()
    expect(await asked).toEqual([])
    expect(directory.state().state).toBe('starting')
    slapd.resume()
  })

  it.each([
    ['text', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['zeroes', '\0'.repeat(5_000)],
    ['a truncated answer', '\x30\x84\x00\xff\xff\xff\x02\x01\x01'],
    ['an endless length', '\x30\x80\x30\x80\x30\x80'],
  ])('answering %s: nobody, in time, and down', async (_, nonsense) => {
    const sockets: Socket[] = []
    const server = createServer((socket) => {
      sockets.push(socket)
      socket.on('error', () => undefined)
      socket.on('data', () => socket.write(nonsense, 'latin1'))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    cleanUp.push(async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    })
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const slapd = await slapdWith([])
    const { directory } = directoryOf({ ...slapd.config, urls: [`ldap://127.0.0.1:${port}`] }, memoryStore(), short)
    expect(await directory.lookupNumber('ext:4242')).toEqual([])
    await directory.synchronise()
    expect(directory.state().state).toBe('down')
  })

  it('suddenly almost empty: nobody is retired until it has said so for long', async () => {
    const many = Array.from({ length: 120 }, (_, n) => ({ uid: `p${n}`, displayName: `Personne ${n}`, telephoneNumber: String(4000 + n) }))
    const slapd = await slapdWith(many)
    const { directory, index } = directoryOf(slapd.config)
    await directory.synchronise()
    for (const { uid } of many.slice(10)) await slapd.remove(uid)
    for (let time = 0; time < 4; time += 1) {
      await directory.synchronise()
      expect(index.size).toBe(120)
    }
    expect(directory.state().detail).toContain('110 disparues')
    await directory.synchronise()
    expect(index.size).toBe(10)
  })
})

describe('a large directory', () => {
  it('of 2,000 people, more than it gives at once, is read whole by pages', async () => {
    const many = Array.from({ length: 2_000 }, (_, n) => ({
      uid: `p${n}`,
      displayName: `Personne ${n}`,
      telephoneNumber: `05 61 ${String(n)
        .padStart(6, '0')
        .replace(/(..)(?=.)/g, '$1 ')}`,
    }))
    const slapd = await slapdWith(many)
    const { directory, index, store } = directoryOf(slapd.config)
    await directory.synchronise()
    expect(index.size).toBe(2_000)
    expect(store.kept.size).toBe(2_000)
    expect(names(index.find('+33561001999'))).toEqual(['Personne 1999'])
  })
})
