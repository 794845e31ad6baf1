import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/*
 * A peer written from the public description of OCS Inventory's REST interface, and from what its versions are known to do: it is NOT OCS,
 * which needs Perl, PHP and a database of its own. As OCS does: ids by one criterion of the hardware table, then a machine's sections under
 * its id; the web server's own password; one version wraps its JSON in a JSON text, one ignores criteria that it does not know.
 */
export type Hardware = { ID: number; DEVICEID: string; NAME: string; USERID: string; LASTDATE: string } & Record<
  string,
  string | number | null
>
export type FakeOcs = Awaited<ReturnType<typeof startOcs>>

export async function startOcs(hardware: readonly Hardware[]) {
  const [login, password] = ['guichet', 'ocs-password-of-the-test']
  const asked: string[] = []
  const state = { away: false, wraps: false, ignoresCriteria: false, bios: {} as Record<number, Record<string, string>> }

  function serve(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://x')
    asked.push(url.pathname + url.search)
    if (state.away) return void request.socket.destroy()
    const wanted = `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`
    if (request.headers.authorization !== wanted) return void response.writeHead(401).end('Unauthorized')
    const answer = (body: unknown) => {
      const text = JSON.stringify(body)
      response.writeHead(200, { 'content-type': 'application/json' }).end(state.wraps ? JSON.stringify(text) : text)
    }
    if (url.pathname === '/ocsapi/v1/computers/search') {
      const [uid, limit] = [url.searchParams.get('USERID') ?? '', Number(url.searchParams.get('limit'))]
      const rows = hardware.filter((one) => state.ignoresCriteria || one.USERID.toLowerCase() === uid.toLowerCase())
      const sorted =
        url.searchParams.get('orderby') === 'LASTDATE;DESC' ? rows.toSorted((a, b) => (a.LASTDATE < b.LASTDATE ? 1 : -1)) : rows
      return answer(sorted.slice(0, limit).map(({ ID }) => ({ ID })))
    }
    const [, id, section = ''] = /^\/ocsapi\/v1\/computer\/(\d+)\/(hardware|bios)$/.exec(url.pathname) ?? []
    const one = hardware.find(({ ID }) => ID === Number(id))
    if (one === undefined) return void response.writeHead(404).end('Raptor not found')
    return answer({ [String(one.ID)]: { [section]: section === 'bios' ? [state.bios[one.ID] ?? {}] : one } })
  }

  const server = createServer(serve)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  return {
    address: `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}`,
    login,
    password,
    asked,
    state,
    async stop(): Promise<void> {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
