import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { workingMs } from '../../server/calendar/hours.ts'
import { clockSettings, type ClockStep } from '../../server/contract/clocks.ts'
import { nextDue } from '../../server/contract/next-due.ts'
import type { Ticket } from '../../server/contract/entities.ts'
import { clockNews, nextNewsAt } from '../../server/tickets/clock-news.ts'
import { usedBy, wound } from '../../server/tickets/clocks.ts'
import { closeTicket, contribute, openPreTicket, openTicket, takeUp } from '../../server/tickets/decide.ts'
import { giveBack, redirect, resume, wait } from '../../server/tickets/handing.ts'
import type { Accepted, ClockEnd, OpeningContext, TicketContext, TicketDecision } from '../../server/tickets/model.ts'
import { propose, refuse, reopen } from '../../server/tickets/solving.ts'
import { accepted, command, context, nadia, policy } from '../support/tickets.ts'

const dsrt = { id: 'dsrt', name: 'dSRT', mail: 'dsrt@univ.example' }
const dsig = { id: 'dsig', name: 'dSIG', mail: null }
const user = { for: 'user', remindAt: null } as const
const at = (now: string, by: OpeningContext = context): OpeningContext => ({ ...by, now: `${now}:00.000Z` })
const held = ({ ends }: Accepted) => ends.map(({ name, whose, held: kept }) => `${name} ${whose} ${kept ? 'held' : 'missed'}`)
const due = ({ clock }: Ticket) => [clock?.takeUp?.dueAt ?? null, clock?.solve?.dueAt ?? null].map((iso) => iso?.slice(5, 16) ?? null)

