import { createHmac, randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import type { PhoneAccount } from '../contract/http.ts'
import type { BrowserPhone, PhoneKind } from '../contract/phones.ts'
import { type Ari, AriError, segment } from './ari.ts'
import type { AriEvent } from './events.ts'
import type { Callee } from '../calls/effects.ts'
import type { LegTarget } from './commands.ts'
import { type Srtp, srtpFields } from './srtp.ts'

/** Asterisk knows no such kind of endpoint until there is one: a desk without an exchange, before its first operator. */
const noneYet = (error: unknown): readonly never[] => {
  if (error instanceof AriError && error.status === 404) return []
  throw error
}

/** @property phone what the operator chose; null, or `demo`: a registered phone while there is one, else the extension, else the demo's */
export type PhoneOwner = { readonly id: string; readonly extension: string; readonly phone: PhoneKind | null }

type PhonesPorts = {
  readonly ari: Ari
  readonly follow: (eventSource: string) => Promise<void>
  readonly log: Logger
  /** Passwords are derived from it, so that none is stored. */
  readonly key: string
  /** What a phone registers at: `host:port`. */
  readonly server: string
  readonly trunks: number
  readonly srtp: Srtp
  /** How the desk shows itself to whom it calls. */
  readonly desk: () => { readonly number: string; readonly name: string }
  /** Sample operators may be reached inside Asterisk, the console being their phone. */
  readonly demo: boolean
  /** Whether an operator's browser is connected. */
  readonly browserHere: (operatorId: string) => boolean
  /** Whether an operator's browser can be rung; said again and again. */
  readonly onBrowser: (operatorId: string, here: boolean) => void
}

/** The name is never a number, so that a caller whose number is an extension is not taken for the phone. */
const phoneName = (operatorId: string): string => `phone-${operatorId}`
const browserName = (operatorId: string): string => `browser-${operatorId}`
/** What a SIP password is for here, see asterisk/pjsip.conf. */
const realm = 'guichet'
const away = new Set(['UNAVAILABLE', 'INVALID', 'UNKNOWN'])
const demoPhones = 'demo-phones'
const trunkName = (index: number) => (index === 0 ? 'trunk' : `trunk-${index + 1}`)

/**
 * Operators' telephones: the browser for who chose it; a SIP phone registered here, else an extension behind the exchange, else (demo) one inside Asterisk.
 * The SIP accounts live in Asterisk's memory and are pushed at each connection.
 */
export class Phones {
  readonly #ports: PhonesPorts
  readonly #registered = new Set<string>()
  #owners: ReadonlyMap<string, PhoneOwner> = new Map()
  /** Browsers ask for their password each time they connect: it need not outlive us. */
  readonly #salt = randomBytes(16).toString('hex')

  constructor(ports: PhonesPorts) {
    this.#ports = ports
  }

  setOwners(owners: readonly PhoneOwner[]): void {
    this.#owners = new Map(owners.map((o) => [o.id, o]))
    this.browsersChanged()
  }

  /** Tell the desk which browsers can be rung. What it knows already changes nothing. */
  browsersChanged(): void {
    for (const owner of this.#owners.values()) if (owner.phone === 'browser') this.#ports.onBrowser(owner.id, this.#reachable(owner))
  }

  /** How this operator's phone registers here; null for somebody who takes no calls. */
  account(operatorId: string): PhoneAccount | null {
    const owner = this.#owners.get(operatorId)
    if (owner === undefined) return null
    const password = createHmac('sha256', this.#ports.key).update(`phone:${operatorId}`).digest('base64url').slice(0, 24)
    return { extension: owner.extension, server: this.#ports.server, login: phoneName(operatorId), password }
  }

  /** How this operator's browser registers here; null for somebody who takes no calls, or chose another phone. */
  browser(operatorId: string): BrowserPhone | null {
    if (this.#owners.get(operatorId)?.phone !== 'browser') return null
    const password = createHmac('sha256', this.#ports.key).update(`browser:${this.#salt}:${operatorId}`).digest('base64url')
    return { login: browserName(operatorId), password, realm }
  }

  /** What an operator may choose among here. */
  offered(): PhoneKind[] {
    const { trunks, demo } = this.#ports
    return ['browser', 'registered', ...(trunks > 0 ? (['extension'] as const) : []), ...(demo ? (['demo'] as const) : [])]
  }

  /** Where an operator, or an outside number, is rung now; null when there is nowhere. */
  target(to: Callee): LegTarget | null {
    return to.kind === 'operator' ? this.#operator(to.operatorId) : this.#outside(to.number)
  }

  #outside(number: string): LegTarget | null {
    const digits = number.replace(/^ext:/, '').replace(/^\+33/, '0').replace(/^\+/, '00')
    const shows = this.#ports.desk()
    if (this.#ports.trunks > 0) return { endpoint: `PJSIP/${digits}@${trunkName(0)}`, shows }
    return this.#ports.demo ? { endpoint: `Local/${digits}@demo-people/n`, shows } : null
  }

  #operator(operatorId: string): LegTarget | null {
    const owner = this.#owners.get(operatorId)
    if (owner === undefined) return null
    const [name, browser] = [phoneName(operatorId), browserName(operatorId)]
    if (owner.phone === 'browser') return this.#reachable(owner) ? { endpoint: `PJSIP/${browser}` } : null
    if (owner.phone === 'extension' && this.#ports.trunks > 0) return { endpoint: `PJSIP/${owner.extension}@${trunkName(0)}` }
    if (owner.phone === 'registered') return { endpoint: `PJSIP/${name}` }
    if (this.#registered.has(name)) return { endpoint: `PJSIP/${name}` }
    if (this.#ports.trunks > 0) return { endpoint: `PJSIP/${owner.extension}@${trunkName(0)}` }
    return this.#ports.demo ? { endpoint: `Local/${owner.extension}@${demoPhones}/n` } : { endpoint: `PJSIP/${name}` }
  }

  /** Whether this operator is rung inside Asterisk, on a phone of the demonstration that the console picks up. */
  isDemo(operatorId: string): boolean {
    return this.#operator(operatorId)?.endpoint.endsWith(`@${demoPhones}/n`) ?? false
  }

  #reachable({ id }: PhoneOwner): boolean {
    return this.#registered.has(browserName(id)) && this.#ports.browserHere(id)
  }

  /** Give Asterisk the phones' accounts again, and learn who is registered. */
  async provision(): Promise<void> {
    const owners = [...this.#owners.values()]
    const browsers = owners.filter(({ phone }) => phone === 'browser')
    await Promise.all([...owners.map(({ id }) => this.#push(id)), ...browsers.map(({ id }) => this.#pushBrowser(id))])
    // Their devices, not their endpoints: an endpoint brings every event of its channels a second time.
    const names = [...owners.map(({ id }) => phoneName(id)), ...browsers.map(({ id }) => browserName(id))]
    await Promise.all(names.map((name) => this.#ports.follow(`deviceState:PJSIP/${name}`)))
    const endpoints = await this.#ports.ari.request('GET', '/endpoints/PJSIP').catch(noneYet)
    this.#registered.clear()
    for (const { resource, state } of endpoints as readonly { resource: string; state: string }[])
      if (state === 'online') this.#registered.add(resource)
    this.browsersChanged()
  }

  onEvent(event: AriEvent): void {
    if (event.type !== 'DeviceStateChanged') return
    const name = /^PJSIP\/((?:phone|browser)-.+)$/.exec(event.device_state.name)?.[1]
    if (name === undefined) return
    if (away.has(event.device_state.state)) this.#registered.delete(name)
    else this.#registered.add(name)
    if (name.startsWith('browser-')) this.browsersChanged()
  }

  async #push(operatorId: string): Promise<void> {
    const account = this.account(operatorId)
    if (account === null) return
    await this.#give(account.login, account.password, {
      context: 'phones',
      ...srtpFields(this.#ports.srtp),
      rtp_symmetric: 'yes',
      force_rport: 'yes',
    })
  }

  /** Sound by ICE, encrypted by keys that both ends make themselves (DTLS-SRTP). It is called, and calls nobody. */
  async #pushBrowser(operatorId: string): Promise<void> {
    const account = this.browser(operatorId)
    if (account !== null) await this.#give(account.login, account.password, { context: 'default', webrtc: 'yes' })
  }

  async #give(user: string, password: string, own: Readonly<Record<string, string>>): Promise<void> {
    const put = (kind: string, fields: Readonly<Record<string, string>>) =>
      this.#ports.ari.request(
        'PUT',
        `/asterisk/config/dynamic/res_pjsip/${kind}/${segment(user)}`,
        {},
        {
          fields: Object.entries(fields).map(([attribute, value]) => ({ attribute, value })),
        },
      )
    try {
      await put('auth', { auth_type: 'userpass', username: user, password })
      // One phone each, the one that registered last: what an earlier address left behind would be rung first.
      await put('aor', { max_contacts: '1', remove_existing: 'yes', maximum_expiration: '120' })
      await put('endpoint', {
        aors: user,
        auth: user,
        disallow: 'all',
        allow: '!all,alaw,ulaw',
        direct_media: 'no',
        // What the phone shows was said with the ring: told anew it would be invited again as soon as it is picked up.
        send_connected_line: 'no',
        dtmf_mode: 'auto',
        rewrite_contact: 'yes',
        language: 'fr',
        trust_id_inbound: 'no',
        send_pai: 'yes',
        ...own,
      })
    } catch (error) {
      this.#ports.log.warn({ phone: user, reason: (error as Error).message }, 'A phone account could not be given to Asterisk')
    }
  }
}
