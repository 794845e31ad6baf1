import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'

/*
 * A peer written from the public description of GLPI's REST interface (`apirest.md`) and from what GLPI is known to do: it is NOT GLPI,
 * which needs PHP and a database of its own. What it does as GLPI does: tokens and sessions, `["ERROR_…", "…"]`, ranges with
 * `Content-Range`, search by numbered options with `^…$`, HTML escaped once more (version 10), moments of whole seconds without a zone,
 * a solution that solves and is refused on what is solved, a closed ticket that takes no more, a group that makes a new ticket assigned.
 */
type Row = Record<string, string | number | null>
type Table = { rows: Row[]; next: number }
type Failure = 'away' | 'cut-after' | 'busy' | null

const options: Record<string, Record<string, { table: string; field: string }>> = {
  Ticket: {
    1: { table: 'glpi_tickets', field: 'name' },
    2: { table: 'glpi_tickets', field: 'id' },
    4: { table: 'glpi_users', field: 'name' },
    12: { table: 'glpi_tickets', field: 'status' },
    15: { table: 'glpi_tickets', field: 'date' },
    19: { table: 'glpi_tickets', field: 'date_mod' },
    87: { table: 'glpi_tickets', field: 'externalid' },
  },
  User: {
    1: { table: 'glpi_users', field: 'name' },
    2: { table: 'glpi_users', field: 'id' },
    5: { table: 'glpi_useremails', field: 'email' },
    9: { table: 'glpi_users', field: 'firstname' },
    34: { table: 'glpi_users', field: 'realname' },
  },
}
const columns: Record<string, Record<string, string>> = {
  Ticket: { 1: 'name', 2: 'id', 12: 'status', 15: 'date', 19: 'date_mod', 87: 'externalid' },
  User: { 1: 'name', 2: 'id', 5: 'email', 9: 'firstname', 34: 'realname' },
}
const escaped = (text: string) => text.replace(/&/g, '&#38;').replace(/</g, '&#60;').replace(/>/g, '&#62;')

export type FakeGlpi = Awaited<ReturnType<typeof startGlpi>>

