import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import type { AsteriskRoot } from './asterisk-root.ts'

type MusicOf = Pick<AsteriskRoot, 'musicDir' | 'sox'>

/**
 * The music of those who wait, in A-law, which the exchange speaks: it is sent to each as it is read. Debian's is GSM, to be decoded once for each.
 * Converted once, and kept in `folder`. @returns the files' paths; what does not decode is left out
 */
export function prepareMusic(root: MusicOf, folder: string): readonly string[] {
  const { musicDir } = root
  if (musicDir === null) return []
  mkdirSync(folder, { recursive: true })
  return readdirSync(musicDir).flatMap((name) => {
    const from = join(musicDir, name)
    const to = join(folder, `${basename(name, extname(name))}-${statSync(from).size}.alaw`)
    if (existsSync(to)) return [to]
    if (!decodes(root, from)) return []
    return convert(root, from, to) ? [to] : [from]
  })
}

function sox({ sox: { command, args, env } }: MusicOf, what: readonly string[]): { readonly well: boolean; readonly said: string } {
  const { status, stderr } = spawnSync(command, [...args, '-V1', ...what], { env, encoding: 'utf8' })
  return { well: status === 0, said: stderr ?? '' }
}

function decodes(root: MusicOf, path: string): boolean {
  const { well, said } = sox(root, [path, '-n', 'trim', '0', '5', 'stat'])
  return well && Number(said.match(/Maximum amplitude:\s+([\d.]+)/)?.[1] ?? 0) > 0.01
}

/** Put in its place whole: another service may be reading there. */
function convert(root: MusicOf, from: string, to: string): boolean {
  const half = `${to}.${process.pid}`
  const { well } = sox(root, [from, '-r', '8000', '-c', '1', '-t', 'al', half])
  if (well) renameSync(half, to)
  else rmSync(half, { force: true })
  return well
}
