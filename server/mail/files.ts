import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Keeps a message as a file, whole or not at all; written again, it replaces itself.
 * @param id the mail's, a UUID: it names the file
 */
export async function writeMailFile(dir: string, id: string, raw: Buffer): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const partial = join(dir, `.${id}.part`)
  const file = await open(partial, 'w', 0o600)
  try {
    await file.writeFile(raw)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(partial, join(dir, `${id}.eml`))
}
