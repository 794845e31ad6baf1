import { createHmac } from 'node:crypto'
import type { Logger } from 'pino'
import type { PhoneAccount } from '../contract/http.ts'
import { type Ari, segment } from './ari.ts'
import type { AriEvent } from './events.ts'
import type { Callee } from '../calls/effects.ts'
import type { LegTarget } from './commands.ts'
import { type Srtp, srtpFields } from './srtp.ts'

export type PhoneOwner = { readonly id: string; readonly extension: string }

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
}

/** The name is never a number, so that a caller whose number is an extension is not taken for the phone. */
export const phoneName = (operatorId: string): string => `phone-${operatorId}`
const away = new Set(['UNAVAILABLE', 'INVALID', 'UNKNOWN'])
const trunkName = (index: number) => (index === 0 ? 'trunk' : `trunk-${index + 1}`)

/**
 * Operators' telephones: a SIP phone registered here, else an extension behind the exchange, else (demo) one inside Asterisk.
 * The SIP accounts live in Asterisk's memory and are pushed at each connection.
 */
export class Phones {
  readonly #ports: PhonesPorts
  readonly #registered = new Set<string>()
  #owners: ReadonlyMap<string, PhoneOwner> = new Map()

  constructor(ports: PhonesPorts) {
    this.#ports = ports
  }

  setOwners(owners: readonly PhoneOwner[]): void {
    this.#owners = new Map(owners.map((o) => [o.id, o]))
  }

  /** How this operator's phone registers here; null for somebody who takes no calls. */
  account(operatorId: string): PhoneAccount | null {
    const owner = this.#owners.get(operatorId)
    if (owner === undefined) return null
    const password = createHmac('sha256', this.#ports.key).update(`phone:${operatorId}`).digest('base64url').slice(0, 24)
    return { extension: owner.extension, server: this.#ports.server, login: phoneName(operatorId), password }
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
    const name = phoneName(operatorId)
    if (this.#registered.has(name)) return { endpoint: `PJSIP/${name}` }
    if (this.#ports.trunks > 0) return { endpoint: `PJSIP/${owner.extension}@${trunkName(0)}` }
    return this.#ports.demo ? { endpoint: `Local/${owner.extension}@demo-phones/n` } : { endpoint: `PJSIP/${name}` }
  }

  /** Give Asterisk the phones' accounts again, and learn who is registered. */
  async provision(): Promise<void> {
    this.#registered.clear()
    await Promise.all([...this.#owners.keys()].map((id) => this.#push(id)))
    // Their devices, not their endpoints: an endpoint brings every event of its channels a second time.
    await Promise.all([...this.#owners.keys()].map((id) => this.#ports.follow(`deviceState:PJSIP/${phoneName(id)}`)))
    const endpoints = (await this.#ports.ari.request('GET', '/endpoints/PJSIP')) as readonly { resource: string; state: string }[]
    for (const { resource, state } of endpoints) if (state === 'online') this.#registered.add(resource)
  }

  onEvent(event: AriEvent): void {
    if (event.type !== 'DeviceStateChanged') return
    const name = /^PJSIP\/(phone-.+)$/.exec(event.device_state.name)?.[1]
    if (name === undefined) return
    if (away.has(event.device_state.state)) this.#registered.delete(name)
    else this.#registered.add(name)
  }

  async #push(operatorId: string): Promise<void> {
    const account = this.account(operatorId)
    if (account === null) return
    const { login: user, password } = account
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
        context: 'phones',
        disallow: 'all',
        allow: '!all,alaw,ulaw',
        direct_media: 'no',
        ...srtpFields(this.#ports.srtp),
        dtmf_mode: 'auto',
        rtp_symmetric: 'yes',
        force_rport: 'yes',
        rewrite_contact: 'yes',
        language: 'fr',
        trust_id_inbound: 'no',
        send_pai: 'yes',
      })
    } catch (error) {
      this.#ports.log.warn({ phone: user, reason: (error as Error).message }, 'A phone account could not be given to Asterisk')
    }
  }
}
