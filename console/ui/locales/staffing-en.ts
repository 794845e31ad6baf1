import type { staffingFr } from './staffing-fr.ts'

type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> }

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
    'From {{from}} to {{to}}, days of closure left out: {{calls}} calls, conversation {{talk}}, wrap-up {{wrapUp}}, mean patience {{patience}}, {{capped}} of the conversations cut by the limit. From day to day the load varies by {{busy}} around its mean, chance left out.',
  empty: 'No history yet',
  emptyText: 'Staffing is worked out from the calls of past weeks: come back when some are over.',
  none: 'unknown',
  table: 'Operators planned and needed by half hour',
  time: 'Time',
  cell: '{{day}} {{from}}: {{calls}} calls; needed: {{simulation}} (simulation), {{erlangA}} (Erlang A), {{erlangC}} (Erlang C); {{planned}} planned, expected service level {{simulated}} (simulation), {{formula}} (formula)',
  short_zero: 'The week’s rota is enough everywhere.',
  short_one: 'Somebody is missing for {{count}} half hour.',
  short_other: 'Somebody is missing for {{count}} half hours.',
  legend: 'planned on the telephone / needed; ▲: too few',
  whatIf: 'What if',
  limitMinutes: 'Conversations cut at {{value}} min',
  uncut: 'Conversations never cut',
  reset: 'Back to the usual values',
  method: 'Method',
  propose: 'Propose to the rota',
  compare: 'The three methods, over the week',
  plannedHours: 'planned on the telephone: {{hours}} operator hours',
  endless: 'without end',
  noLimit: 'never cut',
  limitAt: 'cut at {{minutes}} min',
  methods: { simulation: 'Simulation', erlangA: 'Erlang A', erlangC: 'Erlang C' },
  columns: {
    hours: 'Operator hours needed',
    shortHalves: 'Half hours with too few',
    service: 'Service level with those planned',
    abandoned: 'Abandons with those planned',
    wait: 'Mean wait with those planned',
    busy: 'Occupancy of those planned',
  },
  nothing: {
    simulation: 'No conversation to simulate from',
    erlangA: 'Nobody hung up: patience is not known',
  },
  about: {
    simulated:
      '{{days}} days per weekday, by events: Poisson arrivals by half hour, days as busy or calm as those of the history (Jongbloed and Koole, 2001), lognormal conversations (Brown et al., 2005: median {{median}}, σ {{sigma}}) {{limit}}, exponential patience; a half hour’s queue is the next one’s, whoever talks when their presence ends finishes. Service level: answered within the time ÷ calls that arrived in the half hour.',
    simulation:
      'Days simulated by events, with the cut at the limit, patience, and arrivals by half hour. Service level: answered within the time ÷ calls that arrived in the half hour.',
    erlangA:
      'M/M/n+M queue in its steady state, half hour by half hour: exponential handling and patience, no cut (Baccelli and Hébuterne, 1981; Zeltyn and Mandelbaum, Queueing Systems 51, 2005): v(x) = λ·p(n−1)·exp(λ·H(x) − n·x/β), H(x) = (1 − e^(−θx))/θ. The same denominators.',
    erlangC:
      'M/M/n queue in its steady state, where nobody hangs up (Erlang, 1917; Koole, 2013, ch. 4): SL = 1 − C(n, a)·exp(−(n − a)·T/β), a = λβ. Without abandons, an overloaded half hour has no mean wait.',
  },
}
