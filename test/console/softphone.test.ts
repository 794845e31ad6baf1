import { expect, test } from 'vitest'
import { inOwnNetwork } from '../support/own-network.ts'

type Heard = {
  readonly away: boolean
  readonly talking: { readonly caller: number; readonly operator: number }
  readonly pulledOut: number
  readonly hushed: number
  readonly muted: number
  readonly again: { readonly caller: number; readonly operator: number }
  readonly backMs: number
  readonly kept: readonly { readonly seconds: number; readonly lossPercent: number; readonly jitterMs: number }[]
}

test('the browser is a telephone: both are heard, a microphone that is pulled out gives way to another, it is cut, a reload in mid-conversation loses nobody, a headset’s keys act, its quality is kept', async () => {
  const { away, talking, pulledOut, hushed, muted, again, backMs, kept } = await inOwnNetwork<Heard>('browser-phone-scene.ts')
  expect(away).toBe(true)
  // The microphone beeps; the caller speaks, then is silent.
  expect(talking.caller).toBeGreaterThan(0.01)
  expect(talking.operator).toBeGreaterThan(hushed * 5)
  expect(pulledOut).toBeGreaterThan(0.01)
  expect(muted).toBeLessThan(talking.caller / 20)
  expect(again.caller).toBeGreaterThan(0.01)
  expect(again.operator).toBeGreaterThan(hushed * 5)
  expect(backMs).toBeLessThan(20_000)
  expect(kept.at(-1)?.seconds).toBeGreaterThan(0)
  expect(kept.at(-1)?.lossPercent).toBeLessThan(5)
}, 480_000)
