import type { OpenSpan } from '../../server/contract/settings.ts'

/** « 8h30 », « 8:30 », « 830 », « 8 » → `08:30`; null when it is no time of day. `24` is midnight at the day's end. */
export function readTime(typed: string): string | null {
  const [, hour = '', minute = '00'] = /^\s*(\d{1,2})\s*(?:[h:.\s]?\s*(\d{2}))?\s*h?\s*$/i.exec(typed) ?? []
  const [h, m] = [Number(hour), Number(minute)]
  if (hour === '' || m > 59 || h > 24 || (h === 24 && m > 0)) return null
  return `${hour.padStart(2, '0')}:${minute}`
}

/** Whether a day's spans are times, in order and apart from one another. */
export const areSound = (spans: readonly OpenSpan[]): boolean =>
  spans.every(({ from, to }, i) => readTime(from) === from && readTime(to) === to && from < to && (spans[i - 1]?.to ?? '') < from)

const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
const timeAt = (total: number) => `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`

/** A span that may follow these: an hour after the last one, four hours long where the day has room. Null at the day's end. */
export function nextSpan(spans: readonly OpenSpan[]): OpenSpan | null {
  const last = spans.at(-1)
  if (last === undefined) return { from: '08:30', to: '16:30' }
  const from = minutes(readTime(last.to) ?? '24:00') + 60
  return from >= 24 * 60 ? null : { from: timeAt(from), to: timeAt(Math.min(from + 240, 24 * 60)) }
}
