import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Attribute, Change, Client } from 'ldapts'
import { readConfig, type Config } from '../../server/config.ts'
import { until } from '../../server/supervisor/wait.ts'
import { freeTcpPort } from './free-port.ts'
import { freeze, pidOf, thaw } from './frozen.ts'

/** Attributes of one person; several values by an array. `uid` names the entry; `sn` and `cn` follow from `displayName` when absent. */
export type DirectoryPerson = { readonly uid: string } & Readonly<Record<string, string | readonly string[]>>

const base = 'dc=univ,dc=example'
const admin = { dn: `cn=admin,${base}`, password: 'admin-of-the-test' }
const reader = { dn: `cn=lecture,${base}`, password: 'reader-of-the-test' }

/** The people the demo also knows. */
export const samplePeople: readonly DirectoryPerson[] = [
  {
    uid: 'cdubois',
    displayName: 'Claire Dubois',
    mail: 'claire.dubois@univ.example',
    telephoneNumber: '+33 5 61 55 12 34',
    employeeType: 'staff',
    departmentNumber: 'UFR Sciences',
    roomNumber: 'Bâtiment U3, bureau 212',
    title: 'Gestionnaire de scolarité',
  },
  {
    uid: 'abenali',
    displayName: 'Ahmed Benali',
    mail: 'ahmed.benali@univ.example',
    telephoneNumber: '05 61 55 12 35',
    employeeType: 'student',
  },
  {
    uid: 'zlefevre',
    displayName: "Zoé Lefèvre-O'Brien",
    mail: 'zoe.lefevre@univ.example',
    telephoneNumber: '0561552000',
    employeeType: 'staff',
  },
  {
    uid: 'pmartin',
    displayName: 'Paul Martin',
    mail: 'paul.martin@univ.example',
    telephoneNumber: '05.61.55.20.00',
    employeeType: 'hosted',
  },
  { uid: 'inguyen', displayName: 'Inès Nguyễn', mail: 'ines.nguyen@univ.example', telephoneNumber: '4242', employeeType: 'staff' },
]

