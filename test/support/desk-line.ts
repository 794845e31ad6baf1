import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import type { z } from 'zod'
import type { callList, PhoneAccount } from '../../server/contract/http.ts'
import { spokenAnnouncements } from '../../server/calls/announcements.ts'
import { demoVoices } from '../../server/telephony/demo-voices.ts'
import { startTestAsterisk, type TestAsterisk } from './asterisk.ts'
import { freeTcpPort, freeUdpPorts } from './free-port.ts'
import { Live } from './live.ts'
import { createDatabase, type TestDatabase } from './postgres.ts'
import { ServiceProcess, type SignedIn } from './service-process.ts'
import { once, type Party, type PartyOptions, party } from './sipp.ts'

const usualLines = 6
/** The service's call to itself is nobody's call. */
const ofCalls = ({ id }: { readonly id: string }) => !id.startsWith('selftest-')

/** A desk line that can be called (TEST_LOG_DIR keeps its service's log): a real Asterisk, a real PostgreSQL, the service in a process of its own, SIPp for everybody else. */
export class DeskLine {
  readonly asterisk: TestAsterisk
  readonly database: TestDatabase
  readonly service: ServiceProcess
  /** The exchange's addresses: operators' extensions are dialled at the first; callers come from any. */
  readonly lines: readonly number[]
  readonly #parties: Party[] = []
  readonly #lives: Live[] = []
  #nextLine = 1

  private constructor(asterisk: TestAsterisk, database: TestDatabase, service: ServiceProcess, lines: readonly number[]) {
    this.asterisk = asterisk
    this.database = database
    this.service = service
    this.lines = lines
  }

  static async open(
    env: Readonly<Record<string, string>> = {},
    options: {
      readonly trunk?: boolean
      readonly database?: TestDatabase
      readonly sounds?: boolean
      readonly callsPerNumber?: number
      /** Of the exchange: one less can call at once. */
      readonly lines?: number
      /** Done once Asterisk is there and before the service is: what it answers overrides the service's environment. */
      readonly before?: (asterisk: TestAsterisk) => Promise<Readonly<Record<string, string>>>
    } = {},
  ): Promise<DeskLine> {
    const lines = await freeUdpPorts(options.lines ?? usualLines)
    const addresses = lines.map((port) => `127.0.0.1:${port}`)
    const announcements = [
      ...spokenAnnouncements({
        name: 'Guichet unique du Numérique',
        hours: { fr: 'de 8 heures 30 à 16 heures 30', en: 'from 8:30 to 16:30' },
        limitMinutes: 15,
      }),
      ...demoVoices,
    ]
    const [asterisk, database, port] = [
      await startTestAsterisk({
        trunk: addresses,
        announcements,
        ...(options.callsPerNumber && { callsPerNumber: options.callsPerNumber }),
      }),
      options.database ?? (await createDatabase()),
      await freeTcpPort(),
    ]
    const more = (await options.before?.(asterisk)) ?? {}
    const service = new ServiceProcess({
      PORT: String(port),
      HOST: '127.0.0.1',
      DEMO: '1',
      DATABASE_URL: database.url,
      ARI_URL: asterisk.ari.url,
      ARI_USER: asterisk.ari.user,
      ARI_PASSWORD: asterisk.ari.password,
      VAR_DIR: asterisk.varDir,
      SIP_PORT: String(asterisk.sip.port),
      ...(options.trunk === false ? {} : { SIP_TRUNK: addresses.join(',') }),
      // The service puts its own announcements where this Asterisk plays them from.
      ...(options.sounds === true ? { SOUNDS_DIR: join(asterisk.varDir, 'asterisk/data/sounds') } : {}),
      LOG_LEVEL: 'debug',
      ...env,
      ...more,
    })
    await service.start()
    return new DeskLine(asterisk, database, service, lines)
  }

  /** A telephone behind the exchange, where every operator's extension rings. */
  phone(scenario: string, options: Partial<PartyOptions> = {}): Promise<Party> {
    return this.#party({ scenario, port: this.lines[0] ?? 0, ...options })
  }

