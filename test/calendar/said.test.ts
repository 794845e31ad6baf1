import { expect, it } from 'vitest'
import { notices } from '../../server/calendar/ahead.ts'
import { daysException, defineCalendar, type Exception, usualWeek, type Week } from '../../server/calendar/calendar.ts'
import { frenchHolidays } from '../../server/calendar/holidays.ts'
import {
  clockSentence,
  dateSentence,
  dayInWords,
  hoursSentence,
  spansSentence,
  spokenHours,
  written,
  writtenWeek,
} from '../../server/calendar/sentences.ts'
import { momentInWords, slotInWords, untilInWords } from '../../server/calendar/slots.ts'
import { hoursSettings } from '../../server/contract/settings.ts'

// Tuesday 1 December 2026, in Paris an hour ahead of UTC.
const at = (time: string, day = '01', month = '12') => Date.parse(`2026-${month}-${day}T${time}:00+01:00`)
const paris = 'Europe/Paris'
const plain = (text: string) => text.replaceAll('\u00a0', ' ')
const span = (from: string, to: string) => ({ from, to })
const never: Week = { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] }
const open = (toMs: number): Exception => ({ kind: 'open', fromMs: at('00:00'), toMs, reason: '' })

it.each([
  [0, '0 h', '12 a.m.'],
  [65, '1 h 05', '1:05 a.m.'],
  [11 * 60 + 59, '11 h 59', '11:59 a.m.'],
  [12 * 60, '12 h', '12 p.m.'],
  [13 * 60, '13 h', '1 p.m.'],
  [24 * 60, '0 h', '12 a.m.'],
])('%d minutes after midnight are written %s, and %s', (minutes, french, english) => {
  expect(plain(written(minutes, 'fr'))).toBe(french)
  expect(plain(written(minutes, 'en'))).toBe(english)
})

it.each([
  ['never opens', { week: never }, at('09:00'), 'Fermé', 'Closed'],
  ['has no end in sight', { exceptions: [open(at('00:00') * 2)] }, at('09:00'), 'Ouvert', 'Open'],
  ['goes on to midnight', { exceptions: [open(at('00:00', '02'))] }, at('20:00'), 'Ouvert jusqu’à minuit', 'Open until midnight'],
  [
    'goes on after midnight',
    { exceptions: [open(at('00:30', '02'))] },
    at('20:00'),
    'Ouvert jusqu’à demain, 0 h 30',
    'Open until tomorrow at 12:30 a.m.',
  ],
  [
    'goes on to an hour of the night',
    { exceptions: [open(at('01:00', '02'))] },
    at('20:00'),
    'Ouvert jusqu’à demain, 1 h',
    'Open until tomorrow at 1 a.m.',
  ],
  [
    'goes on to the midnight of another day',
    { exceptions: [open(at('00:00', '03'))] },
    at('20:00'),
    'Ouvert jusqu’à jeudi, 0 h',
    'Open until Thursday at 12 a.m.',
  ],
  [
    'goes on beyond a week',
    { exceptions: [open(at('18:00', '10'))] },
    at('20:00'),
    'Ouvert jusqu’au jeudi 10 décembre, 18 h',
    'Open until Thursday, 10 December at 6 p.m.',
  ],
  [
    'opens in six days',
    { exceptions: [daysException(paris, 'closed', '2026-12-01', '2026-12-06', '')] },
    at('09:00'),
    'Fermé · ouvre lundi à 8 h 30',
    'Closed · opens on Monday at 8:30 a.m.',
  ],
  [
    'opens in a week',
    { exceptions: [daysException(paris, 'closed', '2026-12-01', '2026-12-07', '')] },
    at('09:00'),
    'Fermé · ouvre le mardi 8 décembre à 8 h 30',
    'Closed · opens on Tuesday, 8 December at 8:30 a.m.',
  ],
  [
    'opens on the first of a month',
    { exceptions: [daysException(paris, 'closed', '2026-12-01', '2027-01-31', '')] },
    at('09:00'),
    'Fermé · ouvre le lundi 1er février à 8 h 30',
    'Closed · opens on Monday, 1 February at 8:30 a.m.',
  ],
])('a desk that %s says so', (_what, given, now, french, english) => {
  const calendar = defineCalendar(given)
  expect(plain(hoursSentence(calendar, now, 'fr'))).toBe(french)
  expect(plain(hoursSentence(calendar, now, 'en'))).toBe(english)
})

