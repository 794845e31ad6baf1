import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** When the newest file below `path` changed, in ms; what was built from others is not looked at. */
export function newestIn(path) {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  const names = readdirSync(path).filter((name) => name !== 'dist' && name !== 'node_modules')
  return Math.max(stat.mtimeMs, ...names.map((name) => newestIn(join(path, name))))
}
