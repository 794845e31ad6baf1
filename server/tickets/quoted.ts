/*
 * What somebody adds in answering a mail, apart from what their mail program repeats below it. Each line is looked at once, with
 * expressions that never look back: a line may be as long as a mail.
 */

const longest = 2_000
const sentences = [
  /^(?:le|on|am|el|il)\s.{3,400}\s(?:a\s+écrit|wrote|schrieb|escribió|ha scritto)\s*:$/iu,
  /^.{3,300}<[^<>\s]{3,254}>\s*(?:a\s+écrit|wrote)\s*:$/iu,
]
const separators = [
  /^[-_*\s>]{0,20}(?:message d[’']origine|message original|original message|message transféré|forwarded message|message transmis|weitergeleitete nachricht)[-_*\s:]{0,20}$/iu,
  /^(?:début du message (?:réexpédié|transféré)|begin forwarded message)\s*:?$/iu,
]
const rules = /^[_=-]{8,}$/u
const fields =
  /^[*\s]{0,4}(?:de|from|von|envoyé(?: le)?|sent|date|à|to|pour|répondre à|reply-to|an|cc|copie|objet|subject|betreff|sujet)[*\s\u00a0\u202f]{0,4}:/iu
const author = /^[*\s]{0,4}(?:de|from|von)[*\s\u00a0\u202f]{0,4}:/iu
const phones = /^(?:envoyé (?:de|depuis) mon |envoyé à partir de |sent from my |télécharger outlook|get outlook for )/iu

const lineAt = (lines: readonly string[], i: number) => (lines[i] ?? '').slice(0, longest).trim()

/** Whether a mail repeated below begins at this line, and how many lines its heading takes; 0: none does. */
function heading(lines: readonly string[], i: number): number {
  const line = lineAt(lines, i)
  if (line === '') return 0
  if (separators.some((one) => one.test(line))) return 1
  for (const more of [0, 1, 2]) {
    const joined = [0, 1, 2].slice(0, more + 1).map((k) => lineAt(lines, i + k))
    if (joined.every((part) => part !== '') && sentences.some((one) => one.test(joined.join(' ')))) return more + 1
  }
  const from = rules.test(line) ? i + 1 : i
  if (!author.test(lineAt(lines, from))) return 0
  let known = 0
  for (let k = from; k < from + 7; k += 1) if (fields.test(lineAt(lines, k))) known += 1
  return known >= 3 || (known >= 2 && from > i) ? from - i + 1 : 0
}

const isQuoted = (line: string) => line.startsWith('>')
const isBlank = (line: string) => line.trim() === ''
const without = (lines: readonly string[], from: number) => lines.slice(0, from).join('\n').trim()

/** The line at which what is repeated begins; the number of lines when nothing is. */
function quotationStart(lines: readonly string[]): number {
  for (let i = 0; i < lines.length; i += 1) {
    const taken = heading(lines, i)
    if (taken === 0) continue
    const below = lines.slice(i + taken).filter((line) => !isBlank(line))
    // Answers written between the lines of a quotation mean nothing without it.
    const between = below.some((line) => isQuoted(line)) && below.some((line) => !isQuoted(line))
    return between ? lines.length : i
  }
  let end = lines.length
  while (end > 0 && (isQuoted(lines[end - 1] ?? '') || isBlank(lines[end - 1] ?? ''))) end -= 1
  return lines.slice(end).some(isQuoted) ? end : lines.length
}

/** What a mail adds; '' when it only repeats. @param text its whole text */
export function answerIn(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const kept = lines.slice(0, quotationStart(lines))
  const signature = kept.findIndex((line) => line === '-- ' || line === '--' || phones.test(line.slice(0, 80)))
  return without(kept, signature < 0 ? kept.length : signature)
}

/** Who wrote the mail that is passed on in this one, and what they wrote. */
export type PassedOn = { readonly name: string; readonly address: string; readonly text: string }

const address = /([^\s<>()[\],;:"]{1,64}@[^\s<>()[\],;:"]{1,253})/u

/** The mail passed on below this one's own words; null when its author cannot be read. @param text its whole text */
export function passedOn(text: string): PassedOn | null {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const start = lines.findIndex((_line, i) => heading(lines, i) > 0)
  if (start < 0) return null
  const from = lines.findIndex((line, i) => i >= start && i < start + 6 && author.test(line.slice(0, longest).replace(/^>\s?/, '')))
  const sentence = lineAt(lines, start)
  const who = from < 0 ? sentence : lineAt(lines, from).replace(/^>\s?/, '').replace(author, '')
  const found = address.exec(who)?.[1]
  if (found === undefined) return null
  const name = who
    .slice(0, who.indexOf(found))
    .replace(/mailto:/i, '')
    .replace(/[<>"[\]()*]/g, '')
    .trim()
  let body = from < 0 ? start + 1 : from + 1
  while (body < lines.length && fields.test(lineAt(lines, body).replace(/^>\s?/, ''))) body += 1
  return {
    name: from < 0 ? '' : name,
    address: found.replace(/^mailto:/i, ''),
    text: lines
      .slice(body)
      .map((line) => line.replace(/^>\s?/, ''))
      .join('\n')
      .trim(),
  }
}

const gratitude = /\b(?:merci|remerci\w*|thanks?|thank you|thx|parfait|super|impeccable|perfect|great)\b/iu
const more =
  /\?|\b(?:mais|cependant|toutefois|toujours|encore|pas|plus|erreur|panne|problème|impossible|but|still|not|again|however|error|problem)\b/iu
const shortThanks = 300

/** Whether an answer only thanks: it asks nothing, and says of nothing that it does not work. @param answer without what it repeats */
export const isThanks = (answer: string): boolean => answer.length <= shortThanks && gratitude.test(answer) && !more.test(answer)
