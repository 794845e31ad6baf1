import type { FastifyInstance, FastifyRequest } from 'fastify'
import { normaliseNumber, showNumber } from '../calls/number.ts'
import { allowingPrefix } from '../calls/outgoing-rules.ts'
import { slotsAhead } from '../calendar/slots.ts'
import type { CallbackSlot } from '../database/callback-slot-store.ts'
import { ServiceError } from '../errors.ts'
import { derive } from '../settings/derived.ts'
import type { PortalParts } from './desk-now.ts'
import { html, type Html } from './html.ts'
import { page as drawn, type Look } from './layout.ts'
import { limiter } from './limits.ts'
import { page } from './routes.ts'
import { callbackWords } from './words-callback.ts'
import { knownPhone } from './who.ts'

const mostSlots = 80
/** From one place, and by one account, within an hour. */
const limits = { address: 10, person: 4, withinMs: 3_600_000 } as const

type Slot = { readonly fromMs: number; readonly toMs: number }
type Typed = { readonly slot: string; readonly phone: string }

/** « mardi 1 décembre, entre 10 h et 10 h 30 » */
function slotWords({ language, timeZone }: Look, { fromMs, toMs }: Slot) {
  const t = callbackWords[language]
  const locale = language === 'fr' ? 'fr-FR' : 'en-GB'
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone }).format(fromMs)
  const time = (ms: number) => {
    const said = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone }).format(ms)
    return language === 'fr' ? said.replace(/^0?(\d+):00$/, '$1\u00a0h').replace(/^0?(\d+):(\d\d)$/, '$1\u00a0h\u00a0$2') : said
  }
  return { day, hours: t.between('', time(fromMs), time(toMs)).replace(/^, /, ''), whole: t.between(day, time(fromMs), time(toMs)) }
}

function choicePage(look: Look, slots: readonly Slot[], typed: Typed, token: string, problems: ReadonlyMap<string, string>): string {
  const t = callbackWords[look.language]
  const said = slots.map((slot) => ({ slot, ...slotWords(look, slot) }))
  const days = Map.groupBy(said, ({ day }) => day)
  const wrong = (name: string): Html | false =>
    problems.has(name) && html`<p class="wrong" id="${name}-faux" role="alert">${problems.get(name)}</p>`
  const described = (name: string) => problems.has(name) && html` aria-invalid="true" aria-describedby="${name}-faux"`
  const body = html`<h1>${t.title}</h1><p class="lead">${t.lead}</p>
${slots.length === 0 && html`<div class="band warn">${t.none}</div>`}
${problems.has('form') && html`<div class="band bad" role="alert">${problems.get('form')}</div>`}
${
  slots.length > 0 &&
  html`<form method="post" action="/rappel" data-once novalidate><input type="hidden" name="jeton" value="${token}">
<div class="honey" aria-hidden="true"><label for="site_web">${look.t.ask.honey}</label><input id="site_web" name="site_web" tabindex="-1" autocomplete="off"></div>
<fieldset><div class="fields"><div class="field whole"><label for="creneau">${t.when}</label><select id="creneau" name="creneau" required${described('creneau')}><option value=""></option>${[
    ...days,
  ].map(
    ([day, all]) =>
      html`<optgroup label="${day}">${all.map(({ slot, hours }) => html`<option value="${slot.fromMs}"${typed.slot === String(slot.fromMs) && html` selected`}>${hours}</option>`)}</optgroup>`,
  )}</select>${wrong('creneau')}</div>
<div class="field whole"><label for="telephone">${t.phone}</label><input id="telephone" name="telephone" type="tel" autocomplete="tel" maxlength="40" required value="${typed.phone}"${described('telephone')}><p class="hint">${t.phoneHint}</p>${wrong('telephone')}</div></div>
<p class="gestures"><button class="button main" type="submit">${t.send}</button></p></fieldset></form>`
}
<p class="hint after">${t.form} <a href="/demande">${look.t.nav.ask}</a></p>`
  return drawn(look, { title: t.title, body })
}