describe('the clocks of a ticket', () => {
  // Monday 23 November 2026, 10:00 in Paris; the desk is open from 8:30 to 16:30.
  const noted = accepted(openPreTicket(command, at('2026-11-23T09:00'))).ticket
  const opened = accepted(openTicket(command, at('2026-11-23T09:00')))

  it('one working hour to take up, half an hour for level 1, a working day for a group', () => {
    expect(due(noted)).toEqual(['11-23T10:00', '11-23T09:30'])
    expect([due(opened.ticket), held(opened)]).toEqual([[null, '11-23T09:30'], ['take-up level1 held']])
    const sent = accepted(redirect(opened.ticket, dsrt, '', at('2026-11-23T09:20')))
    expect([due(sent.ticket), held(sent)]).toEqual([['11-23T10:20', '11-24T09:20'], ['level1 level1 held']])
  })

  it.each([
    ['over the evening', '2026-11-23T15:10', '11-24T08:10'],
    ['over the weekend', '2026-11-27T15:10', '11-30T08:10'],
    ['over a holiday', '2026-12-24T15:10', '12-28T08:10'],
    ['over the night on which clocks go back', '2026-10-23T14:10', '10-26T08:10'],
    ['over the night on which clocks go forward', '2026-03-27T15:10', '03-30T07:10'],
    ['from a Sunday', '2026-11-22T12:00', '11-23T08:30'],
  ])('an hour to take up lasts %s', (_what, now, end) => {
    expect(due(accepted(openPreTicket(command, at(now))).ticket)[0]).toBe(end)
  })

  it('waiting and a proposed solution stop it; what was used is kept', () => {
    const aside = accepted(wait(opened.ticket, user, '', at('2026-11-23T09:10'))).ticket
    expect(due(aside)).toEqual([null, null])
    const back = accepted(resume(aside, '', at('2026-11-25T09:00'))).ticket
    expect(due(back)).toEqual([null, '11-25T09:20'])
    const proposed = accepted(propose(back, 'Fait.', at('2026-11-25T09:15'))).ticket
    const refused = accepted(refuse(proposed, 'Non.', null, at('2026-11-26T09:00'))).ticket
    expect(due(refused)).toEqual([null, '11-26T09:05'])
    expect(held(accepted(closeTicket(refused, 'Fait.', at('2026-11-26T09:06'))))).toEqual(['level1 level1 missed'])
  })

  it('a level that gets a ticket back goes on with what it has left; each group has its own hour to take it up', () => {
    const sent = accepted(redirect(opened.ticket, dsrt, '', at('2026-11-23T09:20'))).ticket
    const again = accepted(redirect(sent, dsig, '', at('2026-11-23T10:40', nadia)))
    expect([due(again.ticket), held(again)]).toEqual([['11-23T11:40', '11-24T09:20'], ['take-up dsrt missed']])
    const taken = accepted(takeUp(again.ticket, at('2026-11-23T11:00', nadia))).ticket
    const given = accepted(giveBack(taken, dsig, 'Pas pour nous.', at('2026-11-23T11:00', nadia))).ticket
    expect(due(given)).toEqual(['11-23T12:00', '11-23T11:10'])
  })

  it('closing ends it, and a ticket that comes back is timed anew', () => {
    const closed = accepted(closeTicket(opened.ticket, 'Fait.', at('2026-11-23T09:29'))).ticket
    expect([due(closed), nextDue(closed.clock)]).toEqual([[null, null], null])
    expect(due(accepted(reopen(closed, 'Encore.', at('2026-11-23T13:00'))).ticket)).toEqual(['11-23T14:00', '11-23T13:30'])
  })

  it('the first rule that holds decides, by category and priority; none of an end is none', () => {
    const rule = { id: 'vip', categoryId: 'reseau', priority: 1, takeUpMinutes: 15, level1Minutes: 10, level2Minutes: null }
    const strict = { ...policy, clocks: clockSettings.parse({ rules: [rule] }) }
    const urgent = { ...command, categoryId: 'wifi', urgency: 'high', impact: 'high' } as const
    const ticket = accepted(openPreTicket(urgent, { ...at('2026-11-23T09:00'), policy: strict })).ticket
    expect(due(ticket)).toEqual(['11-23T09:15', '11-23T09:10'])
    const sent = accepted(redirect(ticket, dsrt, '', { ...at('2026-11-23T09:05'), policy: strict })).ticket
    expect(due(sent)).toEqual(['11-23T09:20', null])
    expect(due(accepted(openPreTicket({ ...urgent, urgency: 'low' }, { ...at('2026-11-23T09:00'), policy: strict })).ticket)).toEqual([
      '11-23T10:00',
      '11-23T09:30',
    ])
  })

  it('a group that promises a delay of its own is timed by it while it has the ticket, apart from the others, unless a rule is about the ticket', () => {
    const promised = { ...policy, groupMinutes: new Map([['dsig', 240]]) }
    const when = (now: string, by: OpeningContext = context) => ({ ...at(now, by), policy: promised })
    const sent = accepted(redirect(opened.ticket, dsrt, '', when('2026-11-23T09:20'))).ticket
    expect(due(sent)).toEqual(['11-23T10:20', '11-24T09:20'])
    const handed = accepted(redirect(sent, dsig, '', when('2026-11-23T10:40', nadia)))
    expect([due(handed.ticket), held(handed)]).toEqual([
      ['11-23T11:40', '11-23T14:40'],
      ['take-up dsrt missed', 'level2 dsrt held'],
    ])
    const given = accepted(giveBack(handed.ticket, dsig, 'Pas pour nous.', when('2026-11-23T11:40', nadia)))
    expect(held(given)).toEqual(['take-up dsig held', 'level2 dsig held'])
    const again = accepted(redirect(given.ticket, dsig, '', when('2026-11-23T12:00'))).ticket
    expect(due(again)[1]).toBe('11-23T15:00')
    // Eighty minutes of the eight hours of its level are used.
    const other = accepted(redirect(again, dsrt, '', when('2026-11-23T12:30', nadia)))
    expect([due(other.ticket)[1], held(other)[1]]).toEqual(['11-24T11:10', 'level2 dsig held'])
    const back = accepted(redirect(other.ticket, dsig, '', when('2026-11-23T12:40', nadia))).ticket
    expect(due(back)[1]).toBe('11-23T15:10')
    const rule = { id: 'tous', categoryId: null, priority: null, takeUpMinutes: 60, level1Minutes: 30, level2Minutes: 60 }
    const { clock } = wound(back, {
      now: '2026-11-23T12:40:00.000Z',
      policy: { ...promised, clocks: clockSettings.parse({ rules: [rule] }) },
    })
    expect(clock.solve?.allowedMs).toBe(3_600_000)
    const { clock: longer } = wound(back, {
      now: '2026-11-23T12:40:00.000Z',
      policy: { ...policy, groupMinutes: new Map([['dsig', 300]]) },
    })
    expect([longer.solve?.allowedMs, longer.solve?.usedMs]).toEqual([18_000_000, back.clock?.solve?.usedMs])
    const closed = accepted(closeTicket(back, 'Fait.', when('2026-11-23T13:00', nadia))).ticket
    expect(closed.clock?.spent).toEqual({ level1: 0, level2: 0 })
  })

  it('other delays move the ends of what runs, and nothing of what it has used', () => {
    const longer = { ...policy, clocks: clockSettings.parse({ level1Minutes: 90 }) }
    const { clock, ends } = wound(opened.ticket, { now: '2026-11-23T09:10:00.000Z', policy: longer })
    expect([clock.solve?.dueAt, clock.solve?.usedMs, ends]).toEqual(['2026-11-23T10:30:00.000Z', 0, []])
  })

  it('a ticket of an earlier version is timed from where it stands, and nothing is said of what was before', () => {
    const old = { ...opened.ticket, clock: null, statusSince: '2026-11-20T09:00:00.000Z', openedAt: '2026-11-20T09:00:00.000Z' }
    const next = accepted(redirect(old, dsrt, '', at('2026-11-23T09:20')))
    expect([due(next.ticket), next.ends]).toEqual([['11-23T10:20', '11-24T09:20'], []])
  })
})

