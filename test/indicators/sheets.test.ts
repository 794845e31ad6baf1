import { describe, expect, it } from 'vitest'
import type { CallIndicators, CallList, TicketIndicators, TicketList } from '../../server/contract/indicators.ts'
import type { Staffing } from '../../server/contract/staffing.ts'
import type { ListedTicket } from '../../server/contract/ticket-lists.ts'
import { callListSheet, staffingSheet, ticketListSheet, workListSheet } from '../../server/indicators/list-sheets.ts'
import {
  callSheets,
  csvOfSheets,
  day,
  heads,
  moment,
  number,
  type Sheet,
  text,
  ticketSheets,
  valueIn,
} from '../../server/indicators/sheet.ts'
import { callUnits, ticketUnits } from '../../server/indicators/tallies.ts'
import { figureWords } from '../../server/indicators/words.ts'

const period = { period: { from: '2026-11-01', to: '2026-11-30' }, previous: { from: '2026-10-02', to: '2026-10-31' } }
const calls = {
  ...period,
  figures: { offered: 120, answeredShare: 0.875, asa: 31.25 },
  before: { offered: 100 },
  of: { answeredShare: 120 },
  step: 'week',
  steps: [{ from: '2026-11-02', offered: 30, answered: 28, abandoned: 2 }],
  hours: [{ weekday: 7, hour: 9, offered: 12, answered: 11 }],
  waits: [
    { upToS: 10, answered: 5, abandoned: 1 },
    { upToS: null, answered: 6, abandoned: 2 },
  ],
  operators: [{ id: 'alice', name: 'Alice Martin', answered: 17, talkS: 90.5, occupancy: 0.5 }],
  theirs: null,
} as unknown as CallIndicators
const tickets = {
  ...period,
  figures: { opened: 40, openFor: 3_600 },
  before: {},
  of: {},
  by: 'medium',
  across: 'group',
  names: { group: { dsrt: 'dSRT' } },
  rows: [{ value: 'phone', across: 'dsrt', figures: { opened: 7, openFor: 60 }, of: {} }],
  step: 'month',
  steps: [{ from: '2026-11-01', opened: 40, closed: 38 }],
  hours: [{ weekday: 1, hour: 8, opened: 3 }],
  ages: [
    { upToDays: 7, tickets: 4 },
    { upToDays: null, tickets: 1 },
  ],
  theirs: null,
} as unknown as TicketIndicators

const shown = (sheets: readonly Sheet[]) => sheets.map(({ name, rows }) => [name, ...rows.map((row) => row.map(({ value }) => value))])
const units = (sheet: Sheet | undefined) => sheet?.rows.at(-1)?.map(({ unit, date }) => unit ?? date ?? 'text')
const wording = { language: 'fr', timeZone: 'Europe/Paris' } as const
const english = { ...wording, language: 'en' } as const

describe('the telephone’s sheets', () => {
  const [figures, ...others] = callSheets(calls, 'fr')

  it('begin with each figure, beside the period before, over what, how it is defined and where it is from', () => {
    expect(figures?.name).toBe('Téléphone')
    const [head, ...rows] = figures?.rows ?? []
    expect(head).toEqual(
      heads('Indicateur', 'Période 2026-11-01 – 2026-11-30', 'Période précédente 2026-10-02 – 2026-10-31', 'Sur', 'Définition', 'Source'),
    )
    expect(rows).toHaveLength(Object.keys(callUnits).length)
    expect(rows[0]).toEqual([
      text('Appels présentés'),
      number(120),
      number(100),
      number(null),
      text('Arrivés pendant l’ouverture, quelle que soit leur issue'),
      text('faits des appels terminés'),
    ])
    const row = (label: string) => rows.find(([first]) => first?.value === label)?.map(({ value, unit }) => [value, unit])
    expect(row('Taux de réponse')?.slice(1, 4)).toEqual([
      [0.875, 'share'],
      [null, 'share'],
      [120, 'count'],
    ])
    expect(row('Attente avant réponse (s)')?.[1]).toEqual([31.25, 'seconds'])
  })

  it('go on by time, by hour of the week, by wait and by operator', () => {
    expect(shown(others)).toEqual([
      ['Par semaine', ['Depuis', 'Appels présentés', 'Décrochés', 'Abandons'], ['2026-11-02', 30, 28, 2]],
      ['Par heure', ['Jour', 'Heure', 'Appels présentés', 'Décrochés'], ['dimanche', 9, 12, 11]],
      ['Attentes', ['Moins de (s)', 'Décrochés', 'Abandons'], [10, 5, 1], ['au-delà', 6, 2]],
      ['Par opérateur', ['Opérateur', 'Décrochés', 'Conversation (s)', 'Occupation'], ['Alice Martin', 17, 90.5, 0.5]],
    ])
    expect(others.map(units)).toEqual([
      ['day', 'count', 'count', 'count'],
      ['text', 'count', 'count', 'count'],
      ['text', 'count', 'count'],
      ['text', 'count', 'seconds', 'share'],
    ])
  })

  it('are in English for whoever reads English', () => {
    const [first, ...rest] = callSheets(calls, 'en')
    expect([first?.name, first?.rows[0]?.map(({ value }) => value)]).toEqual([
      'Telephone',
      ['Figure', 'Period 2026-11-01 – 2026-11-30', 'Period before 2026-10-02 – 2026-10-31', 'Over', 'Definition', 'Source'],
    ])
    expect(rest.map(({ name, rows }) => [name, rows[0]?.[0]?.value])).toEqual([
      ['By week', 'From'],
      ['By hour', 'Day'],
      ['Waits', 'Under (s)'],
      ['By operator', 'Operator'],
    ])
    expect(rest[1]?.rows[1]?.[0]?.value).toBe('Sunday')
  })
})

