import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import type { PublicDisruption } from '../contract/disruptions.ts'
import type { MailSettings } from '../contract/mail-templates.ts'
import type { SubscriberWords } from '../database/subscriber-store.ts'
import { ServiceError } from '../errors.ts'
import type { SecretLinks } from '../secret-links.ts'
import type { PortalParts } from './desk-now.ts'
import { asWritten } from './home.ts'
import { html, lines, type Html } from './html.ts'
import { icons, notice, page as drawn, type Look } from './layout.ts'
import { limiter } from '../limiter.ts'
import { ofThisSite, page } from './routes.ts'
import { moment } from './words.ts'

const hourMs = 3_600_000
/** Addresses that one computer, and everybody together, may type in an hour; mails to one mailbox. */
const most = { address: 10, mailbox: 3, everybody: 500 }
const isMail = (text: string) => text.length <= 254 && /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]{2,}$/.test(text)

export const wordsForSubscribers = (
  mails: MailSettings,
  { publicUrl, timeZone }: Pick<Config, 'publicUrl' | 'timeZone'>,
  links: SecretLinks,
): SubscriberWords => ({ mails, publicUrl, links, moment: (iso, language) => moment(iso, language, timeZone) })

const fr = {
  title: 'Perturbations',
  none: 'Aucune perturbation connue en ce moment.',
  going: 'En ce moment et à venir',
  over: 'Terminées ces derniers jours',
  calledOff: 'Annulées ces derniers jours',
  cancelled: 'Annulé',
  kinds: { incident: 'Panne', planned: 'Travaux prévus' },
  from: 'Début',
  expected: 'Fin prévue',
  ended: 'Fin',
  who: 'Qui est concerné : ',
  meanwhile: 'En attendant',
  subscribe: 'Être averti par courriel',
  says: 'Un message à l’annonce, quand il y a du nouveau, et à la fin. Chaque message permet d’arrêter.',
  email: 'Adresse électronique',
  wrong: 'Cette adresse n’est pas complète : vérifiez-la.',
  send: 'S’abonner',
  asked: 'Ouvrez le message qui vous attend dans votre boîte : il vous demande de confirmer. Rien ne vous sera envoyé avant.',
  feeds: 'Aussi par',
  calendar: 'agenda (iCalendar)',
  confirm: {
    title: 'Être averti des perturbations',
    text: 'Les messages iront à cette adresse :',
    button: 'Confirmer',
    done: 'C’est noté',
    says: 'Vous serez averti des perturbations. Chaque message permet d’arrêter.',
  },
  leave: {
    title: 'Ne plus être averti',
    text: 'Plus aucun message sur les perturbations n’ira à cette adresse :',
    button: 'Se désabonner',
    done: 'Vous êtes désabonné',
    says: 'Plus aucun message sur les perturbations ne vous sera envoyé.',
  },
  honey: 'Ne pas remplir',
}
const en: typeof fr = {
  title: 'Disruptions',
  none: 'No known disruption at the moment.',
  going: 'Now and to come',
  over: 'Over in the last days',
  calledOff: 'Called off in the last days',
  cancelled: 'Called off',
  kinds: { incident: 'Outage', planned: 'Planned works' },
  from: 'Start',
  expected: 'Expected end',
  ended: 'End',
  who: 'Who is concerned: ',
  meanwhile: 'In the meantime',
  subscribe: 'Be told by mail',
  says: 'One message when it is announced, when there is news, and at the end. Every message lets you stop.',
  email: 'Mail address',
  wrong: 'This address is not complete: check it.',
  send: 'Subscribe',
  asked: 'Open the message that awaits you in your mailbox: it asks you to confirm. Nothing is sent before.',
  feeds: 'Also by',
  calendar: 'calendar (iCalendar)',
  confirm: {
    title: 'Be told of disruptions',
    text: 'Messages will go to this address:',
    button: 'Confirm',
    done: 'Noted',
    says: 'You will be told of disruptions. Every message lets you stop.',
  },
  leave: {
    title: 'Be told no more',
    text: 'No message about disruptions will go to this address any more:',
    button: 'Unsubscribe',
    done: 'You are unsubscribed',
    says: 'No message about disruptions will be sent to you any more.',
  },
  honey: 'Leave empty',
}
const wordsOf = ({ language }: Look) => (language === 'fr' ? fr : en)

