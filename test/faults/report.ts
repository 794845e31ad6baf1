import { inColumns } from '../bench/figures.ts'

/** A fault tried many times. `failed`: tries that went wrong otherwise than by a count. Times in ms. */
export type Line = {
  readonly name: string
  readonly tries: number
  readonly lost: number
  readonly duplicated: number
  readonly recovered_ms_p95: number | null
  readonly orphans: number
  readonly failed: number
  readonly goal: number
  readonly met: boolean
}

/** Faults as a person reads them, in columns. */
export function table(lines: readonly Line[]): string {
  return inColumns([
    ['panne', 'essais', 'perdus', 'en double', 'rétabli (p95)', 'objectif', 'restes', 'échecs', 'tenu'],
    ...lines.map((line) => [
      line.name,
      String(line.tries),
      String(line.lost),
      String(line.duplicated),
      line.recovered_ms_p95 === null ? '–' : `${line.recovered_ms_p95} ms`,
      `≤ ${line.goal} ms`,
      String(line.orphans),
      String(line.failed),
      line.met ? 'oui' : 'NON',
    ]),
  ])
}
