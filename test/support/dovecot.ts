import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, chmodSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { until } from '../../server/supervisor/wait.ts'
import { freeTcpPort } from './free-port.ts'
import { familyOf, freeze, pidOf } from './frozen.ts'

export type Dovecot = {
  readonly port: number
  /** What the service is given to read the mailbox. */
  readonly config: { readonly url: string; readonly caFile: null; readonly folder: string; readonly doneFolder: string }
  /** Put a mail into INBOX, as a delivery would. */
  deliver(raw: string | Buffer): void
  /** The mails of a folder, as they are. */
  mailsIn(folder: 'INBOX' | 'Guichet'): readonly string[]
  /** Frozen: connections are accepted by the system, and nothing answers. */
  pause(): Promise<void>
  resume(): void
  kill(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

const password = 'mailbox-of-the-test'

/** A real Dovecot with one mailbox, `guichet`; it runs as whoever runs the tests. */
export async function startDovecot(): Promise<Dovecot> {
  const dir = mkdtempSync(join(tmpdir(), 'dovecot-'))
  chmodSync(dir, 0o755)
  const port = await freeTcpPort()
  const { uid, gid } = mailUser()
  const maildir = join(dir, 'mail')
  for (const sub of ['', 'cur', 'new', 'tmp']) {
    mkdirSync(join(maildir, sub), { recursive: true })
    chownSync(join(maildir, sub), uid, gid)
  }
  // Root gives way to the users of the package; anybody else runs it all.
  const me = userInfo()
  const asWhom =
    me.uid === 0
      ? ''
      : `default_internal_user = ${me.username}
default_internal_group = ${me.username}
default_login_user = ${me.username}
`
  writeFileSync(join(dir, 'users'), `guichet:{PLAIN}${password}:${uid}:${gid}::${maildir}\n`)
  writeFileSync(
    join(dir, 'dovecot.conf'),
    `base_dir = ${dir}/run
state_dir = ${dir}/state
log_path = ${dir}/log
protocols = imap
ssl = no
disable_plaintext_auth = no
listen = 127.0.0.1
${asWhom}first_valid_uid = 1
mail_location = maildir:${maildir}
mailbox_list_index = no
passdb {
  driver = passwd-file
  args = ${dir}/users
}
userdb {
  driver = passwd-file
  args = ${dir}/users
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`,
  )
  let process: ChildProcess | null = null
  let delivered = 0
  const folderOf = (folder: string) => (folder === 'INBOX' ? maildir : join(maildir, `.${folder}`))

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = process
    process = null
    if (ending === null) return
    const exited = once(ending, 'exit')
    group(ending, 'SIGCONT')
    group(ending, signal)
    await exited
  }
  const answers = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      const say = (yes: boolean) => {
        socket.destroy()
        resolve(yes)
      }
      socket
        .once('data', () => say(true))
        .once('error', () => say(false))
        .once('close', () => say(false))
      socket.setTimeout(1_000, () => say(false))
    })
  async function start(): Promise<void> {
    process = spawn('/usr/sbin/dovecot', ['-F', '-c', join(dir, 'dovecot.conf')], { stdio: 'ignore', detached: true })
    process.unref()
    if (!(await until(answers, 20_000))) throw new Error(`dovecot does not answer: ${log(dir)}`)
  }
  await start()
  return {
    port,
    config: { url: `imap://guichet:${password}@127.0.0.1:${port}`, caFile: null, folder: 'INBOX', doneFolder: 'Guichet' },
    deliver(raw) {
      delivered += 1
      const name = `${Date.now()}.${delivered}.test`
      writeFileSync(join(maildir, 'tmp', name), raw)
      chownSync(join(maildir, 'tmp', name), uid, gid)
      spawnSync('mv', [join(maildir, 'tmp', name), join(maildir, 'new', name)])
    },
    mailsIn: (folder) =>
      ['new', 'cur'].flatMap((sub) => {
        const path = join(folderOf(folder), sub)
        return list(path).map((name) => readFileSync(join(path, name), 'latin1'))
      }),
    pause: () => freeze(...familyOf(pidOf(process))),
    resume: () => process !== null && group(process, 'SIGCONT'),
    kill: () => end('SIGKILL'),
    start,
    async stop() {
      await end('SIGTERM')
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** The whole family that Dovecot's master has begotten. */
function group({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // Gone already.
  }
}

/** Dovecot gives mail to nobody who is root. */
function mailUser(): { readonly uid: number; readonly gid: number } {
  const { uid, gid } = userInfo()
  if (uid !== 0) return { uid, gid }
  const found = (flag: string) => Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout)
  return { uid: found('-u'), gid: found('-g') }
}

const list = (path: string) => {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}
const log = (dir: string) => {
  try {
    return readFileSync(join(dir, 'log'), 'utf8').slice(-1_500)
  } catch {
    return ''
  }
}
