import { renderSVG } from 'uqr'
import type { PortalSettings } from '../contract/portal.ts'
import { html, Html } from './html.ts'
import { callbackWords } from './words-callback.ts'
import { talkWords } from './words-talk.ts'
import { faqWords } from './words-faq.ts'
import { deskPhone, icons, page, type Look } from './layout.ts'

/** What of the desk the public sees. */
export type DeskNow = {
  readonly open: boolean
  readonly sentence: string
  /** In ms; null: nothing honest can be said. */
  readonly wait: { readonly lowMs: number; readonly highMs: number } | null
  readonly week: readonly string[]
  readonly notices: readonly string[]
  /** Where people may come; null: nobody is received. */
  readonly place: string | null
  readonly demo: boolean
}
/** A disruption that everybody may know of. */
export type Trouble = { readonly title: string; readonly text: string; readonly since: string }

function nowView({ t, language }: Look, { open, sentence, wait }: DeskNow): Html {
  const minutes = (ms: number) => Math.ceil(ms / 60_000)
  return html`<p class="now"${open && html` data-open`}><i aria-hidden="true"></i>${sentence === '' ? (open ? t.open : t.closed) : html`<strong lang="${language}">${sentence}</strong>`}
${open && wait !== null && html`<span>${wait.highMs === 0 ? t.wait.free : t.wait.range(minutes(wait.lowMs), minutes(wait.highMs))}</span>`}</p>`
}

/** What the desk writes once, in French. */
export const asWritten = (language: Look['language']): Html | false => language !== 'fr' && html` lang="fr"`

export const troublesView = ({ t, language }: Look, troubles: readonly Trouble[]): Html | false =>
  troubles.length > 0 &&
  html`<section class="card troubles"><h2>${icons.alert}${t.troubles.heading}</h2><ul>${troubles.map(
    ({ title, text, since }) =>
      html`<li><strong${asWritten(language)}>${title}</strong> <span class="small">${t.troubles.since} ${since}</span>${text !== '' && html`<p${asWritten(language)}>${text}</p>`}</li>`,
  )}</ul><p class="small">${t.troubles.concerned}</p><p class="gestures"><a href="/perturbations">${t.troubles.all}</a></p></section>`

/** The page that everybody starts from. */
export function homePage(look: Look, now: DeskNow, troubles: readonly Trouble[], portal: PortalSettings, calling: Html | false): string {
  const { t, desk, phone } = look
  const body = html`${nowView(look, now)}
<h1>${desk}</h1>
<p class="lead">${t.lead}</p>
${troublesView(look, troubles)}
<div class="ways">
<section class="card"><h2>${icons.phone}${t.call.heading}</h2>
${phone === null && html`<p>${t.call.none}</p>`}${deskPhone(look)}
<p>${now.open ? t.call.open : t.call.closed}</p>
${calling}
${portal.callbacksPerSlot > 0 && html`<p class="gestures"><a class="button" href="/rappel">${callbackWords[look.language].link}</a></p>`}</section>
${now.place !== null && html`<section class="card"><h2>${icons.place}${t.come.heading}</h2><p><strong${asWritten(look.language)}>${now.place}</strong></p><p>${t.come.text}</p></section>`}
<section class="card"><h2>${icons.form}${t.form.heading}</h2><p>${t.form.text}</p>
<p class="gestures"><a class="button main" href="/demande">${t.form.open}</a></p>${now.open && html`<p class="hint">${talkWords[look.language].home}</p>`}</section>
<section class="card"><h2>${icons.search}${faqWords[look.language].heading}</h2><p>${faqWords[look.language].text}</p>
<form class="find" method="get" action="/faq" role="search"><label class="seen" for="q">${faqWords[look.language].search}</label><input id="q" name="q" type="search" maxlength="200" autocomplete="off"><button class="button" type="submit">${faqWords[look.language].searchSend}</button></form>
<p class="gestures"><a href="/faq">${faqWords[look.language].open}</a></p></section>
<section class="card"><h2>${icons.follow}${t.mine.heading}</h2><p>${t.mine.text}</p>
<p class="gestures"><a class="button" href="/demandes">${t.mine.open}</a></p></section>
<section class="card"><h2>${icons.clock}${t.hours.heading}</h2>${now.week.map((line) => html`<p>${line}</p>`)}
<p class="small">${t.hours.holidays}</p>${now.notices.map((line) => html`<p class="small warned">${line}</p>`)}</section>
</div>
<ul class="foot" aria-label="${t.links}">${portal.links.map(({ name, url }) => html`<li><a href="${url}" rel="noopener">${name}</a></li>`)}
<li><a href="/perturbations">${t.troubles.all}</a></li>
<li><a href="/carte">${t.card.link}</a></li>${now.demo && html`<li><a href="/demo">${t.demo}</a></li>`}</ul>`
  return page(look, { title: '', body, wide: true, here: '/' })
}

