import pg from 'pg'

/** Who drives, as PostgreSQL has it. @property silentMs since the last beat, by PostgreSQL's clock */
export type Driver = {
  readonly term: number
  readonly node: string
  readonly url: string
  readonly silentMs: number
  readonly released: boolean
}
export type Node = { readonly id: string; readonly url: string }

const patienceMs = 1_500

/**
 * The one row that says who drives. Every method fails within two seconds when PostgreSQL is away; the connection is its own, so
 * that a busy pool delays nobody's heart.
 */
export class Lease {
  readonly #url: string
  #client: pg.Client | null = null

  /** @param url postgresql://… */
  constructor(url: string) {
    this.#url = url
  }

  /** Null when nobody has ever driven. */
  async read(): Promise<Driver | null> {
    const [row] = await this.#ask<{ term: string; node: string; url: string; silent: number; released: boolean }>(
      'select term, node, url, (extract(epoch from clock_timestamp() - beat_at) * 1000)::float8 as silent, released from driver',
    )
    return row === undefined ? null : { term: Number(row.term), node: row.node, url: row.url, silentMs: row.silent, released: row.released }
  }

  /** Be the first to drive. @returns null when somebody else was */
  async found(node: Node): Promise<number | null> {
    const rows = await this.#ask(
      `insert into driver (term, node, url, since, beat_at) values (1, $1, $2, clock_timestamp(), clock_timestamp())
       on conflict do nothing returning term`,
      [node.id, node.url],
    )
    return rows.length === 0 ? null : 1
  }

  /** Take over from whoever had that term. @returns the new term; null when somebody was faster */
  async take(seen: Driver, node: Node): Promise<number | null> {
    const [row] = await this.#ask<{ term: string }>(
      `update driver set term = term + 1, node = $2, url = $3, since = clock_timestamp(), beat_at = clock_timestamp(), released = false
       where term = $1 returning term`,
      [seen.term, node.id, node.url],
    )
    return row === undefined ? null : Number(row.term)
  }

  /** @returns false when another has taken over */
  async beat(term: number): Promise<boolean> {
    return (await this.#ask('update driver set beat_at = clock_timestamp() where term = $1 returning term', [term])).length > 0
  }

  /** Leave of one's own accord. */
  async release(term: number): Promise<void> {
    await this.#ask('update driver set released = true where term = $1', [term])
  }

  async close(): Promise<void> {
    await this.#drop()
  }

  async #ask<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    try {
      const client = (this.#client ??= await this.#connect())
      return (await client.query<Row & pg.QueryResultRow>(sql, [...values])).rows
    } catch (error) {
      // A connection that failed once is not trusted again; a refusal of the statement comes over a sound one.
      if (!(error instanceof pg.DatabaseError)) await this.#drop()
      throw error
    }
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.#url,
      connectionTimeoutMillis: patienceMs,
      query_timeout: patienceMs,
      application_name: 'guichet-unique lease',
    })
    client.on('error', () => {
      if (this.#client === client) this.#client = null
    })
    await client.connect()
    return client
  }

  async #drop(): Promise<void> {
    const client = this.#client
    this.#client = null
    void client?.end().catch(() => undefined)
  }
}
