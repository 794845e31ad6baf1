import type { FastifyInstance, FastifyRequest } from 'fastify'
import { normaliseNumber } from '../calls/number.ts'
import { allowingPrefix } from '../calls/outgoing-rules.ts'
import type { Interval } from '../calendar/intervals.ts'
import { ordered, slotsAhead } from '../calendar/slots.ts'
import { ServiceError } from '../errors.ts'
import { derive } from '../settings/derived.ts'
import { mailable, oneLine } from '../tickets/text.ts'
import { bookedPage, choicePage, type Choosing } from './callback-pages.ts'
import type { PortalParts } from './desk-now.ts'
import { limiter } from '../limiter.ts'
import { page } from './routes.ts'
import { callbackWords } from './words-callback.ts'
import { knownPhone } from './who.ts'

const mostSlots = 80
const longestSubject = 200
/** From one place, by one account, and to one mailbox of somebody who is not signed in, within an hour; from one place within a day. */
const limits = { address: 10, person: 4, mailbox: 3, withinMs: 3_600_000, day: 20, dayMs: 86_400_000 } as const

/** Being called back at a slot of one's choice, within hours, as many as the site says. */
export function callbackRoutes(portal: FastifyInstance, parts: PortalParts): void {
  const { stores, settings, config, desk, now, tokens, callbackLinks, onOwedChanged, onMailOwed } = parts
  const byAddress = limiter(limits.address, limits.withinMs, now)
  const byDay = limiter(limits.day, limits.dayMs, now)
  const byPerson = limiter(limits.person, limits.withinMs, now)
  const byMailbox = limiter(limits.mailbox, limits.withinMs, now)
  const capacity = () => settings.values.portal.callbacksPerSlot
  const holderOf = ({ who }: FastifyRequest) => who.session?.id ?? 'callback'
  const words = () => ({
    mails: settings.values.mails,
    desk: settings.values.desk.name,
    linkOf: callbackLinks.url,
    choose: `${config.publicUrl}/rappel`,
  })
  const changed = () => {
    onOwedChanged()
    onMailOwed()
  }

  function possible(): readonly Interval[] {
    if (capacity() === 0) return []
    const { calendar } = derive(settings.values, config.timeZone)
    const by = desk.view().opening
    // Opened by hand, nobody is promised more than the usual hours hold.
    const closed = by === null || by.open ? null : { open: false, untilMs: by.until === null ? null : Date.parse(by.until) }
    return slotsAhead(ordered(calendar, closed, now()), now(), mostSlots)
  }
  async function free(): Promise<readonly Interval[]> {
    const taken = await stores.callbackSlots.taken(new Date(now()))
    return possible().filter(({ fromMs }) => (taken.get(fromMs) ?? 0) < capacity())
  }
  const choosing = async (request: FastifyRequest, typed: Choosing['typed'], problems: Choosing['problems']) =>
    choicePage(request.look, {
      slots: await free(),
      typed,
      token: tokens.give(holderOf(request), now()),
      problems,
      confirmTo: request.who.person?.email ?? null,
    })

  portal.addHook('preHandler', async (request) => {
    if (request.routeOptions.url !== '/rappel') return
    if (capacity() === 0) throw new ServiceError('not_found')
    if (request.who.session === null && !settings.values.portal.guests) throw new ServiceError('not_signed_in')
  })
  portal.get('/rappel', async (request, reply) =>
    page(reply, await choosing(request, { slot: '', phone: knownPhone(request.who), subject: '', email: '' }, new Map())),
  )
  portal.post('/rappel', async (request, reply) => {
    const t = callbackWords[request.look.language]
    const body = (request.body ?? {}) as Readonly<Record<string, string>>
    const { creneau = '', telephone = '', objet = '', courriel = '', jeton = '', site_web: honey = '' } = body
    const typed = {
      slot: creneau.slice(0, 20),
      phone: telephone.slice(0, 40),
      subject: objet.slice(0, longestSubject + 1),
      email: courriel.slice(0, 255),
    }
    const again = async (problems: Readonly<Record<string, string>>, status = 422) =>
      page(reply, await choosing(request, typed, new Map(Object.entries(problems))), status)
    if (honey !== '' || tokens.read(jeton, holderOf(request), now())?.inTime !== true) return again({ form: t.need.again })
    const { session, person } = request.who
    const number = normaliseNumber(typed.phone)
    const dialled = number !== null && allowingPrefix(settings.values.outgoing.allowedPrefixes, number) !== null
    // Taken or not is judged when it is booked: whoever sends it twice has it already.
    const slot = possible().find(({ fromMs }) => String(fromMs) === typed.slot)
    const known = person?.email ?? null
    const email = known ?? (typed.email.trim() || null)
    const readable = email === null || (mailable(email) !== null && email.length <= 254 && /\.[^.]+$/.test(email))
    const short = typed.subject.length <= longestSubject
    if (slot === undefined || !dialled || !readable || !short)
      return again({
        ...(slot === undefined && { creneau: typed.slot === '' ? t.need.slot : t.need.full }),
        ...(!dialled && { telephone: t.need.phone }),
        ...(!short && { objet: t.need.subject }),
        ...(!readable && { courriel: request.look.t.ask.need.email }),
      })
    const allowed = session === null ? byAddress.allows(request.ip) && byDay.allows(request.ip) : byPerson.allows(session.id)
    if (!allowed || (known === null && email !== null && !byMailbox.allows(email.toLowerCase()))) return again({ form: t.need.busy }, 429)
    const asked = {
      ...slot,
      number,
      subject: oneLine(typed.subject),
      personId: person?.id ?? null,
      name: session === null ? '' : (person?.name ?? session.name),
      email,
      vouched: person?.phones.includes(number) === true,
    }
    const booked = await stores.callbackSlots.book(callbackLinks.newId(), asked, capacity(), words())
    if (booked.kind === 'full') return again({ creneau: t.need.full }, 409)
    if (booked.kind !== 'booked') return again({ telephone: t.need[booked.kind] }, booked.kind === 'theirs' ? 409 : 429)
    changed()
    return reply.redirect(new URL(callbackLinks.url(booked.id)).pathname, 303)
  })

  const known = async (request: FastifyRequest) => {
    const { key = '' } = request.params as { readonly key?: string }
    const id = callbackLinks.idOf(key)
    const found = id === null ? null : await stores.callbackSlots.find(id)
    if (found === null) throw new ServiceError('not_found')
    return { found, key }
  }
  portal.get('/rappel/:key', async (request, reply) => {
    const { found, key } = await known(request)
    return page(reply, bookedPage(request.look, found, key))
  })
  portal.get('/rappel/:key/agenda', async (request, reply) => {
    const { found } = await known(request)
    const file = await stores.callbackSlots.calendar(found.id, words())
    if (file === null) throw new ServiceError('not_found')
    return reply
      .type('text/calendar; charset=utf-8')
      .header('content-disposition', 'attachment; filename="rappel.ics"')
      .header('cache-control', 'no-store')
      .send(file)
  })
  portal.post('/rappel/:key/annuler', async (request, reply) => {
    const { found, key } = await known(request)
    if (await stores.callbackSlots.cancel(found.id, words())) changed()
    return reply.redirect(`/rappel/${key}`, 303)
  })
}
