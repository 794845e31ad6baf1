import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { type Providers, providerFields, providersFrom } from './config-providers.ts'
import type { DirectoryAttributes } from './contract/settings.ts'

/** A setting that cannot be used; the message says which, and what to write instead. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(problems.map((p) => `Configuration : ${p}`).join('\n'))
    this.name = 'ConfigError'
  }
}

const port = z.coerce.number().int().min(0).max(65535)
const text = z.string().trim().min(1)
const hostPort = z.string().regex(/^[^\s:,]+:\d{1,5}$/, 'attendu « hôte:port »')
const flag = z.enum(['1', 'true', 'on', 'yes', '0', 'false', 'off', 'no']).transform((v) => ['1', 'true', 'on', 'yes'].includes(v))

/** Several by commas. */
const list = (item: z.ZodType<string, string>) =>
  z
    .string()
    .transform((v) =>
      v
        .split(',')
        .map((s) => s.trim())
        .filter(Boolean),
    )
    .pipe(z.array(item).min(1))

const environment = z.object({
  PORT: port.default(8080),
  HOST: text.default('127.0.0.1'),
  PUBLIC_URL: z.url().optional(),
  /** Proxies whose word about the browser's address is taken: addresses or networks by commas, or `loopback`. */
  TRUST_PROXY: text.optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'attendu postgresql://…')
    .optional(),
  VAR_DIR: text.default('./var'),
  SIP_PORT: port.default(5060),
  /** One or several `host:port`, by commas: a pair of exchanges. The first that answers carries what we dial. */
  SIP_TRUNK: list(hostPort).optional(),
  /** SIP over TLS beside UDP and TCP, with the site's certificate or one of our own. */
  SIP_TLS_PORT: port.min(1).optional(),
  SIP_TLS_CERT: text.optional(),
  SIP_TLS_KEY: text.optional(),
  /** Speak to the exchange over TLS, with encrypted sound. */
  SIP_TRUNK_TLS: flag.default(false),
  SRTP: z.enum(['off', 'offered', 'required']).optional(),
  CALLS_PER_NUMBER: z.coerce.number().int().min(1).max(1_000).default(60),
  ARI_URL: z.url().optional(),
  ARI_USER: text.default('guichet'),
  ARI_PASSWORD: z.string().optional(),
  SOUNDS_DIR: text.optional(),
  /** One or several, by commas: the next one answers when one does not. */
  LDAP_URL: list(z.string().regex(/^ldaps?:\/\/[^/]/, 'attendu ldap://… ou ldaps://…')).optional(),
  LDAP_STARTTLS: flag.default(false),
  LDAP_CA: text.optional(),
  LDAP_BIND_DN: z.string().optional(),
  LDAP_BIND_PASSWORD: z.string().optional(),
  LDAP_BASE: z.string().optional(),
  LDAP_ATTRIBUTE_LOGIN: text.default('uid'),
  LDAP_ATTRIBUTE_NAME: text.default('displayName'),
  LDAP_ATTRIBUTE_MAIL: text.default('mail'),
  LDAP_ATTRIBUTE_PHONES: list(text).default(['telephoneNumber', 'mobile']),
  LDAP_ATTRIBUTE_AFFILIATION: text.default('employeeType'),
  LDAP_ATTRIBUTE_UNIT: text.default('departmentNumber'),
  LDAP_ATTRIBUTE_PLACE: text.default('roomNumber'),
  LDAP_ATTRIBUTE_TITLE: text.default('title'),
  ...providerFields,
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'attendu smtp://… ou smtps://…')
    .optional(),
  MAIL_FROM: text.default('guichet@univ.example'),
  /** The mailbox whose mails become tickets: imaps://user:password@host, or imap:// with STARTTLS when it is offered. */
  IMAP_URL: z
    .string()
    .regex(/^imaps?:\/\/[^/]/, 'attendu imap://… ou imaps://…')
    .optional(),
  IMAP_CA: text.optional(),
  IMAP_FOLDER: text.default('INBOX'),
  IMAP_DONE_FOLDER: text.default('Guichet'),
  TZ: text.default('Europe/Paris'),
  /** A command that is given the path of each file that comes in: 0 clean, 1 infected. */
  ANTIVIRUS: text.optional(),
  /** The longest conversation. */
  LIMIT_MINUTES: z.coerce.number().min(0.1).max(240).default(15),
  /** Who reads `/metrics` from elsewhere than this machine shows it. */
  METRICS_TOKEN: z.string().min(16).optional(),
  /** A collector of OpenTelemetry traces (OTLP over HTTP); `OTEL_EXPORTER_OTLP_HEADERS` is read as usual. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/, error: 'attendu http://… ou https://…' }).optional(),
  OTEL_SERVICE_NAME: text.default('guichet-unique'),
  DEMO: flag.optional(),
  /** This service is one of two on the same DATABASE_URL and ARI_URL: the one that is elected drives. */
  PAIR: flag.default(false),
  NODE_URL: z.url().optional(),
  PHONES_KEY: z.string().min(24, 'au moins 24 caractères').optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export type Config = {
  readonly port: number
  readonly host: string
  readonly publicUrl: string
  readonly trustProxy: string | null
  readonly databaseUrl: string | null
  readonly varDir: string
  readonly sipPort: number
  readonly sipTrunk: readonly string[]
  readonly sipSecurity: {
    /** `certificate` null: one is made. */
    readonly tls: { readonly port: number; readonly certificate: { readonly certFile: string; readonly keyFile: string } | null } | null
    readonly srtp: 'off' | 'offered' | 'required'
    readonly trunkTls: boolean
  }
  /** How many calls at once from one number. */
  readonly callsPerNumber: number
  readonly ari: { readonly url: string; readonly user: string; readonly password: string } | null
  /** The sounds folder of the Asterisk behind `ari`, when this machine can write it. */
  readonly soundsDir: string | null
  readonly ldap: {
    readonly urls: readonly string[]
    /** Encrypt connections that begin in the clear (`ldap://`); `ldaps://` are from the start. */
    readonly startTls: boolean
    /** The file (PEM) of the authority that signed the servers' certificates; null: those of the system. */
    readonly caFile: string | null
    readonly bindDn: string
    readonly bindPassword: string
    readonly base: string
    /** What « Réglages » begins with. */
    readonly attributes: DirectoryAttributes
  } | null
  readonly smtpUrl: string | null
  readonly mailFrom: string
  /** The site's antivirus, as a command. */
  readonly antivirus: string | null
  readonly imap: {
    readonly url: string
    /** The file (PEM) of the authority that signed the server's certificate; null: those of the system. */
    readonly caFile: string | null
    /** Where mails arrive, and where those go that were taken in. */
    readonly folder: string
    readonly doneFolder: string
  } | null
  readonly timeZone: string
  readonly limitMinutes: number
  readonly demo: boolean
  /** Null: this service is the only one. `nodeUrl`: where the other one finds us. */
  readonly pair: { readonly nodeUrl: string } | null
  /** What phones' passwords are derived from, when the site chooses it; null: generated and kept in VAR_DIR. */
  readonly phonesKey: string | null
  /** Null: `/metrics` is for this machine alone. */
  readonly metricsToken: string | null
  /** Where traces go, and in whose name; null: nowhere. */
  readonly traces: { readonly url: string; readonly name: string } | null
  readonly logLevel: string
} & Providers

