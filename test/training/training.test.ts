import { describe, expect, test } from 'vitest'
import { sampleCategories } from '../../server/contract/categories.ts'
import { demoGroups } from '../../server/database/demo-groups.ts'
import { demoPeople } from '../../server/database/demo-people.ts'
import { debriefOf, type Recorded, type RecordedTicket } from '../../server/training/debrief.ts'
import type { Played, Script, TrainingDay } from '../../server/training/model.ts'
import { nextStep, type Standing } from '../../server/training/play.ts'
import { scripts } from '../../server/training/scripts.ts'

const began = 1_800_000_000_000
const day = (played: readonly Played[] = [], more: Partial<TrainingDay> = {}): TrainingDay => ({
  id: 'day',
  script: 'journee',
  startedAt: began,
  startedBy: 'Alice Martin',
  played,
  disruption: null,
  ...more,
})
const played = (scene: string, placedAt: number, overAt: number | null = null): Played => ({
  scene,
  callId: `${scene};2`,
  channel: scene,
  number: '+33561551234',
  personId: `sample:${scene}`,
  who: scene,
  placedAt,
  overAt,
})
const standing = (of: Record<string, Standing> = {}) => new Map(Object.entries(of).map(([scene, state]) => [`${scene};2`, state] as const))
const { journee, 'premiers-appels': first } = scripts

describe('the scripts', () => {
  test.each(Object.values(scripts))('$id names people, groups and categories that there are, each scene once', ({ scenes, disruption }) => {
    expect(new Set(scenes.map(({ id }) => id)).size).toBe(scenes.length)
    const categories = sampleCategories.map(({ id }) => id)
    for (const { caller, expected } of scenes) {
      if ('login' in caller) expect(demoPeople.map(({ login }) => login)).toContain(caller.login)
      if ('categories' in expected) for (const id of expected.categories) expect(categories).toContain(id)
      if ('groups' in expected) for (const id of expected.groups) expect(demoGroups.map((group) => group.id)).toContain(id)
    }
    if (disruption !== null) expect(categories).toContain(disruption.categoryId)
    expect(scenes.some(({ announces }) => announces) === (disruption !== null)).toBe(true)
  })

  test('a whole day has a busy moment, a refusal, somebody to call back, an open ticket and a breakdown for several', () => {
    const kinds = journee.scenes.map(({ expected }) => expected.kind)
    expect(journee.scenes.some(({ begins }) => begins === 'with')).toBe(true)
    expect(kinds).toEqual(expect.arrayContaining(['solved', 'handed', 'refused', 'attached']))
    expect(kinds.filter((kind) => kind === 'joined')).toHaveLength(3)
    expect(journee.scenes.some(({ patienceS }) => patienceS < 30)).toBe(true)
  })
})