describe('what a delay makes known', () => {
  const told = { ...policy, clocks: clockSettings.parse({ escalateTo: ['sophie'], escalateMinutes: 60 }) }
  const hearers = { keepers: ['alice@univ.example'], named: [{ name: 'Sophie', mail: 'sophie@univ.example' }] }
  const ticket = accepted(openTicket(command, { ...at('2026-11-23T09:00'), policy: told })).ticket
  const looked = (one: Ticket, now: string) => clockNews(one, hearers, { ...at(now), policy: told, side: 'clock' })
  const stepsOf = ({ journal }: Accepted) => journal.flatMap(({ detail }) => detail?.clock?.step ?? [])

  it('a warning in time, that it is over, then those named for it; each once', () => {
    expect(looked(ticket, '2026-11-23T09:22')).toBeNull()
    const warned = accepted(looked(ticket, '2026-11-23T09:23'))
    expect([stepsOf(warned), warned.mails.map(({ to }) => to)]).toEqual([['warned'], ['alice@univ.example']])
    expect(looked(warned.ticket, '2026-11-23T09:29')).toBeNull()
    const late = accepted(looked(warned.ticket, '2026-11-23T09:30'))
    expect([stepsOf(late), late.mails.map(({ subject }) => subject)]).toEqual([
      ['late'],
      ['[Guichet unique n°10421] délai dépassé : Accès à Moodle'],
    ])
    const named = accepted(looked(late.ticket, '2026-11-23T10:30'))
    expect([stepsOf(named), named.mails.map(({ to }) => to)]).toEqual([['escalated'], ['sophie@univ.example']])
    expect(looked(named.ticket, '2026-12-23T10:30')).toBeNull()
    expect(nextNewsAt(named.ticket.clock ?? { takeUp: null, solve: null, spent: { level1: 0, level2: 0 } }, told)).toBeNull()
  })

  it('a service that was away tells what it missed, and does not warn of what is over', () => {
    const news = accepted(looked(ticket, '2026-11-24T09:00'))
    expect(stepsOf(news)).toEqual(['late', 'escalated'])
    expect(news.ticket.touchedAt).toBe(ticket.touchedAt)
  })

  it('its next news is the first of what both clocks have yet to say', () => {
    const next = (one: Ticket) => {
      if (one.clock === null) throw new Error('no clock')
      return nextNewsAt(one.clock, told)?.slice(11, 16) ?? null
    }
    // After three quarters of the half hour: 9:22 and a half.
    expect(next(ticket)).toBe('09:22')
    const warned = accepted(looked(ticket, '2026-11-23T09:23')).ticket
    expect(next(warned)).toBe('09:30')
    const late = accepted(looked(warned, '2026-11-23T09:30')).ticket
    expect(next(late)).toBe('10:30')
    // What nobody has taken up yet has two clocks: an hour for that, half an hour for level 1.
    const noted = accepted(openPreTicket(command, { ...at('2026-11-23T09:00'), policy: told })).ticket
    expect([next(noted), due(noted)]).toEqual(['09:22', ['11-23T10:00', '11-23T09:30']])
    expect(nextNewsAt({ takeUp: noted.clock?.takeUp ?? null, solve: null, spent: { level1: 0, level2: 0 } }, told)?.slice(11, 16)).toBe(
      '09:45',
    )
    const aside = accepted(wait(ticket, user, '', { ...at('2026-11-23T09:10'), policy: told })).ticket
    expect(next(aside)).toBeNull()
    expect(looked(aside, '2026-12-23T09:30')).toBeNull()
    expect(looked({ ...ticket, clock: null }, '2026-12-23T09:30')).toBeNull()
  })

  it('goes to people named by an address alone too, and to nobody after a while that is none', () => {
    const steps = (clocks: Parameters<typeof clockSettings.parse>[0]) => {
      const other = { ...policy, clocks: clockSettings.parse(clocks) }
      return stepsOf(accepted(clockNews(ticket, hearers, { ...at('2026-11-24T09:00'), policy: other, side: 'clock' })))
    }
    expect(steps({ escalateMailTo: ['dsi@univ.example'], escalateMinutes: 60 })).toEqual(['late', 'escalated'])
    expect(steps({ escalateTo: ['sophie'], escalateMailTo: ['dsi@univ.example'], escalateMinutes: 60 })).toEqual(['late', 'escalated'])
    expect(steps({ escalateTo: ['sophie'], escalateMinutes: null })).toEqual(['late'])
    expect(steps({ escalateMinutes: 60 })).toEqual(['late'])
  })

  it('stands in the journal with whose it is and whom it went to, and who could not be written to', () => {
    const people = [
      { name: 'Sophie', mail: 'sophie@univ.example' },
      { name: 'Marc', mail: null },
      { name: 'Ana', mail: 'ana' },
    ]
    const lines = (named: typeof people) =>
      accepted(clockNews(ticket, { ...hearers, named }, { ...at('2026-11-24T09:00'), policy: told, side: 'clock' })).journal.filter(
        ({ kind }) => kind !== 'mail',
      )
    const clock = { name: 'level1', dueAt: '2026-11-23T09:30:00.000Z' }
    expect(lines(people)).toMatchObject([
      { kind: 'clock', text: '', detail: { clock: { ...clock, step: 'late', to: [] } } },
      {
        kind: 'clock',
        text: '',
        detail: { clock: { ...clock, step: 'escalated', to: ['Sophie', 'Marc', 'Ana'], unreached: ['Marc', 'Ana'] } },
      },
    ])
    expect(lines(people)[0]?.detail?.clock).not.toHaveProperty('unreached')
    expect(lines(people.slice(0, 1))[1]?.detail?.clock).not.toHaveProperty('unreached')
  })

  it('nobody named: supervisors alone see it', () => {
    expect(stepsOf(accepted(clockNews(ticket, { keepers: [], named: [] }, { ...at('2026-11-25T09:00'), side: 'clock' })))).toEqual(['late'])
  })
})

