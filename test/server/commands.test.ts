import { expect, test } from 'vitest'
import type { Effect } from '../../server/calls/effects.ts'
import { type Ari, AriError } from '../../server/telephony/ari.ts'
import { type CommandPorts, perform, ringsFirst } from '../../server/telephony/commands.ts'

/** Answers in turn with these statuses; only what this code does with an answer is looked at here. */
function asterisk(...answers: readonly number[]) {
  const asked: string[] = []
  const request = async (method: string, path: string) => {
    asked.push(`${method} ${path}`)
    const status = answers[asked.length - 1] ?? 204
    if (status >= 400) throw new AriError(status, `${method} ${path}`, '')
  }
  return { asked, ports: { ari: { request } as unknown as Ari, queue: {}, target: () => null } as unknown as CommandPorts }
}
const stop = { type: 'stop-playing', channel: '1.1', playback: '1.1~play0' } as const

test('an announcement that has not begun yet is stopped as soon as it can be, so that what comes after it is heard at once', async () => {
  const { asked, ports } = asterisk(500, 500, 204)
  await perform(stop, ports)
  expect(asked).toEqual(Array.from({ length: 3 }, () => 'DELETE /playbacks/1.1~play0'))
})

test('an announcement that is over is not stopped again', async () => {
  const { asked, ports } = asterisk(500, 404)
  await perform(stop, ports)
  expect(asked).toHaveLength(2)
})

test('an announcement that never can be stopped is told of', async () => {
  const { asked, ports } = asterisk(...Array.from({ length: 30 }, () => 500))
  await expect(perform(stop, ports)).rejects.toThrow('500')
  expect(asked.length).toBeLessThan(30)
})

test('a telephone is rung before what else is asked in the same breath, but not before what is asked of its own call', () => {
  const hangUp = { type: 'hang-up', channel: '1.1' } as const
  const drop = { type: 'drop-bridge', bridge: '1.1~leg0~bridge', channel: '1.1~leg0' } as const
  const ring = (leg: string) =>
    ({
      type: 'ring',
      leg,
      to: { kind: 'number', number: '1' },
      caller: null,
      shows: null,
      bridge: null,
      timeoutS: 20,
    }) as const satisfies Effect
  const [other, own, another] = [ring('2.2~leg0'), ring('1.1~leg1'), ring('3.3~leg0')]
  expect(ringsFirst([hangUp, other, drop, own, another])).toEqual([other, another, hangUp, drop, own])
})
