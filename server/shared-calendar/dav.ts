import type * as Tsdav from 'tsdav'

/** The package is read when a calendar is first asked. */
type Client = typeof Tsdav

/** How long one request may take. */
const timeoutMs = 15_000

/** The calendar's server could not be asked, or refused; the message is a French sentence for whoever set it up. */
export class CalendarAway extends Error {}

export type DavAccount = { readonly address: string; readonly login: string; readonly password: string }
export type DavObject = { readonly href: string; readonly etag: string; readonly text: string }

const refusals: Readonly<Record<number, string>> = {
  401: 'le serveur refuse l’identifiant ou le mot de passe',
  403: 'ce compte n’a pas le droit de lire ou d’écrire cet agenda',
  404: 'il n’y a pas d’agenda à cette adresse',
  405: 'ce n’est pas l’adresse d’un agenda (CalDAV)',
  507: 'le serveur n’a plus de place',
}

function saysOf(error: unknown): string {
  if (error instanceof CalendarAway) return error.message
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return `pas de réponse en ${timeoutMs / 1000} secondes`
  const cause = error.cause instanceof Error && 'code' in error.cause ? String(error.cause.code) : ''
  if (cause === 'ECONNREFUSED') return 'rien ne répond à cette adresse'
  if (cause === 'ENOTFOUND' || cause === 'EAI_AGAIN') return 'ce nom de serveur est inconnu'
  if (cause !== '') return `la connexion échoue (${cause})`
  if (/Invalid credentials/.test(error.message)) return refusals[401] ?? ''
  if (/principalUrl|homeUrl/.test(error.message)) return 'le serveur répond, mais ne dit pas où sont les agendas de ce compte'
  return error.message.slice(0, 200)
}

/** Where an address stands on its server: what tells two objects apart, however each side writes it. */
const placeOf = (href: string, base: string): string => decodeURI(new URL(href, base).pathname)

/**
 * A calendar server, by CalDAV. Nothing is sent to another server than the one given: not by a redirection, nor by an address in an answer.
 * All of it throws `CalendarAway`.
 */
export function dav({ address, login, password }: DavAccount) {
  const { origin } = new URL(address)
  const headers = { authorization: `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}` }
  const asked: typeof fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    if (url.origin !== origin) throw new CalendarAway(`le serveur renvoie vers un autre serveur (${url.origin})`)
    return fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) })
  }
  const refused = (status: number) => new CalendarAway(refusals[status] ?? `le serveur répond ${status}`)
  async function guarded<T>(work: (by: Client) => Promise<T>): Promise<T> {
    try {
      return await work(await import('tsdav'))
    } catch (error) {
      throw new CalendarAway(saysOf(error))
    }
  }
  const etagOf = async (by: Client, href: string): Promise<string> => {
    const [found] = await by.propfind({ url: new URL(href, origin).href, props: { 'd:getetag': {} }, depth: '0', headers, fetch: asked })
    if (found?.ok !== true) throw refused(found?.status ?? 0)
    return String(found.props?.['getetag'] ?? '')
  }

  return {
    /** Calendars of the account. */
    calendars: (): Promise<{ readonly url: string; readonly name: string }[]> =>
      guarded(async (by) => {
        const account = await by.createAccount({ account: { serverUrl: address, accountType: 'caldav' }, headers, fetch: asked })
        const found = await by.fetchCalendars({ account, headers, fetch: asked })
        return found
          .filter(({ components }) => components === undefined || components.includes('VEVENT'))
          .map(({ url, displayName }) => ({
            url: new URL(url, address).href,
            name:
              typeof displayName === 'string' && displayName !== ''
                ? displayName
                : (placeOf(url, address).split('/').filter(Boolean).at(-1) ?? url),
          }))
      }),

    /** Says whether anything changed since: servers give one of these marks. Null when they give none. */
    markOf: (collection: string): Promise<string | null> =>
      guarded(async (by) => {
        const props = { 'cs:getctag': {}, 'd:sync-token': {} }
        const [found] = await by.propfind({ url: collection, props, depth: '0', headers, fetch: asked })
        if (found?.ok !== true) throw refused(found?.status ?? 0)
        const mark = found.props?.['getctag'] ?? found.props?.['syncToken']
        return mark === undefined || mark === null || typeof mark === 'object' ? null : String(mark)
      }),

    /** What stands in a collection: place → etag. */
    listing: (collection: string): Promise<ReadonlyMap<string, string>> =>
      guarded(async (by) => {
        const found = await by.propfind({ url: collection, props: { 'd:getetag': {} }, depth: '1', headers, fetch: asked })
        const [first] = found
        if (first === undefined || !first.ok) throw refused(first?.status ?? 0)
        return new Map(
          found.flatMap(({ href, ok, props }) =>
            href !== undefined && ok && props?.['getetag'] !== undefined ? [[placeOf(href, collection), String(props['getetag'])]] : [],
          ),
        )
      }),

    /** Events that touch a window, whole: their rules and exceptions with them. */
    read: (collection: string, fromMs: number, toMs: number): Promise<DavObject[]> =>
      guarded(async (by) => {
        const timeRange = { start: new Date(fromMs).toISOString(), end: new Date(toMs).toISOString() }
        const found = await by.fetchCalendarObjects({
          calendar: { url: collection },
          timeRange,
          urlFilter: () => true,
          useMultiGet: false,
          headers,
          fetch: asked,
        })
        return found.flatMap(({ url, etag, data }) =>
          typeof data === 'string' && data !== '' ? [{ href: placeOf(url, collection), etag: etag ?? '', text: data }] : [],
        )
      }),

    /** Null when it is not there. */
    object: (href: string): Promise<string | null> =>
      guarded(async () => {
        const answer = await asked(new URL(href, origin), { headers })
        if (answer.status === 404 || answer.status === 410) return null
        if (!answer.ok) throw refused(answer.status)
        return answer.text()
      }),

    /**
     * @param etag what was read; null: it is not there yet
     * @returns its new etag; `changed` when somebody else was there first
     */
    put: (href: string, text: string, etag: string | null): Promise<{ readonly etag: string } | 'changed'> =>
      guarded(async (by) => {
        const url = new URL(href, origin).href
        const answer =
          etag === null
            ? await by.createCalendarObject({
                calendar: { url: new URL('.', url).href },
                filename: url.slice(url.lastIndexOf('/') + 1),
                iCalString: text,
                headers,
                fetch: asked,
              })
            : await by.updateCalendarObject({ calendarObject: { url, data: text, etag }, headers, fetch: asked })
        if (answer.status === 412 || answer.status === 409 || (etag !== null && answer.status === 404)) return 'changed'
        if (!answer.ok) throw refused(answer.status)
        return { etag: answer.headers.get('etag') ?? (await etagOf(by, href)) }
      }),

    /** @returns `changed` when somebody else was there first; what is not there is gone already */
    remove: (href: string, etag: string): Promise<'gone' | 'changed'> =>
      guarded(async (by) => {
        const answer = await by.deleteCalendarObject({ calendarObject: { url: new URL(href, origin).href, etag }, headers, fetch: asked })
        if (answer.status === 412) return 'changed'
        if (answer.ok || answer.status === 404 || answer.status === 410) return 'gone'
        throw refused(answer.status)
      }),
  }
}
export type Dav = ReturnType<typeof dav>

/** Whatever went wrong with the server, as being away. */
export const awayOf = (error: unknown): CalendarAway =>
  error instanceof CalendarAway ? error : new CalendarAway(error instanceof Error ? error.message : String(error))
