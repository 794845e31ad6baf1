import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Srtp, srtpFields } from '../telephony/srtp.ts'
import type { CertificateFiles } from './sip-certificate.ts'

export type SipSecurity = {
  /** SIP over TLS beside UDP and TCP; null: not. */
  readonly tls: (CertificateFiles & { readonly port: number }) | null
  /** What is asked of those who call over their own account. */
  readonly srtp: Srtp
  /** Whether the exchange is spoken to over TLS, with encrypted sound. */
  readonly trunkTls: boolean
}

export type AsteriskSettings = {
  /** Asterisk's folder: what it reads is below etc/. */
  readonly home: string
  readonly modulesDir: string
  /** Asterisk's, like « 22.10.1 ». */
  readonly version: string
  readonly sipHost: string
  readonly sipPort: number
  /** How many calls at once from one number. */
  readonly callsPerNumber: number
  /** `host:port` of each exchange. */
  readonly sipTrunk: readonly string[]
  readonly security: SipSecurity
  readonly ari: { readonly port: number; readonly user: string; readonly password: string }
  readonly caller: { readonly user: string; readonly password: string } | null
}

/** Written once for each trunk or caller, and not as they are. */
const repeated = ['pjsip-tls.conf', 'pjsip-trunk.conf', 'pjsip-caller.conf']
/** Two for each channel: five hundred who wait, and operators. */
const rtpPorts = 2_000
const rtpFirst = 10_000
const rtpRanges = 11

/**
 * Where Asterisk keeps its channels. The maps by name and number, of 22.5 and later, lost channels or stood still before what 22.8 and 22.9
 * mended of them (asterisk/asterisk#1491, #1578, #1610); a build that has none goes on with the other by itself.
 */
function channelStorage(version: string): 'cpp_map_name_id' | 'ao2_legacy' {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return (major === 22 && minor >= 10) || major > 23 ? 'cpp_map_name_id' : 'ao2_legacy'
}

/**
 * Fill in the templates of `templatesDir` and write them below `home`/etc, nothing else being left there.
 * @returns a fingerprint of all that was written.
 * @throws Error naming a word between @ that nothing fills.
 */
export function writeConfiguration(templatesDir: string, settings: AsteriskSettings): string {
  const { home, ari, caller, security } = settings
  const encryption = srtpFields(security.srtp)
  const rtpStart = rtpFirst + (settings.sipPort % rtpRanges) * rtpPorts
  const words = {
    VAR: home,
    SPOOL_DIR: join(home, 'spool'),
    MODULES: settings.modulesDir,
    CHANNEL_STORAGE: channelStorage(settings.version),
    SIP_HOST: settings.sipHost,
    SIP_PORT: settings.sipPort,
    CALLS_PER_NUMBER: settings.callsPerNumber,
    ARI_PORT: ari.port,
    ARI_USER: ari.user,
    ARI_PASSWORD: ari.password,
    RTP_START: rtpStart,
    RTP_END: rtpStart + rtpPorts - 1,
  }
  const template = (name: string) => readFileSync(join(templatesDir, name), 'utf8')
  const files = new Map<string, string>()
  for (const name of readdirSync(templatesDir).sort()) {
    if (name.endsWith('.conf') && !repeated.includes(name)) files.set(name, fill(name, template(name), words))
  }
  files.set(
    'pjsip-trunks.conf',
    settings.sipTrunk
      .map((address, index) =>
        fill('pjsip-trunk.conf', template('pjsip-trunk.conf'), {
          TRUNK: trunkName(index),
          ...trunkWords(address, security.trunkTls),
        }),
      )
      .join('\n'),
  )
  files.set(
    'pjsip-callers.conf',
    caller === null
      ? ''
      : fill('pjsip-caller.conf', template('pjsip-caller.conf'), {
          CALLER_USER: caller.user,
          CALLER_PASSWORD: caller.password,
          MEDIA_ENCRYPTION: encryption.media_encryption,
          MEDIA_OPTIMISTIC: encryption.media_encryption_optimistic,
        }),
  )
  files.set(
    'pjsip-transports.conf',
    security.tls === null
      ? ''
      : fill('pjsip-tls.conf', template('pjsip-tls.conf'), {
          SIP_HOST: settings.sipHost,
          SIP_TLS_PORT: security.tls.port,
          SIP_TLS_CERT: security.tls.certFile,
          SIP_TLS_KEY: security.tls.keyFile,
        }),
  )

  const etc = join(home, 'etc')
  rmSync(etc, { recursive: true, force: true })
  mkdirSync(etc, { recursive: true, mode: 0o700 })
  for (const [name, text] of files) writeFileSync(join(etc, name), text, { mode: 0o600 })
  return createHash('sha256')
    .update(JSON.stringify([...files]))
    .digest('hex')
    .slice(0, 32)
}

/** The endpoint of the exchange at that place in SIP_TRUNK: `trunk`, `trunk-2`… */
export function trunkName(index: number): string {
  return index === 0 ? 'trunk' : `trunk-${index + 1}`
}

function trunkWords(address: string, tls: boolean): Readonly<Record<string, string>> {
  const [transport, encryption, parameter] = tls ? ['transport-tls', 'sdes', ';transport=tls'] : ['transport-udp', 'no', '']
  return {
    TRUNK_TRANSPORT: transport,
    TRUNK_ENCRYPTION: encryption,
    TRUNK_CONTACT: `sip:${address}${parameter}`,
    TRUNK_MATCH: tls ? address.slice(0, address.lastIndexOf(':')) : address,
  }
}

function fill(file: string, text: string, words: Readonly<Record<string, string | number>>): string {
  return text.replace(/@([A-Z_]+)@/g, (_, word: string) => {
    const value = words[word]
    if (value === undefined) throw new Error(`asterisk/${file}: nothing fills @${word}@`)
    return String(value)
  })
}
