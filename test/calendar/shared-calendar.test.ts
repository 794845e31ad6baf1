import type { Logger } from 'pino'
import { describe, expect, it } from 'vitest'
import type { RotaShift } from '../../server/contract/rota.ts'
import { rotaDays } from '../../server/calendar/rota.ts'
import { absencesOf, whose } from '../../server/shared-calendar/absences.ts'
import { occurrencesOf, type Occurrence } from '../../server/shared-calendar/events.ts'
import type { Dav } from '../../server/shared-calendar/dav.ts'
import { merged, noticeOf } from '../../server/shared-calendar/notices.ts'
import { noticesIn } from '../../server/shared-calendar/notices-in.ts'
import { noticeDays, readCalendar } from '../../server/shared-calendar/reading.ts'
import { bodyOf, readBody, shiftIcs } from '../../server/shared-calendar/shift-event.ts'

const timeZone = 'Europe/Paris'
const ics = (...events: readonly string[]) =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//FR\r\n${events
    .map((event) => `BEGIN:VEVENT\r\nDTSTAMP:20261101T000000Z\r\n${event.trim().replace(/\n\s*/g, '\r\n')}\r\nEND:VEVENT\r\n`)
    .join('')}END:VCALENDAR\r\n`
const read = (text: string, from = '2026-01-01', to = '2027-12-31') =>
  occurrencesOf(text, { fromMs: Date.parse(from), toMs: Date.parse(to), timeZone })
const starts = (text: string, from?: string, to?: string) => read(text, from, to).map(({ startMs }) => new Date(startMs).toISOString())

describe('what a calendar says', () => {
  it('keeps nine o’clock at nine on both sides of a change of clock, by the event’s own zone', () => {
    const weekly = ics(
      `UID:a\nSUMMARY:Réunion\nDTSTART;TZID=Europe/Paris:20261019T090000\nDTEND;TZID=Europe/Paris:20261019T100000\nRRULE:FREQ=WEEKLY;COUNT=3`,
    )
    expect(starts(weekly)).toEqual(['2026-10-19T07:00:00.000Z', '2026-10-26T08:00:00.000Z', '2026-11-02T08:00:00.000Z'])
    const spring = ics(`UID:b\nSUMMARY:x\nDTSTART;TZID="Romance Standard Time":20270322T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2`)
    expect(starts(spring)).toEqual(['2027-03-22T08:00:00.000Z', '2027-03-29T07:00:00.000Z'])
    const abroad = ics(`UID:c\nSUMMARY:x\nDTSTART;TZID=America/Martinique:20261019T090000\nRRULE:FREQ=WEEKLY;COUNT=2`)
    expect(starts(abroad)).toEqual(['2026-10-19T13:00:00.000Z', '2026-10-26T13:00:00.000Z'])
  })

  it('knows a vendor’s prefix, a zone that only its VTIMEZONE explains, and takes a time without zone for the desk’s', () => {
    expect(starts(ics(`UID:a\nSUMMARY:x\nDTSTART;TZID=/mozilla.org/20050126_1/Europe/Paris:20261130T090000`))).toEqual([
      '2026-11-30T08:00:00.000Z',
    ])
    expect(starts(ics(`UID:a\nSUMMARY:x\nDTSTART:20261130T090000`))).toEqual(['2026-11-30T08:00:00.000Z'])
    const own = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VTIMEZONE\r\nTZID:Chez nous\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0500\r\nTZOFFSETTO:+0500\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20261101T000000Z\r\nSUMMARY:x\r\nDTSTART;TZID=Chez nous:20261130T090000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`
    expect(starts(own)).toEqual(['2026-11-30T04:00:00.000Z'])
  })

  it('leaves out what is excepted, moves what is moved, and ends where an end in UTC falls on the last occurrence', () => {
    const text = ics(
      `UID:a\nSUMMARY:Série\nDTSTART;TZID=Europe/Paris:20261123T090000\nDTEND;TZID=Europe/Paris:20261123T100000\nRRULE:FREQ=DAILY;UNTIL=20261127T080000Z\nEXDATE:20261124T080000Z`,
      `UID:a\nSUMMARY:Déplacée\nRECURRENCE-ID:20261125T080000Z\nDTSTART;TZID=Europe/Paris:20261125T140000\nDTEND;TZID=Europe/Paris:20261125T150000`,
    )
    expect(read(text).map(({ title, startMs, key }) => [title, new Date(startMs).toISOString(), key])).toEqual([
      ['Série', '2026-11-23T08:00:00.000Z', 'a|2026-11-23T08:00:00.000Z'],
      ['Déplacée', '2026-11-25T13:00:00.000Z', 'a|2026-11-25T08:00:00.000Z'],
      ['Série', '2026-11-26T08:00:00.000Z', 'a|2026-11-26T08:00:00.000Z'],
      ['Série', '2026-11-27T08:00:00.000Z', 'a|2026-11-27T08:00:00.000Z'],
    ])
  })

  it('reads whole days with their end left out, dates added by hand, and only what touches the window', () => {
    const [days] = read(ics(`UID:a\nSUMMARY:Congés\nDTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20270102`))
    expect(days?.days).toEqual({ from: '2026-12-24', to: '2027-01-01' })
    expect(
      starts(ics(`UID:a\nSUMMARY:x\nDTSTART:20261123T080000Z\nRDATE:20261201T080000Z,20261203T080000Z`), '2026-11-30', '2026-12-02'),
    ).toEqual(['2026-12-01T08:00:00.000Z'])
    expect(
      starts(ics(`UID:a\nSUMMARY:x\nDTSTART;TZID=Europe/Paris:19990101T090000\nRRULE:FREQ=DAILY`), '2026-11-23', '2026-11-25'),
    ).toHaveLength(2)
  })

  it('lasts exactly as long with an end, and to the same hour with a duration in days, when the clock changes in between', () => {
    const ends = (text: string) => read(text).map(({ endMs }) => new Date(endMs).toISOString())
    const night = 'DTSTART;TZID=Europe/Paris:20261017T220000'
    expect(ends(ics(`UID:a\nSUMMARY:x\n${night}\nDTEND;TZID=Europe/Paris:20261018T060000\nRRULE:FREQ=WEEKLY;COUNT=2`))).toEqual([
      '2026-10-18T04:00:00.000Z',
      '2026-10-25T04:00:00.000Z',
    ])
    expect(ends(ics(`UID:a\nSUMMARY:x\n${night}\nDURATION:P1D\nRRULE:FREQ=WEEKLY;COUNT=2`))).toEqual([
      '2026-10-18T20:00:00.000Z',
      '2026-10-25T21:00:00.000Z',
    ])
  })

  it('refuses what is no calendar', () => {
    expect(() => read('<html>')).toThrow()
    expect(() => read(ics('UID:a\nSUMMARY:x'))).toThrow()
  })
})

