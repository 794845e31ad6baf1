import type { FastifyInstance, FastifyRequest } from 'fastify'
import { withForm } from '../contract/category-tree.ts'
import type { Ticket } from '../contract/entities.ts'
import type { OpenRequest } from '../tickets/model.ts'
import { mailable } from '../tickets/text.ts'
import { deskItself } from '../database/ticket-children.ts'
import { ServiceError } from '../errors.ts'
import { askPage, signInToAsk, typedFields, type Asking, type Typed } from './ask-page.ts'
import { knownTroubles, type PortalParts } from './desk-now.ts'
import { helpFor, helpView, isNews, noHelp, seenMark, unseenArticles } from './help.ts'
import { limiter } from '../limiter.ts'
import { isUuid, uuidOf } from '../uuid.ts'
import { page } from './routes.ts'
import { faqWords } from './words-faq.ts'
import { readForm, type Sent } from './uploads.ts'
import { knownPhone, rememberKey, type Who } from './who.ts'

/** A campus stands behind one address: what one person would send, and what a machine does, are told apart by these. */
const limits = { address: 40, person: 15, mailbox: 5, everybody: 400, help: 2_000 }
const withinMs = 10 * 60_000
/** One mailbox is asked so often within an hour whether it follows a disruption. */
const asksToFollow = { most: 3, withinMs: 3_600_000 }

type Known = { readonly name: string; readonly email: string | null }
const knownOf = ({ session, person }: Who): Known | null =>
  session === null ? null : { name: person?.name ?? session.name, email: person?.email ?? null }
const holderOf = ({ session }: Who) => session?.id ?? 'requester'
/** In whose name files are kept and the first line is signed. */
const actorOf = ({ person, session }: Who, name: string) => ({
  id: person?.id ?? session?.id ?? 'requester',
  name,
  side: 'requester' as const,
})