describe('how a day goes on', () => {
  const next = (script: Script, of: TrainingDay, now: number, live = standing(), free = true) => nextStep(script, of, live, free, now)

  test('nobody calls before an operator is ready, and not for ever', () => {
    const password = journee.scenes[0]
    expect(next(journee, day(), began + 3_000)).toBe(null)
    expect(next(journee, day(), began + 5_000)).toEqual({ do: 'call', scene: password })
    expect(next(journee, day(), began + 60_000, standing(), false)).toBe(null)
    expect(next(journee, day(), began + 100_000, standing(), false)).toEqual({ do: 'call', scene: password })
  })

  test('the next one calls once the call before is over, unless it is a busy moment', () => {
    const talking = day([played('mot-de-passe', began, null)])
    expect(next(journee, talking, began + 600_000, standing({ 'mot-de-passe': 'answered' }))).toBe(null)
    const busy = day([played('mot-de-passe', 0, 1), played('nouvelles', 0, 1), played('prise', began + 50_000)])
    expect(next(journee, busy, began + 61_000, standing({ prise: 'answered' }), false)).toBe(null)
    expect(next(journee, busy, began + 62_000, standing({ prise: 'answered' }), false)).toMatchObject({
      do: 'call',
      scene: { id: 'imprimante' },
    })
  })

  test('whoever is not answered hangs up after their patience; whoever is never does', () => {
    const waiting = day([played('impatient', began)])
    expect(next(journee, waiting, began + 25_000, standing({ impatient: 'unanswered' }), false)).not.toMatchObject({ do: 'hang-up' })
    expect(next(journee, waiting, began + 26_000, standing({ impatient: 'unanswered' }))).toEqual({
      do: 'hang-up',
      callId: 'impatient;2',
      channel: 'impatient',
    })
    expect(next(journee, waiting, began + 900_000, standing({ impatient: 'answered' }))).not.toMatchObject({ do: 'hang-up' })
  })

  test('a call that the desk has not yet heard of is not over', () => {
    expect(next(journee, day([played('mot-de-passe', began)]), began + 2_000)).toBe(null)
    expect(next(journee, day([played('mot-de-passe', began)]), began + 11_000)).toEqual({ do: 'note-over', callId: 'mot-de-passe;2' })
  })

  test('level 2 announces the breakdown before the first who calls about it, and ends it after the last call', () => {
    const before = journee.scenes.findIndex(({ announces }) => announces)
    const past = journee.scenes.slice(0, before).map(({ id }) => played(id, began, began + 1_000))
    expect(next(journee, day(past), began + 60_000)).toEqual({ do: 'announce' })
    const disruption = { id: 'd', ticket: 1, announcedAt: began + 60_000, endedAt: null }
    expect(next(journee, day(past, { disruption }), began + 62_000)).toBe(null)
    expect(next(journee, day(past, { disruption }), began + 66_000)).toMatchObject({ do: 'call', scene: { id: 'panne-1' } })
    const all = journee.scenes.map(({ id }) => played(id, began, began + 1_000))
    expect(next(journee, day(all, { disruption }), began + 99_000)).toEqual({ do: 'end-disruption' })
    const ended = { ...disruption, endedAt: began + 99_000 }
    expect(next(journee, day(all, { disruption: ended }), began + 100_000)).toBe(null)
  })

  test('a day that is left alone ends by itself', () => {
    const all = first.scenes.map(({ id }) => played(id, began, began + 1_000))
    const whole = day(all, { script: 'premiers-appels' })
    expect(next(first, whole, began + 20 * 60_000)).toBe(null)
    expect(next(first, whole, began + 21 * 60_000)).toEqual({ do: 'finish' })
  })
})

