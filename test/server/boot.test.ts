import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inProject } from '../../server/project.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'

/* A copy as a container has it: packages to serve with, none to test with, and a registry that is not reached. */

type Lock = { packages: Record<string, { dev?: boolean; devOptional?: boolean; optional?: boolean }> }

let folder: string
beforeAll(() => {
  folder = testFolder()
  for (const name of ['server', 'bin', 'node_modules/.bin']) mkdirSync(join(folder, name), { recursive: true })
  for (const name of ['package-lock.json', 'server/boot.mjs', 'server/newest.mjs']) copyFileSync(inProject(name), join(folder, name))
  writeFileSync(join(folder, 'server/manage.ts'), 'console.log(process.argv.slice(2).join(" "))')
  writeFileSync(join(folder, 'bin/npm'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
  symlinkSync(process.execPath, join(folder, 'node_modules/.bin/node'))
  installed(({ dev, devOptional, optional }) => dev !== true && devOptional !== true && optional !== true)
})
afterAll(() => removeTestFolder(folder))

function installed(which: (entry: Lock['packages'][string]) => boolean): void {
  const { packages } = JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8')) as Lock
  const here = Object.fromEntries(Object.entries(packages).filter(([, entry]) => which(entry)))
  writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: here }))
}

function boot(...verb: readonly string[]) {
  const env = { PATH: [join(folder, 'bin'), process.env['PATH']].join(delimiter) }
  const { status, stdout, stderr } = spawnSync(process.execPath, ['server/boot.mjs', ...verb], { cwd: folder, env, encoding: 'utf8' })
  return { status, stdout: stdout.trim(), stderr: stderr.trim() }
}

test('what an administrator asks of a container is done with the packages that it has', () => {
  expect(boot('access', 'alice')).toEqual({ status: 0, stdout: 'access alice', stderr: '' })
})

test('tests ask for the packages that they need, and say when these cannot be had', () => {
  const { status, stderr } = boot('test')
  expect(status).toBe(1)
  expect(stderr).toContain('Les paquets n’ont pas pu être installés')
})

test('a package of the service that is missing is asked for, whatever is to be done', () => {
  installed((entry) => entry.dev === true)
  expect(boot('access', 'alice').stderr).toContain('Les paquets n’ont pas pu être installés')
})
