import { mkdirSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { type Logger, pino } from 'pino'
import type { Spoken } from './calls/announcements.ts'
import type { SettingsValues } from './contract/settings.ts'
import { createApp } from './app.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { openDatabase } from './database/connection.ts'
import { factSink } from './database/fact-sink.ts'
import { owedAt } from './owed/model.ts'
import { startPair } from './standby/pair.ts'
import { claimVarDir } from './supervisor/claim.ts'
import { announcementsInForce, soundsFolder } from './sounds/in-force.ts'
import type { SoundPlaces } from './sounds/sounds.ts'
import { defaultSettings } from './settings/defaults.ts'
import { derive } from './settings/derived.ts'
import { readSettings, valuesOf } from './settings/file.ts'
import { cacheDir, findSoundTools, speechDir } from './supervisor/asterisk-root.ts'
import { type OwnAsterisk, startAsterisk } from './supervisor/asterisk.ts'
import type { SipSecurity } from './supervisor/asterisk-config.ts'
import { assertPortFree } from './supervisor/ports.ts'
import { startPostgres } from './supervisor/postgres.ts'
import { readSecrets } from './supervisor/secrets.ts'
import { type Log, SetupError } from './supervisor/setup-error.ts'
import { sipCertificate } from './supervisor/sip-certificate.ts'
import { type Stoppable, stopEach } from './supervisor/stopping.ts'
import { demoVoices, trainingVoices } from './telephony/demo-voices.ts'
import { studioVoices } from './telephony/studio.ts'
import { welcome } from './welcome.ts'
import { version } from './project.ts'

/** Progress goes to stderr; stdout holds only what the start has to say. */
const tell = (text: string) => process.stderr.write(`${text}\n`)
const progress: Log = {
  info: (text) => tell(`· ${text}`),
  warn: (text) => tell(`! ${text}`),
  error: (text) => tell(`! ${text}`),
}

/** The settings as they were left; the database, which may know better, is not there yet. */
const settingsOf = (config: Config): SettingsValues => valuesOf(readSettings(config.varDir, defaultSettings(config)))

async function ownAsterisk(config: Config): Promise<OwnAsterisk | null> {
  if (config.ari !== null) return null
  return startAsterisk({
    varDir: config.varDir,
    sipHost: config.host,
    sipPort: config.sipPort,
    sipTrunk: config.sipTrunk,
    security: sipSecurityOf(config),
    callsPerNumber: config.callsPerNumber,
    demo: config.demo,
    announcements: [...announcementsInForce(config.varDir, derive(settingsOf(config), config.timeZone).wording), ...voicesOf(config)],
    cache: cacheDir(process.env),
    searchPath: process.env['PATH'] ?? '',
    log: progress,
  })
}

function sipSecurityOf({ sipSecurity, varDir, host }: Config): SipSecurity {
  const { tls, srtp, trunkTls } = sipSecurity
  return { tls: tls && { port: tls.port, ...sipCertificate(varDir, tls.certificate, host) }, srtp, trunkTls }
}

/** Sentences that are nobody's to change. */
const voicesOf = ({ demo }: Config): readonly Spoken[] => [...studioVoices, ...(demo ? [...demoVoices, ...trainingVoices] : [])]

/** Beside an Asterisk of the site's own: its sounds folder, when it is within reach, else one that nothing plays from. */
function placesBeside({ soundsDir, varDir }: Config): SoundPlaces {
  const cache = cacheDir(process.env)
  return {
    tools: findSoundTools(cache, process.env['PATH'] ?? ''),
    soundsDir: soundsDir ?? join(soundsFolder(varDir), 'placed'),
    heard: soundsDir !== null,
    cacheDir: speechDir(cache),
  }
}

async function run(): Promise<void> {
  const config = readConfig(process.env)
  mkdirSync(config.varDir, { recursive: true })
  const release = claimVarDir(config.varDir)
  const started: Stoppable[] = []
  const stopAll = async () => {
    await stopEach(started.splice(0)).finally(release)
  }
  onStop(stopAll)
  try {
    await serve(config, started)
  } catch (error) {
    await stopAll()
    throw error
  }
}

/** Start everything, noting in `started` what is to be stopped, in that order. */
async function serve(config: Config, started: Stoppable[]): Promise<void> {
  await assertPortFree('http', config.host, config.port)
  const log = pino(
    { level: config.logLevel, redact: ['password', '*.password', 'authorization', '*.authorization'] },
    pino.destination(`${config.varDir}/service.log`),
  )
  const noting = <Own extends Stoppable | null>(own: Own): Own => {
    if (own !== null) started.push(own)
    return own
  }
  // Both are waited for, so that when one cannot start the other one is not left running.
  const [asterisk, postgres] = await Promise.allSettled([
    ownAsterisk(config).then(noting),
    config.databaseUrl === null ? startPostgres({ varDir: config.varDir, log: progress }).then(noting) : null,
  ])
  if (asterisk.status === 'rejected') throw asterisk.reason
  if (postgres.status === 'rejected') throw postgres.reason
  const ari = config.ari ?? asterisk.value?.ari
  const databaseUrl = config.databaseUrl ?? postgres.value?.url
  if (ari === undefined || databaseUrl === undefined)
    throw new SetupError('Ni serveur téléphonique ni base de données : vérifiez ARI_URL et DATABASE_URL.')
  if (config.pair !== null) return servePair(config, config.pair.nodeUrl, { databaseUrl, ari, log, noting })
  const sip = asterisk.value?.sip ?? { host: new URL(ari.url).hostname, port: config.sipPort }
  const app = noting(
    createApp({
      config,
      databaseUrl,
      ari,
      sipAddress: `${sip.host}:${sip.port}`,
      phoneKey: config.phonesKey ?? readSecrets(config.varDir).phones,
      sounds: { places: asterisk.value?.sounds ?? placesBeside(config), voices: voicesOf(config) },
      log,
    }),
  )
  // Together: callers who wait for a service that comes back do not wait for its pages.
  await Promise.all([app.start(), app.http.listen({ host: config.host, port: config.port })])
  process.stdout.write(
    welcome({
      config,
      deskName: settingsOf(config).desk.name,
      deskLine: `sip:guichet@${sip.host}:${sip.port}`,
      caller: asterisk.value?.callerAccount ?? null,
      firstLink: await app.firstLink().catch(() => null),
    }),
  )
  // Now rather than at the end, which a kill does not have.
  flushCompileCache()
}

type PairPlaces = {
  readonly databaseUrl: string
  readonly ari: { readonly url: string; readonly user: string; readonly password: string }
  readonly log: Logger
  readonly noting: (part: Stoppable) => unknown
}

/** One of two services: the one that is elected drives, the other waits. */
async function servePair(config: Config, nodeUrl: string, { databaseUrl, ari, log, noting }: PairPlaces): Promise<void> {
  const { host, port, varDir } = config
  const pair = startPair({
    varDir,
    databaseUrl,
    nodeUrl,
    listen: { host, port },
    version,
    log,
    sink: () => {
      const { db, close } = openDatabase(databaseUrl)
      const { calendar } = derive(settingsOf(config), config.timeZone)
      const dueAfter = (ms: number) => owedAt(calendar, null, ms)
      return { sink: factSink(db, { dueAfter, onOwed: () => undefined, onEnded: () => undefined }), close }
    },
    serve: (mandate) => {
      const app = createApp({
        config,
        databaseUrl,
        ari,
        mandate,
        sipAddress: `${new URL(ari.url).hostname}:${config.sipPort}`,
        phoneKey: config.phonesKey ?? '',
        sounds: { places: placesBeside(config), voices: voicesOf(config) },
        log,
      })
      return { started: Promise.all([app.start(), app.http.listen({ host, port })]), stop: () => app.stop() }
    },
    tell: (role) => tell(role === 'driving' ? 'Ce service conduit les appels.' : 'Ce service est en attente, un autre conduit les appels.'),
  })
  noting(pair)
  await pair.done
}

/** A first Ctrl-C stops everything that was started, and only that; a repeated one is the same request. */
function onStop(stop: () => Promise<void>): void {
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      progress.info('Arrêt…')
      void stop().then(
        () => process.exit(0),
        (error: unknown) => {
          progress.error(`L’arrêt n’a pas été complet : ${(error as Error).message}`)
          process.exit(1)
        },
      )
    })
  }
}

run().catch((error: unknown) => {
  const expected = error instanceof SetupError || error instanceof ConfigError
  tell(expected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exit(1)
})
