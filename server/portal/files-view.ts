import type { Attachment } from '../contract/attachments.ts'
import { html, type Html } from './html.ts'
import { icons, type Look } from './layout.ts'

/** Files that came with a line, as the requester sees them. */
export const filesView = ({ t }: Look, number: number, files: readonly Attachment[]): Html | false =>
  files.length > 0 &&
  html`<ul class="files" aria-label="${t.one.files}">${files.map(
    ({ id, name, bytes, picture }) => html`<li><a class="file" href="/demandes/${number}/fichiers/${id}" download>
${picture === null ? icons.file : html`<img src="/demandes/${number}/fichiers/${id}" alt="" loading="lazy" width="${picture.width}" height="${picture.height}">`}
<span>${name}</span><small>${t.size(bytes)}</small></a></li>`,
  )}</ul>`

/** Where files are chosen; with scripts, also dropped and pasted. @param kept those that came with a try that could not be saved */
export const filesField = (
  { t }: Look,
  {
    most,
    megabytes,
    kept = [],
  }: { readonly most: number; readonly megabytes: number; readonly kept?: readonly { readonly token: string; readonly name: string }[] },
): Html | false =>
  most > 0 &&
  html`<div class="field whole"><label for="fichiers">${t.ask.files} <em>(${t.ask.optional})</em></label>
<div class="drop" data-drop><input id="fichiers" name="fichiers" type="file" multiple aria-describedby="fichiers-dit">
<p class="hint" data-paste hidden>${t.ask.paste}</p></div>
<p class="hint" id="fichiers-dit">${t.ask.filesHint(most, megabytes)}</p>
${kept.length > 0 && html`<fieldset class="kept"><legend>${t.ask.kept}</legend>${kept.map(({ token, name }) => html`<label><input type="checkbox" name="garde" value="${token}" checked> ${name}</label>`)}</fieldset>`}</div>`
