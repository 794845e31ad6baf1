import { z } from 'zod'
import {
  announcing,
  disruption,
  disruptionQuery,
  disruptions as disruptionList,
  disruptionVersion,
  ending,
  joining,
  suggestions,
  publicDisruptions,
  takingBack,
  updating,
  type Disruption,
} from '../contract/disruptions.ts'
import { ticket as ticketBody } from '../contract/entities.ts'
import type { Session } from '../contract/http.ts'
import type { StoredDisruption } from '../database/disruption-store.ts'
import { calendarOf } from '../calendar/from-settings.ts'
import { workingMs } from '../calendar/hours.ts'
import { pathOf } from '../contract/category-tree.ts'
import { announce } from '../disruptions/decide.ts'
import { suggest, windowMs, type Sign } from '../disruptions/suggest.ts'
import { mayCall } from '../contract/rights.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering, creating } from './answers.ts'
import type { App } from './app-type.ts'
import { icsOf, rssOf } from './disruption-feeds.ts'
import type { HttpParts } from './ports.ts'

const one = z.object({ id: z.uuid() })
/** Anybody's browser and every reader asks; what is a minute old is right enough. */
const anyoneMayKeep = 'public, max-age=60'

/** What is usual is learnt from so many days. */
const learntMs = 28 * 86_400_000

type Parts = Pick<HttpParts, 'stores' | 'drafts' | 'disruptions' | 'settings' | 'config' | 'now' | 'onTicketSaved' | 'onCallSettled'>

