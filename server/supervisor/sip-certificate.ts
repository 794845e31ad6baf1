import { spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from './setup-error.ts'

export type CertificateFiles = { readonly certFile: string; readonly keyFile: string }

const days = 730
const renewDays = 60
const dayMs = 86_400_000

/** Where the certificate made for our own Asterisk is kept, when the site gives none. */
export const ownCertificate = (varDir: string): CertificateFiles => ({
  certFile: join(varDir, 'asterisk', 'tls', 'sip.pem'),
  keyFile: join(varDir, 'asterisk', 'tls', 'sip.key'),
})

/**
 * The certificate shown to phones and exchange: the site's, else one signed by itself, made once and again two months before its end.
 * @param host the name or address in it
 * @throws SetupError when it cannot be made.
 */
export function sipCertificate(varDir: string, given: CertificateFiles | null, host: string): CertificateFiles {
  if (given !== null) return given
  const own = ownCertificate(varDir)
  if (existsSync(own.keyFile) && lastsMs(own.certFile) > renewDays * dayMs) return own
  mkdirSync(join(varDir, 'asterisk', 'tls'), { recursive: true, mode: 0o700 })
  const kind = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', String(days)]
  const name = ['-subj', '/CN=Guichet unique', '-addext', `subjectAltName=${/[a-z]/i.test(host) ? 'DNS' : 'IP'}:${host}`]
  const made = spawnSync('openssl', [...kind, ...name, '-keyout', own.keyFile, '-out', own.certFile], { encoding: 'utf8' })
  if (made.status !== 0)
    throw new SetupError(
      'Aucun certificat pour SIP_TLS_PORT, et il n’a pas pu en être fait un : installez openssl, ou donnez SIP_TLS_CERT et SIP_TLS_KEY.',
    )
  chmodSync(own.keyFile, 0o600)
  return own
}

function lastsMs(file: string): number {
  return existsSync(file) ? Date.parse(new X509Certificate(readFileSync(file)).validTo) - Date.now() : 0
}