/** @param version 10 escapes what it holds once more; 11 does not, and signs webhooks */
export async function startGlpi(version: 10 | 11 = 10) {
  const appToken = 'app-token-of-the-test'
  const userToken = 'user-token-of-the-test'
  const account = 2
  const tables = new Map<string, Table>()
  const sessions = new Set<string>()
  const asked: string[] = []
  /** `forgetsAt`: before that request, GLPI forgets every session, as PHP does. */
  const state = {
    failure: null as Failure,
    only: null as RegExp | null,
    at: Date.parse('2026-11-24T10:00:00Z'),
    opened: 0,
    closed: 0,
    forgetsAt: null as RegExp | null,
  }
  const table = (itemtype: string): Table => {
    const found = tables.get(itemtype) ?? { rows: [], next: 1 }
    tables.set(itemtype, found)
    return found
  }
  const moment = () => new Date(state.at).toISOString().slice(0, 19).replace('T', ' ')
  const insert = (itemtype: string, row: Row): Row => {
    const to = table(itemtype)
    const added: Row = { ...row, id: to.next++, date_creation: moment(), date_mod: moment() }
    to.rows.push(added)
    return added
  }
  const find = (itemtype: string, id: number) => table(itemtype).rows.find((row) => row['id'] === id)
  const touch = (ticket: Row | undefined, by: number) => {
    if (ticket === undefined) return
    ticket['date_mod'] = moment()
    ticket['users_id_lastupdater'] = by
  }

  type Outcome = { status: number; body: unknown; headers?: Record<string, string> }
  const error = (status: number, code: string, says = 'said by GLPI'): Outcome => ({ status, body: [code, says] })

  function add(itemtype: string, input: Row & { [name: string]: unknown }, by: number): Outcome {
    if (itemtype === 'Ticket') {
      const {
        _users_id_requester: requester,
        _users_id_requester_notif: notif,
        ...row
      } = input as Row & { _users_id_requester?: number; _users_id_requester_notif?: Record<string, unknown> }
      const ticket = insert('Ticket', {
        itilcategories_id: 0,
        entities_id: 0,
        is_deleted: 0,
        users_id_lastupdater: by,
        date: moment(),
        ...row,
      })
      insert('Ticket_User', {
        tickets_id: ticket['id'] ?? 0,
        type: 1,
        users_id: requester ?? account,
        alternative_email: (notif?.['alternative_email'] as string[] | undefined)?.[0] ?? '',
        use_notification: (notif?.['use_notification'] as number[] | undefined)?.[0] ?? 1,
      })
      return { status: 201, body: { id: ticket['id'], message: '' } }
    }
    const ticket = find('Ticket', Number(input['items_id'] ?? input['tickets_id']))
    if (['ITILFollowup', 'ITILSolution', 'Group_Ticket'].includes(itemtype)) {
      if (ticket === undefined) return error(400, 'ERROR_GLPI_ADD')
      if (itemtype !== 'Group_Ticket' && ticket['status'] === 6) return error(403, 'ERROR_RIGHT_MISSING')
      if (itemtype === 'ITILSolution' && Number(ticket['status']) >= 5) return error(400, 'ERROR_GLPI_ADD')
    }
    const extra: Row = itemtype === 'ITILFollowup' || itemtype === 'ITILSolution' ? { users_id: by } : {}
    const added = insert(itemtype, { ...(itemtype === 'ITILSolution' && { status: 2 }), ...extra, ...input })
    if (itemtype === 'ITILSolution' && ticket !== undefined) ticket['status'] = 5
    if (itemtype === 'Group_Ticket' && ticket?.['status'] === 1) ticket['status'] = 2
    touch(ticket, by)
    return { status: 201, body: { id: added['id'], message: '' } }
  }

  /** Rows by a range, as lists and searches give them. */
  function ranged<R>(rows: readonly R[], range: string | null, wrap: (page: readonly R[]) => unknown): Outcome {
    const [from = 0, to = 49] = (range ?? '0-49').split('-').map(Number)
    if (from > 0 && from >= rows.length) return error(400, 'ERROR_RANGE_EXCEED_TOTAL')
    const page = rows.slice(from, to + 1)
    const whole = page.length === rows.length
    return {
      status: whole ? 200 : 206,
      body: wrap(page),
      headers: { 'content-range': `${from}-${from + page.length - 1}/${rows.length}`, 'accept-range': '990' },
    }
  }

  const shown = (row: Row): Row => ({
    ...row,
    ...(version === 10 && typeof row['content'] === 'string' && { content: escaped(row['content']) }),
    ...(version === 10 && typeof row['name'] === 'string' && { name: escaped(row['name']) }),
  })

  function search(itemtype: string, query: URLSearchParams): Outcome {
    const names = columns[itemtype] ?? {}
    let rows = [...table(itemtype).rows].filter((row) => row['is_deleted'] !== 1)
    for (let i = 0; query.has(`criteria[${i}][field]`); i++) {
      const field = query.get(`criteria[${i}][field]`) ?? ''
      const value = query.get(`criteria[${i}][value]`) ?? ''
      const how = query.get(`criteria[${i}][searchtype]`)
      rows = rows.filter((row) => {
        if (itemtype === 'Ticket' && field === '4')
          return table('Ticket_User').rows.some(
            (one) => one['tickets_id'] === row['id'] && one['type'] === 1 && String(one['users_id']) === value,
          )
        if (itemtype === 'Ticket' && field === '12' && value === 'notclosed') return row['status'] !== 6
        if (itemtype === 'Ticket' && field === '12' && value === 'notold') return Number(row['status']) < 5
        const held = String(row[names[field] ?? ''] ?? '')
        if (how === 'equals') return held === value
        if (how === 'morethan') return held > value
        if (value.startsWith('^') && value.endsWith('$')) return held.toLowerCase() === value.slice(1, -1).toLowerCase()
        return held.toLowerCase().includes(value.toLowerCase())
      })
    }
    const sort = names[query.get('sort') ?? '1'] ?? 'id'
    const way = query.get('order') === 'DESC' ? -1 : 1
    rows = rows.toSorted((a, b) => way * (String(a[sort]) < String(b[sort]) ? -1 : String(a[sort]) > String(b[sort]) ? 1 : 0))
    const wanted = [...query].flatMap(([name, value]) => (name.startsWith('forcedisplay') ? [value] : []))
    return ranged(rows, query.get('range'), (page) => ({
      totalcount: rows.length,
      count: page.length,
      ...(page.length > 0 && {
        data: page.map((row) => Object.fromEntries(wanted.map((id) => [id, shown(row)[names[id] ?? ''] ?? null]))),
      }),
    }))
  }

  function answer(method: string, path: string, query: URLSearchParams, headers: IncomingMessage['headers'], body: string): Outcome {
    const [what = '', ...rest] = path.split('/')
    if (headers['app-token'] === undefined) return error(400, 'ERROR_APP_TOKEN_PARAMETERS_MISSING')
    if (headers['app-token'] !== appToken) return error(401, 'ERROR_WRONG_APP_TOKEN_PARAMETER')
    if (what === 'initSession') {
      if (headers.authorization !== `user_token ${userToken}`) return error(401, 'ERROR_GLPI_LOGIN_USER_TOKEN')
      const session = `session-${(state.opened += 1)}`
      sessions.add(session)
      return { status: 200, body: { session_token: session } }
    }
    const session = String(headers['session-token'] ?? '')
    if (!sessions.has(session)) return error(401, session === '' ? 'ERROR_SESSION_TOKEN_MISSING' : 'ERROR_SESSION_TOKEN_INVALID')
    const [id = '', sub] = rest
    switch (what) {
      case 'killSession':
        sessions.delete(session)
        state.closed += 1
        return { status: 200, body: null }
      case 'getFullSession':
        return {
          status: 200,
          body: { session: { glpiID: account, glpiname: 'guichet', glpiactiveprofile: { id: 6, name: 'Technicien' } } },
        }
      case 'getGlpiConfig':
        return { status: 200, body: { cfg_glpi: { version: version === 10 ? '10.0.18' : '11.0.2' } } }
      case 'getMyEntities':
        return { status: 200, body: { myentities: [{ id: 0, name: 'Université' }] } }
      case 'listSearchOptions':
        return options[id] === undefined
          ? error(400, 'ERROR_RESOURCE_NOT_FOUND_NOR_COMMONDBTM')
          : { status: 200, body: { common: 'x', ...options[id] } }
      case 'search':
        return search(id, query)
      default:
    }
    if (method === 'POST') return add(what, (JSON.parse(body) as { input: Row }).input, account)
    if (id === '') return ranged(table(what).rows, query.get('range'), (page) => page.map(shown))
    const row = find(what, Number(id))
    if (row === undefined) return error(404, 'ERROR_ITEM_NOT_FOUND')
    if (sub !== undefined) {
      const of = table(sub).rows.filter((one) => Number(one['items_id'] ?? one['tickets_id']) === Number(id))
      return ranged(of, query.get('range'), (page) => page.map(shown))
    }
    if (method === 'PUT') {
      Object.assign(row, (JSON.parse(body) as { input: Row }).input, { id: Number(id) })
      if (what === 'Ticket') touch(row, account)
      return { status: 200, body: [{ [id]: true, message: '' }] }
    }
    if (method === 'DELETE') {
      const from = table(what)
      from.rows = from.rows.filter((one) => one !== row)
      return { status: 200, body: [{ [id]: true, message: '' }] }
    }
    return { status: 200, body: shown(row) }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://x')
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const path = url.pathname.replace(/^\/glpi\/apirest\.php\//, '').replace(/\/$/, '')
    asked.push(`${request.method} ${path}`)
    if (state.forgetsAt?.test(`${request.method} ${path}`) === true) {
      state.forgetsAt = null
      sessions.clear()
    }
    const strikes = state.failure !== null && (state.only === null || state.only.test(`${request.method} ${path}`))
    if (strikes && state.failure === 'away') return void request.socket.destroy()
    if (!url.pathname.startsWith('/glpi/apirest.php'))
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>GLPI</html>')
    if (strikes && state.failure === 'busy') return void response.writeHead(500).end(JSON.stringify(['ERROR_SQL', 'busy']))
    const given = answer(request.method ?? 'GET', path, url.searchParams, request.headers, body)
    // Done, and nobody hears of it.
    if (strikes && state.failure === 'cut-after') return void request.socket.destroy()
    response.writeHead(given.status, { 'content-type': 'application/json', ...given.headers })
    response.end(given.body === null ? '' : JSON.stringify(given.body))
  }

  const server = createServer((request, response) => void serve(request, response).catch(() => response.destroy()))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0

  insert('User', { name: 'glpi', realname: '', firstname: '', email: '' })
  insert('User', { name: 'guichet', realname: 'Guichet', firstname: '', email: '' })
  return {
    address: `http://127.0.0.1:${port}/glpi`,
    appToken,
    userToken,
    /** Each request: `GET Ticket/1`. */
    asked,
    state,
    insert,
    rows: (itemtype: string) => table(itemtype).rows,
    ticket: (id: number) => find('Ticket', id),
    sessions: () => sessions.size,
    /** A technician changes a ticket. @param by the number of a user */
    change(id: number, fields: Row, by: number): void {
      state.at += 2_000
      const row = find('Ticket', id)
      Object.assign(row ?? {}, fields)
      touch(row, by)
    },
    /** A technician, or the requester, writes. */
    write(itemtype: 'ITILFollowup' | 'ITILSolution', id: number, content: string, by: number, fields: Row = {}): void {
      state.at += 2_000
      add(itemtype, { itemtype: 'Ticket', items_id: id, content, is_private: 0, ...fields }, by)
    },
    sign: (secret: string, body: string, timestamp: string) =>
      createHmac('sha256', secret)
        .update(body + timestamp)
        .digest('hex'),
    async stop(): Promise<void> {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