export type Slapd = {
  readonly url: string
  /** TLS from the first byte; null without a certificate. */
  readonly secureUrl: string | null
  readonly port: number
  /** What the service is given to read this directory. */
  readonly config: NonNullable<Config['ldap']>
  /** The environment that says the same to a whole service. */
  readonly env: Readonly<Record<string, string>>
  add(person: DirectoryPerson): Promise<void>
  remove(uid: string): Promise<void>
  /** Give somebody a password. */
  setPassword(uid: string, password: string): Promise<void>
  /** Make a group of these people, or replace its members. @returns its DN */
  setGroup(name: string, uids: readonly string[]): Promise<string>
  /** Frozen: connections are accepted by the system, and nothing answers. */
  pause(): Promise<void>
  resume(): void
  /** At once, as by a power cut. */
  kill(): Promise<void>
  /** Again after `kill`, on the same port with the same entries. */
  start(): Promise<void>
  /** For good; what it kept is removed. */
  stop(): Promise<void>
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

function attributesOf(person: DirectoryPerson): Record<string, string[]> {
  const name = String(person['displayName'] ?? person.uid)
  const given = Object.entries(person).map(([key, value]) => [key, typeof value === 'string' ? [value] : [...value]] as const)
  return { objectClass: ['inetOrgPerson'], cn: [name], sn: [name.split(' ').at(-1) ?? name], ...Object.fromEntries(given) }
}

const dnOf = (uid: string) => `uid=${uid},ou=people,${base}`
const encoded = (value: string) => Buffer.from(value).toString('base64')

const groupDn = (name: string) => `cn=${name},ou=groups,${base}`

function ldif(people: readonly DirectoryPerson[]): string {
  const roots = [
    `dn: ${base}\nobjectClass: dcObject\nobjectClass: organization\ndc: univ\no: Univ`,
    `dn: ou=people,${base}\nobjectClass: organizationalUnit\nou: people`,
    `dn: ou=groups,${base}\nobjectClass: organizationalUnit\nou: groups`,
    `dn: ${reader.dn}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: lecture\nuserPassword: ${reader.password}`,
  ]
  const entries = people.map((person) =>
    [
      `dn: ${dnOf(person.uid)}`,
      ...Object.entries(attributesOf(person)).flatMap(([key, list]) => list.map((value) => `${key}:: ${encoded(value)}`)),
    ].join('\n'),
  )
  return `${[...roots, ...entries].join('\n\n')}\n`
}

/** The files of a certificate for this address, signed by an authority of its own. */
export type Certificate = { readonly ca: string; readonly cert: string; readonly key: string }

const tlsConf = ({ ca, cert, key }: Certificate) => `
TLSCACertificateFile ${ca}
TLSCertificateFile ${cert}
TLSCertificateKeyFile ${key}
`

const slapdConf = (dir: string, tls: Certificate | null) => `
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
pidfile ${dir}/slapd.pid
modulepath /usr/lib/ldap
moduleload back_mdb
# A real directory refuses to give everything at once.
sizelimit size=500 size.prtotal=unlimited
${tls === null ? '' : tlsConf(tls)}
database mdb
maxsize 268435456
suffix "${base}"
rootdn "${admin.dn}"
rootpw ${admin.password}
directory ${dir}/data
index objectClass,uid,telephoneNumber,mobile,modifyTimestamp eq
dbnosync
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="${reader.dn}" read by * none
`

const change = (type: string, values: string[]) => new Change({ operation: 'replace', modification: new Attribute({ type, values }) })

/** A certificate of 127.0.0.1, by openssl. */
export function makeCertificate(dir: string): Certificate {
  const at = (name: string) => join(dir, name)
  const openssl = (...args: string[]) => {
    const done = spawnSync('openssl', args, { encoding: 'utf8' })
    if (done.status !== 0) throw new Error(`openssl: ${done.stderr}`)
  }
  const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  openssl('req', '-x509', ...fresh, '-subj', '/CN=authority', '-keyout', at('ca.key'), '-out', at('ca.pem'))
  openssl(
    'req',
    '-x509',
    ...fresh,
    '-subj',
    '/CN=directory',
    '-addext',
    'subjectAltName=IP:127.0.0.1',
    '-addext',
    'basicConstraints=critical,CA:FALSE',
    '-CA',
    at('ca.pem'),
    '-CAkey',
    at('ca.key'),
    '-keyout',
    at('directory.key'),
    '-out',
    at('directory.pem'),
  )
  return { ca: at('ca.pem'), cert: at('directory.pem'), key: at('directory.key') }
}

/** A real slapd on a free port of the loopback, holding these people. */
export async function startSlapd(people: readonly DirectoryPerson[] = samplePeople, tls: Certificate | null = null): Promise<Slapd> {
  const dir = mkdtempSync(join(tmpdir(), 'slapd-'))
  const file = (name: string, text: string) => {
    writeFileSync(join(dir, name), text)
    return join(dir, name)
  }
  const conf = file('slapd.conf', slapdConf(dir, tls))
  mkdirSync(join(dir, 'data'))
  const loaded = spawnSync('/usr/sbin/slapadd', ['-q', '-f', conf, '-l', file('people.ldif', ldif(people))], { encoding: 'utf8' })
  if (loaded.status !== 0) throw new Error(`slapadd: ${loaded.stderr}`)
  const port = await freeTcpPort()
  const url = `ldap://127.0.0.1:${port}`
  const securePort = tls === null ? null : await freeTcpPort()
  const secureUrl = securePort === null ? null : `ldaps://127.0.0.1:${securePort}`
  const env = { LDAP_URL: url, LDAP_BIND_DN: reader.dn, LDAP_BIND_PASSWORD: reader.password, LDAP_BASE: `ou=people,${base}` }
  const config = readConfig(env).ldap
  if (config === null) throw new Error('no directory in the configuration')
  let process: ChildProcess | null = null

  const start = async () => {
    const child = spawn('/usr/sbin/slapd', ['-h', secureUrl === null ? url : `${url} ${secureUrl}`, '-f', conf, '-d', '0'], {
      stdio: 'ignore',
    })
    process = child
    // It says that it starts before it listens, and nothing once it does.
    const listens = () => accepts(port)
    if (!(await until(listens, 10_000, { everyMs: 5 }))) throw new Error(`slapd does not listen (exit code ${child.exitCode})`)
  }
  const end = async (signal: NodeJS.Signals) => {
    const child = process
    process = null
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGCONT')
    child.kill(signal)
    await once(child, 'exit')
  }
  const asAdmin = async (work: (client: Client) => Promise<void>) => {
    const client = new Client({ url, timeout: 5_000, connectTimeout: 5_000 })
    try {
      await client.bind(admin.dn, admin.password)
      await work(client)
    } finally {
      await client.unbind()
    }
  }

  await start()
  return {
    url,
    secureUrl,
    port,
    config,
    env,
    start,
    add: (person) => asAdmin((client) => client.add(dnOf(person.uid), attributesOf(person))),
    remove: (uid) => asAdmin((client) => client.del(dnOf(uid))),
    setPassword: (uid, password) => asAdmin((client) => client.modify(dnOf(uid), change('userPassword', [password]))),
    async setGroup(name, uids) {
      const members = uids.map(dnOf)
      await asAdmin(async (client) => {
        const there = await client.modify(groupDn(name), change('member', members)).then(
          () => true,
          () => false,
        )
        if (!there) await client.add(groupDn(name), { objectClass: ['groupOfNames'], cn: [name], member: members })
      })
      return groupDn(name)
    },
    pause: () => freeze(pidOf(process)),
    resume: () => thaw(pidOf(process)),
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGKILL')
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
