import type { staffingFr } from './staffing-fr.ts'

type Words<T> = { readonly [K in keyof T]: string }

/** Operators needed, in English. */
export const staffingEn: Words<typeof staffingFr> = {
  heading: 'Staffing',
  fromRota: 'Operators needed',
  back: 'Rota',
  failed: 'Staffing could not be worked out',
  previous: 'Previous week',
  next: 'Next week',
  week: 'Week of {{day}}',
  serviceLevel: 'Service level: {{value}}%',
  withinS: 'answered within {{value}} s',
  occupancy: 'Occupancy at most: {{value}}%',
  calls: 'Calls: {{value}}%',
  handling: 'Handling time: {{value}}%',
  weeks: 'History: {{value}} weeks',
  basis:
    'From {{from}} to {{to}}, days of closure left out: {{calls}} calls, conversation {{talk}}, wrap-up {{wrapUp}}, mean patience {{patience}}.',
  empty: 'No history yet',
  emptyText: 'Staffing is worked out from the calls of past weeks: come back when some are over.',
  none: 'unknown',
  table: 'Operators planned and needed by half hour',
  time: 'Time',
  cell: '{{day}} {{from}}: {{calls}} calls, {{needed}} needed (Erlang C: {{neededC}}), {{planned}} planned, expected service level {{service}}',
  short_zero: 'The week’s rota is enough everywhere.',
  short_one: 'Somebody is missing for {{count}} half hour.',
  short_other: 'Somebody is missing for {{count}} half hours.',
  legend: 'planned / needed; ▲: too few',
  source:
    'Erlang A, where callers hang up in the end (Zeltyn and Mandelbaum, 2005), or Erlang C (1917) where nobody did. The limit’s cut is not in it: handling times are those measured.',
}