type Step = (ticket: Ticket, by: TicketContext) => TicketDecision | null
const steps = fc.constantFrom<Step>(
  takeUp,
  (t, by) => contribute(t, 'Vu.', by),
  (t, by) => redirect(t, dsrt, '', by),
  (t, by) => redirect(t, dsig, '', by),
  (t, by) => giveBack(t, dsrt, 'Non.', by),
  (t, by) => wait(t, user, '', by),
  (t, by) => resume(t, '', by),
  (t, by) => propose(t, 'Fait.', by),
  (t, by) => refuse(t, 'Non.', null, by),
  (t, by) => closeTicket(t, 'Fait.', by),
  (t, by) => reopen(t, 'Encore.', by),
  (t, by) => clockNews(t, { keepers: ['a@b.example'], named: [{ name: 'S', mail: null }] }, by),
)
/** Across both nights on which clocks change, weekends and holidays. */
const starts = fc.constantFrom('2026-03-26T13:00', '2026-10-22T13:00', '2026-12-23T13:00', '2026-11-23T09:00')
const lives = fc.array(fc.tuple(steps, fc.integer({ min: 0, max: 2_000 })), { maxLength: 18 })
const named = { ...policy, clocks: clockSettings.parse({ escalateMailTo: ['s@b.example'], escalateMinutes: 30 }) }

