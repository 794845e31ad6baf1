import { createSocket } from 'node:dgram'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PresenceFilter } from 'ldapts'
import pg from 'pg'
import type { Config } from '../config.ts'
import { LdapConnection } from '../directory/connection.ts'
import { checkSmtp } from '../mail/delivery.ts'
import { checkImap } from '../mail/inbox.ts'
import { Ari, AriError } from '../telephony/ari.ts'
import { application } from '../telephony/commands.ts'
import { type Finding, mend, reasonOf, watch, well } from './finding.ts'

const patienceMs = 4_000
/** The desk's door, and what looks after callers whose limit fell while the service said nothing. */
const entries = ['desk,s,1', 'desk,T,1', 'legs,s,1', 'selftest,s,1']
const oldestPostgres = 14
const oldestAsterisk = 20
/** A clock this far from the other's makes figures and deadlines wrong. */
const skewMs = 2_000

/** @param url null when our own does not run @param known names of the migrations of this version */
export async function checkDatabase(url: string | null, known: readonly string[]): Promise<readonly Finding[]> {
  const what = 'Base de données'
  if (url === null) return [watch(what, 'la nôtre ne tourne pas : elle démarre avec le service.')]
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: patienceMs, query_timeout: patienceMs })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string; at: Date; made: boolean }>(
      "select current_setting('server_version') as version, clock_timestamp() as at, to_regclass('migrations') is not null as made",
    )
    const [row] = rows
    if (row === undefined) throw new Error('no answer')
    const skew = Math.abs(row.at.getTime() - Date.now())
    const applied = row.made ? (await client.query<{ name: string }>('select name from migrations')).rows.map((m) => m.name) : []
    return [
      Number.parseInt(row.version, 10) < oldestPostgres
        ? mend(what, `PostgreSQL ${row.version} est trop ancien : il en faut un ${oldestPostgres} ou plus récent.`)
        : well(what, `PostgreSQL ${row.version} répond.`),
      schemaFinding(applied, known),
      skew > skewMs
        ? mend('Horloge de la base', `elle diffère de celle d’ici de ${Math.round(skew / 1000)} s : synchronisez les deux par NTP.`)
        : well('Horloge de la base', 'à la même heure qu’ici.'),
    ]
  } catch (error) {
    return [mend(what, `elle ne répond pas (${reasonOf(error)}) : vérifiez DATABASE_URL et que PostgreSQL tourne.`)]
  } finally {
    await client.end().catch(() => undefined)
  }
}

function schemaFinding(applied: readonly string[], known: readonly string[]): Finding {
  const what = 'Schéma'
  const foreign = applied.filter((name) => !known.includes(name))
  const pending = known.filter((name) => !applied.includes(name))
  if (foreign.length > 0) return mend(what, `la base vient d’une version plus récente (${foreign.join(', ')}) : installez cette version.`)
  return pending.length > 0
    ? watch(what, `${pending.length} migrations à appliquer : le prochain démarrage s’en charge.`)
    : well(what, `à jour (${applied.length} migrations).`)
}

/** @param account null when our own Asterisk does not run @param wantedModules file names */
export async function checkAsterisk(
  account: { readonly url: string; readonly user: string; readonly password: string } | null,
  wantedModules: readonly string[],
): Promise<readonly Finding[]> {
  const what = 'Asterisk'
  if (account === null) return [watch(what, 'le nôtre ne tourne pas : il démarre avec le service.')]
  const ari = new Ari(account)
  try {
    const info = (await ari.request('GET', '/asterisk/info', { only: 'system' })) as { system?: { version?: string } }
    const version = info.system?.version ?? '?'
    const modules = (await ari.request('GET', '/asterisk/modules')) as readonly { readonly name: string; readonly status: string }[]
    const running = new Set(modules.filter((m) => m.status === 'Running').map((m) => m.name))
    const missing = wantedModules.filter((name) => !running.has(name))
    return [
      Number.parseInt(version, 10) < oldestAsterisk
        ? mend(what, `la version ${version} est trop ancienne : il faut Asterisk ${oldestAsterisk} ou plus récent.`)
        : well(what, `version ${version}, joignable par ARI.`),
      missing.length > 0
        ? mend('Modules d’Asterisk', `manquent ou ne tournent pas : ${missing.join(', ')} ; chargez-les (modules.conf).`)
        : well('Modules d’Asterisk', 'tous présents.'),
      await checkDialplan(ari),
    ]
  } catch (error) {
    return [mend(what, `il ne répond pas par ARI (${reasonOf(error)}) : vérifiez ARI_URL, ARI_USER, ARI_PASSWORD et qu’il tourne.`)]
  } finally {
    await ari.close()
  }
}

/** A dialplan is only seen from a channel: one that is made, asked and dropped, and never dialled. */
async function checkDialplan(ari: Ari): Promise<Finding> {
  const what = 'Plan de numérotation'
  const channel = `doctor-${process.pid}`
  try {
    await ari.request('POST', '/channels/create', { endpoint: 'Local/s@desk', app: application, appArgs: 'doctor', channelId: channel })
    const found = (await Promise.all(
      entries.map((entry) => ari.request('GET', `/channels/${channel}/variable`, { variable: `DIALPLAN_EXISTS(${entry})` })),
    )) as readonly { readonly value?: string }[]
    const missing = entries.filter((_, i) => found[i]?.value !== '1')
    return missing.length === 0
      ? well(what, 'en place.')
      : mend(what, `manquent ${missing.join(' et ')} : installez asterisk/extensions.conf sur cet Asterisk.`)
  } catch (error) {
    if (!(error instanceof AriError)) throw error
    return watch(what, 'il se vérifie pendant que le service tourne.')
  } finally {
    await ari.request('DELETE', `/channels/${channel}`).catch(() => undefined)
  }
}

