import type { Machine, OcsServer } from '../../contract/ocs.ts'

const timeoutMs = 8_000
const mostMachines = 10

/** An OCS that does not answer, or not as one. The message is for people. */
export class OcsAway extends Error {}

type Row = Readonly<Record<string, unknown>>
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '')
/** What makers write where they wrote nothing. */
const meaningless = /^(to be filled by o\.?e\.?m\.?|default string|system (product name|manufacturer|serial number)|n\/?a|none|0+)$/i
const said = (value: unknown): string => (meaningless.test(text(value)) ? '' : text(value))

/** OCS Inventory's REST interface (`/ocsapi/v1/`), read only. @throws OcsAway from every method */
export function ocsClient({ id, name, address, login }: OcsServer, password: string | null, fetching: typeof fetch = fetch) {
  const base = address.replace(/\/+$/, '').replace(/\/(ocsapi(\/v1)?|ocsreports)$/, '')
  const authorization = login === '' ? null : `Basic ${Buffer.from(`${login}:${password ?? ''}`, 'utf8').toString('base64')}`

  async function ask(path: string): Promise<unknown> {
    let answer: Response
    let body: string
    try {
      answer = await fetching(`${base}/ocsapi/v1/${path}`, {
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
        headers: { accept: 'application/json', ...(authorization !== null && { authorization }) },
      })
      body = await answer.text()
    } catch (error) {
      throw new OcsAway(whyAway(error))
    }
    if (answer.status === 401 || answer.status === 403)
      throw new OcsAway('l’identifiant ou le mot de passe de l’interface REST n’est pas le bon')
    if (answer.status >= 300) throw new OcsAway(`OCS a répondu ${answer.status} : l’interface REST est-elle installée à cette adresse ?`)
    const read = parsed(body)
    if (read === undefined) throw new OcsAway('cette adresse ne répond pas comme l’interface REST d’OCS (/ocsapi/v1/)')
    return read
  }

  /** A section of one machine: some versions give a list of one, others the object itself. */
  async function section(ocsId: number, which: 'hardware' | 'bios'): Promise<Row> {
    const body = await ask(`computer/${ocsId}/${which}`)
    const machine = isRow(body) ? body[String(ocsId)] : undefined
    const rows: unknown = isRow(machine) ? machine[which] : undefined
    const row: unknown = Array.isArray(rows) ? rows[0] : rows
    return isRow(row) ? row : {}
  }

  return {
    /** Whether it is an OCS that lets us in. */
    probe: (): Promise<void> => ask('computers/search?start=0&limit=1&USERID=guichet').then(() => undefined),

    /** The machines on which somebody was last seen, the latest inventory first. @param uid their login */
    async machinesOf(uid: string): Promise<Machine[]> {
      const query = `USERID=${encodeURIComponent(uid)}&start=0&limit=${mostMachines}&orderby=LASTDATE;DESC`
      const found = idsIn(await ask(`computers/search?${query}`)).slice(0, mostMachines)
      const machines = await Promise.all(
        found.map(async (ocsId) => {
          const hardware = await section(ocsId, 'hardware')
          // Versions that do not know the criterion give everybody's machines.
          return isTheirs(text(hardware['USERID']), uid) ? machine(ocsId, hardware, await section(ocsId, 'bios')) : null
        }),
      )
      return machines.filter((one) => one !== null).toSorted((a, b) => (a.seen < b.seen ? 1 : -1))
    },
  }

  function machine(ocsId: number, hardware: Row, bios: Row): Machine | null {
    const deviceId = text(hardware['DEVICEID'])
    if (deviceId === '') return null
    const memory = Number(text(hardware['MEMORY']))
    return {
      server: { id, name },
      ocsId,
      deviceId,
      name: text(hardware['NAME']) || deviceId,
      system: [text(hardware['OSNAME']), text(hardware['OSVERSION'])].filter(Boolean).join(' '),
      model: [said(bios['SMANUFACTURER']), said(bios['SMODEL'])].filter(Boolean).join(' '),
      serial: said(bios['SSN']),
      address: text(hardware['IPADDR']) || text(hardware['IPSRC']),
      memory: Number.isInteger(memory) && memory > 0 ? memory : null,
      seen: text(hardware['LASTDATE']) || text(hardware['LASTCOME']),
      url: `${base}/ocsreports/index.php?function=computer&head=1&systemid=${ocsId}`,
    }
  }
}

/** `dubois`, `UNIV\dubois` and `dubois@univ.fr` are one. */
const isTheirs = (written: string, uid: string): boolean =>
  written.toLowerCase().replace(/^.*\\/, '').replace(/@.*$/, '') === uid.toLowerCase().replace(/@.*$/, '')

/** `[{"ID": 16}]`, `[[16]]` or `[16]`, as versions have it. */
const idsIn = (body: unknown): number[] =>
  (Array.isArray(body) ? (body as unknown[]) : []).flatMap((one) => {
    const id = Number(isRow(one) ? text(one['ID']) : text(Array.isArray(one) ? (one as unknown[])[0] : one))
    return Number.isSafeInteger(id) && id > 0 ? [id] : []
  })

/** Some versions wrap their JSON in a JSON text. */
function parsed(body: string): unknown {
  try {
    const once: unknown = JSON.parse(body)
    return typeof once === 'string' ? (JSON.parse(once) as unknown) : once
  } catch {
    return undefined
  }
}

function whyAway(error: unknown): string {
  if (!(error instanceof Error)) return 'OCS ne répond pas'
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'OCS ne répond pas en huit secondes'
  const cause = error.cause instanceof Error && 'code' in error.cause && typeof error.cause.code === 'string' ? error.cause.code : null
  if (cause === 'ENOTFOUND' || cause === 'EAI_AGAIN') return 'le nom du serveur OCS est introuvable'
  if (cause === 'ECONNREFUSED') return 'rien ne répond à l’adresse d’OCS'
  if (cause !== null && /CERT|SIGNED|TLS|SSL/.test(cause)) return `le certificat d’OCS n’est pas reconnu (${cause})`
  return `OCS ne répond pas${cause === null ? '' : ` (${cause})`}`
}
