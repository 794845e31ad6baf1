import { expect, it } from 'vitest'
import { Rounds } from '../../server/engine/rounds.ts'

/** Rounds whose looks end when told. */
function watched(look: () => unknown = () => undefined) {
  const begun: (() => void)[] = []
  const warned: string[] = []
  const rounds = new Rounds({
    everyMs: 3_600_000,
    failing: 'Tried again',
    log: { warn: (_what: object, says: string) => warned.push(says) } as never,
    async look() {
      await new Promise<void>((end) => begun.push(end))
      look()
    },
  })
  return { rounds, begun, warned }
}
const turn = () => new Promise((resolve) => setImmediate(resolve))

it('one look at a time; whoever asks meanwhile gets one that begins afterwards, the same for all', async () => {
  const { rounds, begun } = watched()
  const first = rounds.look()
  await turn()
  const [second, third] = [rounds.look(), rounds.look()]
  await turn()
  expect(begun).toHaveLength(1)
  begun[0]?.()
  await first
  await turn()
  expect(begun).toHaveLength(2)
  begun[1]?.()
  await Promise.all([second, third])
  await turn()
  expect(begun).toHaveLength(2)
})

it('a look that fails says so, and the next one is made', async () => {
  const { rounds, begun, warned } = watched(() => {
    throw new Error('away')
  })
  for (let i = 0; i < 2; i += 1) {
    const look = rounds.look()
    await turn()
    begun[i]?.()
    await look
  }
  expect(warned).toEqual(['Tried again', 'Tried again'])
})

it('nothing is looked at by being woken before the start, nor after the end, which waits for the look under way', async () => {
  const { rounds, begun } = watched()
  rounds.wake()
  await turn()
  expect(begun).toHaveLength(0)
  rounds.start()
  await turn()
  expect(begun).toHaveLength(1)
  let over = false
  const stopped = rounds.stop().then(() => {
    over = true
  })
  await turn()
  expect(over).toBe(false)
  begun[0]?.()
  await stopped
  rounds.start()
  await rounds.look()
  expect(begun).toHaveLength(1)
})

it('what failed is tried again by itself, where that is asked for', async () => {
  const outcomes = ['away', 'back']
  const done = new Promise<string>((back) => {
    const rounds = new Rounds({
      everyMs: null,
      againMs: 5,
      failing: 'Tried again',
      log: { warn: () => undefined },
      async look() {
        const outcome = outcomes.shift() ?? ''
        if (outcome === 'away') throw new Error(outcome)
        back(outcome)
      },
    })
    rounds.start()
  })
  expect(await done).toBe('back')
})