/** Modules the service needs, as `asterisk/modules.conf` loads them, without what is only convenient on our own. */
export function neededModules(asteriskFolder: string): readonly string[] {
  const text = readFileSync(join(asteriskFolder, 'modules.conf'), 'utf8')
  return [...text.matchAll(/^load = (\S+)/gm)]
    .map(([, name = '']) => name)
    .filter((name) =>
      /^(res_ari|res_stasis|app_stasis|res_pjsip_session|chan_pjsip|bridge_(holding|simple|softmix)|res_musiconhold|app_record|func_timeout|res_sorcery_memory|func_dialplan)/.test(
        name,
      ),
    )
}

export const migrationsOf = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => /^\d{4}_.+\.sql$/.test(name))
    .sort()

/** The exchange answers a question that every SIP server answers. It may do so only to addresses it knows: silence is not yet a fault. */
export async function checkTrunk(address: string, fromHost: string, waitMs = patienceMs): Promise<Finding> {
  const what = `Autocommutateur ${address}`
  const socket = createSocket('udp4')
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const timer = setTimeout(() => reject(new Error(`aucune réponse en ${waitMs / 1000} s`)), waitMs)
  try {
    socket.on('error', reject)
    socket.on('message', (data) => resolve(data.toString('latin1').split('\r\n')[0] ?? ''))
    const [host, port] = [address.slice(0, address.lastIndexOf(':')), Number(address.slice(address.lastIndexOf(':') + 1))]
    socket.bind(0, fromHost, () => {
      const here = `${fromHost}:${socket.address().port}`
      socket.send(optionsRequest(address, here), port, host)
    })
    return well(what, `répond à OPTIONS (${(await promise).replace(/^SIP\/2\.0 /, '')}).`)
  } catch (error) {
    return watch(
      what,
      `pas de réponse à OPTIONS (${reasonOf(error)}) : vérifiez SIP_TRUNK, le pare-feu, et que cette machine y est déclarée.`,
    )
  } finally {
    clearTimeout(timer)
    socket.close()
  }
}

const optionsRequest = (to: string, from: string): string =>
  [
    `OPTIONS sip:${to} SIP/2.0`,
    `Via: SIP/2.0/UDP ${from};branch=z9hG4bK-doctor-${process.pid};rport`,
    `From: <sip:doctor@${from}>;tag=${process.pid}`,
    `To: <sip:${to}>`,
    `Call-ID: doctor-${process.pid}-${from}`,
    'CSeq: 1 OPTIONS',
    `Contact: <sip:doctor@${from}>`,
    'Max-Forwards: 70',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n')

export async function checkDirectory(ldap: Config['ldap']): Promise<Finding> {
  const what = 'Annuaire'
  if (ldap === null) return well(what, 'aucun (LDAP_URL) : les personnes sont celles de la base.')
  const connection = new LdapConnection(ldap, { connectMs: patienceMs, operationMs: patienceMs })
  try {
    const found = await connection
      .search(new PresenceFilter({ attribute: ldap.attributes.login }), [ldap.attributes.login], 1)
      .catch((error: unknown) => {
        // More than the one asked for: the directory is there and full.
        if (/size limit|sizelimit/i.test(reasonOf(error))) return [null]
        throw error
      })
    return found.length > 0
      ? well(what, `${ldap.urls.join(', ')} répond.`)
      : mend(what, `personne sous ${ldap.base} avec l’attribut ${ldap.attributes.login} : vérifiez LDAP_BASE et LDAP_ATTRIBUTE_LOGIN.`)
  } catch (error) {
    return mend(
      what,
      `${ldap.urls.join(', ')} ne répond pas ou refuse (${reasonOf(error)}) : vérifiez LDAP_URL, LDAP_BIND_DN et son mot de passe.`,
    )
  } finally {
    await connection.close()
  }
}

export async function checkMail(smtpUrl: string | null): Promise<Finding> {
  const what = 'Courriel'
  if (smtpUrl === null) return watch(what, 'aucun serveur (SMTP_URL) : les courriels restent dans VAR_DIR/mails.')
  try {
    await checkSmtp(smtpUrl, { connectMs: patienceMs, silenceMs: patienceMs })
    return well(what, 'le serveur répond et accepte notre compte.')
  } catch (error) {
    return mend(what, `le serveur ne répond pas ou refuse (${reasonOf(error)}) : vérifiez SMTP_URL.`)
  }
}

/** @param imap null when no mailbox is read */
export async function checkMailbox(imap: Config['imap']): Promise<Finding> {
  const what = 'Boîte aux lettres'
  if (imap === null) return watch(what, 'aucune (IMAP_URL) : les courriels reçus ne deviennent pas des tickets.')
  try {
    const waiting = await checkImap(imap, patienceMs)
    return well(
      what,
      waiting === 0
        ? 'le serveur répond, rien n’attend.'
        : `le serveur répond, ${waiting === 1 ? 'un courriel attend' : `${waiting} courriels attendent`}.`,
    )
  } catch (error) {
    return mend(what, `elle ne se lit pas (${reasonOf(error)}) : vérifiez IMAP_URL, IMAP_FOLDER et IMAP_CA.`)
  }
}
