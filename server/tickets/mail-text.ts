import {
  mailWords as mailWordNames,
  mailLanguages,
  mailWordNamed,
  originalMails,
  type MailLanguage,
  type MailSettings,
  type MailTemplate,
  type MailTemplateName,
  type MailWord,
} from '../contract/mail-templates.ts'
import { oneLine, paragraphs } from './text.ts'

/** What fills a template; '' or left out: nothing to say. */
export type MailValues = Partial<Readonly<Record<MailWord, string>>>

const written = /\{([^{}]*)\}/g
const manyLines: readonly MailWord[] = ['summary', 'solution', 'message', 'reason', 'list', 'workaround']

const clean = (word: MailWord, value: string) => (manyLines.includes(word) ? paragraphs(value) : oneLine(value))

/** Fills one line, in one pass: what a value holds between braces stays as it is. Null: all its words have nothing to say. */
function filled(line: string, values: MailValues): string | null {
  let words = 0
  let said = 0
  const text = line.replace(written, (whole, name: string) => {
    const word = mailWordNamed(name)
    if (word === undefined) return whole
    words += 1
    const value = clean(word, values[word] ?? '')
    if (value !== '') said += 1
    return value
  })
  return words > 0 && said === 0 ? null : text
}

/** A text with its words filled in; a line that has nothing to say is left out. */
export const fillMail = (text: string, values: MailValues): string =>
  text
    .split('\n')
    .map((line) => filled(line, values))
    .filter((line) => line !== null)
    .join('\n')

/** What stands between the French text and the English one. */
export const englishMark = '— English —'

/** What a subject begins with. @param number a ticket's, by which answers find it; null: none */
export const subjectMark = (mark: string, number: number | null): string => (number === null ? `[${mark}]` : `[${mark} n°${number}]`)

/** A mail as it is sent. Its subject is one line, whatever a title holds. @param number of its ticket, by which answers find it; null: none */
export function mailText(
  template: MailTemplate,
  { languages, mark }: Pick<MailSettings, 'languages' | 'mark'>,
  number: number | null,
  values: (language: MailLanguage) => MailValues,
): { readonly subject: string; readonly text: string } {
  const french = fillMail(template.text.fr, values('fr'))
  return {
    subject: oneLine(`${subjectMark(mark, number)} ${fillMail(template.subject.fr, values('fr'))}`),
    text: languages === 'fr' ? french : `${french}\n\n${englishMark}\n\n${fillMail(template.text.en, values('en'))}`,
  }
}

/** @property word as it is written, between its braces */
export type TemplateProblem = {
  readonly kind: 'unknown' | 'missing'
  readonly word: string
  readonly language: MailLanguage
}

/** What keeps a template from being used: a word that means nothing in this mail, or one without which it would say nothing. */
export function templateProblem(name: MailTemplateName, template: MailTemplate): TemplateProblem | null {
  const needed: readonly MailWord[] = originalMails[name].needed
  const allowed: readonly MailWord[] = originalMails[name].allowed
  for (const language of mailLanguages) {
    const both = `${template.subject[language]}\n${template.text[language]}`
    const found = [...both.matchAll(written)].map(([whole, word = '']) => ({ whole, word: mailWordNamed(word) }))
    const unknown = found.find(({ word }) => word === undefined || !allowed.includes(word))
    if (unknown !== undefined) return { kind: 'unknown', word: unknown.whole, language }
    const stray = both.replace(written, '').match(/[{}]/)
    if (stray !== null) return { kind: 'unknown', word: stray[0], language }
    const inText = [...template.text[language].matchAll(written)].map(([, word = '']) => mailWordNamed(word))
    const missing = needed.find((word) => !inText.includes(word))
    if (missing !== undefined) return { kind: 'missing', word: nameOf(missing, language), language }
  }
  return null
}

const nameOf = (word: MailWord, language: MailLanguage) => `{${mailWordNames[word][language]}}`
