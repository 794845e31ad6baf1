import { spawnSync } from 'node:child_process'
import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheDir, findAsterisk } from '../../server/supervisor/asterisk-root.ts'
import type { DeskLine } from '../support/desk-line.ts'
import { quiet } from '../support/quiet.ts'

/** What a caller dials to be queued by app_queue instead of the desk. */
export const peerNumber = 'peer'
const member = (index: number) => `peer-${index + 1}`
/** Asterisk names sounds without their ending; long enough for a hand-over to fall into it. */
const longSound = 'guichet/closed'

/**
 * app_queue as a site would run it for speed, its announcements off unless they are what is measured: the next caller does not wait
 * for the one before (`autofill`), a phone is tried again after a second, the least that app_queue knows.
 */
const queuesConf = `[general]
autofill = yes
[quiet](!)
strategy = leastrecent
timeout = 5
retry = 1
wrapuptime = 0
ringinuse = no
joinempty = yes
leavewhenempty = no
musicclass = default
[quiet-queue](quiet)
[announcing-queue](quiet)
announce-position = no
periodic-announce = ${longSound}
periodic-announce-frequency = 1
announce-to-first-user = yes
`
/** Answer(,i) does not wait for media, which plain Answer() does for half a second. */
const dialplan = `
[public]
exten => ${peerNumber},1,Answer(,i)
 same => n,Queue(\${PEER_QUEUE},,,,3600)
 same => n,Hangup()
`

export type PeerQueue = 'quiet-queue' | 'announcing-queue'

export type Peer = {
  /** The first `phones` members take the callers of a queue, at the phones of `port`; nobody takes those of the others. */
  staff(queue: PeerQueue, phones: number, port: number): Promise<void>
  /** How many wait in it. */
  waiting(queue: PeerQueue): number
}

/** Load app_queue into the desk's own Asterisk, beside the desk. */
export async function openPeer(desk: DeskLine): Promise<Peer> {
  const root = await findAsterisk(cacheDir(process.env), process.env['PATH'] ?? '', quiet)
  const etc = join(desk.asterisk.varDir, 'asterisk/etc')
  const { url, user, password } = desk.asterisk.ari
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

  const ari = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${url}/ari/asterisk${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`Asterisk answered ${answer.status} to ${method} ${path}: ${await answer.text()}`)
  }
  const cli = (command: string): string => {
    const { asterisk } = root
    const args = [...asterisk.args, '-C', join(etc, 'asterisk.conf'), '-rx', command]
    return spawnSync(asterisk.command, args, { encoding: 'utf8', env: { ...process.env, ...asterisk.env } }).stdout
  }
  const configure = (type: string, id: string, fields: Readonly<Record<string, string>>) =>
    ari('PUT', `/config/dynamic/res_pjsip/${type}/${id}`, {
      fields: Object.entries(fields).map(([attribute, value]) => ({ attribute, value })),
    })

  writeFileSync(join(etc, 'queues.conf'), queuesConf)
  appendFileSync(join(etc, 'extensions.conf'), dialplan)
  await ari('POST', '/modules/app_queue.so')
  await ari('PUT', '/modules/pbx_config.so')
  const inQueue = (queue: PeerQueue) => cli(`queue show ${queue}`)
  let members: readonly string[] = []
  return {
    waiting: (queue) => Number(/ has (\d+) calls/.exec(inQueue(queue))?.[1] ?? 0),
    staff: async (queue, phones, port) => {
      for (const name of members)
        for (const left of ['quiet-queue', 'announcing-queue']) cli(`queue remove member PJSIP/${name} from ${left}`)
      cli(`dialplan set global PEER_QUEUE ${queue}`)
      members = Array.from({ length: phones }, (_, index) => member(index))
      for (const name of members) {
        await configure('aor', name, { contact: `sip:${name}@127.0.0.1:${port}` })
        await configure('endpoint', name, { aors: name, context: 'phones', disallow: 'all', allow: 'alaw', direct_media: 'no' })
        cli(`queue add member PJSIP/${name} to ${queue}`)
      }
    },
  }
}