it.each([
  [at('14:30'), '14 h 30'],
  [at('08:30', '02'), 'demain à 8 h 30'],
  [at('16:05', '07'), 'lundi à 16 h 05'],
  [at('09:00', '08'), 'le mardi 8 décembre à 9 h'],
])('a moment is told from now, the day where it is another: %d is %s', (moment, sentence) => {
  expect(plain(clockSentence(defineCalendar({}), moment, at('09:00')))).toBe(sentence)
})

it('an odd week is spoken and written day by day, hours between being closed', () => {
  const night = [span('00:00', '01:00'), span('12:30', '24:00')]
  const week: Week = { ...never, 1: night, 3: night, 5: [span('00:30', '12:00')], 6: [span('00:30', '12:00')], 7: [span('09:00', '12:15')] }
  expect(plain(spokenHours(defineCalendar({ week }), 'fr')).split(' ; ')).toEqual([
    'le lundi, de minuit à une heure et de 12 heures 30 à minuit',
    'le mercredi, de minuit à une heure et de 12 heures 30 à minuit',
    'du vendredi au samedi, de 0 heures 30 à midi',
    'le dimanche, de 9 heures à 12 heures 15',
  ])
  expect(spokenHours(defineCalendar({ week }), 'en').split('; ')).toEqual([
    'on Monday, from 12 a.m. to 1 a.m. and from 12:30 p.m. to 12 a.m.',
    'on Wednesday, from 12 a.m. to 1 a.m. and from 12:30 p.m. to 12 a.m.',
    'Friday to Saturday, from 12:30 a.m. to 12 p.m.',
    'on Sunday, from 9 a.m. to 12:15 p.m.',
  ])
  expect(writtenWeek(week, 'en').map(plain)).toEqual([
    'Monday, 12 a.m. – 1 a.m. and 12:30 p.m. – 12 a.m.',
    'Wednesday, 12 a.m. – 1 a.m. and 12:30 p.m. – 12 a.m.',
    'Friday to Saturday, 12:30 a.m. – 12 p.m.',
    'Sunday, 9 a.m. – 12:15 p.m.',
  ])
  expect(plain(spansSentence(night, 'fr'))).toBe('0 h – 1 h et 12 h 30 – 0 h')
})

it('days are named with their month, the first of it as French has it', () => {
  expect([dayInWords('2026-12-01', 'fr'), dayInWords('2026-12-01', 'en')]).toEqual(['mardi 1er décembre', 'Tuesday 1 December'])
  expect(dayInWords('2026-11-30', 'fr')).toBe('lundi 30 novembre')
  expect(dateSentence('2026-12-24', '2026-12-24', 'en')).toBe('on Thursday 24 December')
  expect(dateSentence('2026-12-24', '2027-01-01', 'en')).toBe('from Thursday 24 December to Friday 1 January')
  expect(dateSentence('2026-12-24', '2027-01-01', 'fr')).toBe('du jeudi 24 décembre au vendredi 1er janvier')
})

it('a moment, an end and a half hour are told in the time zone of whoever reads', () => {
  const [from, to] = [at('23:30'), at('00:00', '02')]
  expect(plain(momentInWords(from, 'fr', paris))).toBe('mardi 1er décembre à 23 h 30')
  expect(plain(momentInWords(from, 'en', 'Indian/Reunion'))).toBe('Wednesday 2 December at 2:30 a.m.')
  expect(plain(untilInWords(at('14:15'), at('09:00'), 'fr', paris))).toBe('jusqu’à 14 h 15')
  expect(plain(untilInWords(at('14:15'), at('09:00'), 'en', paris))).toBe('until 2:15 p.m.')
  expect(plain(untilInWords(to, at('09:00'), 'fr', paris))).toBe('jusqu’à 0 h')
  expect(plain(untilInWords(at('08:30', '02'), at('09:00'), 'fr', paris))).toBe('jusqu’au mercredi 2 décembre à 8 h 30')
  expect(plain(untilInWords(at('08:30', '02'), at('09:00'), 'en', paris))).toBe('until Wednesday 2 December at 8:30 a.m.')
  const french = slotInWords({ fromMs: from, toMs: to }, 'fr', paris)
  expect(Object.values(french).map(plain)).toEqual([
    'mardi 1er décembre',
    'entre 23 h 30 et 0 h',
    'mardi 1er décembre, entre 23 h 30 et 0 h',
  ])
  expect(plain(slotInWords({ fromMs: from, toMs: to }, 'en', 'Indian/Reunion').whole)).toBe(
    'Wednesday 2 December, between 2:30 a.m. and 3 a.m.',
  )
})