function live(told: (before: Ticket, after: Accepted, from: string, to: string) => void): void {
  fc.assert(
    fc.property(starts, lives, (start, life) => {
      let now = `${start}:00.000Z`
      const opened = accepted(openPreTicket(command, { ...context, now, policy: named }))
      let { ticket } = opened
      for (const [step, minutes] of life) {
        const from = now
        now = new Date(Date.parse(now) + minutes * 60_000).toISOString()
        const decision = step(ticket, { ...nadia, now, policy: named })
        if (decision === null || decision.kind === 'refused') continue
        told(ticket, decision, from, now)
        ticket = decision.ticket
      }
    }),
    { numRuns: 60 },
  )
}

describe('whatever is done to a ticket, its clocks', () => {
  it('stand still exactly while it waits, for somebody or for the requester’s word', () => {
    live((_before, { ticket: { status, clock } }) => {
      const waits = status === 'waiting' || status === 'solution-proposed'
      if (status === 'closed') expect([clock?.takeUp, clock?.solve]).toEqual([null, null])
      else expect(clock?.solve?.since === null).toBe(waits)
      expect(clock?.takeUp !== null).toBe(['pre-ticket', 'new', 'redirected', 'reopened'].includes(status))
    })
  })

  it('use up open time while they run, no more and no less, and are due when the rest of it has passed', () => {
    live((_before, { ticket: { clock } }) => {
      for (const one of [clock?.takeUp, clock?.solve]) {
        if (one?.since == null || one.dueAt === null || one.allowedMs === null) continue
        const rest = Math.max(0, one.allowedMs - one.usedMs)
        expect(workingMs(policy.calendar, Date.parse(one.since), Date.parse(one.dueAt))).toBe(rest)
      }
    })
  })

  it('lose nothing of what a level has used, whoever has the ticket meanwhile', () => {
    live((before, { ticket }, _from, to) => {
      const [was, is] = [before.clock?.solve, ticket.clock?.solve]
      if (was == null || is == null || was.name !== is.name) return
      expect(usedBy(is, to, policy)).toBe(usedBy(was, to, policy))
    })
  })

  it('are over once each, held exactly when they used no more than they may', () => {
    live((before, { ends, ticket }) => {
      const ofClocks = [before.clock?.takeUp, before.clock?.solve].filter((one) => one != null)
      for (const end of ends) expect(ofClocks.some(({ name, startedAt }) => name === end.name && startedAt === end.startedAt)).toBe(true)
      const running = [ticket.clock?.takeUp, ticket.clock?.solve].map((one) => `${one?.name} ${one?.startedAt} ${one?.whose}`)
      for (const end of ends) {
        expect(end.held).toBe(end.allowedMs === null || end.usedMs <= end.allowedMs)
        if (end.startedAt !== end.endedAt) expect(running).not.toContain(key(end))
      }
    })
  })

  it('tell each step once, in its order', () => {
    const order: readonly ClockStep[] = ['running', 'warned', 'late', 'escalated']
    live((before, { ticket, journal }) => {
      for (const part of ['takeUp', 'solve'] as const) {
        const [was, is] = [before.clock?.[part], ticket.clock?.[part]]
        if (was == null || is == null || was.startedAt !== is.startedAt || was.name !== is.name) continue
        expect(order.indexOf(is.step)).toBeGreaterThanOrEqual(order.indexOf(was.step))
      }
      const lines = journal.flatMap(({ detail }) => (detail?.clock === undefined ? [] : [`${detail.clock.name} ${detail.clock.step}`]))
      expect(new Set(lines).size).toBe(lines.length)
    })
  })
})

const key = ({ name, startedAt, whose }: ClockEnd) => `${name} ${startedAt} ${whose}`
