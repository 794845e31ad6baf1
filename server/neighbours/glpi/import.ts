import { Temporal } from 'temporal-polyfill'
import type { Ticket } from '../../contract/entities.ts'
import type { Category } from '../../contract/categories.ts'
import { categoryName } from '../../contract/category-tree.ts'
import type { GlpiImported, GlpiImportOrder, GlpiImportPart, GlpiPair, GlpiSettings } from '../../contract/glpi.ts'
import type { GlpiStore } from '../../database/glpi-store.ts'
import type { ArticleStore } from '../../database/article-store.ts'
import { cleanHtml } from '../../clean-html.ts'
import { accepted, signed } from '../../tickets/journal.ts'
import { written } from '../../tickets/decide.ts'
import { numberOf, stringOf, type GlpiClient, type GlpiRow } from './client.ts'
import { glpiActor } from './meet.ts'
import { oursOf, urgencyFrom, type GlpiFields } from './merge.ts'
import { lineOfMark, textFrom, titleFrom } from './texts.ts'

type By = { readonly id: string; readonly name: string }
export type ImportParts = {
  readonly client: GlpiClient
  readonly store: GlpiStore
  readonly articles: Pick<ArticleStore, 'list' | 'write'>
  readonly settings: () => GlpiSettings
  readonly categories: () => readonly Category[]
  /** Keep categories that came from GLPI, and what they stand for. */
  readonly keep: (categories: readonly Category[], pairs: readonly GlpiPair[], by: By) => Promise<void>
  readonly timeZone: string
  readonly onSaved: (ticket: Ticket) => void
}
const notesEach = 20
const solved = 5
const folded = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\s*[>›]\s*/g, ' › ')
    .trim()

/** Take over from GLPI, in this order: what is sorted by first. Each thing once, however often it is asked for. */
export async function importFrom(
  parts: ImportParts,
  { parts: wanted, dry, closedToo }: GlpiImportOrder,
  by: By,
  onPart: (done: readonly GlpiImported[]) => Promise<void>,
): Promise<void> {
  const done: GlpiImported[] = []
  const works: Readonly<Record<GlpiImportPart, () => Promise<Omit<GlpiImported, 'part'>>>> = {
    categories: () => categories(parts, dry, by),
    users: () => users(parts),
    tickets: () => tickets(parts, dry, closedToo),
    faq: () => faq(parts, dry, by),
  }
  for (const part of (['categories', 'users', 'tickets', 'faq'] as const).filter((one) => wanted.includes(one))) {
    const { notes, ...counted } = await works[part]()
    done.push({ part, ...counted, notes: notes.slice(0, notesEach) })
    await onPart(done)
  }
}

/** GLPI's categories that nothing here stands for become natures here, below those they are below there. */
async function categories(
  { client, settings, categories: own, keep }: ImportParts,
  dry: boolean,
  by: By,
): Promise<Omit<GlpiImported, 'part'>> {
  const rows = await client.list('ITILCategory')
  const here = own()
  const pairs: GlpiPair[] = []
  const made: Category[] = []
  const idOf = new Map<number, string>()
  let known = 0
  const notes: string[] = []
  // Those above come first.
  const sorted = rows.toSorted((a, b) => stringOf(a['completename']).split('>').length - stringOf(b['completename']).split('>').length)
  for (const row of sorted) {
    const [id, name] = [numberOf(row['id']), titleFrom(stringOf(row['name']))]
    if (id === null || name === '') continue
    const whole = folded(titleFrom(stringOf(row['completename']) || name))
    const paired = oursOf(settings().categories, id)
    const named = here.find((one) => one.tree !== 'place' && !one.retired && folded(categoryName(here, one.id) ?? '') === whole)?.id
    const before = typeof paired === 'string' ? paired : (named ?? here.find((one) => one.id === `glpi-${id}`)?.id)
    if (before !== undefined) {
      known += 1
      idOf.set(id, before)
      if (typeof paired !== 'string' && !settings().categories.some(({ ours }) => ours === before)) pairs.push({ ours: before, theirs: id })
      continue
    }
    if (here.length + made.length >= 500) {
      notes.push(`${name} : il y a déjà 500 catégories ici`)
      continue
    }
    const parent = idOf.get(numberOf(row['itilcategories_id']) ?? 0) ?? null
    made.push({ id: `glpi-${id}`, tree: 'nature', name: name.slice(0, 60), parentId: parent, retired: false })
    idOf.set(id, `glpi-${id}`)
    pairs.push({ ours: `glpi-${id}`, theirs: id })
    notes.push(titleFrom(stringOf(row['completename']) || name))
  }
  if (!dry && (made.length > 0 || pairs.length > 0)) await keep(made, pairs, by)
  return { found: rows.length, known, made: made.length, left: rows.length - known - made.length, notes }
}

