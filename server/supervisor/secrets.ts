import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const names = ['postgres', 'ari', 'caller', 'phones'] as const

export type Secrets = Readonly<Record<(typeof names)[number], string>>

/** The passwords of our own PostgreSQL and Asterisk: made once, kept in `varDir`/secrets.json, readable by its owner only. */
export function readSecrets(varDir: string): Secrets {
  const path = join(varDir, 'secrets.json')
  const kept = readKept(path)
  const secrets = Object.fromEntries(names.map((name) => [name, kept[name] ?? randomBytes(18).toString('hex')])) as Secrets
  if (names.every((name) => kept[name] !== undefined)) return secrets
  mkdirSync(varDir, { recursive: true })
  writeFileSync(`${path}.new`, `${JSON.stringify({ ...kept, ...secrets }, null, 2)}\n`, { mode: 0o600 })
  chmodSync(`${path}.new`, 0o600)
  renameSync(`${path}.new`, path)
  return secrets
}

function readKept(path: string): Readonly<Record<string, string>> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
}
