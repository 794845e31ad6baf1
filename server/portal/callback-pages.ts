import { showNumber } from '../calls/number.ts'
import type { Interval } from '../calendar/intervals.ts'
import { momentInWords, slotInWords } from '../calendar/slots.ts'
import type { CallbackSlot } from '../database/callback-slot-store.ts'
import { html, type Html } from './html.ts'
import { page, type Look } from './layout.ts'
import { callbackWords } from './words-callback.ts'

export type Choosing = {
  readonly slots: readonly Interval[]
  readonly typed: { readonly slot: string; readonly phone: string; readonly subject: string; readonly email: string }
  readonly token: string
  /** By field; `form`: of none. */
  readonly problems: ReadonlyMap<string, string>
  /** Known from the account, and not asked again. */
  readonly confirmTo: string | null
}

const said = ({ language, timeZone }: Look, slot: Interval) => slotInWords(slot, language, timeZone)

/** Where a half hour is chosen. */
export function choicePage(look: Look, { slots, typed, token, problems, confirmTo }: Choosing): string {
  const t = callbackWords[look.language]
  const { ask } = look.t
  const days = Map.groupBy(
    slots.map((slot) => ({ slot, ...said(look, slot) })),
    ({ day }) => day,
  )
  const wrong = (name: string): Html | false =>
    problems.has(name) && html`<p class="wrong" id="${name}-faux" role="alert">${problems.get(name)}</p>`
  const described = (name: string, hint = false) => {
    const by = [hint && `${name}-dit`, problems.has(name) && `${name}-faux`].filter(Boolean).join(' ')
    return html`${problems.has(name) && html` aria-invalid="true"`}${by !== '' && html` aria-describedby="${by}"`}`
  }
  const optional = html` <em>(${ask.optional})</em>`
  const mail =
    confirmTo === null
      ? html`<div class="field whole"><label for="courriel">${ask.email}${optional}</label><input id="courriel" name="courriel" type="email" autocomplete="email" maxlength="254" value="${typed.email}"${described('courriel', true)}><p class="hint" id="courriel-dit">${t.emailHint}</p>${wrong('courriel')}</div>`
      : html`<p class="hint field whole">${t.confirmTo(confirmTo)}</p>`
  const body = html`<h1>${t.title}</h1><p class="lead">${t.lead}</p>
${slots.length === 0 && html`<div class="band warn">${t.none}</div>`}
${problems.has('form') && html`<div class="band bad" role="alert">${problems.get('form')}</div>`}
${
  slots.length > 0 &&
  html`<form method="post" action="/rappel" data-once novalidate><input type="hidden" name="jeton" value="${token}">
<div class="honey" aria-hidden="true"><label for="site_web">${ask.honey}</label><input id="site_web" name="site_web" tabindex="-1" autocomplete="off"></div>
<fieldset><div class="fields"><div class="field whole"><label for="creneau">${t.when}</label><select id="creneau" name="creneau" required${described('creneau')}><option value="">${t.choose}</option>${[
    ...days,
  ].map(
    ([day, all]) =>
      html`<optgroup label="${day}">${all.map(({ slot, hours }) => html`<option value="${slot.fromMs}"${typed.slot === String(slot.fromMs) && html` selected`}>${hours}</option>`)}</optgroup>`,
  )}</select>${wrong('creneau')}</div>
<div class="field whole"><label for="telephone">${t.phone}</label><input id="telephone" name="telephone" type="tel" autocomplete="tel" maxlength="40" required value="${typed.phone}"${described('telephone', true)}><p class="hint" id="telephone-dit">${t.phoneHint}</p>${wrong('telephone')}</div>
<div class="field whole"><label for="objet">${t.subject}${optional}</label><input id="objet" name="objet" maxlength="200" value="${typed.subject}"${described('objet', true)}><p class="hint" id="objet-dit">${t.subjectHint}</p>${wrong('objet')}</div>
${mail}</div>
<p class="gestures"><button class="button main" type="submit" data-sending="${ask.sending}">${t.send}</button></p></fieldset></form>`
}
<p class="hint after">${t.form} <a href="/demande">${look.t.nav.ask}</a></p>`
  return page(look, { title: t.title, body })
}

/** A half hour that was chosen, and the way out of it. Looking changes nothing: mails are read by machines too. */
export function bookedPage(look: Look, slot: CallbackSlot, key: string): string {
  const t = callbackWords[look.language]
  const { state, number, subject, email } = slot
  const when = said(look, { fromMs: slot.startsAt.getTime(), toMs: slot.endsAt.getTime() }).whole
  const reopening = slot.reopensAt === null ? '' : momentInWords(slot.reopensAt.getTime(), look.language, look.timeZone)
  const promise =
    slot.shutAt === null
      ? html`<div class="band ok" role="status"><h1>${t.booked}</h1><p>${t.calls(when, showNumber(number))}</p>`
      : html`<div class="band warn" role="alert"><h1>${t.shut}</h1><p>${t.promised(when, showNumber(number))}</p><p>${t.shutSays(reopening)}</p>`
  const body =
    state === 'waiting'
      ? html`${promise}${subject !== '' && html`<p>${t.about} <q>${subject}</q></p>`}</div>
<p class="hint after">${email === null || slot.shutAt !== null ? t.keep : t.sent(email)}</p>
<form method="post" action="/rappel/${key}/annuler" data-once><p class="gestures">${
          slot.shutAt === null
            ? html`<a class="button" href="/rappel/${key}/agenda" download>${t.calendar}</a> <a class="button" href="/rappel">${t.another}</a>`
            : html`<a class="button main" href="/rappel">${t.another}</a>`
        } <button class="button" type="submit">${t.cancel}</button></p></form>`
      : html`<h1>${state === 'cancelled' ? t.cancelled : t.over}</h1><p class="lead">${t.was(when)}</p><p class="gestures"><a class="button main" href="/rappel">${t.another}</a></p>`
  return page(look, { title: t.title, body })
}
