import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

type Heard = {
  readonly away: boolean
  readonly talking: { readonly caller: number; readonly operator: number }
  readonly hushed: number
  readonly muted: number
  readonly again: { readonly caller: number; readonly operator: number }
  readonly backMs: number
  readonly kept: readonly { readonly seconds: number; readonly lossPercent: number; readonly jitterMs: number }[]
}

/** In a network of its own, where ICE finds an address. */
function scene(): Promise<Heard> {
  const child = spawn('sh', [here('../support/own-network.sh'), process.execPath, here('../support/browser-phone-scene.ts')])
  let [out, problems] = ['', '']
  child.stdout.on('data', (data: Buffer) => (out += data.toString('utf8')))
  child.stderr.on('data', (data: Buffer) => (problems += data.toString('utf8')))
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => {
      const last = out.trim().split('\n').at(-1) ?? ''
      if (code === 0) resolve(JSON.parse(last) as Heard)
      else reject(new Error(`the scene ended with ${code}\n${problems}`))
    })
  })
}

test('the browser is a telephone: both are heard, the microphone is cut, a reload in mid-conversation loses nobody, its quality is kept', async () => {
  const { away, talking, hushed, muted, again, backMs, kept } = await scene()
  expect(away).toBe(true)
  // The microphone beeps; the caller speaks, then is silent.
  expect(talking.caller).toBeGreaterThan(0.01)
  expect(talking.operator).toBeGreaterThan(hushed * 5)
  expect(muted).toBeLessThan(talking.caller / 20)
  expect(again.caller).toBeGreaterThan(0.01)
  expect(again.operator).toBeGreaterThan(hushed * 5)
  expect(backMs).toBeLessThan(20_000)
  expect(kept.at(-1)?.seconds).toBeGreaterThan(0)
  expect(kept.at(-1)?.lossPercent).toBeLessThan(5)
}, 240_000)
