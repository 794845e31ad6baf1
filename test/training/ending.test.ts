import pino from 'pino'
import { expect, it } from 'vitest'
import type { Session } from '../../server/contract/http.ts'
import { TrainingDays } from '../../server/training-days.ts'

it('a day that could not be ended is still there, and is ended by the next who asks', async () => {
  let isAway = false
  const kept: string[] = []
  const days = new TrainingDays({
    engine: { state: { calls: new Map(), operators: new Map() } },
    calls: { place: async () => 'channel', hangUp: async () => undefined, answerWith: () => undefined },
    store: {
      begin: async () => undefined,
      past: async () => [],
      records: async () => {
        if (isAway) throw new Error('database_away')
        return []
      },
      end: async (id: string) => kept.push(id),
    },
    stores: { groups: { list: async () => [] } },
    categories: () => [],
    log: pino({ level: 'silent' }),
    now: () => 0,
  } as unknown as ConstructorParameters<typeof TrainingDays>[0])
  const { running } = await days.begin('premiers-appels', { name: 'Alice' } as Session)
  isAway = true
  await expect(days.end()).rejects.toThrow('database_away')
  isAway = false
  expect((await days.end()).id).toBe(running?.id)
  expect(kept).toEqual([running?.id])
})
