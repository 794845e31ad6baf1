import type { AccessibilityStatement } from '../contract/portal.ts'
import { html, Html } from './html.ts'
import { words, type Language, type Words } from './words.ts'

/** What every page of the portal is drawn with. */
export type Look = {
  readonly t: Words
  readonly language: Language
  readonly timeZone: string
  /** The desk's name. */
  readonly desk: string
  readonly phone: string | null
  /** Where who does not hear calls through others; null: nowhere. */
  readonly relayUrl: string | null
  /** How accessible the site says that it is. */
  readonly declared: AccessibilityStatement['state']
  /** Where the site's own picture is; null: it has none. */
  readonly logo: string | null
  readonly session: { readonly name: string; readonly staff: boolean } | null
  /** The address asked for, for the links that come back to it. */
  readonly address: string
}

export const icons = {
  phone: new Html(
    '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3 2.500h2l1 3-1.500 1a8 8 0 0 0 4 4l1-1.500 3 1v2c0 1-1 1.500-2 1.500C6 13.500 2 9 2 4.500c0-1 .2-2 1-2Z"/></svg>',
  ),
  clock: new Html('<svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6"/><path d="M8 4.500V8l2.500 1.500"/></svg>'),
  place: new Html(
    '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 14.500S3 10 3 6.500a5 5 0 0 1 10 0C13 10 8 14.500 8 14.500Z"/><circle cx="8" cy="6.500" r="1.500"/></svg>',
  ),
  form: new Html('<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3 2h7l3 3v9H3zM10 2v3h3M5.500 8.500h5M5.500 11h5"/></svg>'),
  follow: new Html(
    '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2.500 4h2M2.500 8h2M2.500 12h2M7 4h6.500M7 8h6.500M7 12h6.500"/></svg>',
  ),
  alert: new Html('<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 2 1.500 13.500h13L8 2Zm0 4v4m0 1.500v.5"/></svg>'),
  file: new Html('<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M4 1.500h5.500L13 5v9.500H4zM9 1.500V5h4"/></svg>'),
  search: new Html('<svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="7" cy="7" r="4.500"/><path d="m10.500 10.500 3 3"/></svg>'),
  ok: new Html('<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3 8.500 6.500 12 13 4.500"/></svg>'),
}

const logo = new Html(
  '<svg class="logo" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="9"/><path d="M21.6 12.200A7 7 0 1 0 23 16.400h-6"/></svg>',
)

/** The other language, at the same address. */
function elsewhere({ t, address }: Look): Html {
  const [path = '/', query = ''] = address.split('?')
  const fields = new URLSearchParams(query)
  fields.set('langue', t.other.lang)
  return html`<a href="${`${path}?${fields.toString()}`}" lang="${t.other.lang}" hreflang="${t.other.lang}">${t.other.name}</a>`
}

function account({ t, session, address }: Look): Html {
  if (session === null)
    return html`<a class="button" href="/connexion?vers=${encodeURIComponent(address.split('?')[0] ?? '/')}">${t.nav.signIn}</a>`
  return html`
    ${session.staff && html`<a href="/console">${t.nav.console}</a>`}
    <form method="post" action="/deconnexion"><span class="me">${session.name}</span> <button class="button">${t.nav.signOut}</button></form>`
}

/** One page. @param title in the window's bar, before the desk's name */
export function page(
  look: Look,
  {
    title,
    body,
    wide = false,
    here = '',
  }: { readonly title: string; readonly body: Html; readonly wide?: boolean; readonly here?: string },
): string {
  const { t, language, desk } = look
  const link = (href: string, name: string) => html`<a href="${href}"${href === here && html` aria-current="page"`}>${name}</a>`
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title === '' ? desk : `${title} · ${desk}`}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/portail/portail.css">
<script src="/portail/portail.js" defer></script>
</head>
<body>
<a class="skip" href="#contenu">${t.skip}</a>
<header class="top">
<a class="brand" href="/">${look.logo === null ? logo : html`<img class="logo" src="${look.logo}" alt="">`}<span>${desk}</span></a>
<nav aria-label="${t.nav.label}">${link('/', t.nav.home)}${link('/faq', t.nav.faq)}${link('/demande', t.nav.ask)}${link('/demandes', t.nav.mine)}</nav>
<div class="account">${elsewhere(look)}${account(look)}</div>
</header>
<main id="contenu" tabindex="-1"${wide && html` class="wide"`}>
${body}
</main>
<footer class="foot"><a href="/accessibilite"${here === '/accessibilite' && html` aria-current="page"`}>${t.accessibility[look.declared]}</a></footer>
</body>
</html>
`.text
}

/** A page that says one thing, and how to go on. */
export const notice = (look: Look, { title, text }: { readonly title: string; readonly text: string }): string =>
  page(look, {
    title,
    body: html`<h1>${title}</h1><p class="lead">${text}</p>${deskPhone(look)}
<p class="gestures"><a class="button main" href="/">${look.t.nav.home}</a> <a class="button" href="/demandes">${look.t.nav.mine}</a></p>`,
  })

const callLink = (phone: string): Html => html`<a class="phone" href="tel:${phone.replace(/[^+\d]/g, '')}">${phone}</a>`
/** The desk's number, and beside it the way of who does not hear; nothing where there is neither. @param framed within another page */
export const deskPhone = ({ t, phone, relayUrl }: Look, framed = false): Html =>
  html`${phone !== null && callLink(phone)}${relayUrl !== null && html`<p class="gestures"><a href="${relayUrl}"${framed && html` target="_blank"`} rel="noopener">${t.call.relay}</a></p>`}`
export const wordsOf = (language: Language): Words => words[language]
