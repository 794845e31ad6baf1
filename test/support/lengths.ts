import { type Breach, readSources, type Source } from './layers.ts'

const longest = 400
/** Said by a file that is longer and stays whole, within its first lines: « One file however long: why ». */
const reason = /One file however long: \w/
const firstLines = 40

/** Every text that somebody writes and reads here as a program. */
export const readWritten = (root: string): readonly Source[] => readSources(root, ['server', 'console', 'test'], /\.(tsx?|css|m?js)$/)

/** Files that hold more than one reads at a time, and do not say why. */
export function tooLong(sources: readonly Source[]): readonly Breach[] {
  return sources.flatMap(({ path, text }) => {
    const lines = text.trimEnd().split('\n')
    return lines.length <= longest || reason.test(lines.slice(0, firstLines).join('\n'))
      ? []
      : [`${path}: ${lines.length} lines; split it by its subjects, or say at its top « One file however long: » and why`]
  })
}