describe('the debrief', () => {
  const ticket = (more: Partial<RecordedTicket> = {}): RecordedTicket => ({
    number: 10421,
    title: 'Mot de passe oublié, compte étudiant',
    summary: '',
    personId: 'sample:mot-de-passe',
    categories: ['compte', 'mot-de-passe'],
    settled: true,
    groupId: null,
    light: false,
    before: false,
    ...more,
  })
  const recorded = (scene: string, more: Partial<Recorded> = {}): Recorded => ({
    callId: `${scene};2`,
    operator: 'Alice Martin',
    answered: true,
    waitMs: 6_000,
    talkMs: 90_000,
    endings: [{ kind: 'opened', ticket: 10421, sentTo: null }],
    ticket: ticket(),
    owed: null,
    ...more,
  })
  const judge = (scene: string, record: Recorded | null) => {
    const { judged } = debriefOf(journee, day([played(scene, began, began + 1)]), record === null ? [] : [record])
    const checks = judged[0]?.checks ?? []
    return {
      good: checks.filter(({ good }) => good).map(({ name }) => name),
      again: checks.filter(({ good }) => !good).map(({ name }) => name),
    }
  }

  test('a call that was settled well has nothing to be seen again', () => {
    expect(judge('mot-de-passe', recorded('mot-de-passe'))).toEqual({
      good: ['answered', 'wait', 'written', 'ending', 'requester', 'title', 'category', 'closing'],
      again: [],
    })
  })

  test.each([
    [
      'nobody answered and nobody called back',
      'mot-de-passe',
      { answered: false, operator: null, endings: [], ticket: null, owed: { settled: false, reached: false } },
      ['called-back'],
    ],
    ['a long wait', 'mot-de-passe', { waitMs: 121_000 }, ['wait']],
    ['nothing written', 'mot-de-passe', { endings: [], ticket: null }, ['written']],
    ['somebody else’s name', 'mot-de-passe', { ticket: ticket({ personId: 'sample:other' }) }, ['requester']],
    ['a title that says nothing', 'mot-de-passe', { ticket: ticket({ title: 'Problème informatique' }) }, ['title']],
    ['a title of one word', 'mot-de-passe', { ticket: ticket({ title: 'Authentification' }) }, ['title']],
    ['another category', 'mot-de-passe', { ticket: ticket({ categories: ['reseau'] }) }, ['category']],
    ['left open', 'mot-de-passe', { ticket: ticket({ settled: false }) }, ['closing']],
    ['the wrong group', 'prise', { ticket: ticket({ personId: 'sample:prise', categories: ['reseau'], groupId: 'psn' }) }, ['closing']],
    ['a ticket for what is not ours', 'bourse', {}, ['ending', 'closing']],
    [
      'a refusal without anybody to turn to',
      'bourse',
      { endings: [{ kind: 'refused', ticket: null, sentTo: null }], ticket: null },
      ['closing'],
    ],
    ['a second ticket for the same thing', 'nouvelles', { ticket: ticket({ personId: 'sample:nouvelles' }) }, ['ending']],
    ['a ticket apart from the breakdown', 'panne-1', { ticket: ticket({ personId: 'sample:panne-1' }) }, ['ending']],
  ] as const)('%s is to be seen again', (_what, scene, more, again) => {
    expect(judge(scene, recorded(scene, more as Partial<Recorded>)).again).toEqual(again)
  })

  test.each([
    [
      'handed to its group',
      'prise',
      { ticket: ticket({ personId: 'sample:prise', categories: ['reseau', 'prise'], groupId: 'dsrt', settled: false }) },
    ],
    ['refused and sent on', 'bourse', { endings: [{ kind: 'refused', ticket: null, sentTo: 'Scolarité' }], ticket: null }],
    [
      'attached to the open ticket',
      'nouvelles',
      { endings: [{ kind: 'attached', ticket: 10419, sentTo: null }], ticket: ticket({ personId: 'sample:nouvelles', before: true }) },
    ],
    ['attached to the breakdown', 'panne-1', { ticket: ticket({ personId: 'sample:panne-1', light: true }) }],
    [
      'called back and settled',
      'impatient',
      {
        answered: false,
        owed: { settled: true, reached: true },
        ticket: ticket({ personId: 'sample:impatient', categories: ['messagerie'] }),
      },
    ],
  ] as const)('%s is right', (_what, scene, more) => {
    expect(judge(scene, recorded(scene, more as Partial<Recorded>)).again).toEqual([])
  })

  test('figures are those of what was played', () => {
    const cut = day([played('mot-de-passe', began, began + 1), played('impatient', began, began + 1), played('bourse', began, began + 1)])
    const figures = debriefOf(journee, cut, [
      recorded('mot-de-passe'),
      recorded('impatient', {
        answered: false,
        waitMs: 25_000,
        talkMs: null,
        endings: [],
        ticket: null,
        owed: { settled: false, reached: false },
      }),
      recorded('bourse', { waitMs: 30_000, talkMs: 30_000, endings: [], ticket: null }),
    ])
    expect(figures).toMatchObject({
      calls: 3,
      answered: 2,
      longestWaitMs: 30_000,
      meanTalkMs: 60_000,
      unwritten: 1,
      forgotten: 1,
      good: 10,
      of: 12,
    })
  })
})