const certificateOf = (cert: string | undefined, key: string | undefined) =>
  cert === undefined || key === undefined ? null : { certFile: resolve(cert), keyFile: resolve(key) }

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.')

/**
 * Read and validate the environment, once.
 * @throws ConfigError naming every setting that cannot be used.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, v]) => v !== undefined && v !== ''))
  const read = environment.safeParse(given)
  if (!read.success) throw new ConfigError(read.error.issues.map((i) => `${i.path.join('.')} : ${i.message}`))
  const e = read.data
  const problems: string[] = []
  if (e.ARI_URL !== undefined && e.ARI_PASSWORD === undefined)
    problems.push('ARI_URL est donné sans ARI_PASSWORD : indiquez le mot de passe du compte ARI.')
  if (e.LDAP_URL !== undefined && e.LDAP_BASE === undefined)
    problems.push('LDAP_URL est donné sans LDAP_BASE : indiquez la branche où chercher les personnes.')
  const providers = providersFrom(e, problems)
  if (e.LDAP_CA !== undefined && !existsSync(e.LDAP_CA)) problems.push(`LDAP_CA : le fichier « ${e.LDAP_CA} » n’existe pas.`)
  if (e.IMAP_CA !== undefined && !existsSync(e.IMAP_CA)) problems.push(`IMAP_CA : le fichier « ${e.IMAP_CA} » n’existe pas.`)
  if (e.IMAP_URL !== undefined && !URL.canParse(e.IMAP_URL))
    problems.push('IMAP_URL ne se lit pas : écrivez imaps://compte:motdepasse@serveur, les signes du mot de passe en %XX.')
  else if (e.IMAP_URL !== undefined && new URL(e.IMAP_URL).username === '')
    problems.push('IMAP_URL ne dit pas de compte : écrivez imaps://compte:motdepasse@serveur.')
  if ((e.SIP_TLS_CERT === undefined) !== (e.SIP_TLS_KEY === undefined))
    problems.push('SIP_TLS_CERT et SIP_TLS_KEY vont ensemble : indiquez les deux fichiers, ou aucun.')
  for (const [name, file] of Object.entries({ SIP_TLS_CERT: e.SIP_TLS_CERT, SIP_TLS_KEY: e.SIP_TLS_KEY }))
    if (file !== undefined && !existsSync(file)) problems.push(`${name} : le fichier « ${file} » n’existe pas.`)
  if (e.SIP_TRUNK_TLS && e.SIP_TLS_PORT === undefined) problems.push('SIP_TRUNK_TLS demande SIP_TLS_PORT : indiquez-le (5061 d’habitude).')
  if (e.ARI_URL !== undefined && e.SIP_TLS_PORT !== undefined)
    problems.push('SIP_TLS_PORT est celui de notre Asterisk : avec ARI_URL, ouvrez TLS dans le vôtre.')
  try {
    Intl.DateTimeFormat('fr', { timeZone: e.TZ })
  } catch {
    problems.push(`TZ : le fuseau « ${e.TZ} » est inconnu, écrivez par exemple Europe/Paris.`)
  }
  if (e.PAIR && (e.DATABASE_URL === undefined || e.ARI_URL === undefined || e.PHONES_KEY === undefined))
    problems.push('PAIR réunit deux services sur les mêmes DATABASE_URL et ARI_URL, avec la même PHONES_KEY : indiquez les trois.')
  // A directory, a mail server or an exchange may be tried out with the sample operators; a database or an Asterisk of the site's own is a real desk.
  const ownDefaults = e.DATABASE_URL === undefined && e.ARI_URL === undefined
  const demo = e.DEMO ?? (ownDefaults && isLoopback(e.HOST))
  if (demo && !isLoopback(e.HOST))
    problems.push('DEMO ouvre des comptes au mot de passe connu : refusé avec un HOST public. Retirez DEMO, ou gardez HOST=127.0.0.1.')
  if (problems.length > 0) throw new ConfigError(problems)
  return {
    port: e.PORT,
    host: e.HOST,
    publicUrl: (e.PUBLIC_URL ?? `http://${e.HOST}:${e.PORT}`).replace(/\/$/, ''),
    trustProxy: e.TRUST_PROXY ?? null,
    databaseUrl: e.DATABASE_URL ?? null,
    varDir: resolve(e.VAR_DIR),
    sipPort: e.SIP_PORT,
    sipTrunk: e.SIP_TRUNK ?? [],
    sipSecurity: {
      tls: e.SIP_TLS_PORT === undefined ? null : { port: e.SIP_TLS_PORT, certificate: certificateOf(e.SIP_TLS_CERT, e.SIP_TLS_KEY) },
      srtp: e.SRTP ?? (e.SIP_TLS_PORT === undefined ? 'off' : 'offered'),
      trunkTls: e.SIP_TRUNK_TLS,
    },
    callsPerNumber: e.CALLS_PER_NUMBER,
    ari: e.ARI_URL === undefined ? null : { url: e.ARI_URL.replace(/\/$/, ''), user: e.ARI_USER, password: e.ARI_PASSWORD ?? '' },
    soundsDir: e.SOUNDS_DIR === undefined ? null : resolve(e.SOUNDS_DIR),
    ldap:
      e.LDAP_URL === undefined
        ? null
        : {
            urls: e.LDAP_URL,
            startTls: e.LDAP_STARTTLS,
            caFile: e.LDAP_CA === undefined ? null : resolve(e.LDAP_CA),
            bindDn: e.LDAP_BIND_DN ?? '',
            bindPassword: e.LDAP_BIND_PASSWORD ?? '',
            base: e.LDAP_BASE ?? '',
            attributes: {
              login: e.LDAP_ATTRIBUTE_LOGIN,
              name: e.LDAP_ATTRIBUTE_NAME,
              mail: e.LDAP_ATTRIBUTE_MAIL,
              phones: e.LDAP_ATTRIBUTE_PHONES,
              affiliation: e.LDAP_ATTRIBUTE_AFFILIATION,
              unit: e.LDAP_ATTRIBUTE_UNIT,
              place: e.LDAP_ATTRIBUTE_PLACE,
              title: e.LDAP_ATTRIBUTE_TITLE,
            },
          },
    ...providers,
    smtpUrl: e.SMTP_URL ?? null,
    mailFrom: e.MAIL_FROM,
    antivirus: e.ANTIVIRUS ?? null,
    imap:
      e.IMAP_URL === undefined
        ? null
        : {
            url: e.IMAP_URL,
            caFile: e.IMAP_CA === undefined ? null : resolve(e.IMAP_CA),
            folder: e.IMAP_FOLDER,
            doneFolder: e.IMAP_DONE_FOLDER,
          },
    timeZone: e.TZ,
    limitMinutes: e.LIMIT_MINUTES,
    demo,
    pair: e.PAIR ? { nodeUrl: (e.NODE_URL ?? `http://${e.HOST}:${e.PORT}`).replace(/\/$/, '') } : null,
    phonesKey: e.PHONES_KEY ?? null,
    metricsToken: e.METRICS_TOKEN ?? null,
    traces: e.OTEL_EXPORTER_OTLP_ENDPOINT === undefined ? null : { url: e.OTEL_EXPORTER_OTLP_ENDPOINT, name: e.OTEL_SERVICE_NAME },
    logLevel: e.LOG_LEVEL,
  }
}
