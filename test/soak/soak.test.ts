import { expect, test } from 'vitest'
import { soak } from './soak.ts'

const megabyte = 1_048_576

test('a while of the usual load leaves no heap, file or timer behind, and no more rows than calls explain', async () => {
  const { samples, calls, grown } = await soak({ minutes: 0.5, waiting: 30, consoles: 20, callsPerSecond: 2 })
  const [first, last] = [samples[Math.floor(samples.length / 4)], samples.at(-1)]
  if (first === undefined || last === undefined) throw new Error('nothing was measured')
  const heapMb = (last.heap - first.heap) / megabyte
  process.stdout.write(
    `soak: ${calls} calls, heap ${heapMb.toFixed(1)} MB more, ${last.files - first.files} files, ${last.resources - first.resources} resources (1 try)\n`,
  )
  expect(heapMb).toBeLessThan(15)
  expect(last.files - first.files).toBeLessThan(15)
  expect(last.resources - first.resources).toBeLessThan(30)
  // Rows are of calls: no table grows faster than they come.
  expect(Object.entries(grown).filter(([, rows]) => rows > 20 * calls)).toEqual([])
}, 180_000)
