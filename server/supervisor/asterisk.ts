import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type SipSecurity, writeConfiguration } from './asterisk-config.ts'
import { layOutData } from './asterisk-data.ts'
import { findAsterisk, speechDir } from './asterisk-root.ts'
import { keepLogsSmall } from './asterisk-logs.ts'
import { assertPortFree, rememberedPort } from './ports.ts'
import { isRunning, keepProcess } from './process.ts'
import { readSecrets } from './secrets.ts'
import type { Log } from './setup-error.ts'
import { type Announcement, prepareSounds } from '../sounds/prepare.ts'
import type { SoundPlaces } from '../sounds/sounds.ts'
import { inProject } from '../project.ts'

const templatesDir = inProject('asterisk')
const ariHost = '127.0.0.1'
const ariUser = 'guichet'
const callerUser = 'caller'

export type AsteriskOptions = {
  readonly varDir: string
  readonly sipHost: string
  /** 0 lets a free one be chosen. */
  readonly sipPort: number
  /** `host:port` of the site's exchanges; the endpoints are `trunk`, `trunk-2`… */
  readonly sipTrunk: readonly string[]
  readonly security: SipSecurity
  /** How many calls at once from one number; the exchange is told 503 beyond. */
  readonly callsPerNumber: number
  /** Whether the demo's caller may call with its password. */
  readonly demo: boolean
  readonly announcements: readonly Announcement[]
  /** Keeps the built Asterisk and the spoken announcements; see `cacheDir`. */
  readonly cache: string
  readonly searchPath: string
  readonly log: Log
}

export type OwnAsterisk = {
  readonly ari: { readonly url: string; readonly user: string; readonly password: string }
  readonly version: string
  readonly sip: { readonly host: string; readonly port: number }
  readonly callerAccount: { readonly user: string; readonly password: string } | null
  /** Whether one left running by an earlier service, perhaps with calls, was taken over. */
  readonly adopted: boolean
  readonly spoolDir: string
  /** Where what callers hear is made and put. */
  readonly sounds: SoundPlaces
  pid(): number
  /** `cb` runs when it died and another one answers: calls are gone, and so are the phones pushed by ARI. */
  onRestart(cb: () => void): void
  /** Ends all calls at once and waits for its end. */
  stop(): Promise<void>
}

/** How our own Asterisk below `varDir` is commanded while it runs; with its password: never logged. */
export function ownAriAccount(varDir: string): OwnAsterisk['ari'] {
  const port = readFileSync(join(varDir, 'asterisk', 'ari-port'), 'utf8').trim()
  return { url: `http://${ariHost}:${port}`, user: ariUser, password: readSecrets(varDir).ari }
}

/**
 * Start, or adopt, our own Asterisk below `varDir`/asterisk. It is started again when it dies, and lives on, calls included, when the service is killed.
 * @throws SetupError saying in one sentence what stops it.
 */
export async function startAsterisk(options: AsteriskOptions): Promise<OwnAsterisk> {
  const { varDir, sipHost, log, cache } = options
  const home = join(varDir, 'asterisk')
  const pidFile = join(home, 'asterisk.pid')
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const root = await findAsterisk(cache, `${options.searchPath}:/usr/sbin:/usr/local/sbin`, log)
  const soundsDir = layOutData(home, root)
  const sounds = { tools: root, soundsDir, heard: true, cacheDir: speechDir(cache) }
  await prepareSounds({ ...sounds, announcements: options.announcements, log })

  const secrets = readSecrets(varDir)
  const sipPort = options.sipPort === 0 ? await rememberedPort(join(home, 'sip-port'), sipHost, isRunning(pidFile)) : options.sipPort
  const ari = { port: await rememberedPort(join(home, 'ari-port'), ariHost, isRunning(pidFile)), user: ariUser, password: secrets.ari }
  const callerAccount = options.demo ? { user: callerUser, password: secrets.caller } : null
  const settings = {
    home,
    modulesDir: root.modulesDir,
    version: root.version,
    sipHost,
    sipPort,
    sipTrunk: options.sipTrunk,
    security: options.security,
    callsPerNumber: options.callsPerNumber,
    ari,
    caller: callerAccount,
  }
  const written = writeConfiguration(templatesDir, settings)
  const url = `http://${ariHost}:${ari.port}`
  const authorization = `Basic ${Buffer.from(`${ari.user}:${ari.password}`).toString('base64')}`
  const request = (method: string, path: string) =>
    fetch(`${url}/ari${path}`, { method, headers: { authorization }, signal: AbortSignal.timeout(2_000) })

  const kept = await keepProcess({
    name: 'Asterisk',
    command: root.asterisk.command,
    args: [...root.asterisk.args, '-f', '-C', join(home, 'etc/asterisk.conf')],
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', HOME: home, ...root.asterisk.env },
    pidFile,
    outFile: join(home, 'log/output.log'),
    fingerprint: `${root.version}-${written}`,
    prepare: () => assertPortFree('sip', sipHost, sipPort),
    answers: () =>
      request('GET', '/asterisk/ping').then(
        (answer) => answer.ok,
        () => false,
      ),
    readyMs: 60_000,
    stopSignal: 'SIGTERM',
    stopMs: 10_000,
    log,
  })
  const logs = keepLogsSmall(join(home, 'log'), () => request('PUT', '/asterisk/logging/messages.log/rotate'))
  return {
    ari: { url, user: ari.user, password: ari.password },
    version: root.version,
    sip: { host: sipHost, port: sipPort },
    callerAccount,
    adopted: kept.adopted,
    spoolDir: join(home, 'spool'),
    sounds,
    pid: () => kept.pid(),
    onRestart: (cb) => kept.onRestart(cb),
    stop: async () => {
      logs.stop()
      await kept.stop()
    },
  }
}