describe('the tickets’ sheets', () => {
  it('are by a criterion across another, by time, by hour and by age', () => {
    const [figures, crossed, ...others] = ticketSheets(tickets, 'fr')
    expect([figures?.name, figures?.rows.length]).toEqual(['Tickets', Object.keys(ticketUnits).length + 1])
    expect(crossed?.name).toBe('Canal × Groupe')
    const [head, row] = (crossed?.rows ?? []).map((cells) => cells.map(({ value }) => value))
    expect(head?.slice(0, 3)).toEqual(['Canal', 'Groupe', 'Tickets ouverts'])
    expect(head).toContain('Délai de clôture (s)')
    expect(row?.slice(0, 4)).toEqual(['Téléphone', 'dSRT', 7, null])
    expect(row?.[head?.indexOf('Délai de clôture (s)') ?? 0]).toBe(60)
    expect(crossed?.rows[1]?.map(({ unit }) => unit).slice(2)).toEqual(Object.values(ticketUnits))
    expect(shown(others)).toEqual([
      ['Par mois', ['Depuis', 'Tickets ouverts', 'Tickets clos'], ['2026-11-01', 40, 38]],
      ['Par heure', ['Jour', 'Heure', 'Tickets ouverts'], ['lundi', 8, 3]],
      ['Âge des tickets en cours', ['Moins de (jours)', 'En cours à la fin'], [7, 4], ['au-delà', 1]],
    ])
    expect(units(others[0])).toEqual(['day', 'count', 'count'])
  })

  it('of one criterion alone have one column for it', () => {
    const [, by] = ticketSheets({ ...tickets, across: null, step: 'day' }, 'en')
    expect(by?.name).toBe('Medium')
    expect(by?.rows.map((cells) => cells.slice(0, 2).map(({ value }) => value))).toEqual([
      ['Medium', 'Tickets opened'],
      ['Telephone', 7],
    ])
    expect(ticketSheets({ ...tickets, step: 'day' }, 'en')[2]?.name).toBe('By day')
  })

  it.each([
    ['medium', null, 'non renseigné'],
    ['medium', 'walk-in', 'Accueil'],
    ['medium', 'level2', 'Niveau 2 en direct'],
    ['group', 'dsrt', 'dSRT'],
    ['group', 'gone', 'gone'],
    ['sentTo', 'Scolarité centrale', 'Scolarité centrale'],
    ['sentTo', 'nobody', 'personne : une réponse seule'],
    ['sentTo', null, 'de notre ressort'],
    ['nature', 'Wifi', 'Wifi'],
  ] as const)('call the %s %j « %s »', (criterion, value, words) => {
    expect(valueIn('fr', criterion, value, tickets.names)).toBe(words)
  })
})

