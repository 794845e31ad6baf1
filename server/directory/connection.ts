import { Client, type Entry, type Filter } from 'ldapts'
import type { Config } from '../config.ts'

type Ldap = NonNullable<Config['ldap']>
export type LdapTimes = { readonly connectMs: number; readonly operationMs: number }

const closed = () => new Error('the connection to the directory was closed')

/**
 * One connection to the directory, opened at the first question and reused. After any failure it is thrown away whole: the
 * library keeps half-read bytes of the old socket for the next one.
 */
export class LdapConnection {
  readonly #config: Ldap
  readonly #times: LdapTimes
  #opening: Promise<Client> | null = null
  #client: Client | null = null
  #closed = false
  readonly #ending = Promise.withResolvers<never>()

  constructor(config: Ldap, times: LdapTimes = { connectMs: 3_000, operationMs: 10_000 }) {
    this.#config = config
    this.#times = times
    this.#ending.promise.catch(() => undefined)
  }

  /** @throws Error when the directory does not answer in time, refuses the account or the search. */
  async search(filter: Filter, attributes: string[], sizeLimit: number): Promise<Entry[]> {
    return await this.#use(
      async (client) => (await client.search(this.#config.base, { scope: 'sub', filter, attributes, sizeLimit })).searchEntries,
    )
  }

  /** Everything that matches, page by page; the next page is asked once the caller is done with this one. */
  async pages(filter: Filter, attributes: string[], pageSize: number, take: (page: Entry[]) => Promise<void>): Promise<void> {
    await this.#use(async (client) => {
      for await (const page of client.searchPaginated(this.#config.base, { scope: 'sub', filter, attributes, paged: { pageSize } }))
        await take(page.searchEntries)
    })
  }

  /** For good, at once, even when the directory is frozen; what is under way fails. */
  async close(): Promise<void> {
    this.#closed = true
    // The library forgets a connection that is closed while it is being made: whoever waits for it is told here.
    this.#ending.reject(closed())
    await this.#client?.unbind()
  }

  async #use<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const opening = (this.#opening = this.#reusable(this.#opening))
    try {
      return await Promise.race([opening.then(work), this.#ending.promise])
    } catch (error) {
      if (this.#opening === opening) this.#opening = null
      void opening.then((client) => client.unbind()).catch(() => undefined)
      throw error
    }
  }

  /** A connection the server closed at rest would be opened again by the library, but as nobody: open it ourselves, signed in. */
  async #reusable(opening: Promise<Client> | null): Promise<Client> {
    const client = await opening?.catch(() => null)
    return client?.isBound === true ? client : await this.#open()
  }

  async #open(): Promise<Client> {
    if (this.#closed) throw closed()
    const client = new Client({ url: this.#config.url, connectTimeout: this.#times.connectMs, timeout: this.#times.operationMs })
    this.#client = client
    try {
      await client.bind(this.#config.bindDn, this.#config.bindPassword)
    } catch (error) {
      void client.unbind().catch(() => undefined)
      throw error
    }
    return client
  }
}
