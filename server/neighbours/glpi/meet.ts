import type { Ticket } from '../../contract/entities.ts'
import type { GlpiField, GlpiSettings } from '../../contract/glpi.ts'
import type { GlpiLink, GlpiStore } from '../../database/glpi-store.ts'
import type { Actor } from '../../database/ticket-saving.ts'
import { ServiceError } from '../../errors.ts'
import { numberOf, stringOf, type GlpiClient, type GlpiRow } from './client.ts'
import type { GlpiTickets } from './glpi.ts'
import { isSame, merge, oursOf, saidOf, urgencyFrom, winnersOf, type GlpiFields, type Lost, type Merged, type SaidFields } from './merge.ts'
import { textFrom, titleFrom } from './texts.ts'

export type MeetParts = {
  readonly client: GlpiClient
  readonly store: GlpiStore
  readonly tickets: GlpiTickets
  readonly settings: () => GlpiSettings
  /** What the site calls its desk. */
  readonly deskName: () => string
  readonly onSaved: (ticket: Ticket) => void
}
export type Theirs = {
  readonly fields: GlpiFields
  readonly row: GlpiRow
  readonly assigned: readonly { readonly id: number; readonly group: number }[]
}

/** A group that treats a ticket, in GLPI's own numbers. */
const assigns = 2

/** A ticket as GLPI has it; null: it has it no more. */
export async function readFields(client: GlpiClient, { glpiId, agreed }: GlpiLink, settings: GlpiSettings): Promise<Theirs | null> {
  const row = await client.item('Ticket', glpiId)
  if (row === null || numberOf(row['is_deleted']) === 1) return null
  const groups = await client.list(`Ticket/${glpiId}/Group_Ticket`)
  const assigned = groups.flatMap((one) => {
    const [id, group, type] = [numberOf(one['id']), numberOf(one['groups_id']), numberOf(one['type'])]
    return id === null || group === null || type !== assigns ? [] : [{ id, group }]
  })
  const of = (group: number) => assigned.some((one) => one.group === group)
  // Of several, the one agreed upon, else one that stands for somebody here.
  const group = of(agreed.group) ? agreed.group : (settings.groups.find(({ theirs }) => of(theirs))?.theirs ?? assigned[0]?.group ?? 0)
  return {
    row,
    assigned,
    fields: {
      title: titleFrom(stringOf(row['name'])),
      status: numberOf(row['status']) ?? 1,
      urgency: numberOf(row['urgency']) ?? 3,
      category: numberOf(row['itilcategories_id']) ?? 0,
      group,
    },
  }
}

/** Who did something in GLPI, as the journal signs it. @param userId null: GLPI does not say */
export async function glpiActor(client: GlpiClient, userId: number | null): Promise<Actor> {
  if (userId === null || userId <= 0) return { id: 'glpi:0', name: 'GLPI', role: 'level2' }
  const user = await client.item('User', userId).catch(() => null)
  const said = [user?.['firstname'], user?.['realname']].map(stringOf).filter(Boolean).join(' ') || stringOf(user?.['name'])
  return { id: `glpi:${userId}`, name: said === '' ? 'GLPI' : `${said} (GLPI)`, role: 'level2' }
}

/**
 * Two states of one ticket come together: what GLPI changed is done here, what was changed here is written there. The status is not: it
 * goes last, by {@link setStatus}.
 */
export async function meet(
  parts: MeetParts,
  link: GlpiLink,
  before: Ticket,
  theirs: Theirs,
): Promise<Merged & { readonly ticket: Ticket }> {
  const { client, settings, store } = parts
  const chosen = settings()
  const merged = merge(link.agreed, saidOf(before, chosen), theirs.fields, winnersOf(chosen))
  let ticket = before
  if (Object.keys(merged.take).length > 0 || merged.lost.length > 0) {
    const actor = await glpiActor(client, numberOf(theirs.row['users_id_lastupdater']))
    ticket = await take(parts, link, ticket, merged.take, actor)
    for (const lost of merged.lost) ticket = await store.note(ticket.number, lostWords(lost), { ...actor, side: 'clock' })
    parts.onSaved(ticket)
  }
  const { title, urgency, category, group } = merged.give
  const changed = {
    ...(title !== undefined && { name: title }),
    ...(urgency !== undefined && { urgency }),
    ...(category !== undefined && { itilcategories_id: category }),
  }
  if (Object.keys(changed).length > 0) await client.change('Ticket', link.glpiId, changed)
  if (group !== undefined) await assign(client, link.glpiId, group, theirs, chosen)
  return { ...merged, ticket }
}

async function assign(client: GlpiClient, glpiId: number, group: number, { assigned }: Theirs, { groups }: GlpiSettings): Promise<void> {
  if (group > 0 && !assigned.some((one) => one.group === group))
    await client.add('Group_Ticket', { tickets_id: glpiId, groups_id: group, type: assigns })
  // A group that nothing here stands for is GLPI's own affair.
  for (const one of assigned)
    if (one.group !== group && groups.some(({ theirs }) => theirs === one.group)) await client.remove('Group_Ticket', one.id)
}

