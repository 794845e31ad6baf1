import type { PortalSettings } from '../contract/portal.ts'
import { filesField } from './files-view.ts'
import { asWritten, troublesView, type Trouble } from './home.ts'
import { helpView, seenMark, type Help } from './help.ts'
import { html, type Html } from './html.ts'
import { deskPhone, page, type Look } from './layout.ts'
import { talkWords } from './words-talk.ts'
import { faqWords } from './words-faq.ts'

/** What was typed, whatever becomes of it. */
export const typedFields = ['nom', 'courriel', 'telephone', 'contact', 'titre', 'resume', 'qualification', 'lieu'] as const
export type Typed = Readonly<Record<(typeof typedFields)[number], string>>

export type Asking = {
  readonly token: string
  readonly typed: Typed
  /** By field; `form`: of none. */
  readonly problems: ReadonlyMap<string, string>
  /** Known from the account: neither is asked again. */
  readonly known: { readonly name: string; readonly email: string | null } | null
  readonly portal: PortalSettings
  readonly files: {
    readonly most: number
    readonly megabytes: number
    readonly kept: readonly { readonly token: string; readonly name: string }[]
  }
  readonly troubles: readonly Trouble[]
  /** What may spare the request, shown before it is sent; its author may send it all the same. */
  readonly help: Help
  readonly confirming: boolean
  /** The article that was read before. */
  readonly article: { readonly number: number; readonly title: string } | null
  /** What is asked for on a form of its own. */
  readonly forms: readonly { readonly name: string; readonly form: string }[]
  /** Somebody can answer at once. */
  readonly open: boolean
}

type FieldOf = {
  readonly name: keyof Typed
  readonly label: string
  readonly hint?: string
  readonly type?: string
  readonly complete?: string
  readonly whole?: boolean
  readonly needed?: boolean
  readonly most: number
}

