import { mkdirSync } from 'node:fs'
import { pino } from 'pino'
import { spokenAnnouncements } from './calls/announcements.ts'
import { defaultSettings } from './calls/model.ts'
import { defineCalendar } from './calendar/calendar.ts'
import { spokenHours } from './calendar/sentences.ts'
import { createApp } from './app.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { cacheDir } from './supervisor/asterisk-root.ts'
import { type OwnAsterisk, startAsterisk } from './supervisor/asterisk.ts'
import { assertPortFree } from './supervisor/ports.ts'
import { type OwnPostgres, startPostgres } from './supervisor/postgres.ts'
import { readSecrets } from './supervisor/secrets.ts'
import { type Log, SetupError } from './supervisor/setup-error.ts'
import { demoVoices } from './telephony/demo-voices.ts'
import { welcome } from './welcome.ts'

const progress: Log = { info: (text) => console.error(`· ${text}`), warn: (text) => console.error(`! ${text}`), error: (text) => console.error(`! ${text}`) }

const deskName = 'Guichet unique du Numérique'

async function ownAsterisk(config: Config): Promise<OwnAsterisk | null> {
  if (config.ari !== null) return null
  const hours = spokenHours(defineCalendar({ timeZone: config.timeZone }), 'fr')
  const limitMinutes = defaultSettings.capMs / 60_000
  return startAsterisk({
    varDir: config.varDir, sipHost: config.host, sipPort: config.sipPort, sipTrunk: config.sipTrunk, demo: config.demo,
    announcements: [...spokenAnnouncements({ name: deskName, hours, limitMinutes }), ...(config.demo ? demoVoices : [])],
    cache: cacheDir(process.env), searchPath: process.env['PATH'] ?? '', log: progress,
  })
}

async function run(): Promise<void> {
  const config = readConfig(process.env)
  mkdirSync(config.varDir, { recursive: true })
  await assertPortFree('http', config.host, config.port)
  const log = pino({ level: config.logLevel, redact: ['password', '*.password', 'authorization', '*.authorization'] }, pino.destination(`${config.varDir}/service.log`))
  const started: (OwnAsterisk | OwnPostgres)[] = []
  const stopStarted = () => Promise.all(started.map((part) => part.stop()))
  try {
    const [asterisk, postgres] = await Promise.all([
      ownAsterisk(config).then((own) => keepNoted(own)),
      config.databaseUrl === null ? startPostgres({ varDir: config.varDir, log: progress }).then((own) => keepNoted(own)) : null,
    ])
    const ari = config.ari ?? asterisk?.ari
    const databaseUrl = config.databaseUrl ?? postgres?.url
    if (ari === undefined || databaseUrl === undefined) throw new SetupError('Ni serveur téléphonique ni base de données : vérifiez ARI_URL et DATABASE_URL.')
    const sip = asterisk?.sip ?? { host: new URL(ari.url).hostname, port: config.sipPort }
    const app = createApp({ config, databaseUrl, ari, sipAddress: `${sip.host}:${sip.port}`, phoneKey: readSecrets(config.varDir).phones, log })
    await app.http.listen({ host: config.host, port: config.port })
    await app.start()
    console.log(welcome({ config, deskName, deskLine: `sip:guichet@${sip.host}:${sip.port}`, caller: asterisk?.callerAccount ?? null }))
    onStop(async () => {
      await app.stop()
      await stopStarted()
    })
  } catch (error) {
    await stopStarted()
    throw error
  }

  function keepNoted<Own extends OwnAsterisk | OwnPostgres | null>(own: Own): Own {
    if (own !== null) started.push(own)
    return own
  }
}

/** A first Ctrl-C stops everything that was started, and only that; a repeated one is the same request. */
function onStop(stop: () => Promise<void>): void {
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      progress.info('Arrêt…')
      void stop().then(() => process.exit(0), (error: unknown) => {
        progress.error(`L’arrêt n’a pas été complet : ${(error as Error).message}`)
        process.exit(1)
      })
    })
  }
}

run().catch((error: unknown) => {
  const expected = error instanceof SetupError || error instanceof ConfigError
  console.error(expected ? error.message : error)
  process.exit(1)
})
