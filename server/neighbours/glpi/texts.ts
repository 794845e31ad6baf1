import { paragraphsOf, textOf } from '../../clean-html.ts'

/** A line of ours is known again in GLPI by its own mark, which people read too. */
const markOf = (ticket: number, line: number) => `réf. ${ticket}-${line}`
const marked = /\(réf\. (\d+)-(\d+)\)/

/** What is written in GLPI of a line of the journal: in the account's name there, so that it says whose it is. */
export const lineHtml = (text: string, by: string, deskName: string, ticket: number, line: number): string =>
  `${paragraphsOf(text)}<p>— ${signatureOf(by, deskName)} (${markOf(ticket, line)})</p>`

/** Who wrote here, and where that is. */
export const signatureOf = (by: string, deskName: string): string =>
  [...new Set([by, deskName])].map((name) => paragraphsOf(name).replace(/<\/?p>/g, '')).join(', ')

/** The journal line that something in GLPI was written from; null: it was written there. */
export const lineOfMark = (text: string): number | null => {
  const line = marked.exec(text)?.[2]
  return line === undefined ? null : Number(line)
}

const tag = /<\/?[a-z][^>]*>/i
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' }
const decoded = (text: string): string =>
  text.replace(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|(lt|gt|amp|quot));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return named[name.toLowerCase()] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })

/** What GLPI holds, as text: HTML in 11, HTML whose signs are escaped once more in 9.5 and 10, plain text from imports. */
export function textFrom(content: string): string {
  const html = tag.test(content) ? content : decoded(content)
  return (tag.test(html) ? textOf(html) : html).replace(/\n{3,}/g, '\n\n').trim()
}
/** A title, which GLPI 10 escapes too. */
export const titleFrom = (name: string): string => decoded(name).replace(/\s+/g, ' ').trim()
