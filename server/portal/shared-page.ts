import type { SharedLine, SharedPage } from '../contract/shared-page.ts'
import { spelled } from '../contract/spelling.ts'
import { html, type Html } from './html.ts'
import { icons, page, type Look } from './layout.ts'
import { moment } from './words.ts'
import { sharedWords } from './words-shared.ts'

/** @param first whether it is what the page is for */
function codeForm(look: Look, { wrong = null, first = false }: { readonly wrong?: string | null; readonly first?: boolean }): Html {
  const t = sharedWords[look.language]
  return html`<form method="post" action="/p" data-once><div class="fields"><div class="field whole"><label for="code">${t.code}</label>
<input class="digits" id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="12" required${first && html` autofocus`} aria-describedby="code-dit${wrong !== null && ' code-faux'}"${wrong !== null && html` aria-invalid="true"`}>
<p class="hint" id="code-dit">${t.codeHint}</p>${wrong !== null && html`<p class="wrong" id="code-faux" role="alert">${wrong}</p>`}</div></div>
<p class="gestures"><button class="button main" type="submit">${t.open}</button></p></form>`
}

/** Where the code that was read on the telephone is typed. */
export function codePage(look: Look, { wrong }: { readonly wrong: string | null }): string {
  const t = sharedWords[look.language]
  const body = html`<h1>${t.title}</h1><p class="lead">${t.enter}</p>
${codeForm(look, { wrong, first: true })}
<p class="hint after">${t.noCall} <a href="/demande">${look.t.nav.ask}</a></p>`
  return page(look, { title: t.title, body })
}

function said({ language }: Look, line: SharedLine): Html {
  const t = sharedWords[language]
  switch (line.kind) {
    case 'spelled':
      if (line.text === '') return html`<p class="hint">${t.hidden}</p>`
      return html`<p class="small">${t.spelled}</p><p class="whole-text"><code dir="ltr" data-copy-of="${line.id}">${line.text}</code> <button class="button" type="button" data-copy="${line.id}" data-copied="${t.copied}" hidden>${t.copy}</button></p>
<ol class="letters">${spelled(line.text, language).map(({ sign, says }) => html`<li><b>${sign === ' ' ? '␣' : sign}</b><span>${says}</span></li>`)}</ol>`
    case 'step':
      return html`<p class="small">${line.doneAt === null ? t.step : html`${icons.ok} ${t.done}`}</p><p class="said" dir="auto">${line.text}</p>
${line.doneAt === null && html`<form method="post" action="/p/fait" data-quiet><input type="hidden" name="ligne" value="${line.id}"><button class="button" type="submit">${t.markDone}</button></form>`}`
    case 'remote':
      return html`<p><strong>${t.remote}</strong></p><p class="hint">${t.remoteSays}</p><p><a class="button main" href="/p/distance" target="_blank" rel="noopener">${t.remoteStart}</a></p>`
    case 'started':
      return html`<p class="hint">${t.started}</p>`
    default:
      return line.text === '' ? html`` : html`<p class="said" dir="auto">${line.text}</p>`
  }
}

/** What was exchanged, the oldest first. */
export function streamView(look: Look, shared: SharedPage): Html {
  const t = sharedWords[look.language]
  const { language, timeZone } = look
  return html`${shared.open && shared.endsAt !== null && html`<div class="band warn" data-key="ends">${t.ends}</div>`}${!shared.open && html`<div class="band warn" data-key="over"><h2>${t.over}</h2><p>${t.overSays}</p></div>`}
<ol class="exchange" aria-label="${t.stream}">${shared.lines.length === 0 && html`<li class="hint" data-key="none">${t.nothing}</li>`}${shared.lines.map(
    (
      line,
    ) => html`<li data-key="${line.id}-${line.doneAt ?? ''}-${line.text === '' ? 'x' : ''}"${line.side === 'caller' && html` data-mine`} data-kind="${line.kind}"><p class="head"><strong>${line.side === 'caller' ? t.you : line.by}</strong> <time datetime="${line.at}">${moment(line.at, language, timeZone)}</time></p>${said(look, line)}
${line.files.length > 0 && html`<ul class="files">${line.files.map(({ id, name, picture }) => html`<li><a class="file" href="/p/fichiers/${id}" download>${picture === null ? icons.file : html`<img src="/p/fichiers/${id}" alt="" loading="lazy" width="${picture.width}" height="${picture.height}">`}<span>${name}</span></a></li>`)}</ul>`}</li>`,
  )}</ol>`
}

/** The page itself, during the call. */
export function sharedPageView(
  look: Look,
  shared: SharedPage,
  {
    files,
    problem,
    typed,
  }: { readonly files: { readonly most: number; readonly megabytes: number }; readonly problem: string | null; readonly typed: string },
): string {
  const t = sharedWords[look.language]
  const body = html`<h1>${t.with}</h1><p class="lead">${t.says}</p>
<div data-shared aria-live="polite" aria-relevant="additions">${streamView(look, shared)}</div>
<noscript><p class="gestures"><a class="button" href="/p">${t.refresh}</a></p><iframe class="stream" src="/p/fil?page=1" title="${t.stream}"></iframe></noscript>
${
  shared.open &&
  html`<form class="card" method="post" action="/p/message" enctype="multipart/form-data" data-shared-form><div class="fields"><div class="field whole"><label for="texte">${t.write}</label>
<textarea id="texte" name="texte" rows="3" maxlength="4000" dir="auto" aria-describedby="texte-faux">${`\n${typed}`}</textarea></div>
<div class="field whole"><label for="fichiers">${t.files}</label><div class="drop" data-drop><input id="fichiers" name="fichiers" type="file" multiple aria-describedby="fichiers-dit texte-faux"><p class="hint" data-paste hidden>${look.t.ask.paste}</p></div><p class="hint" id="fichiers-dit">${t.filesHint(files.most, files.megabytes)}</p>
<p class="wrong" id="texte-faux" role="alert"${problem === null && html` hidden`}>${problem}</p></div></div>
<p class="gestures"><button class="button main" type="submit" data-sending="${t.sending}">${t.send}</button> <span class="hint" role="status" data-sent="${t.sent}"></span></p></form>`
}
<details class="card"${shared.endsAt !== null && html` open`}><summary>${t.another}</summary>${codeForm(look, {})}</details>
<form method="post" action="/p/quitter"><p class="gestures"><button class="button" type="submit">${t.leave}</button></p></form>`
  return page(look, { title: t.with, body })
}

/** The exchange alone, for a browser without scripts: it shows itself again every few seconds. */
export const streamPage = (look: Look, shared: SharedPage): string =>
  html`<!doctype html><html lang="${look.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">${shared.open && html`<meta http-equiv="refresh" content="5">`}<title>${sharedWords[look.language].stream}</title><link rel="stylesheet" href="/portail/portail.css"></head><body class="embed"><main>${streamView(look, shared)}</main></body></html>`
    .text
