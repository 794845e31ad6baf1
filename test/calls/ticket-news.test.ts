import { expect, it, describe } from 'vitest'
import { dayOf, newsOf } from '../../server/engine/ticket-news.ts'
import type { WaitingFor } from '../../server/contract/ticket-states.ts'
import type { TicketNews } from '../../server/calls/model.ts'
import { claire, nine, Scene } from './scene.ts'

const news: TicketNews = { number: 10_421, state: 'received', next: 'tomorrow', several: false }
const finds = (scene: Scene, callId: string, ticket = news) => scene.give({ type: 'ticket-found', callId, ticket })

/** A caller who waits, a ticket of theirs being open. */
function waiting(): Scene {
  const scene = Scene.open()
  scene.arrives('c1')
  finds(scene, 'c1')
  return scene
}
function told(): Scene {
  const scene = waiting()
  scene.played('c1')
  return scene
}

describe('somebody known who calls again while a ticket of theirs is open', () => {
  it('hears where it stands after the waiting message, never its title', () => {
    const scene = waiting()
    expect(scene.said).toEqual([])
    scene.played('c1')
    expect(scene.said).toEqual(['ticket-received', 'ticket-next-tomorrow', 'ticket-key'])
  })

  it('hears it once', () => {
    const scene = told()
    scene.played('c1')
    expect(scene.said).toEqual([])
    scene.falls()
    expect(scene.said).not.toContain('ticket-received')
  })

  it('hears that it is the latest of several, in English once that was asked for', () => {
    const scene = Scene.open()
    scene.arrives('c1')
    finds(scene, 'c1', { ...news, state: 'in-hand', next: null, several: true })
    scene.played('c1')
    expect(scene.said).toEqual(['ticket-several', 'ticket-in-hand', 'ticket-key'])
    scene.give({ type: 'key-pressed', channel: 'c1', key: '2' })
    scene.played('c1')
    expect(scene.effects('play')).toMatchObject([{ language: 'en' }])
    expect(scene.said).toEqual(['ticket-several', 'ticket-in-hand', 'ticket-key'])
  })

  it('is handed over at once all the same', () => {
    const scene = told()
    scene.asks('alice', 'ready')
    scene.answers('c1')
    expect(scene.effects('stop-playing')).toHaveLength(1)
    expect(scene.call('c1').status.kind).toBe('talking')
  })

  it('adds a message to it with key 1, until something else is said', () => {
    const scene = told()
    scene.give({ type: 'key-pressed', channel: 'c1', key: '1' })
    expect(scene.facts('message-invited')).toMatchObject([{ ticket: 10_421 }])
    const later = told()
    later.played('c1')
    later.falls()
    later.give({ type: 'key-pressed', channel: 'c1', key: '1' })
    expect(later.facts('message-invited')[0]).not.toHaveProperty('ticket')
  })

  it('hears nothing of it while a place is being kept', () => {
    const scene = waiting()
    scene.give({ type: 'key-pressed', channel: 'c1', key: '3' })
    scene.played('c1')
    expect(scene.said).toEqual([])
  })
})