/** People are the directory's: those whom it does not know are named, and not made. Their tickets come with their name and address. */
async function users({ client, store }: ImportParts): Promise<Omit<GlpiImported, 'part'>> {
  const rows = await client.list('User')
  const notes: string[] = []
  let known = 0
  for (const row of rows) {
    const login = stringOf(row['name'])
    if ((await store.personBy(login, '')) === null) notes.push(`${nameOf(row) || login} (${login}) : inconnu de l’annuaire`)
    else known += 1
  }
  return { found: rows.length, known, made: 0, left: rows.length - known, notes }
}

const nameOf = (row: GlpiRow | null): string => [row?.['firstname'], row?.['realname']].map(stringOf).filter(Boolean).join(' ')

/** Tickets that are there alone are opened here too, as they stand, with what was written in them. Nobody is written to. */
async function tickets(parts: ImportParts, dry: boolean, closedToo: boolean): Promise<Omit<GlpiImported, 'part'>> {
  const { client, store, settings, timeZone, onSaved } = parts
  const all = (await client.list('Ticket')).filter((row) => numberOf(row['is_deleted']) !== 1)
  const ids = all.flatMap((row) => numberOf(row['id']) ?? [])
  const linked = new Set((await store.links(ids)).map(({ glpiId }) => glpiId))
  const notes: string[] = []
  let [known, made, left] = [0, 0, 0]
  for (const row of all) {
    const [id, status] = [numberOf(row['id']), numberOf(row['status']) ?? 1]
    if (id === null) continue
    if (linked.has(id) || stringOf(row['externalid']).startsWith('guichet-')) {
      known += 1
      continue
    }
    if (status >= solved && !closedToo) {
      left += 1
      continue
    }
    const title = titleFrom(stringOf(row['name'])) || `Ticket GLPI ${id}`
    made += 1
    notes.push(`${id} : ${title}`)
    if (dry) continue
    const requester = await requesterOf(client, store, id)
    const groups = await client.list(`Ticket/${id}/Group_Ticket`)
    const assigned = groups.flatMap((one) => (numberOf(one['type']) === 2 ? (numberOf(one['groups_id']) ?? []) : []))
    const group = assigned.find((one) => typeof oursOf(settings().groups, one) === 'string') ?? 0
    const category = numberOf(row['itilcategories_id']) ?? 0
    const categoryId = oursOf(settings().categories, category) ?? null
    const groupId = oursOf(settings().groups, group) ?? null
    const items = await writtenIn(client, id, timeZone)
    const solution = items.findLast(({ itemtype }) => itemtype === 'ITILSolution')?.text ?? null
    const urgency = urgencyFrom(numberOf(row['urgency']) ?? 3)
    const openedAt = momentOf(stringOf(row['date']), timeZone)
    const agreed: GlpiFields = { title, status, urgency: numberOf(row['urgency']) ?? 3, category, group }
    const actor = { id: 'glpi:0', name: 'GLPI', role: 'level2' as const }
    const opened = await store.take({ glpiId: id, agreed, items }, actor, (context) => {
      const command = {
        title,
        summary: textFrom(stringOf(row['content'])),
        medium: 'form',
        urgency,
        impact: 'low',
        categoryId,
        placeId: null,
        nature: null,
        callId: null,
        solution: null,
        requester,
      } as const
      const base = {
        ...written({ ...command, title: title.slice(0, 200), summary: command.summary.slice(0, 20_000) }, 'pre-ticket', null, context),
        openedAt: openedAt ?? context.now,
        openedBy: 'GLPI',
      }
      const owner = { id: actor.id, name: actor.name }
      const end = closedToo && status >= solved
      const ticket = end
        ? {
            ...base,
            status: 'closed' as const,
            owner,
            solution: solution ?? 'Clos dans GLPI.',
            closedHow: 'level2' as const,
            closedAt: momentOf(stringOf(row['solvedate']) || stringOf(row['date_mod']), timeZone) ?? context.now,
          }
        : status === 4
          ? {
              ...base,
              status: 'waiting' as const,
              owner,
              groupId,
              waiting: { since: context.now, what: { for: 'level3' as const, name: 'GLPI', reference: String(id), dueAt: null } },
            }
          : groupId !== null
            ? { ...base, status: 'redirected' as const, groupId }
            : status === 1
              ? { ...base, status: 'new' as const }
              : { ...base, status: 'in-progress' as const, owner }
      const lines = items.map(({ text, by, at, isPrivate, itemtype }) => ({
        ...signed(
          { now: at ?? context.now, by: by.id, operatorName: by.name },
          'contribution',
          itemtype === 'ITILSolution' ? `Solution écrite dans GLPI : ${text}` : text,
          {
            visibility: isPrivate ? 'internal' : 'public',
          },
        ),
      }))
      const first = signed({ ...context, now: ticket.openedAt }, 'opened', ticket.summary || ticket.title, { visibility: 'public' })
      const last = end ? [signed(context, 'closed', ticket.solution ?? '', { visibility: 'public', detail: { how: 'level2' } })] : []
      return accepted(ticket, context, [first, ...lines, ...last])
    })
    if (opened === null) {
      made -= 1
      known += 1
    } else onSaved(opened)
  }
  return { found: all.length, known, made, left, notes }
}