/** Making a request, signed in or as a guest. */
export function askRoutes(portal: FastifyInstance, parts: PortalParts): void {
  const { stores, settings, attachments, requests, tokens, now, config } = parts
  const byAddress = limiter(limits.address, withinMs, now)
  const byPerson = limiter(limits.person, withinMs, now)
  const byMailbox = limiter(limits.mailbox, withinMs, now)
  const byFollower = limiter(asksToFollow.most, asksToFollow.withinMs, now)
  const all = limiter(limits.everybody, withinMs, now)
  const limitsOfFiles = () => ({ most: settings.values.tickets.attachmentsEach, megabytes: settings.values.tickets.attachmentMegabytes })

  /** What somebody read before, by its number; null when there is no such answer any more. */
  async function articleOf(number: unknown): Promise<Asking['article']> {
    if (typeof number !== 'string' || !/^\d{1,9}$/.test(number)) return null
    const found = await stores.articles.find(Number(number), 'public').catch(() => null)
    return found === null ? null : { number: found.number, title: found.title }
  }

  const asking = async (request: FastifyRequest, typed: Typed, more: Partial<Asking> = {}): Promise<Asking> => ({
    token: tokens.give(holderOf(request.who), now()),
    typed,
    problems: new Map(),
    known: knownOf(request.who),
    portal: settings.values.portal,
    files: { ...limitsOfFiles(), kept: [] },
    troubles: await knownTroubles(parts, request.look),
    help: noHelp,
    confirming: false,
    article: null,
    forms: withForm(settings.values.categories.categories),
    open: parts.desk.view().open,
    ...more,
  })

  portal.get('/demande', async (request, reply) => {
    const { session, person } = request.who
    if (session === null && !settings.values.portal.guests) return page(reply, signInToAsk(request.look))
    const { lieu, objet, article } = request.query as { readonly lieu?: unknown; readonly objet?: unknown; readonly article?: unknown }
    const given = (value: unknown, most: number) => (typeof value === 'string' ? value.slice(0, most) : '')
    const typed = {
      ...nothing,
      lieu: given(lieu, 200) || (person?.place ?? ''),
      titre: given(objet, 200),
      telephone: knownPhone(request.who),
    }
    return page(reply, askPage(request.look, await asking(request, typed, { article: await articleOf(article) })))
  })

  const byHelped = limiter(limits.help, withinMs, now)
  /** A piece of the form: what may answer what is being typed. */
  portal.get('/demande/aide', async (request, reply) => {
    const told = request.query as Readonly<Record<string, unknown>>
    const said = (name: string) => (typeof told[name] === 'string' ? told[name].slice(0, 2_000) : '')
    const help = byHelped.allows(request.ip)
      ? await helpFor(parts, { title: said('titre').slice(0, 200), summary: said('resume'), place: said('lieu') })
      : noHelp
    const view = helpView(request.look, help, request.who.session === null)
    reply.header('x-vu', seenMark(help))
    return page(reply, view === false ? '' : view.text)
  })

  /** Somebody follows a disruption in place of making a request: a light ticket of their own. Null when it is over. */
  async function follow(
    id: string,
    { requester, title, summary, confirmed }: OpenRequest,
    brought: { readonly files: readonly string[]; readonly broughtBy: string; readonly sent: string },
  ): Promise<Ticket | null> {
    const found = isUuid(id) ? await stores.disruptions.find(id) : null
    if (found === null || found.audience !== 'public') throw new ServiceError('not_found')
    if (found.ticket === null || found.endedAt !== null) return null
    const text = [title.trim(), summary.trim()].filter(Boolean).join('\n')
    try {
      const { sent, ...rest } = brought
      const { email } = requester
      // A mailbox that was asked enough: the same answer, and no mail.
      const unsure =
        confirmed || email === null ? {} : { unsure: byFollower.allows(email.toLowerCase()) ? ('ask' as const) : ('asked' as const) }
      const child = await stores.tickets.join(found.ticket, { requester, text, medium: 'form', callId: null, ...unsure }, deskItself, {
        ...rest,
        observers: [],
        idempotencyKey: uuidOf(`${sent} follows ${id}`),
      })
      parts.onTicketSaved(child)
      return child
    } catch (error) {
      if (error instanceof ServiceError && error.code === 'conflict') return null
      throw error
    }
  }

  portal.post(
    '/demande',
    {
      config: { takesFiles: true },
      bodyLimit: 900 * 1_048_576,
      // Judged before anything is read of it.
      onRequest: async (request, reply) => {
        if (request.who.session === null && !settings.values.portal.guests) throw new ServiceError('not_signed_in')
        const allowed =
          request.who.session === null ? byAddress.allows(request.ip) && all.allows('') : byPerson.allows(request.who.session.id)
        if (allowed) return
        reply.header('retry-after', '300').header('connection', 'close')
        throw new ServiceError('too_many_attempts')
      },
    },
    async (request, reply) => {
      const { who, look } = request
      const holder = holderOf(who)
      const { most, megabytes } = limitsOfFiles()
      const sent = await readForm(request, { attachments, byId: actorOf(who, '').id, most, megabytes })
      const typed = typedOf(sent)
      const held = sent.all('garde').flatMap((token) => tokens.readFile(token, holder) ?? [])
      const known = knownOf(who)
      const token = tokens.read(sent.fields.get('jeton') ?? '', holder, now())
      const email = known?.email ?? (typed.courriel.trim() || null)
      const problems = problemsOf(typed, {
        known,
        email,
        sent,
        look,
        human: token?.inTime === true && (sent.fields.get('site_web') ?? '') === '',
      })
      if (held.length + sent.files.length > most) problems.set('form-fichiers', look.t.ask.need.files(most))
      const article = await articleOf(sent.fields.get('article'))
      const again = async (status: number, more: Partial<Asking> = {}) => {
        const names = await stores.attachments.namesOf(held)
        const before = held.flatMap((id, i) => (names[i] === undefined ? [] : [{ token: tokens.giveFile(id, holder), name: names[i] }]))
        const kept = [...before, ...sent.files.map(({ id, name }) => ({ token: tokens.giveFile(id, holder), name }))]
        return page(
          reply,
          askPage(look, await asking(request, typed, { problems, article, files: { most, megabytes, kept }, ...more })),
          status,
        )
      }
      const followed = sent.fields.get('suivre') ?? ''
      // Who follows a disruption need not name the trouble.
      if (followed !== '') problems.delete('titre')
      if (problems.size > 0 || token === null) return again(422)
      const help = await helpFor(parts, { title: typed.titre, summary: typed.resume, place: typed.lieu })
      const seen = sent.fields.get('vu') ?? ''
      if (followed === '' && isNews(help, seen)) return again(200, { help, confirming: true })
      if (known === null && email !== null && !byMailbox.allows(email.toLowerCase())) throw new ServiceError('too_many_attempts')
      const order: OpenRequest = {
        title: typed.titre,
        summary: typed.resume,
        medium: 'form',
        requester: { personId: who.person?.id ?? null, name: known?.name ?? typed.nom, email, phone: typed.telephone.trim() || null },
        asked: {
          qualification: settings.values.portal.qualifications.find((one) => one === typed.qualification) ?? null,
          place: typed.lieu,
          contact: typed.contact,
          ...(article !== null && { article: article.number }),
        },
        confirmed: known !== null,
      }
      const files = [...held, ...sent.files.map(({ id }) => id)]
      if (followed !== '') {
        const joined = await follow(followed, order, { files, broughtBy: actorOf(who, '').id, sent: token.id })
        if (joined === null) {
          problems.set('form', faqWords[look.language].help.over)
          return again(409)
        }
        rememberKey(reply, who, joined.number, requests.key(joined), config.publicUrl.startsWith('https:'))
        return reply.redirect(`/demandes/${joined.number}?fait=suivi`, 303)
      }
      try {
        const { ticket, created } = await stores.tickets.openRequest(
          { ...order, idempotencyKey: token.id },
          actorOf(who, order.requester.name),
          files,
        )
        if (sent.fields.has('discuter') && parts.desk.view().open) await stores.talks.begin(ticket.id)
        if (created) parts.onTicketSaved(ticket)
        rememberKey(reply, who, ticket.number, requests.key(ticket), config.publicUrl.startsWith('https:'))
        const toRead = unseenArticles(help, seen)
        const reading = toRead.length === 0 ? '' : `&lire=${toRead.join('-')}`
        return reply.redirect(`/demandes/${ticket.number}?fait=envoi${reading}`, 303)
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error
        problems.set('form', error.code === 'database_away' ? look.t.ask.need.away : error.message)
        return again(error.status)
      }
    },
  )
}