const alice = { id: 'alice', login: 'amartin', name: 'Alice Martin' }
const bruno = { id: 'bruno', login: 'bpetit', name: 'Bruno Petit' }
const other = { id: 'alice2', login: 'adurand', name: 'Alice Durand' }
const said = (title: string, mails: string[] = []) => whose({ title, mails }, [alice, bruno, other]).map(({ id }) => id)

describe('whose absence an event is', () => {
  it('takes nobody for somebody else whose longer name holds theirs', () => {
    const [jean, jeanPierre] = [
      { id: 'jmartin', login: 'jmartin', name: 'Jean Martin' },
      { id: 'jpmartin', login: 'jpmartin', name: 'Jean-Pierre Martin' },
    ]
    const of = (title: string) => whose({ title, mails: [] }, [jean, jeanPierre]).map(({ id }) => id)
    expect(of('Jean-Pierre Martin : congés')).toEqual(['jpmartin'])
    expect(of('Congés MARTIN Jean-Pierre')).toEqual(['jpmartin'])
    expect(of('Jean Martin : congés')).toEqual(['jmartin'])
    expect(of('Jean Martin, Jean-Pierre Martin : formation')).toEqual(['jmartin', 'jpmartin'])
    expect(of('jmartin et Jean-Pierre Martin : formation')).toEqual(['jmartin', 'jpmartin'])
  })

  it('goes by the whole name, the login, or a name that only one person has', () => {
    expect(said('MARTIN Alice – congés')).toEqual(['alice'])
    expect(said('Absence bpetit')).toEqual(['bruno'])
    expect(said('Bruno en formation')).toEqual(['bruno'])
    expect(said('Durand : récupération')).toEqual(['alice2'])
    expect(said('Alice absente')).toEqual([])
    expect(said('Alice Martin et Bruno Petit : séminaire')).toEqual(['alice', 'bruno'])
  })
  it('asks the addresses of who attends when the title names nobody', () => {
    expect(said('Congés', ['bpetit@univ.example'])).toEqual(['bruno'])
    expect(said('Congés', ['alice.durand@univ.example'])).toEqual(['alice2'])
    expect(said('Congés', ['quelqu.un@univ.example'])).toEqual([])
  })
  it('covers whole days, or hours of them, and leaves telework alone', () => {
    const text = ics(
      `UID:a\nSUMMARY:Alice Martin congés\nDTSTART;TZID=Europe/Paris:20261123T140000\nDTEND;TZID=Europe/Paris:20261125T120000`,
      `UID:b\nSUMMARY:Bruno télétravail\nDTSTART;VALUE=DATE:20261123`,
      `UID:c\nSUMMARY:Bruno\nSTATUS:CANCELLED\nDTSTART;VALUE=DATE:20261123`,
      `UID:d\nSUMMARY:Réunion du CA\nDTSTART;VALUE=DATE:20261124`,
    )
    const { absences, unmatched } = absencesOf(read(text), [alice, bruno], ['Télétravail'], timeZone)
    expect(absences.map(({ accountId, from, to, hours }) => [accountId, from, to, hours])).toEqual([
      ['alice', '2026-11-23', '2026-11-23', { from: '14:00', to: '24:00' }],
      ['alice', '2026-11-24', '2026-11-24', null],
      ['alice', '2026-11-25', '2026-11-25', { from: '00:00', to: '12:00' }],
    ])
    expect(unmatched).toEqual([{ title: 'Réunion du CA', day: '2026-11-24' }])
  })
  it('leaves the hours of an absence uncovered on the rota, and a shift within them away', () => {
    const shift = (id: string, from: string, to: string): RotaShift => ({
      id,
      operatorId: 'alice',
      name: 'Alice Martin',
      day: '2026-11-24',
      from,
      to,
      post: 'both',
      offered: false,
    })
    const [day] = rotaDays(
      [{ date: '2026-11-24', spans: [{ from: '08:30', to: '16:30' }] }],
      [shift('a', '08:30', '12:30'), shift('b', '13:30', '16:30')],
      [],
      [{ accountId: 'alice', day: '2026-11-24', from: '11:00', to: '17:00' }],
    )
    expect(day?.shifts).toMatchObject([
      { away: false, awayFor: [{ from: '11:00', to: '12:30' }] },
      { away: true, awayFor: [] },
    ])
    expect(day?.gaps).toEqual([{ from: '11:00', to: '16:30' }])
  })
})