it('notices tell apart stretches that differ in why or in when, however close, and follow the last one to its end', () => {
  const days = (from: string, to: string, reason: string, spans = [span('09:00', '12:00')]) => ({
    id: from,
    from,
    to,
    spans,
    reason,
    announcement: null,
  })
  const hours = hoursSettings.parse({
    exceptions: [
      days('2026-12-02', '2026-12-02', 'travaux'),
      days('2026-12-03', '2026-12-03', 'formation'),
      days('2026-12-04', '2026-12-04', 'formation', [span('09:00', '11:00')]),
      days('2026-12-07', '2026-12-10', 'formation', [span('09:00', '11:00')]),
    ],
  })
  expect(notices(hours, '2026-12-01', 6, 'en').map(plain)).toEqual([
    'Open on Wednesday 2 December, 9 a.m. – 12 p.m.: travaux',
    'Open on Thursday 3 December, 9 a.m. – 12 p.m.: formation',
    'Open on Friday 4 December, 9 a.m. – 11 a.m.: formation',
    'Open from Monday 7 December to Thursday 10 December, 9 a.m. – 11 a.m.: formation',
  ])
  expect(notices(hours, '2026-12-01', 5, 'fr')).toHaveLength(3)
})

it('holidays have their names in both languages', () => {
  const named = frenchHolidays(2026, 'FR-67').map(({ day, month, name, english }) => `${day}/${month} ${name}, ${english}`)
  expect(named.filter((text) => /^(3\/4|6\/4|14\/5|25\/5|26\/12) /.test(text))).toEqual([
    '3/4 Vendredi saint, Good Friday',
    '6/4 lundi de Pâques, Easter Monday',
    '14/5 Ascension, Ascension Day',
    '25/5 lundi de Pentecôte, Whit Monday',
    '26/12 Saint-Étienne, St Stephen’s Day',
  ])
})

it.each([
  ['24:01', /24:01/],
  ['12:60', /12:60/],
  ['112:30', /112:30/],
  ['12:300', /12:300/],
])('%s is no time of day', (to, reason) => {
  expect(() => defineCalendar({ week: { ...usualWeek, 1: [span('08:00', to)] } })).toThrow(reason)
})

it('a day’s hours neither touch nor are empty, may end a minute before the hour, and an exception lasts', () => {
  const monday =
    (...spans: readonly { from: string; to: string }[]) =>
    () =>
      defineCalendar({ week: { ...usualWeek, 1: spans } })
  expect(monday(span('08:00', '12:00'), span('12:00', '13:00'))).toThrow(/plages/)
  expect(monday(span('08:00', '08:00'))).toThrow(/plages/)
  expect(monday(span('08:00', '11:59'), span('12:00', '24:00'))).not.toThrow()
  const lasting = (fromMs: number, toMs: number) => () => defineCalendar({ exceptions: [{ kind: 'closed', fromMs, toMs, reason: '' }] })
  expect(lasting(1, 2)).not.toThrow()
  for (const [fromMs, toMs] of [
    [1, 1],
    [Number.NaN, 1],
    [1, Number.NaN],
    [1, Number.POSITIVE_INFINITY],
    [Number.NEGATIVE_INFINITY, 1],
  ] as const)
    expect(lasting(fromMs, toMs)).toThrow(/exception/)
})
