import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Ari } from '../../server/telephony/ari.ts'
import { QueueMusic } from '../../server/telephony/queue-music.ts'

/* Against a bridge that is a set; test/telephony listens to a real one. */
function bridge() {
  const inside = new Set<string>()
  const asked: string[] = []
  let looksFail = false
  let answering = 0
  const answer = async (method: string, channel: string | undefined) => {
    await turn()
    if (channel === 'gone') throw new Error('Channel not found')
    if (looksFail && method === 'GET') throw new Error('Asterisk is away')
    if (channel !== undefined) inside.add(channel)
    const channels = [...inside]
    await turn()
    return { channels }
  }
  const request = (method: string, path: string, query: { channel?: string } = {}) => {
    asked.push(`${method} ${path.replace('/bridges/guichet-queue', '')}`)
    answering += 1
    return answer(method, query.channel).finally(() => {
      answering -= 1
    })
  }
  const music = new QueueMusic({ request } as unknown as Ari)
  return {
    inside,
    asked,
    /** Put there, and the music seen to. */
    join: async (...channels: readonly string[]) => {
      await Promise.all(channels.map((channel) => music.join(channel)))
      do await turn()
      while (answering > 0)
    },
    put: (channel: string) => music.join(channel),
    failLooks: (fail: boolean) => {
      looksFail = fail
    },
    started: () => asked.filter((one) => one === 'POST /moh').length,
  }
}

test('the music is started for the first who waits, and not for who comes while somebody does', async () => {
  const { join, started, inside } = bridge()
  await join('c1')
  expect(started()).toBe(1)
  await join('c2')
  inside.delete('c1')
  await join('c3')
  expect(started()).toBe(1)
})

test('it is started anew once everybody had left, for somebody else as for the same one who comes back', async () => {
  const { join, started, inside } = bridge()
  await join('c1')
  inside.clear()
  await join('c2')
  expect(started()).toBe(2)
  inside.clear()
  await join('c2')
  expect(started()).toBe(3)
})

test('of those who come together into an empty bridge one has it started', async () => {
  const { join, started } = bridge()
  await join('c1', 'c2', 'c3')
  expect(started()).toBe(1)
})

test('a crowd does not wait for one another: all are put there at once, and a few looks do for them', async () => {
  const { join, asked } = bridge()
  const joined = join(...Array.from({ length: 50 }, (_, i) => `c${i}`))
  await turn()
  expect(asked).toEqual(Array.from({ length: 50 }, () => 'POST /addChannel'))
  await joined
  expect(asked.length).toBeLessThan(55)
})

test('who has hung up meanwhile is told of, and holds up nobody', async () => {
  const { join, started } = bridge()
  await expect(join('gone')).rejects.toThrow('Channel not found')
  await join('c1')
  expect(started()).toBe(1)
})

test('who is there does not wait for the music to be seen to', async () => {
  const { put, asked } = bridge()
  await put('c1')
  expect(asked).not.toContain('POST /moh')
})

test('a look that fails leaves the music to whoever comes next', async () => {
  const { join, failLooks, started } = bridge()
  failLooks(true)
  await join('c1')
  expect(started()).toBe(0)
  failLooks(false)
  await join('c2')
  expect(started()).toBe(1)
})