/** « Perturbations »: announced, followed, ended; who is attached; what anybody may read. */
export function disruptionRoutes(
  app: App,
  { stores, drafts, disruptions, settings, config, now, onTicketSaved, onCallSettled }: Parts,
): void {
  const shown = (stored: StoredDisruption): Disruption => ({ ...stored, telephone: disruptions.telephone(stored) })
  const saved = async (saving: Promise<StoredDisruption>): Promise<Disruption> => {
    const stored = await saving
    await disruptions.changed()
    return shown(stored)
  }

  /** The ticket to attach people to; a new one once the rest of what is announced is known to be right. */
  async function parentOf({ ticket, ...content }: z.output<typeof announcing>, who: Session): Promise<number | null> {
    if (ticket !== 'new') {
      if (ticket !== null && !(await stores.tickets.isSeenBy(ticket, who))) throw new ServiceError('invalid_body', 'ticket')
      return ticket
    }
    const checked = announce('', content)
    if (checked.kind === 'refused') throw new ServiceError(checked.code, checked.detail)
    const { ticket: opened } = await stores.tickets.open(
      {
        title: content.title,
        summary: [content.place, content.touched, content.workaround].filter(Boolean).join('\n'),
        requester: { personId: null, name: who.name, email: null, phone: null },
        medium: 'walk-in',
        urgency: 'high',
        impact: 'high',
        categoryId: content.categoryId,
        placeId: content.placeId,
        nature: null,
        callId: null,
        solution: null,
      },
      who,
    )
    onTicketSaved(opened)
    return opened.number
  }

  app.get(
    '/api/disruptions',
    {
      schema: { summary: 'What is broken or planned; or what is over', querystring: disruptionQuery, response: answering(disruptionList) },
    },
    async ({ query }) => (await (query.ended === 'true' ? stores.disruptions.ended() : stores.disruptions.current())).map(shown),
  )

  app.post(
    '/api/disruptions',
    { schema: { summary: 'Announce a disruption', body: announcing, response: creating(disruption) } },
    async (request, reply) => {
      const me = signedIn(request)
      const { ticket: _ticket, ...content } = request.body
      const parent = await parentOf(request.body, me)
      return reply.code(201).send(await saved(stores.disruptions.announce(content, parent, me)))
    },
  )

  app.put(
    '/api/disruptions/:id',
    { schema: { summary: 'Update a disruption', params: one, body: updating, response: answering(disruption) } },
    async (request) => {
      const me = signedIn(request)
      const { version, ticket: _ticket, ...content } = request.body
      const before = await stores.disruptions.find(request.params.id)
      if (before.version !== version) throw new ServiceError('conflict', `modifiée entre-temps par ${before.by}`)
      const parent = await parentOf(request.body, me)
      return saved(stores.disruptions.update(request.params.id, version, content, parent, me))
    },
  )

  app.post(
    '/api/disruptions/:id/end',
    { schema: { summary: 'A disruption is over: those attached are told', params: one, body: ending, response: answering(disruption) } },
    async (request) => {
      const me = signedIn(request)
      const { version, resolution } = request.body
      const ended = await saved(stores.disruptions.end(request.params.id, version, resolution, me))
      const parent = ended.ticket === null ? null : await stores.tickets.find(ended.ticket)
      // What was broken is repaired: so is its ticket.
      if (parent !== null && parent.status !== 'closed')
        onTicketSaved(
          await stores.tickets.close(
            parent.number,
            resolution || (ended.phase === 'called-off' ? 'La perturbation annoncée n’aura pas lieu.' : 'La perturbation est terminée.'),
            me,
          ),
        )
      return ended
    },
  )

  app.post(
    '/api/disruptions/:id/go-on',
    { schema: { summary: 'It was not over after all', params: one, body: takingBack, response: answering(disruption) } },
    async (request) => {
      const me = signedIn(request)
      const before = await stores.disruptions.find(request.params.id)
      await stores.disruptions.mayGoOn(before.id, request.body.version)
      const parent = before.ticket === null ? null : await stores.tickets.find(before.ticket)
      if (parent?.status === 'closed') onTicketSaved(await stores.tickets.reopen(parent.number, 'La perturbation n’est pas terminée.', me))
      return saved(stores.disruptions.goOn(request.params.id, request.body.version, me))
    },
  )

  app.get(
    '/api/disruptions/:id/versions',
    { schema: { summary: 'What a disruption said, and who said it', params: one, response: answering(z.array(disruptionVersion)) } },
    ({ params }) => stores.disruptions.versions(params.id),
  )

  app.post(
    '/api/disruptions/:id/children',
    {
      schema: {
        summary: 'Attach a requester: a light ticket of their own, which ends the call it came from',
        params: one,
        body: joining,
        response: creating(ticketBody),
      },
    },
    async (request, reply) => {
      const { requester, text, callId, medium: came, observers, attachments } = request.body
      const { ticket, endedAt } = await stores.disruptions.find(request.params.id)
      if (ticket === null || endedAt !== null) throw new ServiceError('conflict', 'rien à quoi rattacher')
      const medium = callId === null ? came : 'phone'
      const brought = { observers, files: attachments }
      const child = await stores.tickets.join(ticket, { requester, text, medium, callId }, signedIn(request), brought)
      onTicketSaved(child)
      if (callId !== null) onCallSettled(callId)
      await disruptions.changed()
      return reply.code(201).send(child)
    },
  )

  app.get(
    '/api/disruptions/suggested',
    { schema: { summary: 'What looks like a disruption that nobody has announced', response: answering(suggestions) } },
    async (request) => {
      const who = signedIn(request)
      const at = now()
      const { categories } = settings.values.categories
      const [signs, spoken, known] = await Promise.all([
        stores.disruptions.signsSince(new Date(at - windowMs)),
        stores.disruptions.spokenOf(new Date(at - learntMs)),
        stores.disruptions.current(),
      ])
      const hours = Math.max(8, workingMs(calendarOf(settings.values.hours, config.timeZone), at - learntMs, at) / 3_600_000)
      const usual = new Map<string, number>()
      for (const [id, n] of spoken) {
        const nature = pathOf(categories, id)[0]?.id ?? id
        usual.set(nature, (usual.get(nature) ?? 0) + n / hours)
      }
      const calls = drafts.seenBy('').drafts.flatMap(({ callId, startedAt, content }): Sign[] =>
        callId === null || content.categoryId === null
          ? []
          : [
              {
                at: Date.parse(startedAt),
                kind: 'call',
                ref: callId,
                who: content.personId ?? (content.phone || callId),
                categoryId: content.categoryId,
                placeId: content.placeId,
                title: content.title,
              },
            ],
      )
      const suggested = suggest([...signs, ...calls], at, categories, usual, known)
      const numbers = suggested.flatMap((one) => one.signs.flatMap(({ kind, ref }) => (kind === 'ticket' ? [Number(ref)] : [])))
      const seen = await stores.tickets.seenOf(numbers, who)
      const inSight = ({ kind, ref }: Sign) =>
        kind === 'ticket' ? seen.has(Number(ref)) : mayCall({ ...who, demo: config.demo }, 'GET /api/calls')
      return suggested.map(({ signs: given, since, ...rest }) => ({
        ...rest,
        since: new Date(since).toISOString(),
        // How many say so is everybody's to know; what they say, those who may open it.
        signs: given.filter(inSight).map(({ at: when, kind, ref, title }) => ({ at: new Date(when).toISOString(), kind, ref, title })),
      }))
    },
  )

  const site = () => ({ publicUrl: config.publicUrl, name: settings.values.desk.name, timeZone: config.timeZone })
  app.get(
    '/api/disruptions/public',
    { schema: { summary: 'What anybody may read of disruptions', response: answering(publicDisruptions) } },
    async (_request, reply) => reply.header('cache-control', anyoneMayKeep).send(await stores.disruptions.published()),
  )
  app.get('/api/disruptions/public.rss', { schema: { summary: 'The same as RSS' } }, async (_request, reply) =>
    reply
      .type('application/rss+xml; charset=utf-8')
      .header('cache-control', anyoneMayKeep)
      .send(rssOf(await stores.disruptions.published(), site())),
  )
  app.get('/api/disruptions/public.ics', { schema: { summary: 'The same as a calendar' } }, async (_request, reply) =>
    reply
      .type('text/calendar; charset=utf-8')
      .header('cache-control', anyoneMayKeep)
      .send(icsOf(await stores.disruptions.published(), site(), now())),
  )
}