/** `/perturbations`: what is broken and planned, for everybody, and mails about it. Looking changes nothing: a mail scanner subscribes nobody. */
export function disruptionPages(
  portal: FastifyInstance,
  { stores, subscriberLinks, settings, config, now, onMailOwed }: PortalParts,
): void {
  const byAddress = limiter(most.address, hourMs, now)
  const byMailbox = limiter(most.mailbox, hourMs, now)
  const all = limiter(most.everybody, hourMs, now)

  const show = async (request: FastifyRequest, reply: FastifyReply, form: Form, status = 200) =>
    page(reply, listPage(request.look, await stores.disruptions.published(), form), status)

  portal.get('/perturbations', (request, reply) => show(request, reply, { typed: '', problem: null, asked: false }))

  portal.post('/perturbations', async (request, reply) => {
    ofThisSite(request, config)
    const { courriel = '', site_web = '' } = (request.body ?? {}) as Readonly<Record<string, string>>
    const email = courriel.trim()
    const t = wordsOf(request.look)
    if (!isMail(email)) return show(request, reply, { typed: email, problem: t.wrong, asked: false }, 422)
    // A machine, and a mailbox that was written to enough: the same answer, and no mail.
    const wanted = site_web === '' && byMailbox.allows(email.toLowerCase())
    if (!byAddress.allows(request.ip) || !all.allows('')) throw new ServiceError('too_many_attempts')
    if (wanted) {
      await stores.subscribers.ask(email, request.look.language, wordsForSubscribers(settings.values.mails, config, subscriberLinks))
      onMailOwed()
    }
    return show(request, reply, { typed: '', problem: null, asked: true })
  })

  for (const what of ['confirmer', 'quitter'] as const) {
    const words = (look: Look) => wordsOf(look)[what === 'confirmer' ? 'confirm' : 'leave']
    const url = `/perturbations/abonnement/:key/${what}`
    /** @throws ServiceError `not_found` */
    async function subscriber(request: FastifyRequest) {
      const { key = '' } = request.params as { readonly key?: string }
      const id = subscriberLinks.idOf(key)
      const found = id === null ? null : await stores.subscribers.find(id)
      if (found === null || (what === 'confirmer' && found.left)) throw new ServiceError('not_found')
      return { key, found }
    }
    portal.get(url, async (request, reply) => {
      const { key, found } = await subscriber(request)
      const { title, text, button, done, says } = words(request.look)
      if (what === 'confirmer' ? found.confirmed : found.left) return page(reply, notice(request.look, { title: done, text: says }))
      const body = html`<h1>${title}</h1><p class="lead">${text} <strong>${found.email}</strong></p>
<form method="post" action="/perturbations/abonnement/${key}/${what}" data-once><p class="gestures"><button class="button main" type="submit">${button}</button></p></form>`
      return page(reply, drawn(request.look, { title, body }))
    })
    // Also asked by mail programs, from anywhere, without a page (RFC 8058): whoever has the key may.
    portal.post(url, async (request, reply) => {
      const { found } = await subscriber(request)
      await (what === 'confirmer' ? stores.subscribers.confirm(found.id) : stores.subscribers.leave(found.id))
      const { done, says } = words(request.look)
      return page(reply, notice(request.look, { title: done, text: says }))
    })
  }
}

type Form = { readonly typed: string; readonly problem: string | null; readonly asked: boolean }

function listPage(look: Look, published: readonly PublicDisruption[], { typed, problem, asked }: Form): string {
  const t = wordsOf(look)
  const when = (iso: string) => html`<time datetime="${iso}">${moment(iso, look.language, look.timeZone)}</time>`
  const written = asWritten(look.language)
  const one = ({ kind, title, place, touched, workaround, startsAt, expectedEndAt, endedAt, resolution, phase }: PublicDisruption): Html =>
    html`<li><h3${written}>${title}${place !== '' && html`, ${place}`}</h3><p class="small">${t.kinds[kind]} · ${t.from} ${when(startsAt)}${
      endedAt !== null
        ? html` · ${phase === 'called-off' ? t.cancelled : t.ended} ${when(endedAt)}`
        : expectedEndAt !== null && html` · ${t.expected} ${when(expectedEndAt)}`
    }</p>${touched !== '' && html`<p>${t.who}<span${written}>${touched}</span></p>`}${
      endedAt === null
        ? workaround !== '' && html`<div><p class="small">${t.meanwhile}</p><div${written}>${lines(workaround)}</div></div>`
        : resolution !== '' && html`<div${written}>${lines(resolution)}</div>`
    }</li>`
  const list = (heading: string, some: readonly PublicDisruption[], alarm: boolean) =>
    some.length > 0 &&
    html`<section class="card${alarm && html` troubles`}"><h2>${alarm ? icons.alert : icons.ok}${heading}</h2><ul>${some.map(one)}</ul></section>`
  const going = published.filter(({ endedAt }) => endedAt === null)
  const body = html`<h1>${t.title}</h1>
${going.length === 0 && html`<p class="lead">${t.none}</p>`}
${list(t.going, going, true)}
<section class="card" id="abonnement"><h2>${icons.form}${t.subscribe}</h2><p>${t.says}</p>
${
  asked
    ? html`<div class="band ok" role="status">${t.asked}</div>`
    : html`<form method="post" action="/perturbations#abonnement" data-once><div class="honey" aria-hidden="true"><label for="site_web">${t.honey}</label><input id="site_web" name="site_web" tabindex="-1" autocomplete="off"></div>
<div class="field"><label for="courriel">${t.email}</label><input id="courriel" name="courriel" type="email" required maxlength="254" autocomplete="email" value="${typed}"${problem !== null && html` aria-invalid="true" aria-describedby="courriel-faux"`}>${
        problem !== null && html`<p class="wrong" id="courriel-faux" role="alert">${problem}</p>`
      }</div><p class="gestures"><button class="button main" type="submit">${t.send}</button></p></form>`
}
<p class="small">${t.feeds} <a href="/api/disruptions/public.rss">RSS</a>, <a href="/api/disruptions/public.ics">${t.calendar}</a></p></section>
${list(
  t.over,
  published.filter(({ phase }) => phase === 'ended'),
  false,
)}
${list(
  t.calledOff,
  published.filter(({ phase }) => phase === 'called-off'),
  false,
)}`
  return drawn(look, { title: t.title, body })
}
