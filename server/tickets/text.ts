// Marks that reorder what is read: « moc.elpmaxe » may not be shown as something else in a title or a subject.
const reordering = /[\u202A-\u202E\u2066-\u2069]/gu

/** Text for one line: no control character, hence no line break, and single spaces. Safe in a mail's subject. */
export const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(reordering, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()

/** Text in paragraphs: line feeds and tabs are kept, every other control character is dropped. */
export const paragraphs = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim()

/** The address when a mail can be written to it, else null. Stricter than the standard: nothing that a header could misread. */
export function mailable(address: string | null): string | null {
  return address !== null && /^[^\p{Cc}\s@<>,;:"()[\]\\]+@[^\p{Cc}\s@<>,;:"()[\]\\]+$/u.test(address) ? address : null
}
