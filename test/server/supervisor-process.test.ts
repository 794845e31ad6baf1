import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { processStart } from '../../server/supervisor/process-identity.ts'
import { keepProcess, type KeptProcess, type ProcessPlan } from '../../server/supervisor/process.ts'
import { until } from '../../server/supervisor/wait.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'

let varDir = ''
let kept: KeptProcess[] = []
let said: string[] = []

beforeEach(() => {
  varDir = testFolder()
  said = []
})
afterEach(async () => {
  for (const process of kept) await process.stop()
  kept = []
  removeTestFolder(varDir)
})

/** A program that notes its own number where `answers` looks, then stays until it is told to end. */
const patient = 'echo $$ > "$MARK"; trap "exit 0" TERM; while :; do sleep 0.05; done'

function plan(changes: Partial<ProcessPlan> & { script?: string } = {}): ProcessPlan {
  const mark = join(varDir, 'mark')
  const tell = (text: string) => void said.push(text)
  return {
    name: 'Le programme',
    command: '/bin/sh',
    args: ['-c', changes.script ?? patient],
    env: { PATH: '/usr/bin:/bin', MARK: mark },
    pidFile: join(varDir, 'pid'),
    outFile: join(varDir, 'output.log'),
    fingerprint: 'one',
    prepare: () => Promise.resolve(),
    answers: async () => {
      const [pid] = readFileSync(join(varDir, 'pid'), 'utf8').split(' ')
      return readFileSync(mark, 'utf8').trim() === pid
    },
    readyMs: 5_000,
    stopSignal: 'SIGTERM',
    stopMs: 2_000,
    log: { info: tell, warn: tell, error: tell },
    ...changes,
  }
}

async function keep(changes: Parameters<typeof plan>[0] = {}): Promise<KeptProcess> {
  writeFileSync(join(varDir, 'mark'), '')
  const process = await keepProcess(plan(changes))
  kept.push(process)
  return process
}

const restarted = (process: KeptProcess) => new Promise<void>((resolve) => process.onRestart(resolve))

test('a program that dies is started again, and who asked is told', async () => {
  const program = await keep()
  const first = program.pid()
  const again = restarted(program)
  process.kill(first, 'SIGKILL')
  await again
  expect(program.pid()).not.toBe(first)
  expect(processStart(program.pid())).not.toBeNull()
  expect(said[0]).toContain('s’est arrêté (SIGKILL)')
})

test('a program that keeps dying is tried again until it stays', async () => {
  const program = await keep({
    script: `n=$(cat "$MARK.n" 2>/dev/null || echo 0); echo $((n + 1)) > "$MARK.n"; [ $n -ne 1 ] || exit 3; ${patient}`,
  })
  const again = restarted(program)
  process.kill(program.pid(), 'SIGKILL')
  await again
  expect(readFileSync(join(varDir, 'mark.n'), 'utf8').trim()).toBe('3')
  expect(said.join()).toContain('s’est arrêté aussitôt (code 3)')
})

/** Leave a program as a service that was killed would: running, and noted in the pid file. */
async function leave(fingerprint: string): Promise<number> {
  const { env, args } = plan()
  const child = spawn('/bin/sh', args, { detached: true, stdio: 'ignore', env })
  const pid = child.pid ?? 0
  writeFileSync(join(varDir, 'pid'), `${pid} ${processStart(pid)} ${fingerprint}\n`)
  await until(() => existsSync(join(varDir, 'mark')) && readFileSync(join(varDir, 'mark'), 'utf8') !== '', 5_000)
  return pid
}

test('a program left by a killed service is adopted, and started again when it dies later', async () => {
  const pid = await leave('one')
  const program = await keepProcess(plan())
  kept.push(program)
  expect(program.adopted).toBe(true)
  expect(program.pid()).toBe(pid)
  const again = restarted(program)
  process.kill(pid, 'SIGKILL')
  await again
  expect(program.pid()).not.toBe(pid)
})

test('an adopted program is stopped with the service', async () => {
  const pid = await leave('one')
  const program = await keepProcess(plan())
  await program.stop()
  expect(processStart(pid)).toBeNull()
})

test('a program left with other settings is replaced', async () => {
  const pid = await leave('other')
  const program = await keep()
  expect(program.adopted).toBe(false)
  expect(processStart(pid)).toBeNull()
})

test('a program left that does not answer is replaced', async () => {
  const pid = await leave('one')
  writeFileSync(join(varDir, 'mark'), 'deaf')
  const program = await keepProcess(plan())
  kept.push(program)
  expect(program.adopted).toBe(false)
  expect(processStart(pid)).toBeNull()
})

test('another program that has the noted number is left alone', async () => {
  writeFileSync(join(varDir, 'pid'), `${process.pid} 1 one\n`)
  const program = await keep()
  expect(program.adopted).toBe(false)
  expect(processStart(process.pid)).not.toBeNull()
})

test('a program that never answers is ended, and the error shows its last words', async () => {
  await expect(keep({ script: 'echo no licence found; sleep 60', answers: () => Promise.resolve(false), readyMs: 200 })).rejects.toThrow(
    /ne répond pas[^]*no licence found/,
  )
})

test('a program that ends at once is not waited for', async () => {
  const since = performance.now()
  await expect(keep({ script: 'echo cannot bind >&2; exit 1', answers: () => Promise.resolve(false) })).rejects.toThrow(
    /s’est arrêté aussitôt \(code 1\)[^]*cannot bind/,
  )
  expect(performance.now() - since).toBeLessThan(4_500)
})

test('stopping waits until the program is gone, and kills one that will not go', async () => {
  const stubborn = await keep({ script: 'trap "" TERM; echo $$ > "$MARK"; while :; do sleep 0.05; done', stopMs: 300 })
  const pid = stubborn.pid()
  await stubborn.stop()
  expect(processStart(pid)).toBeNull()
})

test('stopping during a restart leaves nothing behind', async () => {
  const program = await keep()
  const first = program.pid()
  process.kill(first, 'SIGKILL')
  await program.stop()
  expect(processStart(program.pid())).toBeNull()
})

test('a process whose first thread has ended is there as long as another holds its port', async () => {
  const script = [
    'import ctypes, socket, sys, threading, time',
    'listening = socket.create_server(("127.0.0.1", 0))',
    'threading.Thread(target=lambda: (sys.stdin.read(), listening.close())).start()',
    'ctypes.CDLL(None).pthread_exit(None)',
  ]
  const program = spawn('/usr/bin/python3', ['-c', script.join('\n')], { stdio: ['pipe', 'ignore', 'inherit'] })
  const pid = program.pid ?? 0
  const state = () => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0]
  expect(await until(() => state() === 'Z', 10_000)).toBe(true)
  expect(processStart(pid)).not.toBeNull()
  program.stdin.end()
  expect(await until(() => processStart(pid) === null, 10_000)).toBe(true)
})
