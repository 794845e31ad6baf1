import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Ticket } from '../contract/entities.ts'
import { portalRights } from '../contract/rights.ts'
import type { TicketPage } from '../database/ticket-queries.ts'
import { ServiceError } from '../errors.ts'
import { sendAttachment } from '../http/attachment-routes.ts'
import { createSignInGuard } from '../http/sign-in-guard.ts'
import { derive } from '../settings/derived.ts'
import { reopenableUntil } from '../tickets/solving.ts'
import { isUuid } from '../uuid.ts'
import { callPanel } from './call-panel.ts'
import { offersCalls } from './call-routes.ts'
import type { PortalParts } from './desk-now.ts'
import { confirmPage, listPage, requestPage, versionOf, type Following } from './request-page.ts'
import { page } from './routes.ts'
import { readForm } from './uploads.ts'
import { mayFollow, rememberKey, requesterOf } from './who.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The request that who asks may follow. */
    followed: Ticket | null
  }
}

const numberOf = (request: FastifyRequest): number => {
  const { number = '' } = request.params as { readonly number?: string }
  return /^\d{1,9}$/.test(number) ? Number(number) : 0
}
const bodyOf = (request: FastifyRequest): Readonly<Record<string, string>> => (request.body ?? {}) as Record<string, string>

/** Following one's requests. */
export function followRoutes(portal: FastifyInstance, parts: PortalParts): void {
  const { stores, settings, attachments, requests, config, now, onTicketSaved, desk, callbackLinks } = parts
  const { tickets } = stores
  const secure = config.publicUrl.startsWith('https:')
  const guard = createSignInGuard(now)
  const limitsOfFiles = () => ({ most: settings.values.tickets.attachmentsEach, megabytes: settings.values.tickets.attachmentMegabytes })

  portal.decorateRequest('followed', null)
  // A request that one may not follow does not exist, whatever is asked of it; the one place where that is judged.
  portal.addHook('preHandler', async (request, reply) => {
    const route = `${request.method} ${request.routeOptions.url ?? ''}`
    if (portalRights[route as keyof typeof portalRights] !== 'follower') return
    const ticket = await tickets.find(numberOf(request))
    if (ticket === null) throw new ServiceError('not_found')
    const { cle } = request.query as { readonly cle?: unknown }
    if (typeof cle === 'string' && requests.mayFollow(ticket, cle)) {
      rememberKey(reply, request.who, ticket.number, requests.key(ticket), secure)
      return reply.redirect(`/demandes/${ticket.number}`, 303)
    }
    if (!mayFollow(request.who, ticket, requests)) throw new ServiceError('not_found')
    request.followed = ticket
  })
  const followed = (request: FastifyRequest): Ticket => {
    if (request.followed === null) throw new ServiceError('not_found')
    return request.followed
  }

  /** Within hours, as long as there is something to talk about. */
  const canTalk = ({ status }: Ticket) => status !== 'closed' && desk.view().open

  async function following({ look }: FastifyRequest, ticket: Ticket, more: Partial<Following> = {}): Promise<Following> {
    const policy = derive(settings.values, config.timeZone).tickets
    const by = ticket.clock?.takeUp?.dueAt ?? null
    const until = ticket.closedAt === null ? null : reopenableUntil(ticket.closedAt, { policy })
    return {
      code: requests.code(ticket),
      takenUpBy: by === null || Date.parse(by) < now() ? null : by,
      reopenUntil: until !== null && Date.parse(until) > now() ? until : null,
      files: limitsOfFiles(),
      said: null,
      toRead: [],
      about: 'message',
      problem: null,
      typed: '',
      version: '',
      talk: !canTalk(ticket) ? 'no' : (await stores.talks.isOpen(ticket.number)) ? 'open' : 'may',
      site: config.publicUrl.replace(/^https?:\/\//, ''),
      calling: offersCalls(parts) && callPanel(look, ticket.number),
      ...more,
    }
  }

  /** The articles that the form says to read; none while the database is away, since the request is what matters. */
  async function toRead({ query }: FastifyRequest): Promise<Following['toRead']> {
    const { lire } = query as { readonly lire?: unknown }
    if (typeof lire !== 'string' || !/^\d{1,9}(-\d{1,9}){0,2}$/.test(lire)) return []
    const found = lire.split('-').map((number) => stores.articles.find(Number(number), 'public').catch(() => null))
    return (await Promise.all(found)).filter((one) => one !== null)
  }

  async function show(request: FastifyRequest, reply: FastifyReply, more: Partial<Following> = {}, status = 200): Promise<FastifyReply> {
    const whole = await tickets.page(followed(request).number)
    if (whole === null) throw new ServiceError('not_found')
    return page(reply, requestPage(request.look, whole, await following(request, whole, { version: versionOf(whole), ...more })), status)
  }

  /**
   * What somebody does about their own request; when it has changed meanwhile, the page as it is now says so, with the reason that they
   * gave. Pressed twice it is done once.
   * @param isDone whether the request already is as they want it
   */
  async function doing(
    request: FastifyRequest,
    reply: FastifyReply,
    work: (ticket: Ticket) => Promise<Ticket>,
    { reason = '', isDone }: { readonly reason?: string; readonly isDone: (ticket: TicketPage) => boolean },
  ): Promise<FastifyReply> {
    const ticket = followed(request)
    try {
      onTicketSaved(await work(ticket))
      return reply.redirect(`/demandes/${ticket.number}`, 303)
    } catch (error) {
      if (!(error instanceof ServiceError) || (error.code !== 'conflict' && error.code !== 'invalid_body')) throw error
      const back = { about: 'reason', typed: reason } as const
      if (error.code === 'invalid_body') return show(request, reply, { ...back, problem: request.look.t.one.needReason }, 422)
      const now = await tickets.page(ticket.number)
      if (now !== null && isDone(now)) return reply.redirect(`/demandes/${ticket.number}`, 303)
      return show(request, reply, { ...(reason.trim() !== '' && back), said: 'changed' }, error.status)
    }
  }

  async function list(
    request: FastifyRequest,
    reply: FastifyReply,
    wrong: string | null,
    number: string,
    status = 200,
  ): Promise<FastifyReply> {
    const { person, session, keys } = request.who
    const theirs = session === null ? null : person === null ? [] : await tickets.ofRequester(person)
    const found = await Promise.all([...keys.keys()].map((n) => tickets.find(n)))
    const byKey = found.filter((ticket) => ticket !== null && requests.mayFollow(ticket, keys.get(ticket.number) ?? ''))
    const others = byKey.flatMap((ticket) => (ticket === null || theirs?.some(({ id }) => id === ticket.id) === true ? [] : [ticket]))
    const chosen = person === null ? [] : await stores.callbackSlots.ofPerson(person.id)
    const callbacks = chosen.map(({ id, startsAt, endsAt, subject, reopensAt }) => ({
      href: new URL(callbackLinks.url(id)).pathname,
      slot: { fromMs: startsAt.getTime(), toMs: endsAt.getTime() },
      subject,
      reopensMs: reopensAt?.getTime() ?? null,
    }))
    return page(
      reply,
      listPage(request.look, {
        theirs,
        followed: others,
        wrong,
        number,
        callbacks,
        calling: offersCalls(parts) && callPanel(request.look),
      }),
      status,
    )
  }

  portal.get('/demandes', (request, reply) => list(request, reply, null, ''))
  portal.post('/demandes', async (request, reply) => {
    const { numero = '', code = '' } = bodyOf(request)
    const number = /^\s*(?:n°|no\.?)?\s*(\d{1,9})\s*$/i.exec(numero.slice(0, 20))?.[1] ?? ''
    guard.begin(`demande ${number}`, request.ip)
    const ticket = number === '' ? null : await tickets.find(Number(number))
    if (ticket === null || !requests.mayFollow(ticket, code.slice(0, 60)))
      return list(request, reply, request.look.t.list.wrong, numero.slice(0, 12), 422)
    guard.succeeded(`demande ${number}`, request.ip)
    rememberKey(reply, request.who, ticket.number, requests.key(ticket), secure)
    return reply.redirect(`/demandes/${ticket.number}`, 303)
  })

  const at = '/demandes/:number'
  portal.get(at, async (request, reply) => {
    const said = saidOf(request)
    const reading = said === 'saved' ? await toRead(request) : []
    return show(request, reply, said === 'late' ? { said, about: 'reason' } : { said, toRead: reading })
  })
  portal.get(`${at}/etat`, async (request, reply) => {
    const whole = await tickets.page(followed(request).number)
    if (whole === null) throw new ServiceError('not_found')
    return reply.header('cache-control', 'no-store').send({ version: versionOf(whole) })
  })
  portal.get(`${at}/fichiers/:id`, async (request, reply) => {
    const { id = '' } = request.params as { readonly id?: string }
    const found = isUuid(id) ? await stores.attachments.findPublic(followed(request).id, id) : null
    if (found === null) throw new ServiceError('not_found')
    return sendAttachment(reply, found, attachments)
  })

  portal.post(`${at}/message`, { config: { takesFiles: true }, bodyLimit: 900 * 1_048_576 }, async (request, reply) => {
    const ticket = followed(request)
    const { most, megabytes } = limitsOfFiles()
    const actor = requesterOf(ticket)
    const sent = await readForm(request, { attachments, byId: actor.id, most, megabytes })
    const text = sent.fields.get('texte') ?? ''
    if (sent.refused.length > 0) return show(request, reply, { problem: sent.refused.join(' '), typed: text }, 422)
    if (text.trim() === '' && sent.files.length === 0) return show(request, reply, { problem: request.look.t.one.needText }, 422)
    const saved = await tickets.contribute(
      ticket.number,
      { text: text.slice(0, 20_000), visibility: 'public', attachments: sent.files.map(({ id }) => id) },
      actor,
    )
    if (sent.fields.has('discuter') && canTalk(saved)) await stores.talks.begin(saved.id)
    onTicketSaved(saved)
    return reply.redirect(`/demandes/${ticket.number}?fait=${saved.status === 'closed' ? 'ajout-clos' : 'ajout'}`, 303)
  })
  portal.post(`${at}/reponse`, (request, reply) => {
    const { reponse, propose = '', raison = '' } = bodyOf(request)
    const yes = reponse === 'oui'
    return doing(
      request,
      reply,
      (ticket) => {
        const given = yes ? ({ answer: 'yes' } as const) : ({ answer: 'no', reason: raison } as const)
        return tickets.answer(ticket.number, given, null, requesterOf(ticket), propose)
      },
      yes ? { isDone: closedByUser } : { reason: raison, isDone: hasSaid('refused', raison) },
    )
  })
  portal.post(`${at}/rouvrir`, (request, reply) => {
    const { raison = '' } = bodyOf(request)
    return doing(request, reply, (ticket) => tickets.reopen(ticket.number, raison, requesterOf(ticket)), {
      reason: raison,
      isDone: hasSaid('reopened', raison),
    })
  })
  portal.post(`${at}/annuler`, (request, reply) =>
    doing(
      request,
      reply,
      (ticket) => {
        const why = (bodyOf(request)['raison'] ?? '').trim()
        const { cancelled } = request.look.t.one
        return tickets.close(ticket.number, why === '' ? cancelled : `${cancelled} ${why}`, requesterOf(ticket))
      },
      { isDone: closedByUser },
    ),
  )

  const toConfirm = async (request: FastifyRequest, key: unknown): Promise<Ticket> => {
    const ticket = await tickets.find(numberOf(request))
    if (ticket === null || typeof key !== 'string' || !requests.mayConfirm(ticket, key)) throw new ServiceError('not_found')
    return ticket
  }
  /** What is closed for good stays as it is, and its page says so. */
  async function confirmed(ticket: Ticket): Promise<Ticket> {
    try {
      const saved = await tickets.confirm(ticket.number, requesterOf(ticket))
      onTicketSaved(saved)
      return saved
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'conflict') throw error
      return ticket
    }
  }
  portal.get(`${at}/confirmer`, async (request, reply) => {
    const { cle } = request.query as { readonly cle?: unknown }
    return page(reply, confirmPage(request.look, await toConfirm(request, cle), String(cle)))
  })
  portal.post(`${at}/confirmer`, async (request, reply) => {
    const ticket = await toConfirm(request, bodyOf(request)['cle'])
    const saved = ticket.unconfirmed ? await confirmed(ticket) : ticket
    rememberKey(reply, request.who, ticket.number, requests.key(ticket), secure)
    // Of one that was closed meanwhile nobody is promised anything: its page says so, and how to open it again.
    return reply.redirect(`/demandes/${ticket.number}${saved.status === 'closed' ? '' : '?fait=confirme'}`, 303)
  })
}

const closedByUser = ({ status, closedHow }: Ticket) => status === 'closed' && closedHow === 'user'
/** Whether the last thing that moved a request is this gesture of its author's, with these words. */
const hasSaid =
  (kind: 'refused' | 'reopened', reason: string) =>
  ({ journal }: TicketPage): boolean => {
    const last = journal.findLast((line) => ['refused', 'reopened', 'proposed', 'closed'].includes(line.kind))
    return last?.kind === kind && inOneLine(last.text) === inOneLine(reason)
  }
const inOneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim()

function saidOf(request: FastifyRequest): Following['said'] {
  const { fait } = request.query as { readonly fait?: unknown }
  const said = { envoi: 'saved', suivi: 'followed', ajout: 'added', 'ajout-clos': 'late', confirme: 'confirmed' } as const
  return typeof fait === 'string' && Object.hasOwn(said, fait) ? said[fait as keyof typeof said] : null
}
