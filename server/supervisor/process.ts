import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { processStart } from './process-identity.ts'
import { type Log, SetupError } from './setup-error.ts'
import { lastLines } from './tail.ts'
import { until } from './wait.ts'

export type ProcessPlan = {
  /** As people call it, in log lines and errors. */
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly user?: { readonly uid: number; readonly gid: number } | undefined
  readonly pidFile: string
  readonly outFile: string
  /** Changes with anything that calls for a new process rather than an adopted one. */
  readonly fingerprint: string
  /** Called before each start of a new process, not before an adoption; a SetupError ends the first start. */
  readonly prepare: () => Promise<void>
  /** Whether it serves now; must answer within a second or so. */
  readonly answers: () => Promise<boolean>
  readonly readyMs: number
  readonly stopSignal: 'SIGINT' | 'SIGTERM'
  readonly stopMs: number
  readonly log: Log
}

export type KeptProcess = {
  /** Whether one left running by an earlier service was taken over at the start. */
  readonly adopted: boolean
  pid(): number
  /** `cb` runs each time the process has died unexpectedly and a new one answers. */
  onRestart(cb: () => void): void
  /** Ends the process and waits until it is gone. */
  stop(): Promise<void>
}

type Running = { readonly pid: number; readonly start: string; readonly gone: Promise<string> }

const adoptMs = 3_000
const longestPauseMs = 10_000

/**
 * Start a program that outlives us when we are killed, adopt the one a killed service left, start it again when it dies.
 * Its output goes to a file, never to a pipe of ours, and it has a session of its own, out of reach of a terminal's Ctrl-C.
 * @throws SetupError when it does not answer within `readyMs`; the message bears the last lines of its output.
 */
export async function keepProcess(plan: ProcessPlan): Promise<KeptProcess> {
  const callbacks: (() => void)[] = []
  const stopping = new AbortController()
  const stopped = new Promise<string>((resolve) => stopping.signal.addEventListener('abort', () => resolve('')))
  const adopted = await adopt(plan)
  let running = adopted ?? (await start(plan, stopping.signal))
  const watching = watch()

  async function watch(): Promise<void> {
    let failures = 0
    while (!stopping.signal.aborted) {
      const since = performance.now()
      const reason = await Promise.race([running.gone, stopped])
      if (stopping.signal.aborted) return
      if (performance.now() - since > 60_000) failures = 0
      plan.log.error(`${plan.name} s’est arrêté (${reason}), relance en cours.`)
      do {
        if (failures > 0) await delay(Math.min(longestPauseMs, 250 * 2 ** failures), null, { signal: stopping.signal }).catch(() => null)
        failures += 1
      } while (!stopping.signal.aborted && !(await startAgain()))
    }
  }

  async function startAgain(): Promise<boolean> {
    try {
      running = await start(plan, stopping.signal)
    } catch (error) {
      if (!stopping.signal.aborted) plan.log.error(error instanceof Error ? error.message : String(error))
      return false
    }
    plan.log.warn(`${plan.name} est relancé.`)
    for (const cb of callbacks) cb()
    return true
  }

  return {
    adopted: adopted !== null,
    pid: () => running.pid,
    onRestart: (cb) => callbacks.push(cb),
    stop: async () => {
      stopping.abort()
      await end(plan, running)
      await watching
      await end(plan, running)
      rmSync(plan.pidFile, { force: true })
    },
  }
}

/** Whether the process noted in `pidFile` still runs. */
export function isRunning(pidFile: string): boolean {
  const [pid, start] = readPidFile(pidFile)
  return start !== undefined && processStart(Number(pid)) === start
}

async function adopt(plan: ProcessPlan): Promise<Running | null> {
  const [pidText, start, fingerprint] = readPidFile(plan.pidFile)
  const pid = Number(pidText)
  if (!Number.isInteger(pid) || pid <= 1 || start === undefined || processStart(pid) !== start) return null
  const left: Running = { pid, start, gone: gone(pid, start) }
  if (fingerprint === plan.fingerprint && (await until(plan.answers, adoptMs))) {
    plan.log.info(`${plan.name} tournait encore (processus ${pid}), il est repris.`)
    return left
  }
  plan.log.info(`${plan.name} tournait encore (processus ${pid}) avec d’autres réglages ou sans répondre, il est remplacé.`)
  await end(plan, left)
  return null
}

async function start(plan: ProcessPlan, stopping: AbortSignal): Promise<Running> {
  await plan.prepare()
  mkdirSync(dirname(plan.outFile), { recursive: true })
  const out = openSync(plan.outFile, 'a', 0o640)
  const child = spawn(plan.command, plan.args, { detached: true, stdio: ['ignore', out, out], cwd: '/', env: plan.env, ...plan.user })
  closeSync(out)
  const ended = new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('exit', (code, signal) => resolve(signal ?? `code ${code}`))
  })
  child.unref()
  const mark = child.pid === undefined ? null : processStart(child.pid)
  const early = new AbortController()
  void ended.then((reason) => early.abort(reason))
  // Without a mark it has already ended.
  if (child.pid === undefined || mark === null) throw failure(plan, `s’est arrêté aussitôt (${await ended})`)
  const running: Running = { pid: child.pid, start: mark, gone: ended }
  writePidFile(plan.pidFile, [String(child.pid), mark, plan.fingerprint])
  if (await until(plan.answers, plan.readyMs, { signal: AbortSignal.any([early.signal, stopping]) })) return running
  const why = early.signal.aborted
    ? `s’est arrêté aussitôt (${await ended})`
    : `ne répond pas au bout de ${Math.round(plan.readyMs / 1000)} s`
  await end(plan, running)
  throw failure(plan, why)
}

function failure(plan: ProcessPlan, why: string): SetupError {
  return new SetupError(`${plan.name} ${why}. Dernières lignes de ${plan.outFile} :\n${lastLines(plan.outFile, 15)}`)
}

async function end(plan: ProcessPlan, running: Running): Promise<void> {
  const isGone = () => processStart(running.pid) !== running.start
  if (isGone()) return
  process.kill(running.pid, plan.stopSignal)
  if (await until(isGone, plan.stopMs)) return
  plan.log.warn(`${plan.name} ne s’arrête pas de lui-même au bout de ${Math.round(plan.stopMs / 1000)} s, il est tué.`)
  process.kill(running.pid, 'SIGKILL')
  await until(isGone, 5_000)
}

/** An adopted process is nobody's child any more: its end can only be looked for. */
function gone(pid: number, start: string): Promise<string> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (processStart(pid) === start) return
      clearInterval(timer)
      resolve('raison inconnue')
    }, 200)
    timer.unref()
  })
}

function readPidFile(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').trim().split(' ')
  } catch {
    return []
  }
}

function writePidFile(path: string, fields: readonly string[]): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(`${path}.new`, `${fields.join(' ')}\n`)
  renameSync(`${path}.new`, path)
}
