import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

type Check = { readonly name: string; readonly script: string; readonly args: readonly string[] }

const types = (world: string): Check => ({ name: `types: ${world}`, script: 'node_modules/.bin/tsc', args: ['-p', world] })

const checks: readonly Check[] = [
  types('server/tsconfig.json'),
  types('server/tsconfig.pure.json'),
  types('console/tsconfig.json'),
  types('test/tsconfig.json'),
  {
    name: 'lint',
    script: 'node_modules/.bin/oxlint',
    args: ['--config', '.ci/oxlint.json', '--type-aware', '--deny-warnings', 'server', 'console', 'test'],
  },
  { name: 'format', script: 'node_modules/.bin/biome', args: ['format', '.'] },
  { name: 'layers', script: process.execPath, args: ['test/support/check-layers.ts'] },
]

/** Whatever the browser tests see is what this makes. */
const build: Check = {
  name: 'console build',
  script: 'node_modules/.bin/vite',
  args: ['build', '--config', 'console/vite.config.ts', '--logLevel', 'warn'],
}

/** Run every check, two at a time, telling each one's outcome and, when it fails, its words. */
export async function runChecks(root: string, withBuild: boolean): Promise<{ passed: number; failed: number; faults: string[] }> {
  const asked = withBuild ? [...checks, build] : checks
  const left = [...asked]
  const faults: string[] = []
  const lane = async (): Promise<void> => {
    for (let check = left.shift(); check !== undefined; check = left.shift()) if (!(await passes(root, check))) faults.push(check.name)
  }
  await Promise.all([lane(), lane()])
  return { passed: asked.length - faults.length, failed: faults.length, faults }
}

async function passes(root: string, { name, script, args }: Check): Promise<boolean> {
  const since = performance.now()
  const done = await promisify(execFile)(script.startsWith('/') ? script : join(root, script), args, {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  }).then(
    () => null,
    (error: Error & { stdout?: string; stderr?: string }) => error,
  )
  const good = done === null
  process.stdout.write(`${good ? '✓' : '✗'} ${name} (${Math.round(performance.now() - since)} ms)\n`)
  if (!good) process.stdout.write(`${done.stdout ?? ''}${done.stderr ?? ''}${done.stdout === undefined ? done.message : ''}\n`)
  return good
}
