import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { Client, InvalidCredentialsError, NoSuchObjectError, type Entry, type Filter, type SearchOptions } from 'ldapts'
import type { Config } from '../config.ts'

type Ldap = NonNullable<Config['ldap']>
export type LdapTimes = { readonly connectMs: number; readonly operationMs: number }

const closed = () => new Error('the connection to the directory was closed')

/**
 * One connection to the directory, opened at the first question and reused. After any failure it is thrown away whole: the
 * library keeps half-read bytes of the old socket for the next one; the next question begins with the next server.
 */
export class LdapConnection {
  readonly #config: Ldap
  readonly #times: LdapTimes
  #opening: Promise<Client> | null = null
  #client: Client | null = null
  #closed = false
  readonly #ending = Promise.withResolvers<never>()
  /** Which server is asked first. */
  #first = 0

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

  /** One entry; null when it does not exist, or is not what `filter` asks for. @throws Error as `search` */
  async entry(dn: string, attributes: string[], filter?: Filter): Promise<Entry | null> {
    const options: SearchOptions = { scope: 'base', attributes, ...(filter && { filter }) }
    try {
      return await this.#use(async (client) => (await client.search(dn, options)).searchEntries[0] ?? null)
    } catch (error) {
      if (error instanceof NoSuchObjectError) return null
      throw error
    }
  }

  /**
   * Whether this is the password of an entry, asked on a connection of its own.
   * @throws Error when no server answers
   */
  async accepts(dn: string, password: string): Promise<boolean> {
    // A bind without a password is one as nobody, and always succeeds.
    if (password === '') return false
    const client = await this.#firstThat(async (url) => await connected(this.#config, url, this.#times))
    try {
      await client.bind(dn, password)
      return true
    } catch (error) {
      if (error instanceof InvalidCredentialsError) return false
      throw error
    } finally {
      void client.unbind().catch(() => undefined)
    }
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
    // A server that is gone does not answer a farewell either.
    await this.#client?.unbind().catch(() => undefined)
  }

  async #use<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const opening = (this.#opening = this.#reusable(this.#opening))
    try {
      return await Promise.race([opening.then(work), this.#ending.promise])
    } catch (error) {
      if (this.#opening === opening) {
        this.#opening = null
        this.#first = (this.#first + 1) % this.#config.urls.length
      }
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
    const { bindDn, bindPassword } = this.#config
    return await this.#firstThat(async (url) => {
      const client = await connected(this.#config, url, this.#times)
      this.#client = client
      try {
        await client.bind(bindDn, bindPassword)
        return client
      } catch (error) {
        void client.unbind().catch(() => undefined)
        throw error
      }
    })
  }

  /** The servers in turn, the one that answered last first. @throws the last one's error */
  async #firstThat(open: (url: string) => Promise<Client>): Promise<Client> {
    const { urls } = this.#config
    let failure: unknown = new Error('no directory server is named')
    for (let tried = 0; tried < urls.length; tried += 1) {
      if (this.#closed) throw closed()
      const at = (this.#first + tried) % urls.length
      try {
        const client = await open(urls[at] ?? '')
        this.#first = at
        return client
      } catch (error) {
        failure = error
      }
    }
    throw failure
  }
}

/** A connection to one server, encrypted as it is configured; nothing is said in the clear where it must not be. */
async function connected({ startTls, caFile }: Ldap, url: string, times: LdapTimes): Promise<Client> {
  const secure = url.startsWith('ldaps:')
  const { hostname } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  const tlsOptions = { ...(caFile !== null && { ca: readFileSync(caFile) }), host, ...(isIP(host) === 0 && { servername: host }) }
  const client = new Client({ url, connectTimeout: times.connectMs, timeout: times.operationMs, ...(secure && { tlsOptions }) })
  if (secure || !startTls) return client
  try {
    await client.startTLS(tlsOptions)
    return client
  } catch (error) {
    void client.unbind().catch(() => undefined)
    throw error
  }
}
