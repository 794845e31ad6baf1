import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Figure } from '../figures.ts'
import { compareOn, covered, errorS, type Wait, ways } from './compare.ts'
import { bars } from './plot.ts'
import { universities } from './university.ts'

const days = 40
const seed = 2026
const plotFile = fileURLToPath(new URL('../../../docs/benchmarks-wait.svg', import.meta.url))

/** Names of what is measured at each desk. */
const parts = (desk: string) => [`wait.${desk}`, `wait.${desk}.surge`] as const
export const waitFigures = universities.flatMap(({ name }) => parts(name))

/**
 * Waits as the service foresees them, against app_queue's and others', and against an oracle, on simulated days. The plot of it is
 * written beside the documentation.
 */
export async function measureWait(): Promise<readonly Figure[]> {
  const measured = universities.flatMap((university, i) => {
    const waits = compareOn(university, days, seed + 10 * i)
    const [whole, surge] = parts(university.name)
    return [
      { name: whole, waits },
      { name: surge, waits: waits.filter((w) => w.surge) },
    ]
  })
  const groups = measured.map(({ name, waits }) => ({ label: name, values: ways.map((way) => errorS(waits, way)) }))
  writeFileSync(plotFile, bars('Mean error of the announced wait', 's', ways, groups))
  return measured.flatMap(({ name, waits }) => figuresOf(name, waits))
}

function figuresOf(name: string, waits: readonly Wait[]): readonly Figure[] {
  const inRange = 100 * covered(waits)
  return [
    ...ways.map((way) => plain(`${name}.${way}`, errorS(waits, way), 's', waits.length)),
    judged(`${name}.to-oracle`, errorS(waits, 'ours') / errorS(waits, 'oracle'), '×', 1.1, waits.length),
    plain(`${name}.to-unplanned`, errorS(waits, 'ours') / errorS(waits, 'oracle-unplanned'), '×', waits.length),
    plain(`${name}.to-app_queue`, errorS(waits, 'ours') / errorS(waits, 'app_queue'), '×', waits.length),
    plain(`${name}.in-range`, inRange, '%', waits.length),
    judged(`${name}.range-off`, Math.abs(inRange - 80), '%', 3, waits.length),
  ]
}

const rounded = (value: number) => Math.round(value * 100) / 100
const plain = (name: string, value: number, unit: Figure['unit'], tries: number): Figure => ({
  name,
  value: rounded(value),
  unit,
  p50: null,
  p95: null,
  goal: null,
  met: null,
  tries,
})
const judged = (name: string, value: number, unit: Figure['unit'], goal: number, tries: number): Figure => ({
  ...plain(name, value, unit, tries),
  goal,
  met: value <= goal,
})
