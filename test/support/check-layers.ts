import { fileURLToPath } from 'node:url'
import { breaches, readSources } from './layers.ts'
import { readWritten, tooLong } from './lengths.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const sources = readSources(root)
const found = [...breaches(sources), ...tooLong(readWritten(root))]
for (const breach of found) process.stdout.write(`${breach}\n`)
if (sources.length === 0) process.stdout.write('No source was read: the check looks in the wrong place.\n')
process.exitCode = sources.length === 0 || found.length > 0 ? 1 : 0
