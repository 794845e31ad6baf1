import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Ticket } from '../contract/entities.ts'
import { rights } from '../contract/rights.ts'
import { ServiceError } from '../errors.ts'
import { gestureNames } from '../group-links.ts'
import type { GroupGesture, Holder } from '../tickets/model.ts'
import type { PortalParts } from './desk-now.ts'
import { groupPage, offered, type GroupView } from './group-page.ts'
import { groupWords } from './group-words.ts'
import { page } from './routes.ts'

const gestureOf = (named: unknown): GroupGesture => {
  const found = Object.entries(gestureNames).find(([gesture, name]) => name === named || gesture === named)
  return found === undefined ? 'take' : (found[0] as GroupGesture)
}
const treats: readonly string[] = rights['POST /api/tickets/:number/take-up']
type Fields = Readonly<Record<string, string>>

/**
 * « Je prends », « pas pour nous », « il manque… », from the mail by which a ticket came to a group. The signed link shows what the mail said;
 * what is done is done in a name: of whom the mail went to, or of who is signed in.
 */
export function groupRoutes(portal: FastifyInstance, parts: PortalParts): void {
  const { stores, groupLinks, onTicketSaved } = parts
  const { tickets } = stores

  async function held(request: FastifyRequest, key: unknown): Promise<{ readonly ticket: Ticket; readonly holder: Holder }> {
    const { number = '' } = request.params as { readonly number?: string }
    const ticket = /^\d{1,9}$/.test(number) ? await tickets.find(Number(number)) : null
    const holder = ticket === null || typeof key !== 'string' ? null : groupLinks.holderOf(ticket, key)
    if (ticket === null || holder === null) throw new ServiceError('not_found')
    return { ticket, holder }
  }

  /**
   * The mail's own reader, while they have an account; whoever is signed in otherwise. A mail to one person serves those alone who see the
   * ticket still; a list says by itself who reads it.
   */
  async function answering(request: FastifyRequest, { number }: Ticket, { accountId }: Holder) {
    const { session } = request.who
    const account = session ?? (accountId === null ? null : await stores.accounts.byId(accountId))
    if (account === null) return null
    const { id, name, role } = account
    return { id, name, role, treats: treats.includes(role), sees: accountId === null || (await tickets.isSeenBy(number, { id, role })) }
  }

  async function view(request: FastifyRequest, key: string, ticket: Ticket, holder: Holder, more: Partial<GroupView>): Promise<GroupView> {
    const groups = await stores.groups.list()
    const found = groups.find(({ id }) => id === holder.groupId)
    const whole = await tickets.page(ticket.number)
    const sent = whole?.journal.findLast(({ kind, detail }) => kind === 'redirected' && detail?.group?.id === holder.groupId)
    return {
      ticket,
      group: { id: holder.groupId, name: found?.name ?? '' },
      others: groups.filter(({ id, retiredAt }) => id !== holder.groupId && retiredAt === null),
      word: sent?.text ?? '',
      key,
      gesture: 'take',
      by: await answering(request, ticket, holder),
      said: null,
      problem: null,
      typed: '',
      ...more,
    }
  }

  portal.get('/groupe/:number', async (request, reply) => {
    const { cle, geste, fait } = request.query as { readonly cle?: unknown; readonly geste?: unknown; readonly fait?: unknown }
    const { ticket, holder } = await held(request, cle)
    const said = typeof fait === 'string' ? ({ kind: 'done', gesture: gestureOf(fait) } as const) : null
    return page(reply, groupPage(request.look, await view(request, String(cle), ticket, holder, { gesture: gestureOf(geste), said })))
  })

  portal.post('/groupe/:number', async (request, reply): Promise<FastifyReply> => {
    const fields = (request.body ?? {}) as Fields
    const key = fields['cle'] ?? ''
    const { ticket, holder } = await held(request, key)
    const gesture = gestureOf(fields['geste'])
    const by = await answering(request, ticket, holder)
    if (by === null || !by.treats || !by.sees) throw new ServiceError(by === null ? 'not_signed_in' : 'forbidden')
    const typed = (fields['texte'] ?? '').slice(0, 20_000)
    const again = async (more: Partial<GroupView>, status: number) => {
      const now = (await tickets.find(ticket.number)) ?? ticket
      return page(reply, groupPage(request.look, await view(request, key, now, holder, { gesture, typed, ...more })), status)
    }
    if (!offered({ ticket, group: { id: holder.groupId, name: '' }, by }).includes(gesture))
      return again({ said: { kind: 'changed' } }, 409)
    if (gesture !== 'take' && typed.trim() === '') return again({ problem: groupWords[request.look.language].needed }, 422)
    try {
      onTicketSaved(await done(ticket.number, gesture, typed, fields, by))
    } catch (error) {
      if (!(error instanceof ServiceError) || error.status >= 500) throw error
      return again(error.code === 'conflict' ? { said: { kind: 'changed' } } : { problem: error.message }, error.status)
    }
    const at = new URLSearchParams({ cle: key, geste: gestureNames[gesture], fait: gestureNames[gesture] })
    return reply.redirect(`/groupe/${ticket.number}?${at.toString()}`, 303)
  })

  function done(number: number, gesture: GroupGesture, text: string, fields: Fields, by: Parameters<typeof tickets.takeUp>[1]) {
    switch (gesture) {
      case 'take':
        return tickets.takeUp(number, by)
      case 'giveBack':
        return tickets.giveBack(number, { reason: text, groupId: fields['vers'] || null }, by)
      case 'ask':
        return tickets.askMissing(number, { of: fields['a'] === 'desk' ? 'desk' : 'user', text }, by)
      default:
        return gesture satisfies never
    }
  }
}
