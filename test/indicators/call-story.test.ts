import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { storyOf } from '../../server/indicators/call-story.ts'
import type { Fact } from '../../server/calls/facts.ts'
import { storyEn } from '../../console/ui/locales/story-en.ts'
import { storyFr } from '../../console/ui/locales/story-fr.ts'

const t0 = Date.UTC(2026, 10, 24, 9)
const announcement = { playback: 'p', sounds: [] }
const facts: Fact[] = [
  { at: t0, type: 'call-arrived', callId: 'c', number: '+33561551234', people: [] },
  { at: t0 + 40, type: 'offer-made', callId: 'c', operatorId: 'alice', leg: 'l', why: { kind: 'only-free' } },
  {
    at: t0 + 300,
    type: 'caller-identified',
    callId: 'c',
    people: [{ id: 'p', name: 'Claire Dubois', email: null, phones: [], affiliation: 'staff', unit: null, place: null, title: null }],
  },
  { at: t0 + 20_040, type: 'offer-ended', callId: 'c', operatorId: 'alice', reason: 'no-answer', restUntil: 0 },
  {
    at: t0 + 20_050,
    type: 'announcement-started',
    callId: 'c',
    announcement,
    promisedBy: null,
    told: { position: 2, lowMs: 60_000, highMs: 120_000 },
  },
  { at: t0 + 29_000, type: 'announcement-ended', callId: 'c', nextAt: 0 },
  { at: t0 + 65_432, type: 'call-answered', callId: 'c', operatorId: 'bruno', leg: 'm', bridge: 'b', capAt: t0 + 965_432 },
  { at: t0 + 90_000, type: 'limit-extended', callId: 'c', operatorId: 'bruno', reason: 'réinstallation', capAt: t0 + 1_265_432 },
  { at: t0 + 120_000, type: 'call-ended', callId: 'c', reason: 'completed', by: 'caller' },
]
const names: Readonly<Record<string, string>> = { alice: 'Alice Martin', bruno: 'Bruno Petit' }
const story = (some: readonly Fact[]) => storyOf(some, (id) => names[id] ?? id)

describe('what happened to a call', () => {
  it('is told second by second, with who did what, and why', () => {
    const told = story(facts)
    expect(told).toMatchObject({ id: 'c', number: '05 61 55 12 34', people: ['Claire Dubois'], direction: 'in', ended: true })
    expect(told?.facts.map(({ afterMs, type, who, how, ms }) => [afterMs, type, who, how, ms])).toEqual([
      [0, 'call-arrived', null, null, null],
      [40, 'offer-made', 'Alice Martin', 'only-free', null],
      [300, 'caller-identified', null, null, null],
      [20_040, 'offer-ended', 'Alice Martin', 'no-answer', null],
      [20_050, 'announcement-started', null, '2', 120_000],
      [65_432, 'call-answered', 'Bruno Petit', null, 900_000],
      [90_000, 'limit-extended', 'Bruno Petit', 'réinstallation', 1_175_432],
      [120_000, 'call-ended', null, 'completed, caller', null],
    ])
  })

  it('is told of a call that goes on, and of none whose beginning is not known', () => {
    expect(story(facts.slice(0, 3))?.ended).toBe(false)
    expect(story(facts.slice(1))).toBeNull()
    expect(story([])).toBeNull()
  })

  it('says of a call from the page that it came from there, by an account or not, and from which request', () => {
    const [first] = facts
    if (first?.type !== 'call-arrived') throw new Error('no arrival')
    const from = (signedIn: boolean, ticket: number | null) =>
      story([{ ...first, number: null, page: { id: 'x', signedIn, ticket, language: 'fr' } }])
    expect([from(true, 42)?.page, from(true, 42)?.facts[0]?.how]).toEqual([{ signedIn: true, ticket: 42 }, 'page-signed-in'])
    expect([from(false, null)?.page, from(false, null)?.facts[0]?.how]).toEqual([{ signedIn: false, ticket: null }, 'page'])
    expect(story(facts)?.page).toBeNull()
    for (const how of ['page', 'page-signed-in']) expect(Object.keys(storyFr.facts)).toContain(`call-arrived-${how}`)
  })

  it('has words for each fact that may be in it, and for each way in which a call ends, in French and in English', () => {
    const members = readFileSync('server/calls/facts.ts', 'utf8').split("readonly type: '").slice(1)
    const types = members.filter((member) => member.includes('readonly callId: string')).map((member) => member.split("'")[0] ?? '')
    const [, ends = ''] = readFileSync('server/calls/model.ts', 'utf8').split('export type EndReason =')
    const reasons = [...(ends.split('\n\n')[0] ?? '').matchAll(/'([a-z-]+)'/g)].map(([, reason]) => reason)
    expect([types.length, reasons.length].every((n) => n > 8)).toBe(true)
    for (const { facts: said, how } of [storyFr, storyEn]) {
      const wordless = types.filter((type) => type !== 'announcement-ended' && !Object.keys(said).some((key) => key.startsWith(type)))
      expect([wordless, reasons.filter((reason) => !(String(reason) in how))]).toEqual([[], []])
    }
  })

  it('says of an operator’s browser that was lost whether it could be rung again', () => {
    const lost: readonly Fact[] = [
      ...facts.slice(0, 7),
      { at: t0 + 70_000, type: 'operator-lost', callId: 'c' },
      { at: t0 + 71_000, type: 'operator-rung-again', callId: 'c', leg: 'n' },
      { at: t0 + 80_000, type: 'operator-rung-again', callId: 'c', leg: null },
    ]
    expect(
      story(lost)
        ?.facts.slice(-2)
        .map(({ how }) => how),
    ).toEqual([null, 'in-vain'])
  })
})
