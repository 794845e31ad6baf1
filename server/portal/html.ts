/** Text that is HTML already: everything else is escaped where it is put in. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}
export type Value = Html | string | number | null | undefined | false | readonly Value[]

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.toWellFormed().replace(/[&<>"']/g, (c) => escapes[c] ?? c)

function written(value: Value): string {
  if (value === null || value === undefined || value === false) return ''
  if (value instanceof Html) return value.text
  return typeof value === 'object' ? value.map(written).join('') : escaped(String(value))
}

/** A piece of a page. Values are escaped, in texts and in attributes alike; attributes are always between quotes. */
export const html = (parts: TemplateStringsArray, ...values: readonly Value[]): Html =>
  new Html(parts.map((part, i) => part + written(values[i])).join(''))

/** What somebody wrote, in the lines that they wrote it in. */
export const lines = (text: string): Html => html`<p class="said">${text}</p>`