describe('lists', () => {
  const call = {
    id: 'c1',
    at: '2026-11-24T09:24:05.000Z',
    number: '05 61 55 12 34',
    operator: 'Alice Martin',
    waitS: 12,
    talkS: 34,
    outcome: 'kept',
    ticket: 10421,
    fromPage: false,
  } satisfies CallList['calls'][number]

  it('of calls say when by the desk’s clock, by what way and how they ended', () => {
    const strange = { ...call, number: null, operator: null, outcome: 'closed', ticket: null, fromPage: true } as const
    expect(shown([callListSheet([call, strange], wording)])).toEqual([
      [
        'Appels',
        ['Arrivée', 'Numéro', 'Opérateur', 'Attente (s)', 'Conversation (s)', 'Issue', 'Ticket', 'Par'],
        ['2026-11-24T10:24:05', '05 61 55 12 34', 'Alice Martin', 12, 34, 'place gardée', '10421', 'téléphone'],
        ['2026-11-24T10:24:05', null, null, 12, 34, 'hors ouverture', null, 'la page'],
      ],
    ])
    expect(units(callListSheet([call], wording))).toEqual(['moment', 'text', 'text', 'seconds', 'seconds', 'text', 'text', 'text'])
    expect(shown([callListSheet([call, strange], english)])[0]?.slice(1)).toEqual([
      ['Arrival', 'Number', 'Operator', 'Wait (s)', 'Conversation (s)', 'Outcome', 'Ticket', 'By'],
      ['2026-11-24T10:24:05', '05 61 55 12 34', 'Alice Martin', 12, 34, 'kept place', '10421', 'telephone'],
      ['2026-11-24T10:24:05', null, null, 12, 34, 'after hours', null, 'the page'],
    ])
    const outcomes = (['answered', 'abandoned', 'message', 'other'] as const).map(
      (outcome) => callListSheet([{ ...call, outcome }], wording).rows[1]?.[5]?.value,
    )
    expect(outcomes).toEqual(['décroché', 'abandon', 'message', 'autre'])
  })

  it('of tickets say whose they are and where they stand', () => {
    const ticket: TicketList['tickets'][number] = {
      number: 10421,
      callId: null,
      title: 'Wifi',
      status: 'in-progress',
      requester: 'Claire Dubois',
      openedAt: '2026-11-24T23:30:00.000Z',
      closedAt: null,
      group: 'dSRT',
      owner: null,
      sentTo: null,
    }
    expect(shown([ticketListSheet([ticket], wording)])).toEqual([
      [
        'Tickets',
        ['Ticket', 'Titre', 'Demandeur', 'Ouvert le', 'Clos le', 'État', 'Groupe', 'Suivi par'],
        ['10421', 'Wifi', 'Claire Dubois', '2026-11-25T00:30:00', null, 'En cours', 'dSRT', null],
      ],
    ])
    expect(units(ticketListSheet([ticket], wording))).toEqual(['text', 'text', 'text', 'moment', 'moment', 'text', 'text', 'text'])
    const at = ticket.openedAt
    const call = {
      ...ticket,
      number: null,
      callId: 'c1',
      title: 'Inscription',
      status: null,
      openedAt: at,
      closedAt: at,
      sentTo: 'Scolarité',
    }
    expect(shown([ticketListSheet([call], english, true)])[0]?.slice(1)).toEqual([
      ['Ticket', 'Title', 'Requester', 'Opened on', 'Closed on', 'State', 'Group', 'Followed by', 'Sent on to'],
      ['call', 'Inscription', 'Claire Dubois', '2026-11-25T00:30:00', '2026-11-25T00:30:00', null, 'dSRT', null, 'Scolarité'],
    ])
  })

  it('that are worked from name groups and entities, where there are any', () => {
    const ticket = {
      number: 10421,
      title: 'Wifi',
      status: 'closed',
      nature: 'Réseau',
      placeId: 'sciences',
      urgency: 'high',
      impact: 'low',
      priority: 3,
      medium: 'form',
      requester: { name: 'Claire Dubois' },
      owner: { id: 'alice', name: 'Alice Martin' },
      groupId: 'dsrt',
      entityId: 'sciences',
      openedAt: '2026-11-24T09:00:00.000Z',
      openedBy: 'Alice Martin',
      closedAt: '2026-11-24T10:00:00.000Z',
      closedHow: 'user',
    } as unknown as ListedTicket
    const bare = {
      ...ticket,
      placeId: null,
      owner: null,
      groupId: null,
      entityId: undefined,
      closedAt: null,
      closedHow: null,
    } as unknown as ListedTicket
    const groups = new Map([['dsrt', 'dSRT']])
    const entityOf = (id: string | undefined) => (id === undefined ? '' : 'Sciences')
    const placeOf = (id: string | null) => (id === null ? null : 'Faculté des sciences')
    const moments = ['2026-11-24T10:00:00', 'Alice Martin', '2026-11-24T11:00:00', 'par l’usager']
    const first = (place: string | null) => [
      '10421',
      'Wifi',
      'Clos',
      'Réseau',
      place,
      'Haute',
      'Une personne',
      '3',
      'Formulaire',
      'Claire Dubois',
    ]
    const inSciences = first('Faculté des sciences')
    const [name, head, ...rows] = shown([workListSheet([ticket, bare], { groups, placeOf, entityOf }, wording)])[0] ?? []
    expect(name).toBe('Tickets')
    expect(head).toEqual([
      'Ticket',
      'Titre',
      'État',
      'Nature, telle qu’écrite',
      'Localisation',
      'Urgence',
      'Étendue',
      'Priorité',
      'Canal',
      'Demandeur',
      'Suivi par',
      'Groupe',
      'Entité',
      'Ouvert le',
      'Ouvert par',
      'Clos le',
      'Clôture',
    ])
    expect(rows).toEqual([
      [...inSciences, 'Alice Martin', 'dSRT', 'Sciences', ...moments],
      [...first(null), null, null, null, ...moments.slice(0, 2), null, null],
    ])
    const alone = shown([workListSheet([{ ...ticket, groupId: 'gone' }], { groups, placeOf, entityOf: null }, wording)])[0] ?? []
    expect(alone[1]).not.toContain('Entité')
    expect(alone[2]).toEqual([...inSciences, 'Alice Martin', 'gone', ...moments])
  })

  it('of staffing say by each method how many are needed, and what those planned will do', () => {
    const slot = {
      from: '08:30',
      calls: 4.5,
      planned: 2,
      needed: { simulation: 3, erlangA: 4, erlangC: 5 },
      expected: { simulation: { serviceLevel: 0.5 }, erlangA: { serviceLevel: 0.6 }, erlangC: { serviceLevel: 0.7 } },
    }
    const none = { ...slot, from: '09:00', expected: { simulation: null, erlangA: null, erlangC: null } }
    const staffing = { days: [{ date: '2026-11-24', slots: [slot, none] }] } as unknown as Staffing
    const sheet = staffingSheet(staffing, 'fr')
    expect(shown([sheet])).toEqual([
      [
        'Effectifs',
        [
          'Jour',
          'Demi-heure',
          'Appels attendus',
          'Prévus',
          'Nécessaires (simulation)',
          'Nécessaires (Erlang A)',
          'Nécessaires (Erlang C)',
          ...['simulation', 'Erlang A', 'Erlang C'].map((method) => `Niveau de service des prévus (${method})`),
        ],
        ['2026-11-24', '08:30', 4.5, 2, 3, 4, 5, 0.5, 0.6, 0.7],
        ['2026-11-24', '09:00', 4.5, 2, 3, 4, 5, null, null, null],
      ],
    ])
    expect(units(sheet)).toEqual(['day', 'text', 'seconds', 'count', 'count', 'count', 'count', 'share', 'share', 'share'])
    expect(staffingSheet(staffing, 'en').rows[0]?.[4]?.value).toBe('Needed (simulation)')
  })
})

