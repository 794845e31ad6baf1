import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import type { Config } from '../config.ts'
import { readSmtpUrl } from '../mail/delivery.ts'
import { ownCertificate } from '../supervisor/sip-certificate.ts'
import { counted } from '../contract/in-words.ts'
import { type Finding, mend, reasonOf, watch, well } from './finding.ts'

const patienceMs = 4_000
const soonDays = 21
const dayMs = 86_400_000

type Place = { readonly what: string; readonly host: string; readonly port: number }

/** The addresses of a site that are reached over TLS from the first byte. */
export function placesWithCertificate(config: Config): readonly Place[] {
  const places: Place[] = []
  const add = (what: string, url: string | null, scheme: string, usual: number) => {
    if (url === null || !url.startsWith(scheme)) return
    const { hostname, port } = new URL(url)
    places.push({ what: `Certificat ${what}`, host: hostname, port: port === '' ? usual : Number(port) })
  }
  add('de la console', config.publicUrl, 'https:', 443)
  for (const url of config.ldap?.urls ?? []) add('de l’annuaire', url, 'ldaps:', 636)
  add('d’Asterisk', config.ari?.url ?? null, 'https:', 443)
  if (config.smtpUrl?.startsWith('smtps:')) {
    const { host, port } = readSmtpUrl(config.smtpUrl)
    places.push({ what: 'Certificat du courriel', host, port })
  }
  return places
}

/** Whether a certificate is believed, and for how long still. @param nowMs in ms since 1970 */
export async function checkCertificate({ what, host, port }: Place, nowMs: number): Promise<Finding> {
  try {
    const { until, problem } = await look(host, port)
    const lasting = lasts(what, until, nowMs)
    if (problem === null || until < nowMs) return lasting
    return mend(what, `refusé sur ${host}:${port} (${problem}) : installez-en un que cette machine reconnaît.`)
  } catch (error) {
    return mend(what, `${host}:${port} n’a pas répondu (${reasonOf(error)}) : vérifiez l’adresse et le relais.`)
  }
}

/** The certificate that phones are shown over TLS; nothing where there is no TLS. */
export function checkSipCertificate({ sipSecurity, varDir }: Config, nowMs: number): readonly Finding[] {
  if (sipSecurity.tls === null) return []
  const what = 'Certificat SIP'
  const { certFile } = sipSecurity.tls.certificate ?? ownCertificate(varDir)
  try {
    return [lasts(what, Date.parse(new X509Certificate(readFileSync(certFile)).validTo), nowMs)]
  } catch (error) {
    return [mend(what, `« ${certFile} » ne se lit pas (${reasonOf(error)}) : lancez « npm start » une fois, ou corrigez SIP_TLS_CERT.`)]
  }
}

function lasts(what: string, untilMs: number, nowMs: number): Finding {
  const days = Math.floor((untilMs - nowMs) / dayMs)
  const day = new Date(untilMs).toLocaleDateString('fr')
  if (days < 0) return mend(what, `expiré depuis le ${day} : renouvelez-le.`)
  return days < soonDays
    ? watch(what, `expire dans ${counted(days, 'jour', 'jours')}, le ${day} : renouvelez-le.`)
    : well(what, `valable jusqu’au ${day}.`)
}

function look(host: string, port: number): Promise<{ readonly until: number; readonly problem: string | null }> {
  return new Promise((resolve, reject) => {
    // An expired or unknown certificate is what we came to see.
    const socket: TLSSocket = connect(
      { host, port, ...(isIP(host) === 0 && { servername: host }), rejectUnauthorized: false, timeout: patienceMs },
      () => {
        const { valid_to: until } = socket.getPeerCertificate()
        const problem = socket.authorized ? null : String(socket.authorizationError)
        socket.destroy()
        resolve({ until: Date.parse(until), problem })
      },
    )
    socket.on('timeout', () => socket.destroy(new Error('aucune réponse en 4 s')))
    socket.on('error', reject)
  })
}
