import { makeBackup } from './backup/backup.ts'
import { openPlace } from './backup/place.ts'
import { restoreBackup } from './backup/restore.ts'
import { ConfigError, readConfig } from './config.ts'
import { accountStore } from './database/account-store.ts'
import { openDatabase } from './database/connection.ts'
import { secondFactorStore } from './database/second-factor-store.ts'
import { examine } from './doctor/doctor.ts'
import { mend, report } from './doctor/finding.ts'
import { regainAccess } from './http/regain-access.ts'
import { type Log, SetupError } from './supervisor/setup-error.ts'
import { version } from './project.ts'

/** What an administrator asks of a site beside its service: `npm run backup`, `restore`, `doctor` and `access`. */
const tell = (text: string) => process.stderr.write(`${text}\n`)
const progress: Log = { info: (text) => tell(`· ${text}`), warn: (text) => tell(`! ${text}`), error: (text) => tell(`! ${text}`) }

const sizeOf = (bytes: number) => `${(bytes / 1_000_000).toLocaleString('fr', { maximumSignificantDigits: 2 })} Mo`
const rowsOf = (tables: readonly { readonly rows: number }[]) => tables.reduce((sum, { rows }) => sum + rows, 0).toLocaleString('fr')

async function backup(args: readonly string[]): Promise<number> {
  const [to] = args
  if (to === undefined) throw new SetupError('Usage : npm run backup -- FICHIER.tar.gz, ou un dossier.')
  const config = readConfig(process.env)
  const place = await openPlace(config, progress)
  try {
    const { file, bytes, manifest } = await makeBackup({ ...config, databaseUrl: place.url, to, version, nowMs: Date.now() })
    const { tables } = manifest.database
    process.stdout.write(
      `Sauvegarde faite : ${file} (${sizeOf(bytes)}, ${tables.length} tables, ${rowsOf(tables)} lignes, ${manifest.files.length} fichiers).\n` +
        'Elle contient les mots de passe du site : gardez-la sur une autre machine, à l’abri.\n',
    )
  } finally {
    await place.close()
  }
  return 0
}

async function restore(args: readonly string[]): Promise<number> {
  const file = args.find((arg) => !arg.startsWith('--'))
  if (file === undefined) throw new SetupError('Usage : npm run restore -- FICHIER.tar.gz [--replace].')
  const config = readConfig(process.env)
  const manifest = await restoreBackup({
    file,
    varDir: config.varDir,
    replace: args.includes('--replace'),
    nowMs: Date.now(),
    openDatabase: () => openPlace(config, progress),
  })
  const { tables } = manifest.database
  process.stdout.write(
    `Sauvegarde du ${new Date(manifest.at).toLocaleString('fr', { timeZone: config.timeZone })} restaurée dans ${config.varDir} ` +
      `(${tables.length} tables, ${rowsOf(tables)} lignes). Lancez maintenant « npm start ».\n`,
  )
  return 0
}

/** @returns 1 when something is to be mended */
async function doctor(): Promise<number> {
  try {
    const findings = await examine(readConfig(process.env), process.env)
    process.stdout.write(report(findings))
    return findings.some((f) => f.state === 'mend') ? 1 : 0
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stdout.write(report([mend('Réglages', error.message.replaceAll('Configuration : ', '').replaceAll('\n', ' ; '))]))
    return 1
  }
}

/** Somebody who cannot get in any more: a link to choose a password, their second factor forgotten. */
async function access(args: readonly string[]): Promise<number> {
  const login = args.find((arg) => !arg.startsWith('--'))
  if (login === undefined) throw new SetupError('Usage : npm run access -- IDENTIFIANT [--administrator].')
  const config = readConfig(process.env)
  const place = await openPlace(config, progress)
  const { db, close } = openDatabase(place.url)
  try {
    const now = () => new Date()
    const stores = { accounts: accountStore(db, now), secondFactors: secondFactorStore(db, now) }
    process.stdout.write(`${await regainAccess(stores, config.publicUrl, login, args.includes('--administrator'))}\n`)
  } finally {
    await close()
    await place.close()
  }
  return 0
}

const verbs: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = { backup, restore, doctor, access }

async function run([verb = '', ...args]: readonly string[]): Promise<number> {
  const work = verbs[verb]
  if (work === undefined) throw new SetupError(`Usage : ${Object.keys(verbs).join(' | ')}`)
  return work(args)
}

run(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    const expected = error instanceof SetupError || error instanceof ConfigError
    tell(expected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error))
    process.exitCode = 1
  },
)
