import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { defaultSettings } from '../settings/defaults.ts'
import { derive } from '../settings/derived.ts'
import { readSettings, valuesOf } from '../settings/file.ts'
import { announcementsInForce } from '../sounds/in-force.ts'
import { cacheDir, findSoundTools } from '../supervisor/asterisk-root.ts'
import { ownAriAccount } from '../supervisor/asterisk.ts'
import { ownPostgresUrl } from '../supervisor/postgres.ts'
import { isRunning } from '../supervisor/process.ts'
import { checkCertificate, checkSipCertificate, placesWithCertificate } from './certificates.ts'
import { type Finding, mend, reasonOf, watch, well } from './finding.ts'
import { checkClock, checkDemo, checkDisk, checkPorts, checkSecrets, checkSounds, serviceRuns } from './machine.ts'
import { checkAsterisk, checkDatabase, checkDirectory, checkMail, checkMailbox, checkTrunk, migrationsOf, neededModules } from './peers.ts'
import { checkRedirection } from './redirection.ts'
import { inProject } from '../project.ts'

/** Look at a site, whether its service works or not. Nothing is started or changed; each peer has four seconds. */
export async function examine(config: Config, env: Readonly<Record<string, string | undefined>>): Promise<readonly Finding[]> {
  const { varDir } = config
  const values = valuesOf(readSettings(varDir, defaultSettings(config)))
  const settings = derive(values, config.timeZone)
  const database = config.databaseUrl ?? (isRunning(join(varDir, 'postgres', 'postgres.pid')) ? ownPostgresUrl(varDir) : null)
  const ari = config.ari ?? (isRunning(join(varDir, 'asterisk', 'asterisk.pid')) ? ownAriAccount(varDir) : null)
  const here = [well('Réglages', 'lisibles.'), ...checkDemo(config), checkDisk(varDir), checkSecrets(varDir), checkClock()]
  const sip = checkSipCertificate(config, Date.now())
  const heard = [checkVoice(config, env), checkSounds(config, announcementsInForce(varDir, settings.wording))]
  const peers = await Promise.all([
    checkPorts(config),
    checkService(config).then((finding) => [finding]),
    checkDatabase(database, migrationsOf(inProject('migrations'))),
    checkRedirection(database, values),
    checkAsterisk(ari, neededModules(inProject('asterisk'))),
    Promise.all(config.sipTrunk.map((address) => checkTrunk(address, config.host))),
    Promise.all([checkDirectory(config.ldap), checkMail(config.smtpUrl), checkMailbox(config.imap)]),
    Promise.all(placesWithCertificate(config).map((place) => checkCertificate(place, Date.now()))),
  ])
  return [...here, ...heard, ...sip, ...peers.flat()]
}

/** What the service says of itself. */
async function checkService({ varDir, host, port }: Config): Promise<Finding> {
  const what = 'Service'
  if (!serviceRuns(varDir)) return watch(what, `il ne tourne pas avec ${varDir} : lancez « npm start ».`)
  try {
    const answer = await fetch(`http://${host}:${port}/api/health`, { signal: AbortSignal.timeout(4_000) })
    const { status, parts } = (await answer.json()) as { status: string; parts: readonly { name: string; state: string }[] }
    const down = parts.filter((part) => part.state === 'down').map((part) => part.name)
    if (status === 'ready' || status === 'standby')
      return well(what, status === 'ready' ? 'prêt à servir.' : 'en attente, un autre conduit les appels.')
    return mend(what, `il ne peut pas servir (${down.join(', ') || status}) : voyez VAR_DIR/service.log.`)
  } catch (error) {
    return mend(what, `il tourne et ne répond pas sur ${host}:${port} (${reasonOf(error)}) : vérifiez PORT, sinon relancez-le.`)
  }
}

/** What speaks and converts announcements. */
function checkVoice({ ari, varDir }: Config, env: Readonly<Record<string, string | undefined>>): Finding {
  const what = 'Voix'
  const tools = findSoundTools(cacheDir(env), env['PATH'] ?? '')
  if (tools !== null) return well(what, 'espeak-ng et sox sont là.')
  const first = ari === null && !existsSync(join(varDir, 'asterisk'))
  return first ? watch(what, 'préparée au premier « npm start ».') : mend(what, 'espeak-ng ou sox manque : installez ces paquets Debian.')
}