/**
 * The desk on a card: number, hours, address, and a code to photograph that opens the form.
 * @param place filled in by that code; empty: none
 */
export function cardPage(look: Look, now: DeskNow, publicUrl: string, place = ''): string {
  const { t, desk } = look
  const form = `${publicUrl}/demande${place === '' ? '' : `?lieu=${encodeURIComponent(place)}`}`
  // Medium correction: a poster gets scratched, and is photographed from a step away.
  const code = new Html(renderSVG(form, { ecc: 'M', border: 2 }).replace('<svg ', '<svg class="qr" aria-hidden="true" '))
  const body = html`<h1 class="noprint">${t.card.title}</h1>
<div class="paper${place !== '' && ' poster'}">${look.logo !== null && html`<img class="logo" src="${look.logo}" alt="">`}<h2>${desk}</h2>${deskPhone(look)}${now.week.map((line) => html`<p>${line}</p>`)}<p class="small">${t.hours.holidays}</p>${now.place !== null && html`<p${asWritten(look.language)}>${now.place}</p>`}
<p>${t.card.ask}<br><strong>${publicUrl.replace(/^https?:\/\//, '')}</strong></p>
${code}<p>${t.card.scan}${place !== '' && html`<br><strong>${place}</strong>`}</p></div>
<form class="find noprint" method="get" action="/carte"><label for="lieu">${t.card.place}</label><input id="lieu" name="lieu" maxlength="200" value="${place}" autocomplete="off" aria-describedby="lieu-dit"><button class="button" type="submit">${t.card.placeSend}</button></form>
<p class="hint noprint" id="lieu-dit">${t.card.placeSays}</p>
<p class="gestures noprint"><button class="button main" type="button" data-print hidden>${t.card.print}</button></p>`
  return page(look, { title: t.card.title, body })
}

/** The desk within another page: what it says, the request begun there, and links that leave the frame. @param small one line */
export function embedPage(look: Look, now: DeskNow, troubles: readonly Trouble[], small: boolean): string {
  const { t, language, desk, logo } = look
  const out = (href: string, name: string, main = false) =>
    html`<a class="button${main && html` main`}" href="${href}" target="_blank" rel="noopener">${name}</a>`
  return html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${desk}</title><link rel="stylesheet" href="/portail/portail.css"></head>
<body class="embed${small && html` line`}"><main>${logo !== null && html`<img class="logo" src="${logo}" alt="">`}${nowView(look, now)}
<h1${small && html` class="seen"`}>${desk}</h1>${!small && html`${deskPhone(look, true)}${troublesView(look, troubles)}`}
${!small && html`<form class="find" method="get" action="/demande" target="_blank" rel="noopener"><label for="objet">${t.embed.about}</label><input id="objet" name="objet" maxlength="200" autocomplete="off"><button class="button main" type="submit">${t.form.open}</button></form>`}
<p class="gestures">${small && out('/demande', t.form.open, true)}${out('/demandes', t.mine.open)}${!small && out('/', t.embed.more)}</p></main></body></html>
`.text
}
