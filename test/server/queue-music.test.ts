import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Ari } from '../../server/telephony/ari.ts'
import { QueueMusic } from '../../server/telephony/queue-music.ts'

/* Against a bridge that is a set; test/telephony listens to a real one. */
function bridge() {
  const inside = new Set<string>()
  const asked: string[] = []
  const request = async (method: string, path: string, query: { channel?: string } = {}) => {
    asked.push(`${method} ${path.replace('/bridges/guichet-queue', '')}`)
    await turn()
    if (query.channel === 'gone') throw new Error('Channel not found')
    if (query.channel !== undefined) inside.add(query.channel)
    const channels = [...inside]
    await turn()
    return { channels }
  }
  return {
    inside,
    music: new QueueMusic({ request } as unknown as Ari),
    started: () => asked.filter((one) => one === 'POST /moh').length,
    asked,
  }
}

test('the music is started for the first who waits, and not for who comes while somebody does', async () => {
  const { music, started, inside } = bridge()
  await music.join('c1')
  expect(started()).toBe(1)
  await music.join('c2')
  inside.delete('c1')
  await music.join('c3')
  expect(started()).toBe(1)
})

test('it is started anew once everybody had left, for somebody else as for the same one who comes back', async () => {
  const { music, started, inside } = bridge()
  await music.join('c1')
  inside.clear()
  await music.join('c2')
  expect(started()).toBe(2)
  inside.clear()
  await music.join('c2')
  expect(started()).toBe(3)
})

test('of those who come together into an empty bridge one has it started', async () => {
  const { music, started } = bridge()
  await Promise.all(['c1', 'c2', 'c3'].map((channel) => music.join(channel)))
  expect(started()).toBe(1)
})

test('a crowd does not wait for one another: all are put there at once, and a few looks do for them', async () => {
  const { music, asked } = bridge()
  const joined = Promise.all(Array.from({ length: 50 }, (_, i) => music.join(`c${i}`)))
  await turn()
  expect(asked).toEqual(Array.from({ length: 50 }, () => 'POST /addChannel'))
  await joined
  expect(asked.length).toBeLessThan(55)
})

test('who has hung up meanwhile is told of, and holds up nobody', async () => {
  const { music, started } = bridge()
  await expect(music.join('gone')).rejects.toThrow('Channel not found')
  await music.join('c1')
  expect(started()).toBe(1)
})