describe('on the closed side, somebody known with an open ticket', () => {
  const calls = (scene: Scene, ticket: TicketNews | null = news, number: string | null = '+33561551234'): Scene => {
    scene.give({ type: 'call-arrived', channel: 'c1', number, dialled: null, people: [claire], ...(ticket && { ticket }) })
    return scene
  }
  const closed = (ticket = news) => calls(new Scene(), ticket)
  const howTo = ['message-other-number', 'after-the-tone']

  it('hears where it stands after the hours and before the invitation to speak', () => {
    expect(closed().said).toEqual(['other-language', 'closed', 'ticket-received', 'ticket-next-tomorrow', 'ticket-key-closed', ...howTo])
  })

  it('hears it again in English', () => {
    const scene = closed({ ...news, state: 'in-hand', next: null, several: true })
    scene.give({ type: 'key-pressed', channel: 'c1', key: '2' })
    expect(scene.said).toEqual(['other-language', 'closed', 'ticket-several', 'ticket-in-hand', 'ticket-key-closed', ...howTo])
    expect(scene.effects('play')).toMatchObject([{ language: 'en' }])
  })

  it('adds a message to it with key 1, and else leaves one that is about something else', () => {
    const scene = closed()
    scene.give({ type: 'key-pressed', channel: 'c1', key: '1' })
    expect(scene.facts('message-invited')).toMatchObject([{ ticket: 10_421 }])
    expect(scene.said).toEqual(howTo)
    const other = closed()
    other.give({ type: 'key-pressed', channel: 'c1', key: '3' })
    expect(other.facts('message-invited')[0]).not.toHaveProperty('ticket')
    const third = closed()
    third.played('c1')
    expect(third.facts('message-started')).toHaveLength(1)
    expect(third.facts('message-invited')).toEqual([])
  })

  it('hears it when closing time reaches them in the line, whether they were told before', () => {
    for (const scene of [waiting(), told()]) {
      scene.give({ type: 'hours', open: false })
      expect(scene.said).toContain('ticket-received')
      scene.give({ type: 'key-pressed', channel: 'c1', key: '1' })
      expect(scene.facts('message-invited')).toMatchObject([{ ticket: 10_421 }])
    }
  })

  it('whom the directory knows late hears it after the closed message, and adds to it by key 1 only then', () => {
    const scene = calls(new Scene(), null)
    scene.give({ type: 'key-pressed', channel: 'c1', key: '1' })
    finds(scene, 'c1')
    scene.give({ type: 'key-pressed', channel: 'c1', key: '1' })
    expect(scene.facts('message-invited')).toEqual([])
    scene.played('c1')
    expect(scene.said).toEqual(['ticket-received', 'ticket-next-tomorrow', 'ticket-key-closed', ...howTo])
    expect(scene.facts('message-started')).toEqual([])
    scene.give({ type: 'key-pressed', channel: 'c1', key: '1' })
    expect(scene.facts('message-invited')).toMatchObject([{ ticket: 10_421 }])
    const silent = finds(calls(new Scene(), null), 'c1')
    expect(silent.facts).toMatchObject([{ type: 'ticket-found' }])
  })

  it('who is found there after a restart hears it too, and speaks after it, once', () => {
    const scene = new Scene()
    scene.finds([{ id: 'c1', number: '+33561551234', people: [claire] }])
    finds(scene, 'c1')
    finds(scene, 'c1', { ...news, number: 9 })
    scene.played('c1')
    expect(scene.said).toContain('ticket-received')
    scene.played('c1')
    expect(scene.facts('message-started')).toHaveLength(1)
    expect(finds(scene, 'c1').facts).toEqual([])
  })

  it('in English, hears it once where it came after the message', () => {
    const scene = calls(new Scene(), null)
    finds(scene, 'c1')
    scene.give({ type: 'key-pressed', channel: 'c1', key: '2' })
    expect(scene.said).toContain('ticket-received')
    scene.played('c1')
    expect(scene.facts('message-started')).toHaveLength(1)
  })

  it('without one, or with a number that says nothing, has no key 1', () => {
    for (const scene of [calls(new Scene(), null), calls(new Scene(), news, null)]) {
      expect(scene.said).not.toContain('ticket-key-closed')
      scene.give({ type: 'key-pressed', channel: 'c1', key: '1' })
      expect(scene.facts('message-invited')).toEqual([])
    }
  })
})

describe('nothing is told', () => {
  it('to a withheld number, nor to one of several people', () => {
    for (const [number, people] of [
      [null, [claire]],
      ['+33561551234', [claire, { ...claire, id: 'p2' }]],
      ['+33561551234', []],
    ] as const) {
      const scene = Scene.open()
      scene.give({ type: 'call-arrived', channel: 'c1', number, dialled: null, people })
      expect(finds(scene, 'c1').facts).toEqual([])
    }
  })

  it('to whoever waits no more', () => {
    const scene = Scene.open('alice')
    scene.arrives('c1')
    scene.answers('c1')
    expect(finds(scene, 'c1').facts).toEqual([])
  })
})

describe('what is told', () => {
  const at = (iso: string) => Date.parse(iso)
  const ports = { nowMs: nine, timeZone: 'Europe/Paris', dueAfter: (ms: number) => ms + 3_600_000 }

  it.each([
    ['2026-11-23T08:00:00Z', 'late'],
    ['2026-11-23T22:59:00Z', 'today'],
    ['2026-11-23T23:00:00Z', 'tomorrow'],
    ['2026-11-25T08:00:00Z', 'wednesday'],
    ['2026-11-29T08:00:00Z', 'sunday'],
    ['2026-11-30T08:00:00Z', 'later'],
  ])('of what is due at %s, this Monday at nine in Paris: %s', (iso, day) => {
    expect(dayOf(at(iso), nine, 'Europe/Paris')).toBe(day)
  })

  it('is the newest ticket’s state, and when it is to be taken up as long as it was not', () => {
    const ticket = { number: 2, status: 'pre-ticket', openedAt: '2026-11-23T07:30:00Z', waiting: null } as const
    expect(newsOf([ticket, { ...ticket, number: 1 }], ports)).toEqual({ number: 2, state: 'received', next: 'today', several: true })
    expect(newsOf([{ ...ticket, status: 'in-progress' }], ports)).toMatchObject({ state: 'in-hand', next: null, several: false })
    const waits = (what: WaitingFor) => newsOf([{ ...ticket, status: 'waiting', waiting: { since: ticket.openedAt, what } }], ports)
    expect(waits({ for: 'date', until: '2026-11-26T09:00:00Z' })).toMatchObject({ state: 'waits', next: 'thursday' })
    expect(waits({ for: 'user', remindAt: '2026-11-26T09:00:00Z' })).toMatchObject({ state: 'waits-for-you', next: null })
    expect(newsOf([{ ...ticket, status: 'solution-proposed' }], ports)).toMatchObject({ state: 'proposed' })
    expect(newsOf([{ ...ticket, status: 'closed' }], ports)).toBeNull()
    expect(newsOf([], ports)).toBeNull()
  })
})