function bookedPage(look: Look, { startsAt, endsAt, number, state }: CallbackSlot, key: string): string {
  const t = callbackWords[look.language]
  const when = slotWords(look, { fromMs: startsAt.getTime(), toMs: endsAt.getTime() }).whole
  const body =
    state === 'waiting'
      ? html`<div class="band ok" role="status"><h1>${t.booked}</h1><p>${t.calls(when, showNumber(number))}</p></div><p class="hint">${t.keep}</p>
<form method="post" action="/rappel/${key}/annuler" data-once><p class="gestures"><a class="button" href="/rappel">${t.another}</a> <button class="button" type="submit">${t.cancel}</button></p></form>`
      : html`<h1>${state === 'cancelled' ? t.cancelled : t.over}</h1><p class="gestures"><a class="button main" href="/rappel">${t.another}</a></p>`
  return drawn(look, { title: t.title, body })
}

/** Being called back at a slot of one's choice, within hours, as many as the site says. */
export function callbackRoutes(portal: FastifyInstance, parts: PortalParts): void {
  const { stores, settings, config, now, tokens, callbackLinks, onOwedChanged } = parts
  const byAddress = limiter(limits.address, limits.withinMs, now)
  const byPerson = limiter(limits.person, limits.withinMs, now)
  const capacity = () => settings.values.portal.callbacksPerSlot
  const holderOf = ({ who }: FastifyRequest) => who.session?.id ?? 'callback'

  async function free(): Promise<readonly Slot[]> {
    if (capacity() === 0) return []
    const { calendar } = derive(settings.values, config.timeZone)
    const taken = await stores.callbackSlots.taken(new Date(now()))
    return slotsAhead(calendar, now(), mostSlots).filter(({ fromMs }) => (taken.get(fromMs) ?? 0) < capacity())
  }
  const choosing = async (request: FastifyRequest, typed: Typed, problems: ReadonlyMap<string, string>) =>
    choicePage(request.look, await free(), typed, tokens.give(holderOf(request), now()), problems)

  portal.addHook('preHandler', async (request) => {
    if (request.routeOptions.url !== '/rappel') return
    if (capacity() === 0) throw new ServiceError('not_found')
    if (request.who.session === null && !settings.values.portal.guests) throw new ServiceError('not_signed_in')
  })
  portal.get('/rappel', async (request, reply) =>
    page(reply, await choosing(request, { slot: '', phone: knownPhone(request.who) }, new Map())),
  )
  portal.post('/rappel', async (request, reply) => {
    const t = callbackWords[request.look.language]
    const { creneau = '', telephone = '', jeton = '', site_web: honey = '' } = (request.body ?? {}) as Readonly<Record<string, string>>
    const typed = { slot: creneau.slice(0, 20), phone: telephone.slice(0, 40) }
    const again = async (problems: Readonly<Record<string, string>>, status = 422) =>
      page(reply, await choosing(request, typed, new Map(Object.entries(problems))), status)
    if (honey !== '' || tokens.read(jeton, holderOf(request), now())?.inTime !== true) return again({ form: t.need.again })
    const number = normaliseNumber(typed.phone)
    const dialled = number !== null && allowingPrefix(settings.values.outgoing.allowedPrefixes, number) !== null
    const slot = (await free()).find(({ fromMs }) => String(fromMs) === typed.slot)
    if (slot === undefined || !dialled)
      return again({
        ...(slot === undefined && { creneau: typed.slot === '' ? t.need.slot : t.need.full }),
        ...(!dialled && { telephone: t.need.phone }),
      })
    const { session } = request.who
    const allowed = session === null ? byAddress.allows(request.ip) : byPerson.allows(session.id)
    if (!allowed) return again({ form: t.need.busy }, 429)
    const id = callbackLinks.newId()
    try {
      await stores.callbackSlots.book(id, slot, number, capacity())
    } catch (error) {
      if (error instanceof ServiceError && error.code === 'conflict') return again({ creneau: t.need.full }, 409)
      throw error
    }
    onOwedChanged()
    return reply.redirect(new URL(callbackLinks.url(id)).pathname, 303)
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
  portal.post('/rappel/:key/annuler', async (request, reply) => {
    const { found, key } = await known(request)
    if (await stores.callbackSlots.cancel(found.id)) onOwedChanged()
    return reply.redirect(`/rappel/${key}`, 303)
  })
}
