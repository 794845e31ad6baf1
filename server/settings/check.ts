import { mainLine } from '../calls/settings.ts'
import { normaliseNumber } from '../calls/number.ts'
import { misplacedEntity } from '../tickets/partition.ts'
import { misplaced } from '../tickets/categories.ts'
import { mailTemplateNames, type MailSettings, type MailTemplate, type MailTemplateName } from '../contract/mail-templates.ts'
import { unknownWord } from '../contract/phrase-words.ts'
import type { LinesSettings, SettingsValues } from '../contract/settings.ts'
import { ServiceError } from '../errors.ts'
import { templateProblem } from '../tickets/mail-text.ts'

/** What a schema cannot see: numbers that nobody could dial, two things of one name or number. @returns the field, or null */
export function unusable({
  hours,
  desk,
  outgoing,
  lines,
  categories,
  redirection,
  clocks,
  phrases,
  script,
  entities,
}: SettingsValues): string | null {
  if (new Set(hours.exceptions.map((e) => e.id)).size < hours.exceptions.length) return 'exceptions.id'
  if (desk.phone !== null && normaliseNumber(desk.phone) === null) return 'phone'
  const wrongLine = unusableLine(lines)
  if (wrongLine !== null) return wrongLine
  const wrongCategory = misplaced(categories.categories)
  if (wrongCategory !== null) return `categories.${wrongCategory}`
  const wrongEntity = misplacedEntity(entities)
  if (wrongEntity !== null) return wrongEntity
  if (new Set(redirection.rules.map(({ id }) => id)).size < redirection.rules.length) return 'rules.id'
  const wrongPhrase = unusablePhrase(phrases) ?? unusableScript(script)
  if (wrongPhrase !== null) return wrongPhrase
  if (new Set(clocks.rules.map(({ id }) => id)).size < clocks.rules.length) return 'rules.id'
  const wrong = outgoing.targets.findIndex(({ number }) => normaliseNumber(number) === null)
  return wrong < 0 ? null : `targets.${wrong}.number`
}

/** A word that stands for nothing would reach a requester as it is. */
function unusablePhrase({ answers, templates }: SettingsValues['phrases']): string | null {
  for (const [i, { text }] of answers.entries()) if (unknownWord(text) !== null) return `answers.${i}.text : {${unknownWord(text)}}`
  for (const [i, { title, summary, solution }] of templates.entries())
    for (const text of [title, summary, solution]) if (unknownWord(text) !== null) return `templates.${i} : {${unknownWord(text)}}`
  return doubled(answers) ? 'answers.id' : doubled(templates) ? 'templates.id' : null
}

function unusableScript({ scripts }: SettingsValues['script']): string | null {
  const wrong = scripts.findIndex(({ steps }) => doubled(steps))
  return doubled(scripts) ? 'scripts.id' : wrong < 0 ? null : `scripts.${wrong}.steps`
}

const doubled = (all: readonly { readonly id: string }[]): boolean => new Set(all.map(({ id }) => id)).size < all.length

function unusableLine({ lines }: LinesSettings): string | null {
  if (lines[0]?.id !== mainLine || new Set(lines.map(({ id }) => id)).size < lines.length) return 'lines.id'
  const seen = new Set<string>()
  for (const [i, { numbers }] of lines.entries()) {
    for (const [j, written] of numbers.entries()) {
      const number = normaliseNumber(written)
      if (number === null || seen.has(number)) return `lines.${i}.numbers.${j}`
      seen.add(number)
    }
  }
  return null
}

const inWords = { fr: 'en français', en: 'en anglais' } as const

/** @throws ServiceError `mail_word_unknown` or `mail_word_missing`, with the word */
export function refuseUnusableMail(name: MailTemplateName, template: MailTemplate): void {
  const problem = templateProblem(name, template)
  if (problem === null) return
  const code = problem.kind === 'unknown' ? 'mail_word_unknown' : 'mail_word_missing'
  throw new ServiceError(code, `${problem.word}, ${name}, ${inWords[problem.language]}`)
}

/** @throws ServiceError as for one mail */
export function refuseUnusableMails(mails: MailSettings): void {
  for (const name of mailTemplateNames) refuseUnusableMail(name, mails[name])
}
