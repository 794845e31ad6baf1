import { Temporal } from 'temporal-polyfill'
import type { Occurrence } from './events.ts'

/*
 * Whose absence an event is, and of which days or hours. A title names people as people write them: « Alice Martin : congés », « absence
 * amartin », « Alice » where there is one Alice.
 */
export type Colleague = { readonly id: string; readonly login: string; readonly name: string }
/** `hours` null: the whole days. */
export type CalendarAbsence = {
  readonly key: string
  readonly accountId: string
  readonly from: string
  readonly to: string
  readonly hours: { readonly from: string; readonly to: string } | null
}

const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
const wordsOf = (text: string): string[] =>
  folded(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)

const holds = (words: readonly string[], name: readonly string[]): boolean => name.length > 0 && name.every((word) => words.includes(word))

/** What is left of words once those of a name are taken out, each once. */
function without(words: readonly string[], name: readonly string[]): readonly string[] {
  const left = [...words]
  for (const word of name) left.splice(left.indexOf(word), 1)
  return left
}

/** Those an event is about; empty when nobody can tell. */
export function whose({ title, mails }: Pick<Occurrence, 'title' | 'mails'>, colleagues: readonly Colleague[]): readonly Colleague[] {
  const words = wordsOf(title)
  const said = new Set(words)
  const inFull = colleagues.filter(({ name }) => holds(words, wordsOf(name)))
  /** « Jean-Pierre Martin » is not Jean Martin, unless he is named beside him. */
  const isOther = (name: readonly string[]) =>
    inFull.some((one) => {
      const longer = wordsOf(one.name)
      return longer.length > name.length && holds(longer, name) && !holds(without(words, longer), name)
    })
  const whole = colleagues.filter((one) => said.has(folded(one.login)) || (inFull.includes(one) && !isOther(wordsOf(one.name))))
  if (whole.length > 0) return whole
  /** A first or a family name says who, where one person alone has it. */
  const part = (index: 0 | -1) =>
    colleagues.filter((one) => {
      const word = wordsOf(one.name).at(index)
      return word !== undefined && said.has(word) && colleagues.filter(({ name }) => wordsOf(name).at(index) === word).length === 1
    })
  const named = [...new Set([...part(0), ...part(-1)])]
  if (named.length > 0) return named
  for (const mail of mails) {
    const local = mail.slice(0, mail.indexOf('@'))
    const found = colleagues.filter(({ login, name }) => folded(login) === local || wordsOf(name).join('.') === folded(local))
    if (found.length === 1) return found
  }
  return []
}

/** The days and hours that an event covers, in the desk's wall time. */
function partsOf({ startMs, endMs, days }: Occurrence, timeZone: string): Pick<CalendarAbsence, 'from' | 'to' | 'hours'>[] {
  if (days !== null) return [{ ...days, hours: null }]
  const at = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone)
  const [start, end] = [at(startMs), at(endMs)]
  const time = (moment: Temporal.ZonedDateTime) => moment.toPlainTime().toString({ smallestUnit: 'minute' })
  const parts: Pick<CalendarAbsence, 'from' | 'to' | 'hours'>[] = []
  for (
    let day = start.toPlainDate();
    Temporal.PlainDate.compare(day, end.toPlainDate()) <= 0 && parts.length < 60;
    day = day.add({ days: 1 })
  ) {
    const from = day.equals(start.toPlainDate()) ? time(start) : '00:00'
    const to = day.equals(end.toPlainDate()) ? time(end) : '24:00'
    if (from >= to) continue
    const date = day.toString()
    parts.push({ from: date, to: date, hours: from === '00:00' && to === '24:00' ? null : { from, to } })
  }
  return parts
}

/**
 * @param present words that make an event no absence
 * @returns the absences, and the events of which nobody knows whose they are
 */
export function absencesOf(
  occurrences: readonly Occurrence[],
  colleagues: readonly Colleague[],
  present: readonly string[],
  timeZone: string,
): { readonly absences: CalendarAbsence[]; readonly unmatched: { readonly title: string; readonly day: string }[] } {
  const absences: CalendarAbsence[] = []
  const unmatched: { title: string; day: string }[] = []
  for (const occurrence of occurrences) {
    if (occurrence.cancelled || present.some((word) => folded(occurrence.title).includes(folded(word)))) continue
    const parts = partsOf(occurrence, timeZone)
    const people = whose(occurrence, colleagues)
    const [first] = parts
    if (people.length === 0 && first !== undefined) unmatched.push({ title: occurrence.title, day: first.from })
    for (const { id } of people)
      for (const part of parts) absences.push({ key: `${occurrence.key}|${id}|${part.from}`, accountId: id, ...part })
  }
  return { absences, unmatched }
}