describe('a notice changed on both sides', () => {
  const [event] = read(
    ics(
      `UID:a\nSUMMARY:Migration de la messagerie\nLOCATION:Tous sites\nDESCRIPTION:Passez par le webmail.\nDTSTART:20261201T170000Z\nDTEND:20261201T190000Z`,
    ),
  )
  const notice = (change: Partial<Occurrence> = {}) => {
    if (event === undefined) throw new Error('no event')
    const made = noticeOf({ ...event, ...change }, 'staff')
    if (made === null) throw new Error('no notice')
    return made
  }
  it('is planned works unless its words say that something is broken, and for the staff', () => {
    expect(notice()).toMatchObject({
      kind: 'planned',
      place: 'Tous sites',
      workaround: 'Passez par le webmail.',
      audience: 'staff',
      spoken: null,
    })
    expect(notice({ title: 'Panne de la messagerie' }).kind).toBe('incident')
    expect(event && noticeOf({ ...event, title: '  ' }, 'staff')).toBeNull()
  })
  it('takes each field from whoever changed it, and what was written here where both did', () => {
    const before = notice()
    const here = { ...before, workaround: 'Le téléphone marche.', audience: 'public' as const, place: 'Campus A' }
    const there = notice({
      title: 'Migration reportée',
      text: 'Autre chose.',
      startMs: Date.parse('2026-12-02T17:00:00Z'),
      endMs: Date.parse('2026-12-02T19:00:00Z'),
    })
    expect(merged(before, there, here)).toEqual({
      content: { ...here, title: 'Migration reportée', startsAt: '2026-12-02T17:00:00.000Z', expectedEndAt: '2026-12-02T19:00:00.000Z' },
      changed: true,
      kept: ['workaround'],
    })
    expect(merged(before, before, here)).toMatchObject({ changed: false, kept: [], content: here })
  })
  it('never ends before it begins', () => {
    const before = notice()
    const here = { ...before, expectedEndAt: '2026-12-01T18:00:00.000Z' }
    const there = notice({ startMs: Date.parse('2026-12-01T18:30:00Z') })
    expect(merged(before, there, here).content).toEqual(here)
  })
})

it('writes a shift that reads back as it was written, at midnight and across a change of clock', () => {
  const shift = {
    id: 'a',
    operatorId: 'alice',
    name: 'Alice Martin',
    day: '2026-10-25',
    from: '01:00',
    to: '24:00',
    post: 'phone',
    offered: false,
    away: true,
    awayFor: [],
  } as const
  const body = bodyOf(shift, timeZone)
  expect(body).toEqual({
    title: 'Alice Martin (téléphone)',
    start: '2026-10-24T23:00:00.000Z',
    end: '2026-10-25T23:00:00.000Z',
    cancelled: true,
  })
  expect(readBody(shiftIcs('a', body, 'https://guichet.univ.example'), timeZone)).toEqual(body)
})