const nothing: Typed = { nom: '', courriel: '', telephone: '', contact: '', titre: '', resume: '', qualification: '', lieu: '' }
const typedOf = ({ fields }: Sent): Typed => Object.fromEntries(typedFields.map((name) => [name, fields.get(name) ?? ''])) as Typed

type Judged = {
  readonly known: Known | null
  readonly email: string | null
  readonly sent: Sent
  readonly look: FastifyRequest['look']
  readonly human: boolean
}
function problemsOf(typed: Typed, { known, email, sent, look, human }: Judged): Map<string, string> {
  const { need } = look.t.ask
  const problems = new Map<string, string>()
  const says = (value: string) => value.trim() !== ''
  if (!says(typed.titre)) problems.set('titre', need.title)
  if (known === null && !says(typed.nom)) problems.set('nom', need.name)
  const unreachable = email === null && !says(typed.telephone) && !says(typed.contact)
  if (unreachable) problems.set(known === null ? 'courriel' : 'telephone', need.reach)
  if (email !== null && (mailable(email) === null || email.length > 254 || !/\.[^.]+$/.test(email))) problems.set('courriel', need.email)
  for (const [name, most] of [
    ['titre', 200],
    ['nom', 200],
    ['telephone', 40],
    ['contact', 200],
    ['lieu', 200],
    ['resume', 20_000],
  ] as const)
    if (typed[name].length > most) problems.set(name, `${most} max.`)
  sent.refused.forEach((why, i) => problems.set(`form-fichier-${i}`, why))
  if (problems.size === 0 && !human) problems.set('form', need.again)
  return problems
}