  /** Somebody who dials the desk, each from a line of their own. */
  caller(options: Partial<PartyOptions> = {}): Promise<Party> {
    const line = this.lines[this.#nextLine] ?? 0
    this.#nextLine = (this.#nextLine % (this.lines.length - 1)) + 1
    return this.#party({ scenario: 'caller-stays-until-told-to-hang-up', port: line, calls: 1, ...options })
  }

  /** Register an operator's own phone at `port`, and be ready. */
  async registered(login: string, port: number): Promise<{ readonly me: SignedIn; readonly live: Live }> {
    const { login: user, password } = (await (await this.service.signIn(login)).ask<PhoneAccount>('GET', '/api/operators/me/phone')).body
    const phone = await this.caller({
      scenario: 'phone-registers',
      port,
      from: `<sip:${user}@127.0.0.1>`,
      service: user,
      authentication: { user, password },
    })
    await phone.done
    await once(async () => (await this.ari<{ state: string }>(`/endpoints/PJSIP/${user}`)).state === 'online', 5_000, 'the registration')
    return this.operator(login)
  }

  async live(signedIn: SignedIn): Promise<Live> {
    const live = await Live.of(signedIn)
    this.#lives.push(live)
    return live
  }

  async operator(login: string): Promise<{ readonly me: SignedIn; readonly live: Live }> {
    const me = await this.service.signIn(login)
    const live = await this.live(me)
    await me.state('ready')
    return { me, live }
  }

  async ari<T>(path: string): Promise<T> {
    return (await (await this.#ask('GET', path)).json()) as T
  }

  /** The dialplan has a waiting caller again, at one of its labels; what is said to them first ends. */
  async continues(channel: string, label: string): Promise<void> {
    await this.#ask('DELETE', `/playbacks/${encodeURIComponent(`${channel}~play0`)}`)
    const { status } = await this.#ask('POST', `/channels/${encodeURIComponent(channel)}/continue?context=desk&extension=s&label=${label}`)
    if (status !== 204) throw new Error(`${channel} does not go on at ${label}: ${status}`)
  }

  #ask(method: string, path: string): Promise<Response> {
    const { url, user, password } = this.asterisk.ari
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
    return fetch(`${url}/ari${path}`, { method, headers: { authorization } })
  }

  /** Channels that Asterisk keeps though they were hung up (docs/decisions.md, « Nobody is played to on the way out »), as the service says. */
  #kept(): ReadonlySet<string> {
    const log = join(this.asterisk.varDir, 'service.log')
    const said = existsSync(log) ? readFileSync(log, 'utf8') : ''
    return new Set([...said.matchAll(/"channel":"([^"]+)","msg":"Asterisk does not end/g)].map(([, id = '']) => id))
  }

  /** Nothing of any call is left: no channel, no bridge but the queue's. */
  async clean(): Promise<void> {
    let left = ''
    await once(
      async () => {
        const listed = (await this.ari<{ name: string; id: string }[]>('/channels')).filter(ofCalls)
        const kept = listed.length > 0 ? this.#kept() : null
        const channels = listed.filter(({ id }) => kept?.has(id) !== true)
        const bridges = (await this.ari<{ id: string }[]>('/bridges')).filter((b) => b.id !== 'guichet-queue' && ofCalls(b))
        left = JSON.stringify([channels.map((c) => [c.id, c.name]), bridges.map((b) => b.id)])
        return channels.length + bridges.length === 0
      },
      10_000,
      'a clean Asterisk',
    ).catch((error: Error) => {
      throw new Error(`${error.message}: ${left}`)
    })
  }

  async rows<T extends object>(sql: string): Promise<T[]> {
    const client = new Client({ connectionString: this.database.url })
    await client.connect()
    try {
      return (await client.query<T>(sql)).rows
    } finally {
      await client.end()
    }
  }

  /** End every party and ear of the last test; operators go offline. */
  async reset(): Promise<void> {
    for (const p of this.#parties.splice(0)) p.stop()
    for (const live of this.#lives.splice(0)) live.close()
    if (!this.service.running) return
    const channels = (await this.ari<{ id: string }[]>('/channels')).filter(ofCalls)
    for (const { id } of channels) await this.#ask('DELETE', `/channels/${encodeURIComponent(id)}`)
    await this.clean()
    const operators = await Promise.all(['alice', 'bruno', 'chloe'].map((login) => this.service.signIn(login)))
    for (const operator of operators) await operator.state('offline')
    await operators[0]?.ask('PUT', '/api/demo', { closed: false })
    const calls = async () => (await operators[0]?.ask<z.infer<typeof callList>>('GET', '/api/calls'))?.body
    await once(async () => (await calls())?.waiting.concat((await calls())?.others ?? []).length === 0, 5_000, 'an empty desk')
  }

  async close(): Promise<void> {
    for (const p of this.#parties) p.stop()
    for (const live of this.#lives) live.close()
    await this.service.stop()
    const keep = process.env['TEST_LOG_DIR']
    if (keep !== undefined) copyFileSync(join(this.asterisk.varDir, 'service.log'), join(keep, `service-${process.pid}-${Date.now()}.log`))
    await this.asterisk.stop()
    await this.database.drop()
  }

  async #party(options: Omit<PartyOptions, 'desk'>): Promise<Party> {
    const made = await party({ desk: this.asterisk.sip, ...options })
    this.#parties.push(made)
    return made
  }
}
