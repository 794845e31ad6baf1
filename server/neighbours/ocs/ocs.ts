import type { Part } from '../../contract/http.ts'
import {
  ocsTrial,
  type Machine,
  type MachineLink,
  type MachinesOf,
  type OcsPassword,
  type OcsServer,
  type OcsSettings,
  type OcsState,
  type OcsTrial,
  type OcsTrialled,
} from '../../contract/ocs.ts'
import type { MachineStore } from '../../database/machine-store.ts'
import { ServiceError } from '../../errors.ts'
import { Beside } from '../beside.ts'
import type { NeighbourSecrets } from '../secrets.ts'
import { OcsAway, ocsClient } from './client.ts'

type Ports = {
  readonly settings: () => OcsSettings
  readonly store: MachineStore
  readonly secrets: NeighbourSecrets
  readonly now: () => number
}
type Read = { readonly machines: readonly Machine[]; readonly away: readonly string[] }
type Heard = { readonly at: number; readonly failure: string | null; readonly since: number }
type By = { readonly id: string; readonly name: string }

const freshMs = 600_000
const restMs = 30_000
const most = 1_000
const secretOf = (server: Pick<OcsServer, 'id'>) => `ocs:${server.id}`
const saying = (error: unknown) => (error instanceof OcsAway ? error.message : 'la base de données ne répond pas')

/** The inventories next door: whose machines these are, shown beside a call and linked to tickets. Nobody waits for them. */
export class Ocs {
  readonly #ports: Ports
  readonly #beside: Beside<Read>
  /** How each server answered last. */
  readonly #heard = new Map<string, Heard>()

  constructor(ports: Ports) {
    this.#ports = ports
    this.#beside = new Beside({ read: (login, before) => this.#read(login, before), saying, now: ports.now, freshMs, restMs, most })
  }

  /** What the inventories said is asked for again. */
  forget(): void {
    this.#beside.forget()
  }

  settingsChanged(): void {
    this.forget()
    this.#heard.clear()
  }

  /** For `/api/health`; null: there is none. */
  part(): Part | null {
    const { servers } = this.#ports.settings()
    if (servers.length === 0) return null
    const heard = servers.flatMap((server) => {
      const one = this.#heard.get(server.id)
      return one === undefined ? [] : [{ ...one, name: server.name }]
    })
    const failing = heard.filter(({ failure }) => failure !== null)
    return {
      name: 'ocs',
      state: failing.length > 0 ? 'down' : heard.length === 0 ? 'starting' : 'up',
      since: new Date(Math.max(0, ...(failing.length > 0 ? failing : heard).map(({ since }) => since)) || this.#ports.now()).toISOString(),
      version: null,
      detail: failing.length === 0 ? null : failing.map(({ name, failure }) => `${name} : ${failure}`).join(' ; '),
    }
  }

  async state(): Promise<OcsState> {
    const servers = await Promise.all(
      this.#ports.settings().servers.map(async (server) => {
        const heard = this.#heard.get(server.id)
        return {
          id: server.id,
          passwordKept: (await this.#password(server)) !== null,
          state: heard === undefined ? ('unasked' as const) : heard.failure === null ? ('well' as const) : ('failing' as const),
          at: heard === undefined ? null : new Date(heard.at).toISOString(),
          says: heard?.failure ?? null,
        }
      }),
    )
    return { servers }
  }

  async keepPassword({ server, password }: OcsPassword, by: string): Promise<void> {
    await this.#ports.secrets.keep(secretOf(server), server.address, { password }, by)
    this.settingsChanged()
  }

  /** Ask a server as it would be asked. Never rejects for what it does. */
  async trial(given: OcsTrial): Promise<OcsTrialled> {
    const { server, password, uid } = ocsTrial.parse(given)
    const client = ocsClient(server, password ?? (await this.#password(server)))
    try {
      await client.probe()
      if (uid === '') return { ok: true, says: 'Connexion établie. Donnez un identifiant pour voir ses machines.', machines: [] }
      const machines = await client.machinesOf(uid)
      return { ok: true, says: `Connexion établie : ${machines.length} machines pour « ${uid} ».`, machines }
    } catch (error) {
      if (!(error instanceof OcsAway)) throw error
      return { ok: false, says: `${error.message.slice(0, 1).toUpperCase()}${error.message.slice(1)}.`, machines: [] }
    }
  }

  /** What is known of a person's machines; asked for behind when it has aged. */
  async machinesOf(personId: string): Promise<MachinesOf> {
    const nothing = { at: null, machines: [], away: [] }
    if (this.#ports.settings().servers.length === 0) return { state: 'off', ...nothing }
    const login = await this.#ports.store.loginOf(personId)
    if (login === null) return { state: 'unknown', ...nothing }
    const { asking, at, value } = this.#beside.look(login)
    return {
      state: value === null && asking ? 'asking' : 'known',
      at: at === null ? null : new Date(at).toISOString(),
      machines: [...(value?.machines ?? [])],
      away: value === null && !asking ? this.#ports.settings().servers.map(({ name }) => name) : [...(value?.away ?? [])],
    }
  }

  /** One of a person's machines, which was shown. @throws ServiceError `not_found` */
  async machineOf(personId: string | null, { server, deviceId }: MachineLink): Promise<Machine> {
    const login = personId === null ? null : await this.#ports.store.loginOf(personId)
    const known = login === null ? null : this.#beside.known(login)
    const found = known?.machines.find((one) => one.server.id === server && one.deviceId === deviceId)
    if (found === undefined) throw new ServiceError('not_found')
    return found
  }

  /** @throws ServiceError `not_found` */
  async linkToTicket(
    ticket: { readonly id: string; readonly requester: { readonly personId: string | null } },
    link: MachineLink,
    by: By,
  ): Promise<void> {
    await this.#ports.store.link({ ticketId: ticket.id }, await this.machineOf(ticket.requester.personId, link), by)
  }
  /** While the ticket is being written. @throws ServiceError `not_found` */
  async linkToCall(callId: string, personId: string, link: MachineLink, by: By): Promise<void> {
    await this.#ports.store.link({ callId }, await this.machineOf(personId, link), by)
  }

  async #password(server: Pick<OcsServer, 'id' | 'address'>): Promise<string | null> {
    return (await this.#ports.secrets.of(secretOf(server), server.address))['password'] ?? null
  }

  /** From all servers; one that does not answer keeps what it said before, and holds no other up. */
  async #read(login: string, before: Read | null): Promise<Read> {
    const { servers } = this.#ports.settings()
    const answers = await Promise.all(
      servers.map(async (server) => {
        try {
          const machines = await ocsClient(server, await this.#password(server)).machinesOf(login)
          this.#hear(server, null)
          return { machines, away: null }
        } catch (error) {
          if (!(error instanceof OcsAway)) throw error
          this.#hear(server, error.message)
          return { machines: before?.machines.filter((one) => one.server.id === server.id) ?? [], away: server.name }
        }
      }),
    )
    const all = answers.flatMap(({ machines }) => machines).toSorted((a, b) => (a.seen < b.seen ? 1 : -1))
    const away = answers.flatMap((one) => one.away ?? [])
    if (away.length === servers.length && all.length === 0) throw new OcsAway(away.join(', '))
    return { machines: all, away }
  }

  #hear(server: OcsServer, failure: string | null): void {
    const at = this.#ports.now()
    const before = this.#heard.get(server.id)
    const isSame = before !== undefined && (before.failure === null) === (failure === null)
    this.#heard.set(server.id, { at, failure, since: isSame ? before.since : at })
  }
}
