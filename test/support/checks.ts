import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

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

/** Run every check one after another, telling each one's outcome and, when it fails, its words. */
export function runChecks(root: string, withBuild: boolean): { readonly passed: number; readonly failed: number } {
  const asked = withBuild ? [...checks, build] : checks
  const failed = asked.filter((check) => !passes(root, check)).length
  return { passed: asked.length - failed, failed }
}

function passes(root: string, { name, script, args }: Check): boolean {
  const since = performance.now()
  const done = spawnSync(script.startsWith('/') ? script : join(root, script), args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const good = done.status === 0
  process.stdout.write(`${good ? '✓' : '✗'} ${name} (${Math.round(performance.now() - since)} ms)\n`)
  if (!good) process.stdout.write(`${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}\n`)
  return good
}