it('writes a shift shorter by the hours away at its beginning or end, and whole around those within it', () => {
  const shift = {
    id: 'a',
    operatorId: 'alice',
    name: 'Alice',
    day: '2026-11-25',
    from: '08:30',
    to: '12:30',
    post: 'both',
    offered: false,
  } as const
  const span = (...awayFor: { from: string; to: string }[]) => {
    const { start, end } = bodyOf({ ...shift, away: false, awayFor }, timeZone)
    return [start.slice(11, 16), end.slice(11, 16)]
  }
  expect(span({ from: '11:00', to: '12:30' })).toEqual(['07:30', '10:00'])
  expect(span({ from: '08:30', to: '09:00' }, { from: '10:00', to: '10:30' })).toEqual(['08:00', '11:30'])
})

it('ends no disruption of a notice that is there and cannot be read, and tells it by its name', async () => {
  const now = Date.parse('2026-11-24T09:00:00Z')
  const file = (text: string) => ({ href: '/a.ics', etag: '1', text })
  const [good, bad] = [
    ics('UID:migration\nSUMMARY:Migration\nDTSTART:20261124T180000Z\nDTEND:20261124T200000Z'),
    ics('UID:migra\n tion\nSUMMARY:Migration').replace('migra\r\ntion', 'migra\r\n tion'),
  ]
  const reading = async (text: string) =>
    readCalendar({ read: async () => [file(text)] } as unknown as Dav, '/', noticeDays, {
      timeZone,
      log: { warn: () => undefined } as unknown as Logger,
      now: () => now,
    })
  const { occurrences, unread: none } = await reading(good)
  const { occurrences: nothing, unread } = await reading(bad)
  expect([none, nothing, unread]).toEqual([[], [], ['migration']])

  const [event] = occurrences
  if (event === undefined) throw new Error('nothing was read')
  const said = noticeOf(event, 'staff')
  const ended: string[] = []
  const notice = { key: event.key, disruptionId: 'd', said, isOver: false, byCalendar: true }
  const ports = (at: number) =>
    ({
      store: { notices: async () => [notice], noticed: async () => undefined, log: async () => undefined },
      disruptions: { find: async () => ({ ...said, version: 1, ticket: null }), end: async (id: string) => ended.push(id) },
      now: () => at,
    }) as unknown as Parameters<typeof noticesIn>[2]
  expect(await noticesIn(nothing, 'staff', ports(now), unread)).toEqual({ changed: false, wrong: null })
  expect(ended).toEqual([])
  // Its time is over, whatever became of the event; and one that was taken out ends.
  await noticesIn(nothing, 'staff', ports(now + 86_400_000), unread)
  await noticesIn(nothing, 'staff', ports(now))
  expect(ended).toEqual(['d', 'd'])
})

it('ends no breakdown without an end by itself once it is too old to be read: it may be there still', async () => {
  const began = Date.parse('2026-11-24T09:00:00Z')
  const [event] = read(ics('UID:panne\nSUMMARY:Panne de messagerie\nDTSTART:20261124T090000Z'))
  if (event === undefined) throw new Error('nothing was read')
  const said = noticeOf(event, 'staff')
  expect(said).toMatchObject({ kind: 'incident', expectedEndAt: null })
  const ended: string[] = []
  const ports = (at: number) =>
    ({
      store: {
        notices: async () => [{ key: event.key, disruptionId: 'd', said, isOver: false, byCalendar: true }],
        noticed: async () => undefined,
        log: async () => undefined,
      },
      disruptions: {
        find: async () => ({ ...said, version: 1, ticket: null }),
        end: async (_id: string, _version: number, why: string) => ended.push(why),
      },
      now: () => at,
    }) as unknown as Parameters<typeof noticesIn>[2]
  await noticesIn([], 'staff', ports(began + 86_400_000))
  expect(ended).toEqual([])
  // As long as it would be read, not being there says that it was taken out.
  await noticesIn([], 'staff', ports(began + 86_399_999))
  expect(ended).toEqual(['Retirée de l’agenda partagé.'])
})

it('takes the other notices in when one of them is refused, and says why', async () => {
  const events = read(
    ics(
      'UID:a\nSUMMARY:Refusée\nDTSTART:20261124T180000Z\nDTEND:20261124T200000Z',
      'UID:b\nSUMMARY:Prise\nDTSTART:20261124T180000Z\nDTEND:20261124T200000Z',
    ),
  )
  const announced: string[] = []
  const refusal = new Error('conflict')
  const outcome = await noticesIn(events, 'staff', {
    store: { notices: async () => [], noticed: async () => undefined, log: async () => undefined },
    disruptions: {
      announce: async ({ title }: { title: string }) => {
        if (title === 'Refusée') throw refusal
        announced.push(title)
        return { id: title }
      },
    },
    now: () => Date.parse('2026-11-24T09:00:00Z'),
  } as unknown as Parameters<typeof noticesIn>[2])
  expect(outcome).toEqual({ changed: true, wrong: refusal })
  expect(announced).toEqual(['Prise'])
})
