import { expect, test } from 'vitest'
import { stopEach } from '../../server/supervisor/stopping.ts'

test('what was started is stopped, the last first, and one that fails keeps none of the others running', async () => {
  const stopped: string[] = []
  const part = (name: string, fails = false) => ({
    stop: async () => {
      stopped.push(name)
      if (fails) throw new Error(name)
    },
  })
  await expect(stopEach([part('asterisk'), part('postgres', true), part('service', true)])).rejects.toThrow('service')
  expect(stopped).toEqual(['service', 'postgres', 'asterisk'])
})