/** The status that is to be there, whatever GLPI made of what was written. @param wanted undefined: GLPI's own stands @returns the one that stands */
export async function setStatus({ client }: MeetParts, { glpiId }: GlpiLink, _ticket: Ticket, wanted: number | undefined): Promise<number> {
  const there = numberOf((await client.item('Ticket', glpiId))?.['status']) ?? 1
  if (wanted === undefined || isSame('status', there, wanted)) return there
  await client.change('Ticket', glpiId, { status: wanted })
  return wanted
}

const statusNames: Readonly<Record<number, string>> = {
  1: 'nouveau',
  2: 'en cours (attribué)',
  3: 'en cours (planifié)',
  4: 'en attente',
  5: 'résolu',
  6: 'clos',
}
const fieldNames: Readonly<Record<GlpiField, string>> = {
  title: 'titre',
  status: 'état',
  urgency: 'urgence',
  category: 'catégorie',
  group: 'groupe',
}
const shown = (field: GlpiField, value: string | number): string =>
  field === 'status'
    ? (statusNames[Number(value)] ?? String(value))
    : field === 'title'
      ? `« ${value} »`
      : value === 0
        ? 'aucun'
        : String(value)

const lostWords = ({ field, winner, ours, theirs }: Lost): string =>
  winner === 'guichet'
    ? `Changé des deux côtés, ${fieldNames[field]} : le guichet l’emporte. GLPI disait : ${shown(field, theirs)}.`
    : `Changé des deux côtés, ${fieldNames[field]} : GLPI l’emporte. Ici : ${shown(field, ours)}.`

/** What GLPI changed is done here by the same gestures as anybody's; what cannot be is written down. */
async function take(parts: MeetParts, link: GlpiLink, before: Ticket, taken: SaidFields, actor: Actor): Promise<Ticket> {
  const { tickets, store, settings } = parts
  const { number } = before
  let ticket = before
  const tried = async (field: GlpiField, value: string | number, work: () => Promise<Ticket> | null): Promise<void> => {
    const done = work()
    try {
      if (done !== null) {
        ticket = await done
        return
      }
    } catch (error) {
      if (!(error instanceof ServiceError) || (error.code !== 'conflict' && error.code !== 'invalid_body')) throw error
    }
    const text = `Changé dans GLPI, ${fieldNames[field]} : ${shown(field, value)}. Cela n’a pas d’équivalent ici, où rien ne change.`
    ticket = await store.note(number, text, { ...actor, side: 'clock' })
  }
  const { title, urgency, category, group, status } = taken
  if (title !== undefined) await tried('title', title, () => tickets.complete(number, { title: title.slice(0, 200) }, actor))
  if (urgency !== undefined) await tried('urgency', urgency, () => tickets.complete(number, { urgency: urgencyFrom(urgency) }, actor))
  if (category !== undefined) {
    const categoryId = oursOf(settings().categories, category)
    await tried('category', category, () => (categoryId === undefined ? null : tickets.complete(number, { categoryId }, actor)))
  }
  if (group !== undefined) {
    const groupId = oursOf(settings().groups, group)
    await tried('group', group, () => (groupId == null ? null : tickets.redirect(number, groupId, 'Attribué dans GLPI.', actor)))
  }
  if (status !== undefined) {
    const solution = status >= 5 ? await solutionIn(parts.client, link.glpiId) : ''
    await tried('status', status, () => becoming(tickets, ticket, status, solution, link.glpiId, actor))
  }
  return ticket
}

/** The gesture that a status of GLPI's stands for; null: there is none. */
function becoming(
  tickets: GlpiTickets,
  ticket: Ticket,
  status: number,
  solution: string,
  glpiId: number,
  actor: Actor,
): Promise<Ticket> | null {
  const { number } = ticket
  switch (status) {
    case 2:
    case 3:
      if (ticket.status === 'closed') return tickets.reopen(number, 'Rouvert dans GLPI.', actor)
      if (ticket.status === 'waiting' || ticket.status === 'solution-proposed') return tickets.resume(number, actor)
      return ticket.status === 'in-progress' ? Promise.resolve(ticket) : tickets.takeUp(number, actor)
    case 4:
      return tickets.wait(number, { for: 'level3', name: 'GLPI', reference: String(glpiId), dueAt: null }, '', actor)
    case 5:
      return tickets.propose(number, solution || 'Résolu dans GLPI.', actor)
    case 6:
      return tickets.close(number, ticket.status === 'solution-proposed' ? null : solution || ticket.solution || 'Clos dans GLPI.', actor)
    default:
      return null
  }
}

async function solutionIn(client: GlpiClient, glpiId: number): Promise<string> {
  const rows = await client.list(`Ticket/${glpiId}/ITILSolution`)
  const latest = rows.toSorted((a, b) => (numberOf(a['id']) ?? 0) - (numberOf(b['id']) ?? 0)).at(-1)
  return textFrom(stringOf(latest?.['content']))
}