/** The form; it comes back with what was typed and what is wrong, and nothing is lost. */
export function askPage(look: Look, asking: Asking): string {
  const { t } = look
  const { token, typed, problems, known, portal, files, troubles, help, confirming, article, forms, open } = asking
  const faq = faqWords[look.language]
  const helped = helpView(look, help, known === null)
  const described = (name: string, hint: string | undefined) =>
    [hint !== undefined && `${name}-dit`, problems.has(name) && `${name}-faux`].filter(Boolean).join(' ')
  const attributes = ({ name, hint, complete, needed, most }: FieldOf) =>
    html`id="${name}" name="${name}" maxlength="${most}" data-kept${complete !== undefined && html` autocomplete="${complete}"`}${needed && html` required`}${problems.has(name) && html` aria-invalid="true"`}${described(name, hint) !== '' && html` aria-describedby="${described(name, hint)}"`}`
  const wrong = (name: string) => problems.has(name) && html`<p class="wrong" id="${name}-faux">${problems.get(name)}</p>`
  const around = (of: FieldOf, control: Html) =>
    html`<div class="field${of.whole && html` whole`}"><label for="${of.name}">${of.label}${!of.needed && html` <em>(${t.ask.optional})</em>`}</label>${control}${of.hint !== undefined && html`<p class="hint" id="${of.name}-dit">${of.hint}</p>`}${wrong(of.name)}</div>`
  const field = (of: FieldOf) => around(of, html`<input type="${of.type ?? 'text'}" value="${typed[of.name]}" ${attributes(of)}>`)
  const area = (of: FieldOf) => around(of, html`<textarea ${attributes(of)}>${`\n${typed[of.name]}`}</textarea>`)
  const you =
    known === null
      ? html`${field({ name: 'nom', label: t.ask.name, complete: 'name', most: 200, needed: true })}
${field({ name: 'courriel', label: t.ask.email, hint: t.ask.emailHint, type: 'email', complete: 'email', most: 254 })}`
      : html`<p class="whole field"><strong>${known.name}</strong>${known.email !== null && html`<br>${known.email}`}</p>`
  const choice =
    portal.qualifications.length > 0 &&
    html`<div class="field"><label for="qualification">${t.ask.qualification} <em>(${t.ask.optional})</em></label><select id="qualification" name="qualification" data-kept><option value="">${t.ask.unsure}</option>${portal.qualifications.map(
      (name) => html`<option${name === typed.qualification && html` selected`}>${name}</option>`,
    )}</select></div>`
  const body = html`<h1>${t.ask.title}</h1><p class="lead">${t.ask.says}</p>
${problems.size > 0 && html`<div class="band bad" role="alert"><h2>${t.ask.problems}</h2><ul>${[...problems].map(([name, text]) => html`<li>${name.startsWith('form') ? text : html`<a href="#${name}">${text}</a>`}</li>`)}</ul></div>`}
${troublesView(look, troubles)}
${forms.length > 0 && html`<details class="card forms"><summary>${t.ask.forms}</summary><ul>${forms.map(({ name, form }) => html`<li><a href="${form}" rel="noopener"${asWritten(look.language)}>${name}</a></li>`)}</ul></details>`}
${known === null && html`<div class="band"><strong>${t.ask.guest}</strong> <a href="/connexion?vers=${encodeURIComponent(look.address)}">${t.ask.guestSignIn}</a> ${t.ask.guestWhy}</div>`}
${article !== null && html`<p class="small">${faq.read(article.title)}</p>`}
<div class="band" data-draft-note hidden>${t.ask.draftBack} <button class="button" type="button" data-draft-drop>${t.ask.draftDrop}</button></div>
<form method="post" action="/demande" enctype="multipart/form-data" data-once data-draft="guichet-brouillon" novalidate>
<button class="seen" type="submit" tabindex="-1" aria-hidden="true">${t.ask.send}</button>
<input type="hidden" name="jeton" value="${token}"><input type="hidden" name="vu" value="${seenMark(help)}">${article !== null && html`<input type="hidden" name="article" value="${article.number}">`}
${confirming && helped !== false && html`<div class="band warn help" role="alert"><h2>${faq.help.title}</h2><p>${faq.help.says}</p>${helped}<p class="gestures"><button class="button main" type="submit">${faq.help.anyway}</button></p></div>`}
<div class="honey" aria-hidden="true"><label for="site_web">${t.ask.honey}</label><input id="site_web" name="site_web" tabindex="-1" autocomplete="off"></div>
<fieldset><legend>${t.ask.request}</legend><div class="fields">
${field({ name: 'titre', label: t.ask.subject, hint: t.ask.subjectHint, whole: true, needed: true, most: 200 })}
${!confirming && html`<div class="field whole help" data-help aria-live="polite"${helped === false && html` hidden`}>${helped}</div>`}
${area({ name: 'resume', label: t.ask.summary, hint: t.ask.summaryHint, whole: true, most: 20_000 })}
${choice}
${field({ name: 'lieu', label: t.ask.place, hint: t.ask.placeHint, most: 200 })}
${filesField(look, files)}
</div></fieldset>
<fieldset><legend>${t.ask.you}</legend><div class="fields">${you}
${field({ name: 'telephone', label: t.ask.phone, hint: t.ask.phoneHint, type: 'tel', complete: 'tel', most: 40 })}
${field({ name: 'contact', label: t.ask.contact, hint: t.ask.contactHint, most: 200 })}
</div></fieldset>
<p class="gestures"><button class="button main" type="submit" data-sending="${t.ask.sending}">${t.ask.send}</button> ${open && html`<button class="button" type="submit" name="discuter" value="1">${talkWords[look.language].ask}</button>`} <span class="hint" data-scripted hidden>${t.ask.draft}</span></p>
</form>`
  return page(look, { title: t.ask.title, body, here: '/demande' })
}

/** Who is not signed in makes no request here. */
export function signInToAsk(look: Look): string {
  const { t } = look
  const body = html`<h1>${t.ask.title}</h1><p class="lead">${t.ask.guestsOff}</p>${deskPhone(look)}
<p class="gestures"><a class="button main" href="/connexion?vers=%2Fdemande">${t.nav.signIn}</a></p>`
  return page(look, { title: t.ask.title, body, here: '/demande' })
}