async function requesterOf(client: GlpiClient, store: GlpiStore, glpiId: number) {
  const rows = await client.list(`Ticket/${glpiId}/Ticket_User`)
  const row = rows.find((one) => numberOf(one['type']) === 1)
  const userId = numberOf(row?.['users_id']) ?? 0
  const user = userId > 0 ? await client.item('User', userId) : null
  const login = stringOf(user?.['name'])
  const email = stringOf(row?.['alternative_email'])
  const person = await store.personBy(login, email)
  const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) ? email : null
  return {
    personId: person?.id ?? null,
    name: (person?.name ?? (nameOf(user) || login || email)).slice(0, 200),
    email: person?.email ?? address,
    phone: null,
  }
}

async function writtenIn(client: GlpiClient, glpiId: number, timeZone: string) {
  const found = []
  for (const itemtype of ['ITILFollowup', 'ITILSolution'] as const)
    for (const row of await client.list(`Ticket/${glpiId}/${itemtype}`)) {
      const [id, text] = [numberOf(row['id']), textFrom(stringOf(row['content']))]
      if (id === null || text === '' || lineOfMark(text) !== null) continue
      const by = await glpiActor(client, numberOf(row['users_id']))
      found.push({
        itemtype,
        id,
        text,
        by,
        isPrivate: numberOf(row['is_private']) === 1,
        at: momentOf(stringOf(row['date_creation']), timeZone),
      })
    }
  return found.toSorted((a, b) => (a.at ?? '').localeCompare(b.at ?? ''))
}

/** GLPI writes moments in its own zone, which is taken for the site's. @returns ISO 8601, UTC; null when it is none */
function momentOf(written: string, timeZone: string): string | null {
  try {
    return Temporal.PlainDateTime.from(written.replace(' ', 'T'))
      .toZonedDateTime(timeZone)
      .toInstant()
      .toString({ fractionalSecondDigits: 3 })
  } catch {
    return null
  }
}

/** Articles come as drafts: somebody reads them again before others do. */
async function faq({ client, store, articles }: ImportParts, dry: boolean, by: By): Promise<Omit<GlpiImported, 'part'>> {
  const rows = (await client.list('KnowbaseItem')).filter((row) => numberOf(row['is_faq']) === 1)
  const taken = await store.known(
    'KnowbaseItem',
    rows.flatMap((row) => numberOf(row['id']) ?? []),
  )
  const notes: string[] = []
  let [known, made] = [0, 0]
  for (const row of rows) {
    const [id, title] = [numberOf(row['id']), titleFrom(stringOf(row['name'])).slice(0, 200)]
    if (id === null || title === '') continue
    if (taken.has(id)) {
      known += 1
      continue
    }
    made += 1
    notes.push(title)
    if (dry) continue
    const body = stringOf(row['answer'])
    const content = {
      title,
      topicId: null,
      body: cleanHtml(body.includes('&#60;') || body.includes('&lt;p') ? htmlFrom(body) : body).slice(0, 200_000),
      keywords: '',
      state: 'draft' as const,
      reviewOn: null,
    }
    await articles.write(content, null, by)
    await store.noteItem('KnowbaseItem', id)
  }
  return { found: rows.length, known, made, left: rows.length - known - made, notes }
}
const htmlFrom = (escaped: string): string =>
  escaped
    .replace(/&#60;|&lt;/g, '<')
    .replace(/&#62;|&gt;/g, '>')
    .replace(/&#38;/g, '&')
    .replace(/&quot;/g, '"')
