import { parseArgs } from 'node:util'
import { clearLeftovers } from '../support/folders.ts'
import { type Sample, slopePerHour, soak } from './soak.ts'

/** `npm run soak -- [--minutes N] [--waiting N] [--consoles N] [--rate N]`: the usual load, eight hours by default. */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '480' },
    waiting: { type: 'string', default: '100' },
    consoles: { type: 'string', default: '50' },
    rate: { type: 'string', default: '2' },
  },
})
const megabyte = 1_048_576
const goalPerHour = 1

const line = ({ atMs, heap, files, resources }: Sample) =>
  `${(atMs / 60_000).toFixed(1).padStart(7)} min  ${(heap / megabyte).toFixed(1).padStart(7)} MB  ${String(files).padStart(5)} files  ${String(resources).padStart(5)} resources`

clearLeftovers()
const { samples, calls, grown } = await soak(
  {
    minutes: Number(values.minutes),
    waiting: Number(values.waiting),
    consoles: Number(values.consoles),
    callsPerSecond: Number(values.rate),
  },
  (sample) => process.stderr.write(`${line(sample)}\n`),
)
const slope = slopePerHour(samples, (s) => s.heap) / megabyte
const more = Object.entries(grown).filter(([, rows]) => rows > 0)
process.stdout.write(
  [
    `${calls} calls, ${samples.length} samples`,
    `heap: ${slope.toFixed(2)} MB/h (goal below ${goalPerHour}; short runs say little)`,
    `files: ${slopePerHour(samples, (s) => s.files).toFixed(1)} an hour, resources: ${slopePerHour(samples, (s) => s.resources).toFixed(1)} an hour`,
    `rows more: ${more.map(([name, rows]) => `${name} ${rows} (${(rows / calls).toFixed(1)} a call)`).join(', ') || 'none'}`,
    '',
  ].join('\n'),
)
process.exitCode = slope < goalPerHour ? 0 : 1
