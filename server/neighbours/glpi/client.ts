const timeoutMs = 15_000
/** GLPI's own usual page: more is cut by some sites. */
const pageRows = 50
const mostRows = 20_000

/** GLPI does not answer, or says itself that it cannot: later. */
export class GlpiAway extends Error {}
/** GLPI has answered, and will not; somebody must mend something. @property code GLPI's own, or ours for what is not GLPI's */
export class GlpiRefused extends Error {
  readonly code: string
  constructor(code: string, says: string) {
    super(says)
    this.code = code
  }
  /** Nothing at all can be done until it is mended. */
  get isOfAccess(): boolean {
    return this.code in accessSentences
  }
}

const accessSentences: Readonly<Record<string, string>> = {
  ERROR_APP_TOKEN_PARAMETERS_MISSING: 'GLPI attend un jeton d’application (Configuration, Générale, API)',
  ERROR_WRONG_APP_TOKEN_PARAMETER: 'le jeton d’application n’est pas celui de ce client d’API',
  ERROR_NOT_ALLOWED_IP: 'GLPI n’admet pas l’adresse de ce serveur : voyez Configuration, Générale, API',
  ERROR_LOGIN_PARAMETERS_MISSING: 'GLPI attend un jeton d’utilisateur',
  ERROR_GLPI_LOGIN_USER_TOKEN: 'le jeton d’utilisateur n’est pas le bon : reprenez celui des préférences de ce compte',
  ERROR_GLPI_LOGIN: 'GLPI refuse ce compte : voyez s’il est actif et s’il a un profil',
  ERROR_SESSION_TOKEN_INVALID: 'GLPI referme la session aussitôt ouverte',
  'not-glpi': 'cette adresse ne répond pas comme l’interface REST de GLPI : elle finit par apirest.php, et l’API doit être activée',
  redirected: 'cette adresse renvoie ailleurs : donnez l’adresse finale',
}
const sentences: Readonly<Record<string, string>> = {
  ...accessSentences,
  ERROR_RIGHT_MISSING: 'le profil de ce compte GLPI n’a pas ce droit',
  ERROR_ITEM_NOT_FOUND: 'cet élément n’existe pas, ou plus, dans GLPI',
  ERROR_RESOURCE_NOT_FOUND_NOR_COMMONDBTM: 'cette version de GLPI ne connaît pas cet objet',
}

export type GlpiAccount = { readonly address: string; readonly appToken: string | null; readonly userToken: string }
export type GlpiRow = Readonly<Record<string, unknown>>
export type Criterion = { readonly field: number; readonly searchtype: string; readonly value: string }
type Query = readonly (readonly [string, string])[]
type Answer = { readonly status: number; readonly body: unknown; readonly range: string | null }

/** `https://glpi.univ.fr` and `https://glpi.univ.fr/apirest.php/` are one. */
const baseOf = (address: string): string => {
  const bare = address.replace(/\/+$/, '')
  return /\/(apirest\.php|api)$/.test(bare) ? bare : `${bare}/apirest.php`
}
/** Where a person reads a ticket. */
export const ticketUrl = (address: string, id: number): string =>
  `${baseOf(address).replace(/\/(apirest\.php|api)$/, '')}/front/ticket.form.php?id=${id}`

const isRow = (value: unknown): value is GlpiRow => typeof value === 'object' && value !== null && !Array.isArray(value)
/** GLPI gives numbers as numbers or as text, by version and by route. */
export const numberOf = (value: unknown): number | null => {
  const number = typeof value === 'number' ? value : typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : Number.NaN
  return Number.isSafeInteger(number) ? number : null
}
export const stringOf = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '')

/**
 * GLPI's REST interface of versions 9.5 to 11, as `apirest.md` of GLPI describes it. A session is opened when first needed and again once
 * GLPI has forgotten it; it stays read-only, which lets calls run side by side and is enough to write items.
 * @throws GlpiAway or GlpiRefused from every method
 */
