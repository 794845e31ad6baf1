/** What the desk remembers of numbers goes with the person whose they are, and once their days are over. */
import type { Turn } from './turn.ts'

export function forgetNumbers(turn: Turn, numbers: readonly string[]): void {
  const { english, lastSpoke } = turn.state
  const remembered = numbers.flatMap((number) => [english[number], lastSpoke[number]?.at]).filter((at) => at !== undefined)
  if (remembered.length > 0) turn.record({ type: 'numbers-forgotten', before: 0, remembered })
}

export function forgetNumbersBefore(turn: Turn, before: number): void {
  const { english, lastSpoke } = turn.state
  const moments = [...Object.values(english), ...Object.values(lastSpoke).map(({ at }) => at)]
  if (moments.some((at) => at < before)) turn.record({ type: 'numbers-forgotten', before, remembered: [] })
}
