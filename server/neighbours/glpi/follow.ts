import type { GlpiLink } from '../../database/glpi-store.ts'
import type { Actor } from '../../database/ticket-saving.ts'
import { internalLine } from '../../database/glpi-store.ts'
import { contribute } from '../../tickets/decide.ts'
import { propose } from '../../tickets/solving.ts'
import { numberOf, stringOf, type GlpiClient, type GlpiRow } from './client.ts'
import { glpiActor, meet, readFields, setStatus, type MeetParts } from './meet.ts'
import { lineOfMark, textFrom } from './texts.ts'

/** Looked at once more: GLPI's moments are whole seconds, and several changes share one. */
const overlapMs = 60_000
const refusedSolution = 4
const requester = 1

/** What GLPI has changed since it was last looked at joins the tickets here. */
export async function followGlpi(parts: MeetParts): Promise<void> {
  const { client, store } = parts
  const [byId, byChange] = await Promise.all([
    client.option('Ticket', 'glpi_tickets', 'id'),
    client.option('Ticket', 'glpi_tickets', 'date_mod'),
  ])
  const seen = await store.seen()
  if (seen === null) {
    const [latest] = await client.search('Ticket', [], [byId, byChange], { sort: byChange, order: 'DESC', most: 1 })
    await store.see(stringOf(latest?.[String(byChange)]))
    return
  }
  const since = earlier(seen)
  const rows = await client.search(
    'Ticket',
    since === null ? [] : [{ field: byChange, searchtype: 'morethan', value: since }],
    [byId, byChange],
    { sort: byChange },
  )
  const ids = rows.flatMap((row) => numberOf(row[String(byId)]) ?? [])
  for (const link of await store.links(ids)) if (!link.erased) await bring(parts, link)
  const newest = rows
    .map((row) => stringOf(row[String(byChange)]))
    .toSorted()
    .at(-1)
  if (newest !== undefined && newest > seen) await store.see(newest)
}

/** GLPI's moments bear no zone: they are counted as they are written. */
function earlier(mark: string): string | null {
  const ms = Date.parse(`${mark.replace(' ', 'T')}Z`)
  return Number.isNaN(ms) ? null : new Date(ms - overlapMs).toISOString().slice(0, 19).replace('T', ' ')
}

/** What was written there joins its ticket, once; then both states meet. */
async function bring(parts: MeetParts, link: GlpiLink): Promise<void> {
  const { client, store, tickets, onSaved } = parts
  for (const item of await fresh(parts, link)) {
    const brought = await item()
    if (brought !== null) onSaved(brought)
  }
  // What is still to be sent brings them together itself.
  if (await store.isOwed(link.ticketId)) return
  const [ticket, theirs] = [await tickets.find(link.number), await readFields(client, link, parts.settings())]
  if (ticket === null || theirs === null) return
  const met = await meet(parts, link, ticket, theirs)
  const status = met.give.status === undefined ? met.agreed.status : await setStatus(parts, link, met.ticket, met.give.status)
  await store.link({ ...link, agreed: { ...met.agreed, status } })
}

/** What somebody wrote in GLPI and is not here yet, in its order. */
async function fresh({ client, store }: MeetParts, link: GlpiLink) {
  const found: { readonly itemtype: 'ITILFollowup' | 'ITILSolution'; readonly row: GlpiRow; readonly id: number; readonly text: string }[] =
    []
  for (const itemtype of ['ITILFollowup', 'ITILSolution'] as const) {
    const rows = await client.list(`Ticket/${link.glpiId}/${itemtype}`)
    const theirs = rows.flatMap((row) => {
      const [id, text] = [numberOf(row['id']), textFrom(stringOf(row['content']))]
      return id === null || text === '' || lineOfMark(text) !== null ? [] : [{ itemtype, row, id, text }]
    })
    const known = await store.known(
      itemtype,
      theirs.map(({ id }) => id),
    )
    found.push(...theirs.filter(({ id }) => !known.has(id)))
  }
  if (found.length === 0) return []
  const requesters = await requestersOf(client, link.glpiId)
  return found
    .toSorted((a, b) => stringOf(a.row['date_creation']).localeCompare(stringOf(b.row['date_creation'])) || a.id - b.id)
    .map(({ itemtype, row, id, text }) => async () => {
      const userId = numberOf(row['users_id'])
      const author = await glpiActor(client, userId)
      const item = { itemtype, id }
      if (itemtype === 'ITILSolution') {
        const asNote = `Solution écrite dans GLPI : ${text}`
        return numberOf(row['status']) === refusedSolution
          ? store.bring(link.number, item, author, (ticket, context) => internalLine(ticket, asNote, context))
          : store.bring(
              link.number,
              item,
              author,
              (ticket, context) => propose(ticket, text, context),
              (ticket, context) => internalLine(ticket, asNote, context),
            )
      }
      const isTheirs = userId !== null && requesters.has(userId)
      const actor: Actor = isTheirs ? { id: author.id, name: author.name, side: 'requester' } : author
      const visibility = numberOf(row['is_private']) === 1 ? 'internal' : 'public'
      return store.bring(link.number, item, actor, (ticket, context) => contribute(ticket, text, context, { visibility }))
    })
}

async function requestersOf(client: GlpiClient, glpiId: number): Promise<ReadonlySet<number>> {
  const rows = await client.list(`Ticket/${glpiId}/Ticket_User`)
  return new Set(rows.filter((row) => numberOf(row['type']) === requester).flatMap((row) => numberOf(row['users_id']) ?? []))
}