export function glpiClient({ address, appToken, userToken }: GlpiAccount, fetching: typeof fetch = fetch) {
  const base = baseOf(address)
  let session: Promise<string> | null = null
  const options = new Map<string, Promise<GlpiRow>>()

  async function send(method: string, path: string, query: Query, headers: Record<string, string>, body?: unknown): Promise<Answer> {
    const url = new URL(`${base}/${path}`)
    for (const [name, value] of query) url.searchParams.append(name, value)
    let answer: Response
    let text: string
    try {
      answer = await fetching(url, {
        method,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
        headers: { 'content-type': 'application/json', ...(appToken !== null && { 'app-token': appToken }), ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      text = await answer.text()
    } catch (error) {
      throw new GlpiAway(whyAway(error))
    }
    if (answer.status >= 300 && answer.status < 400) throw new GlpiRefused('redirected', accessSentences['redirected'] ?? '')
    const read = parsed(text)
    if (answer.status >= 500 || answer.status === 429) throw new GlpiAway(`GLPI a répondu ${answer.status}${codeIn(read)}`)
    if (read === undefined) throw new GlpiRefused('not-glpi', accessSentences['not-glpi'] ?? '')
    if (answer.status >= 400) throw refusal(read, answer.status)
    return { status: answer.status, body: read, range: answer.headers.get('content-range') }
  }

  async function open(): Promise<string> {
    const { body } = await send('GET', 'initSession', [], { authorization: `user_token ${userToken}` })
    const token = isRow(body) ? stringOf(body['session_token']) : ''
    if (token === '') throw new GlpiRefused('not-glpi', accessSentences['not-glpi'] ?? '')
    return token
  }

  /** One session, whoever asks at the same time. */
  const opened = (): Promise<string> =>
    (session ??= open().catch((error: unknown) => {
      session = null
      throw error
    }))

  async function ask(method: string, path: string, query: Query = [], body?: unknown): Promise<Answer> {
    const isKnown = session !== null
    const token = await opened()
    try {
      return await send(method, path, query, { 'session-token': token }, body)
    } catch (error) {
      // Forgotten there since: opened again, once.
      if (!(error instanceof GlpiRefused) || error.code !== 'ERROR_SESSION_TOKEN_INVALID' || !isKnown) throw error
      session = null
      return send(method, path, query, { 'session-token': await opened() }, body)
    }
  }

  /** Every page, in GLPI's own steps. */
  async function pages(path: string, query: Query, rowsOf: (body: unknown) => readonly GlpiRow[], most: number): Promise<GlpiRow[]> {
    const all: GlpiRow[] = []
    while (all.length < most) {
      const from = all.length
      let answer: Answer
      try {
        answer = await ask('GET', path, [...query, ['range', `${from}-${from + pageRows - 1}`]])
      } catch (error) {
        if (error instanceof GlpiRefused && error.code === 'ERROR_RANGE_EXCEED_TOTAL') return all
        throw error
      }
      const rows = rowsOf(answer.body)
      all.push(...rows)
      const total = Number(/\/(\d+)\s*$/.exec(answer.range ?? '')?.[1] ?? Number.NaN)
      if (rows.length === 0 || (Number.isNaN(total) ? rows.length < pageRows : all.length >= total)) return all
    }
    return all.slice(0, most)
  }

  const client = {
    /** One item; null when there is none. */
    async item(itemtype: string, id: number): Promise<GlpiRow | null> {
      try {
        const { body } = await ask('GET', `${itemtype}/${id}`, [['get_hateoas', 'false']])
        return isRow(body) ? body : null
      } catch (error) {
        if (error instanceof GlpiRefused && error.code === 'ERROR_ITEM_NOT_FOUND') return null
        throw error
      }
    },

    /** All items, or all of one (`Ticket/12/ITILFollowup`). */
    list: (path: string, query: Query = []): Promise<GlpiRow[]> =>
      pages(path, [['get_hateoas', 'false'], ...query], (body) => (Array.isArray(body) ? body.filter(isRow) : []), mostRows),

    /** The number of a search option, by the table and the column that it looks at: numbers differ by version and plugins. */
    async option(itemtype: string, table: string, field: string): Promise<number> {
      let asked = options.get(itemtype)
      if (asked === undefined) {
        asked = ask('GET', `listSearchOptions/${itemtype}`).then(({ body }) => (isRow(body) ? body : {}))
        options.set(itemtype, asked)
      }
      const known = await asked
      const found = Object.entries(known).find(([, one]) => isRow(one) && one['table'] === table && one['field'] === field)
      const id = numberOf(found?.[0])
      if (id === null) throw new GlpiRefused('no-option', `GLPI ne sait pas chercher par « ${field} »`)
      return id
    },

    /** Rows by number of search option. @param columns besides those that are searched */
    async search(
      itemtype: string,
      criteria: readonly Criterion[],
      columns: readonly number[],
      { sort, order = 'ASC', most = mostRows }: { readonly sort?: number; readonly order?: 'ASC' | 'DESC'; readonly most?: number } = {},
    ): Promise<GlpiRow[]> {
      const query: [string, string][] = criteria.flatMap(({ field, searchtype, value }, i): [string, string][] => [
        ...(i === 0 ? [] : [[`criteria[${i}][link]`, 'AND'] as [string, string]]),
        [`criteria[${i}][field]`, String(field)],
        [`criteria[${i}][searchtype]`, searchtype],
        [`criteria[${i}][value]`, value],
      ])
      for (const [i, column] of columns.entries()) query.push([`forcedisplay[${i}]`, String(column)])
      if (sort !== undefined) query.push(['sort', String(sort)], ['order', order])
      return pages(
        `search/${itemtype}`,
        query,
        (body) => {
          const data = isRow(body) ? body['data'] : undefined
          // An array, or an object by item, as versions and `withindexes` have it; absent when nothing was found.
          return Array.isArray(data) ? data.filter(isRow) : isRow(data) ? Object.values(data).filter(isRow) : []
        },
        most,
      )
    },

    /** @returns its number */
    async add(itemtype: string, input: GlpiRow): Promise<number> {
      const { body } = await ask('POST', itemtype, [], { input })
      const id = isRow(body) ? numberOf(body['id']) : null
      if (id === null || id <= 0) throw new GlpiRefused('ERROR_GLPI_ADD', `GLPI n’a pas accepté cet ajout${messageIn(body)}`)
      return id
    },

    async change(itemtype: string, id: number, input: GlpiRow): Promise<void> {
      const { body } = await ask('PUT', `${itemtype}/${id}`, [], { input: { ...input, id } })
      const [row] = Array.isArray(body) ? (body as unknown[]) : [body]
      if (isRow(row) && row[String(id)] === false)
        throw new GlpiRefused('ERROR_GLPI_UPDATE', `GLPI n’a pas accepté ce changement${messageIn(row)}`)
    },

    async remove(itemtype: string, id: number): Promise<void> {
      await ask('DELETE', `${itemtype}/${id}`, [['force_purge', 'true']]).catch((error: unknown) => {
        if (!(error instanceof GlpiRefused) || error.code !== 'ERROR_ITEM_NOT_FOUND') throw error
      })
    },

    /** Whose session it is, by which profile. */
    async whoAmI(): Promise<{ readonly id: number | null; readonly name: string; readonly profile: string }> {
      const { body } = await ask('GET', 'getFullSession')
      const found = isRow(body) && isRow(body['session']) ? body['session'] : {}
      const profile = isRow(found['glpiactiveprofile']) ? stringOf(found['glpiactiveprofile']['name']) : ''
      return { id: numberOf(found['glpiID']), name: stringOf(found['glpiname']), profile }
    },

    /** GLPI's version; null when it does not say. */
    async version(): Promise<string | null> {
      const { body } = await ask('GET', 'getGlpiConfig')
      const config = isRow(body) && isRow(body['cfg_glpi']) ? body['cfg_glpi'] : {}
      return stringOf(config['version']) || null
    },

    async entities(): Promise<GlpiRow[]> {
      const { body } = await ask('GET', 'getMyEntities', [['is_recursive', 'true']])
      const found = isRow(body) ? body['myentities'] : []
      return Array.isArray(found) ? found.filter(isRow) : []
    },

    /** Give the session back. Never rejects. */
    async close(): Promise<void> {
      if (session === null) return
      const closing = session
      session = null
      await closing.then((token) => send('GET', 'killSession', [], { 'session-token': token })).catch(() => undefined)
    },
  }
  return client
}
export type GlpiClient = ReturnType<typeof glpiClient>

function parsed(text: string): unknown {
  // Whatever PHP printed before it is no part of the answer; killSession answers nothing.
  if (text.trim() === '') return null
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

const codeIn = (body: unknown): string => (Array.isArray(body) && typeof body[0] === 'string' ? ` (${body[0]})` : '')
function messageIn(body: unknown): string {
  const said = isRow(body) ? stringOf(body['message']) : ''
  return said === '' ? '' : ` : ${said.slice(0, 200)}`
}

/** `["ERROR_…", "a sentence in the account's language"]` */
function refusal(body: unknown, status: number): GlpiRefused {
  const [code, said] = Array.isArray(body) ? (body as unknown[]) : []
  const named = typeof code === 'string' ? code : `HTTP ${status}`
  const known = sentences[named]
  const own = typeof said === 'string' ? said.split(/;|\n/)[0]?.slice(0, 200) : undefined
  return new GlpiRefused(named, known ?? `GLPI a refusé (${named})${own === undefined ? '' : ` : ${own}`}`)
}

function whyAway(error: unknown): string {
  if (!(error instanceof Error)) return 'GLPI ne répond pas'
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'GLPI ne répond pas en quinze secondes'
  const cause = error.cause instanceof Error && 'code' in error.cause && typeof error.cause.code === 'string' ? error.cause.code : null
  if (cause === 'ENOTFOUND' || cause === 'EAI_AGAIN') return 'le nom du serveur GLPI est introuvable'
  if (cause === 'ECONNREFUSED') return 'rien ne répond à l’adresse de GLPI'
  if (cause !== null && /CERT|SIGNED|TLS|SSL/.test(cause)) return `le certificat de GLPI n’est pas reconnu (${cause})`
  return `GLPI ne répond pas${cause === null ? '' : ` (${cause})`}`
}
