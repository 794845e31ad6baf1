import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { SetupError } from '../supervisor/setup-error.ts'
import { describeFiles } from './files.ts'

export const manifestName = 'manifest.json'
export const databaseFolder = 'database'
export const varFolder = 'var'

const manifest = z.object({
  product: z.literal('guichet-unique'),
  format: z.literal(1),
  version: z.string(),
  at: z.string(),
  database: z.object({
    migrations: z.array(z.string()).readonly(),
    tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()).readonly(), rows: z.number() })).readonly(),
    sequences: z.record(z.string(), z.string()),
  }),
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })).readonly(),
})
export type Manifest = z.infer<typeof manifest>

/** @throws SetupError with tar's own words */
export async function tar(args: readonly string[]): Promise<void> {
  const child = spawn('tar', [...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  let words = ''
  child.stderr.on('data', (chunk: Buffer) => (words += chunk))
  const [code] = (await Promise.race([once(child, 'close'), once(child, 'error').then(([error]) => Promise.reject(error as Error))])) as [
    number,
  ]
  if (code !== 0) throw new SetupError(`L’archive n’a pas pu être lue ou écrite :\n${words.trim()}`)
}

/**
 * Read the table of contents of an unpacked archive and hold it against what is there.
 * @throws SetupError when it is not one of ours, or not whole
 */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, manifestName), 'utf8').catch(() => '')
  const read = manifest.safeParse(parsed(text))
  if (!read.success) throw new SetupError('Ce fichier n’est pas une sauvegarde de Guichet unique, ou vient d’une version plus récente.')
  const found = new Map((await describeFiles(folder)).map((file) => [file.path, file.sha256]))
  const broken = read.data.files.filter(({ path, sha256 }) => found.get(path) !== sha256)
  if (broken.length > 0)
    throw new SetupError(`La sauvegarde est abîmée : ${broken.map(({ path }) => path).join(', ')}. Prenez-en une autre.`)
  return read.data
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
