import type { Medium, Ticket } from '../../contract/entities.ts'
import type { GlpiLink, OwedLine } from '../../database/glpi-store.ts'
import { GlpiRefused, numberOf, stringOf, type GlpiClient } from './client.ts'
import { saidOf, type GlpiFields } from './merge.ts'
import { meet, readFields, setStatus, type MeetParts } from './meet.ts'
import { lineHtml, lineOfMark, signatureOf, textFrom } from './texts.ts'
import { paragraphsOf } from '../../clean-html.ts'

/** By which GLPI knows that a ticket is ours, whatever happened to the answer when it was made. */
const externalIdOf = (number: number): string => `guichet-${number}`
/** GLPI's usual sources of requests. */
const sources: Readonly<Record<Medium, number>> = { form: 1, mail: 2, phone: 3, message: 3, 'walk-in': 4, level2: 4 }
const solved = 5
const closed = 6

/**
 * Tell GLPI one line of a ticket's journal, and what the ticket has become by it; made there when it is not yet.
 * @returns null: it is told; else why it stays here alone
 */
export async function tellGlpi(parts: MeetParts, owed: OwedLine): Promise<string | null> {
  const { store, client } = parts
  if (owed.erased) return 'le contenu de ce ticket a été effacé'
  const { ticket, line } = owed
  const link = (await store.linkOf(ticket.id)) ?? (await made(parts, owed))
  const theirs = await readFields(client, link, parts.settings())
  if (theirs === null) throw new GlpiRefused('ERROR_ITEM_NOT_FOUND', `le ticket ${link.glpiId} n’existe plus dans GLPI`)
  const met = await meet(parts, link, ticket, theirs)
  const dropped = await writeLine(parts, link, owed, theirs.fields.status)
  if (line.changed.includes('summary')) await client.change('Ticket', link.glpiId, { content: contentOf(met.ticket, parts.deskName()) })
  const agreed = { ...met.agreed }
  // Only after the last line: GLPI takes no more on what is closed.
  if (owed.last) agreed.status = await setStatus(parts, link, met.ticket, met.give.status)
  else agreed.status = met.give.status === undefined ? agreed.status : theirs.fields.status
  await store.link({ ...link, agreed })
  return dropped
}

const contentOf = ({ number, summary, title, openedBy }: Ticket, deskName: string): string =>
  `${paragraphsOf(summary || title)}<p>— ${signatureOf(openedBy, deskName)}, ticket n° ${number}</p>`

/** The ticket in GLPI: the one that was made before and not noted, or a new one. */
async function made({ store, client, settings, deskName }: MeetParts, { ticket, login, last }: OwedLine): Promise<GlpiLink> {
  const external = externalIdOf(ticket.number)
  const [byExternal, byId] = await Promise.all([
    client.option('Ticket', 'glpi_tickets', 'externalid'),
    client.option('Ticket', 'glpi_tickets', 'id'),
  ])
  const found = await client.search('Ticket', [{ field: byExternal, searchtype: 'contains', value: `^${external}$` }], [byId, byExternal])
  const before = found.find((row) => stringOf(row[String(byExternal)]) === external)
  const said = saidOf(ticket, settings())
  const wanted = said.status ?? 1
  const asked: GlpiFields = {
    title: ticket.title,
    status: last && wanted < solved ? wanted : Math.min(wanted, 2),
    urgency: said.urgency ?? 3,
    category: said.category ?? 0,
    group: 0,
  }
  let glpiId = numberOf(before?.[String(byId)])
  if (glpiId === null) {
    const { entity, notify } = settings()
    const userId = await userOf(client, login, ticket.requester.email)
    const notif = {
      use_notification: [notify ? 1 : 0],
      ...(userId === null && ticket.requester.email && { alternative_email: [ticket.requester.email] }),
    }
    glpiId = await client.add('Ticket', {
      name: ticket.title,
      content: contentOf(ticket, deskName()),
      externalid: external,
      status: asked.status,
      urgency: asked.urgency,
      ...(asked.category > 0 && { itilcategories_id: asked.category }),
      ...(entity !== null && { entities_id: entity }),
      requesttypes_id: sources[ticket.medium],
      // Without one GLPI would take the account that asks for the requester.
      _users_id_requester: userId ?? 0,
      ...((userId !== null || ticket.requester.email !== null) && { _users_id_requester_notif: notif }),
    })
  }
  const link = { ticketId: ticket.id, number: ticket.number, glpiId, agreed: asked, erased: false }
  await store.link(link)
  return link
}

/** GLPI's number of a person, by login, then by address; null: GLPI does not know them, or several are alike. */
export async function userOf(client: GlpiClient, login: string | null, email: string | null): Promise<number | null> {
  const id = await client.option('User', 'glpi_users', 'id')
  const by = async (table: string, field: string, value: string | null): Promise<number | null> => {
    if (value === null || value === '' || /[\^$]/.test(value)) return null
    const option = await client.option('User', table, field)
    const rows = await client.search('User', [{ field: option, searchtype: 'contains', value: `^${value}$` }], [id, option])
    return rows.length === 1 ? numberOf(rows[0]?.[String(id)]) : null
  }
  return (await by('glpi_users', 'name', login)) ?? (await by('glpi_useremails', 'email', email))
}

type Written = { readonly itemtype: 'ITILFollowup' | 'ITILSolution'; readonly text: string; readonly isPrivate: boolean }

/** What of a line is written there as it is; null: nothing, its effect alone counts. */
function written({ line }: OwedLine, status: number): Written | null {
  if (line.text.trim() === '') return null
  switch (line.kind) {
    case 'opened':
    case 'completed':
      return null
    case 'proposed':
      return { itemtype: 'ITILSolution', text: line.text, isPrivate: false }
    case 'closed':
      // A solution that stands there already is not given a second time over it.
      return { itemtype: status >= solved ? 'ITILFollowup' : 'ITILSolution', text: line.text, isPrivate: false }
    default:
      return { itemtype: 'ITILFollowup', text: line.text, isPrivate: line.visibility === 'internal' }
  }
}

async function writeLine({ client, deskName }: MeetParts, { glpiId }: GlpiLink, owed: OwedLine, status: number): Promise<string | null> {
  const what = written(owed, status)
  if (what === null) return null
  const { ticket, line, attempts } = owed
  if (attempts > 1 && (await stands(client, glpiId, line.id))) return null
  if (status === closed) return 'ce ticket est clos dans GLPI, qui n’y accepte plus rien'
  const content = lineHtml(what.text, line.by, deskName(), ticket.number, line.id)
  if (what.itemtype === 'ITILSolution' && status === solved) await client.change('Ticket', glpiId, { status: 2 })
  await client.add(what.itemtype, {
    itemtype: 'Ticket',
    items_id: glpiId,
    content,
    ...(what.itemtype === 'ITILFollowup' && { is_private: what.isPrivate ? 1 : 0 }),
  })
  return null
}

/** Whether a line arrived at a try before, whose answer was lost. */
async function stands(client: GlpiClient, glpiId: number, line: number): Promise<boolean> {
  for (const itemtype of ['ITILFollowup', 'ITILSolution']) {
    const rows = await client.list(`Ticket/${glpiId}/${itemtype}`)
    if (rows.some((row) => lineOfMark(textFrom(stringOf(row['content']))) === line)) return true
  }
  return false
}
