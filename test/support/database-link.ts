import { type TcpLink, tcpLink } from './tcp-link.ts'

/** The same database, through a link. */
export type DatabaseLink = TcpLink & { readonly url: string }

/** A link to a PostgreSQL that a test can cut or freeze, without harm to the tests beside it. */
export async function linkTo(databaseUrl: string): Promise<DatabaseLink> {
  const url = new URL(databaseUrl)
  const link = await tcpLink({ host: url.hostname, port: Number(url.port || 5432) })
  url.host = `127.0.0.1:${link.port}`
  return { ...link, url: url.href }
}