describe('a spreadsheet of text', () => {
  const rows = [
    heads('Jour', 'Texte'),
    [day('2026-11-24'), text('a;b')],
    [moment('2026-11-24T10:24:05'), text('dit « "oui" »')],
    [number(0.123456, 'share'), number(1_234.5), number(null), text(null), moment(null)],
    ...['=1', '+33', '-1', '@a', '\tb', '\rc', 'x=1'].map((value) => [text(value)]),
    [text('deux\nlignes')],
  ]
  it('has semicolons, the language’s decimals, quotes where they are needed, and no formula', () => {
    const lines = (language: 'fr' | 'en') =>
      csvOfSheets(
        [
          { name: 'Un', rows },
          { name: 'Deux', rows: [[text('fin')]] },
        ],
        language,
      )
    expect(lines('fr')).toBe(
      [
        '\uFEFFJour;Texte',
        '2026-11-24;"a;b"',
        '2026-11-24 10:24:05;"dit « ""oui"" »"',
        '0,1235;1234,5;;;',
        "'=1",
        "'+33",
        "'-1",
        "'@a",
        "'\tb",
        '"\'\rc"',
        'x=1',
        '"deux\nlignes"',
        '',
        'fin',
        '',
        '',
      ].join('\r\n'),
    )
    expect(lines('en')).toContain('0.1235;1234.5;;;')
  })
})

it('each figure has its name, how it is counted and where it is from, in both languages', () => {
  for (const language of ['fr', 'en'] as const)
    for (const rows of [callSheets(calls, language)[0]?.rows, ticketSheets(tickets, language)[0]?.rows])
      for (const row of rows?.slice(1) ?? []) for (const cell of [row[0], row[4], row[5]]) expect(String(cell?.value)).toMatch(/\p{L}{4}/u)
  expect(Object.keys(figureWords.en.figure)).toEqual(Object.keys(figureWords.fr.figure))
})
