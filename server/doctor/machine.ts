import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { Announcement } from '../sounds/prepare.ts'
import { assertPortFree } from '../supervisor/ports.ts'
import { processStart } from '../supervisor/process-identity.ts'
import { type Finding, mend, reasonOf, watch, well } from './finding.ts'

const gigabyte = 1024 ** 3

/** Whether a service works on this folder now. */
export function serviceRuns(varDir: string): boolean {
  const path = join(varDir, 'service.pid')
  if (!existsSync(path)) return false
  const [pid, start] = readFileSync(path, 'utf8').trim().split(' ')
  return start !== undefined && processStart(Number(pid)) === start
}

export function checkDisk(varDir: string): Finding {
  const what = 'Espace disque'
  try {
    mkdirSync(varDir, { recursive: true })
    const { bavail, bsize, blocks } = statfsSync(varDir)
    const [free, share] = [bavail * bsize, bavail / blocks]
    const shown = `${(free / gigabyte).toLocaleString('fr', { maximumFractionDigits: 1 })} Go libres pour ${varDir}`
    if (free < gigabyte / 4) return mend(what, `${shown} : libérez-en, les faits et les messages ne s’écriront bientôt plus.`)
    return free < 2 * gigabyte || share < 0.05 ? watch(what, `${shown} : prévoyez d’en libérer.`) : well(what, `${shown}.`)
  } catch (error) {
    return mend(what, `${varDir} ne peut pas être utilisé (${reasonOf(error)}) : corrigez VAR_DIR ou ses droits.`)
  }
}

/** Files that only the service's account may read. */
export function checkSecrets(varDir: string): Finding {
  const what = 'Secrets'
  const guarded = ['secrets.json', 'facts', 'messages', 'asterisk/etc'].map((name) => join(varDir, name)).filter((path) => existsSync(path))
  const open = guarded.filter((path) => (statSync(path).mode & 0o007) !== 0 && closable(path))
  if (open.length > 0) return mend(what, `lisibles par tous : ${open.join(', ')} ; retirez ces droits (chmod -R o-rwx).`)
  return existsSync(join(varDir, 'secrets.json'))
    ? well(what, 'lisibles par le seul compte du service.')
    : watch(what, 'pas encore créés, le premier « npm start » les fera.')
}

/** A folder whose files are closed is well guarded, whatever its own rights. */
function closable(path: string): boolean {
  if (statSync(path).isFile()) return true
  return readdirSync(path).some((name) => (statSync(join(path, name)).mode & 0o004) !== 0)
}

export async function checkPorts(config: Config): Promise<readonly Finding[]> {
  const what = 'Ports'
  if (serviceRuns(config.varDir)) return [well(what, `le service tourne et tient les siens.`)]
  const asked = [['http', config.port] as const, ...(config.ari === null ? [['sip', config.sipPort] as const] : [])]
  const taken = await Promise.all(
    asked.map(([kind, port]) =>
      assertPortFree(kind, config.host, port).then(
        () => null,
        (error: unknown) => mend(what, reasonOf(error)),
      ),
    ),
  )
  const found = taken.filter((finding) => finding !== null)
  return found.length > 0 ? found : [well(what, `libres (${asked.map(([, port]) => port).join(', ')}), le service est arrêté.`)]
}

export function checkClock(): Finding {
  const what = 'Horloge'
  const asked = spawnSync('timedatectl', ['show', '-p', 'NTPSynchronized', '--value'], { encoding: 'utf8', timeout: 3_000 })
  if (asked.status !== 0)
    return watch(what, 'sa synchronisation n’a pas pu être vérifiée : assurez-vous que NTP (chrony, timesyncd) tourne.')
  return asked.stdout.trim() === 'yes'
    ? well(what, 'synchronisée par NTP.')
    : mend(what, 'non synchronisée : activez NTP (timedatectl set-ntp true).')
}

/** @param announcements all that callers may hear */
export function checkSounds(config: Config, announcements: readonly Announcement[]): Finding {
  const what = 'Annonces'
  const folder = config.ari === null ? join(config.varDir, 'asterisk', 'data', 'sounds') : config.soundsDir
  if (folder === null)
    return watch(
      what,
      'SOUNDS_DIR n’est pas indiqué : copiez vous-même les annonces de VAR_DIR/sounds/placed vers Asterisk à chaque changement.',
    )
  if (!existsSync(folder))
    return config.ari === null
      ? watch(what, 'pas encore préparées, le premier « npm start » les fera.')
      : mend(what, `le dossier ${folder} n’existe pas : corrigez SOUNDS_DIR.`)
  const missing = announcements.filter(({ name, language }) => !existsSync(join(folder, language, 'guichet', `${name}.wav`)))
  return missing.length === 0
    ? well(what, `${announcements.length} sons en place.`)
    : mend(
        what,
        `${missing.length} sons manquent (${missing
          .slice(0, 3)
          .map((m) => m.name)
          .join(', ')}…) : relancez le service, il les refera.`,
      )
}

export function checkDemo({ demo }: Config): readonly Finding[] {
  return demo ? [watch('Démonstration', 'active, avec des comptes au mot de passe connu : DEMO=0 pour un vrai guichet.')] : []
}
