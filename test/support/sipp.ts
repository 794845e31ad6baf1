import { randomUUID } from 'node:crypto'
import { type ChildProcess, spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const scenarios = fileURLToPath(new URL('../telephony/scenarios', import.meta.url))

export type Party = {
  readonly port: number
  /** Do what the scenario waits to be told: answer, or hang up. */
  tell(call?: number): Promise<void>
  /** Resolves when the scenario has run its calls; rejects with its errors when one failed. */
  readonly done: Promise<void>
  /** Every message so far: seconds since 1970, S or R, its call, its first line. */
  messages(): readonly { readonly at: number; readonly sent: boolean; readonly callId: string; readonly line: string }[]
  /** The call is answered, on this party's side too. */
  answered(): Promise<void>
  /** Where the desk wants this party's sound: the port of the last SDP received. */
  rtpTarget(): number | null
  stop(): void
}

export type PartyOptions = {
  readonly scenario: string
  readonly desk: { readonly host: string; readonly port: number }
  readonly port: number
  readonly rtpPort?: number
  readonly service?: string
  /** The whole From value but its tag: `<sip:0561551234@127.0.0.1>`. */
  readonly from?: string
  /** How many calls; a phone takes as many as come when absent. */
  readonly calls?: number
  /** New calls per second. */
  readonly rate?: number
  /** How many calls at the same time; any by default. */
  readonly atOnce?: number
  /** How long the scenario's own pauses last. */
  readonly pauseMs?: number
  /** A number for each call, in their order: `[field0]` of the scenario. */
  readonly numbers?: readonly string[]
  readonly authentication?: { readonly user: string; readonly password: string }
}

const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Start a SIPp scenario: a party who does what the scenario's name says. */
export async function party(options: PartyOptions): Promise<Party> {
  // SIPp at a port that somebody has would end at once, and whoever has it would be taken for SIPp.
  await once(() => !isBound(options.port), 5_000, `port ${options.port}, for ${options.scenario},`)
  const folder = mkdtempSync(join(tmpdir(), 'sipp-'))
  const short = join(folder, 'messages.csv')
  const errors = join(folder, 'errors.log')
  const full = join(folder, 'messages.log')
  // A line is used again by later parties: what Asterisk still sends to an earlier one is not theirs.
  const name = `${options.port}-${randomUUID()}`
  const auth = options.authentication === undefined ? [] : ['-au', options.authentication.user, '-ap', options.authentication.password]
  const inf = join(folder, 'numbers.csv')
  if (options.numbers !== undefined) writeFileSync(inf, `SEQUENTIAL\n${options.numbers.join('\n')}\n`)
  const child = spawn(
    'sipp',
    [
      `${options.desk.host}:${options.desk.port}`,
      '-sf',
      join(scenarios, `${options.scenario}.xml`),
      '-i',
      '127.0.0.1',
      '-p',
      String(options.port),
      '-s',
      options.service ?? 'guichet',
      '-key',
      'rtp_port',
      String(options.rtpPort ?? 9),
      '-key',
      'from_header',
      options.from ?? '<sip:0561551234@127.0.0.1>',
      '-cid_str',
      `party-%u-${name}`,
      '-nostdin',
      '-trace_err',
      '-error_file',
      errors,
      '-trace_shortmsg',
      '-shortmessage_file',
      short,
      '-trace_msg',
      '-message_file',
      full,
      '-r',
      // Whole numbers alone: slower than one a second is so many in a longer period.
      ...((options.rate ?? 50) < 1
        ? ['1', '-rp', String(Math.round(1_000 / (options.rate ?? 50)))]
        : [String(Math.round(options.rate ?? 50))]),
      ...(options.calls === undefined ? [] : ['-m', String(options.calls)]),
      ...(options.atOnce === undefined ? [] : ['-l', String(options.atOnce)]),
      ...(options.pauseMs === undefined ? [] : ['-d', String(options.pauseMs)]),
      ...(options.numbers === undefined ? [] : ['-inf', inf]),
      ...auth,
    ],
    { stdio: 'ignore', cwd: folder },
  )
  running.add(child)
  const said = (path: string) => {
    try {
      return readFileSync(path, 'utf8')
    } catch {
      return ''
    }
  }
  let stopped = false
  const done = new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => {
      running.delete(child)
      if (code === 0 || stopped) resolve()
      else reject(new Error(`${options.scenario}: sipp ended with ${code}\n${said(errors).slice(0, 2_000)}`))
    })
  })
  done.catch(() => undefined)
  await Promise.race([once(() => isBound(options.port), 5_000, `${options.scenario} on port ${options.port}`), done])
  const messages = () =>
    said(short)
      .split('\n')
      .filter(Boolean)
      .map((row) => {
        const fields = row.split('\t')
        return { at: Number(fields[2]), sent: fields[3] === 'S', callId: fields[4] ?? '', line: fields.at(-1) ?? '' }
      })
  return {
    port: options.port,
    done,
    messages,
    answered: () => once(() => messages().some(({ line }) => line.startsWith('ACK ')), 10_000, 'the answer'),
    tell: (call = 1) => tell(options.port, `party-${call}-${name}`, short),
    rtpTarget: () => {
      const received = said(full)
        .split(/^-{10,}.*$/m)
        .filter((block) => /message received/.test(block))
        .join('')
      const port = [...received.matchAll(/^m=audio (\d+) /gm)].at(-1)?.[1]
      return port === undefined ? null : Number(port)
    },
    stop: () => {
      stopped = true
      child.kill('SIGKILL')
    },
  }
}

const isBound = (port: number): boolean =>
  readFileSync('/proc/net/udp', 'utf8').includes(`:${port.toString(16).toUpperCase().padStart(4, '0')} `)

/** Ask every few milliseconds until it holds, for things that announce nothing. @param state what is told beside when it does not come */
export async function once(
  holds: () => boolean | Promise<boolean>,
  withinMs = 10_000,
  what = 'this',
  state: () => string | Promise<string> = () => '',
): Promise<void> {
  const until = Date.now() + withinMs
  while (!(await holds())) {
    if (Date.now() > until) throw new Error(`${what} did not come within ${withinMs} ms ${await state()}`.trim())
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** A phone's Call-ID is Asterisk's: read from what it received; a caller's is ours. */
async function tell(port: number, ownCallId: string, shortMessages: string): Promise<void> {
  const text = readFileSync(shortMessages, 'utf8')
  const callIds = [...text.matchAll(/\tR\t(\S+)\t[^\t]*\tINVITE /g)].map((m) => m[1])
  const callId = callIds.at(-1) ?? ownCallId
  const socket = createSocket('udp4')
  const message = [
    `MESSAGE sip:party@127.0.0.1:${port} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:@PORT@;branch=z9hG4bK-tell-${Date.now()}`,
    'From: <sip:test@127.0.0.1>;tag=test',
    'To: <sip:party@127.0.0.1>',
    `Call-ID: ${callId}`,
    'CSeq: 1 MESSAGE',
    'Max-Forwards: 70',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n')
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  const told = () =>
    readFileSync(shortMessages, 'utf8')
      .split('\n')
      .filter((row) => row.includes(`\tR\t${callId}\t`) && row.includes('\tMESSAGE ')).length
  const before = told()
  try {
    socket.send(message.replace('@PORT@', String(socket.address().port)), port, '127.0.0.1')
    await once(() => told() > before, 5_000, `a word to the party at ${port}`).catch((error: Error) => {
      throw new Error(`${error.message}; its messages:\n${readFileSync(shortMessages, 'utf8')}`)
    })
  } finally {
    socket.close()
  }
}
