import { describe, expect, it } from 'vitest'
import { lineDialled } from '../../server/calls/lines.ts'
import type { Settings } from '../../server/calls/settings.ts'
import { noStays } from '../../server/calls/patience.ts'
import { nextCaller } from '../../server/calls/next-caller.ts'
import { waitingOrder } from '../../server/calls/queue.ts'
import { estimateWait, type Line } from '../../server/calls/wait.ts'
import { apart, Scene, secondLine, settings, twoLines } from './scene.ts'

const inLine = ({ state }: Scene) => waitingOrder(state).map(({ id }) => id)
const rung = (scene: Scene, callId: string) => scene.call(callId).offers.map((o) => o.operatorId)
const whyOf = (scene: Scene) => scene.facts('offer-made').map(({ operatorId, why }) => [operatorId, why?.kind])
const stranger = (n: number) => `+3356155900${n}`
/** Nobody is ready; the lines are these. */
const waitingOn = (lines: Settings) => Scene.open().under(lines)

describe('the line of a call', () => {
  it.each([
    [secondLine, 'vip'],
    ['+33561550001', 'guichet'],
    [null, 'guichet'],
  ])('dialled as %s is %s', (dialled, line) => {
    expect(lineDialled(twoLines, dialled).id).toBe(line)
    const scene = waitingOn(twoLines)
    scene.arrives('c1', stranger(1), dialled)
    expect(scene.call('c1').line).toBe(line)
  })

  it('that is no more leaves its callers to everybody', () => {
    const scene = waitingOn(twoLines)
    scene.arrives('c1', stranger(1), secondLine)
    scene.under(settings).asks('alice', 'ready')
    expect(rung(scene, 'c1')).toEqual(['alice'])
  })
})

describe('a line that is ahead by a minute', () => {
  it.each([
    [0, ['vip', 'usual']],
    [59_000, ['vip', 'usual']],
    // Equal ranks: the order of arrival.
    [60_000, ['usual', 'vip']],
    [61_000, ['usual', 'vip']],
  ])('is served before callers who came up to a minute earlier: %i ms', (laterMs, order) => {
    const scene = waitingOn(twoLines)
    scene.arrives('usual', stranger(1))
    scene.after(laterMs).arrives('vip', stranger(2), secondLine)
    expect(inLine(scene)).toEqual(order)
  })

  it('never starves the other: after a minute more, nobody who arrives overtakes', () => {
    const scene = waitingOn(twoLines)
    scene.arrives('usual', stranger(1))
    for (let n = 2; n <= 9; n += 1) scene.after(20_000).arrives(`vip${n}`, stranger(n), secondLine)
    expect(inLine(scene).indexOf('usual')).toBe(2)
  })

  it('keeps the order of arrival among its own', () => {
    const scene = waitingOn(twoLines)
    for (let n = 1; n <= 4; n += 1) scene.after(1_000).arrives(`vip${n}`, stranger(n), secondLine)
    expect(inLine(scene)).toEqual(['vip1', 'vip2', 'vip3', 'vip4'])
  })

  it('leaves a kept place its rank, whoever comes, and gives it back to who calls again by whatever line', () => {
    const scene = waitingOn(twoLines)
    scene.arrives('vip', stranger(1), secondLine)
    for (const key of ['3', '1']) scene.give({ type: 'key-pressed', channel: 'vip', key })
    scene.gone('vip')
    scene.after(10_000).arrives('usual', stranger(2))
    scene.after(300_000).arrives('again', stranger(1))
    expect(inLine(scene)).toEqual(['again', 'usual'])
    expect(scene.call('again').rank).toBe(scene.call('vip').rank)
  })
})

describe('a line of its own operators', () => {
  it('rings them alone, and others once its caller has waited for the overflow', () => {
    const scene = Scene.open('alice', 'bruno').under(twoLines)
    scene.arrives('c1', stranger(1), secondLine)
    expect(rung(scene, 'c1')).toEqual([])
    const { arrivedAt } = scene.call('c1')
    while (rung(scene, 'c1').length === 0) scene.falls()
    expect(scene.now - arrivedAt).toBe(30_000)
    expect(whyOf(scene)).toEqual([['alice', 'overflow']])
  })

  it('prefers its own even then', () => {
    const scene = Scene.open('alice').under(twoLines)
    scene.asks('alice', 'paused')
    scene.arrives('c1', stranger(1), secondLine)
    scene.after(40_000).asks('chloe', 'ready')
    expect(whyOf(scene)).toEqual([['chloe', 'only-free']])
  })

  it('without overflow waits for them, whoever else is ready', () => {
    const scene = Scene.open('alice', 'bruno').under(apart)
    scene.arrives('c1', stranger(1), secondLine)
    scene.after(600_000).give({ type: 'tick' })
    expect(rung(scene, 'c1')).toEqual([])
    scene.asks('chloe', 'ready')
    expect(rung(scene, 'c1')).toEqual(['chloe'])
  })

  it('with everybody rung at once: its own first, then the others besides', () => {
    const scene = Scene.open('chloe', 'alice', 'bruno').under({ ...twoLines, ringMost: 10, ringMs: 60_000 })
    scene.arrives('c1', stranger(1), secondLine)
    expect(rung(scene, 'c1')).toEqual(['chloe'])
    scene.falls()
    expect(rung(scene, 'c1')).toEqual(['chloe', 'alice', 'bruno'])
    scene.give({ type: 'leg-answered', leg: scene.call('c1').offers[1]?.leg ?? '' })
    expect(scene.call('c1')).toMatchObject({ why: { kind: 'overflow' }, status: { operatorId: 'alice' } })
  })

  it('leaves the operator of the last conversation out when they serve another', () => {
    const sticky = { ...apart, stickyMs: 20_000 }
    const scene = Scene.open('alice').under(sticky)
    scene.arrives('c1', stranger(1))
    scene.answers('c1')
    scene.after(60_000).gone('c1')
    scene.asks('alice', 'ready')
    scene.asks('chloe', 'ready')
    scene.after(1_000).arrives('c2', stranger(1), secondLine)
    expect(whyOf(scene)).toEqual([['chloe', 'only-free']])
  })
})

describe('what a caller is told', () => {
  const positionSaid = (scene: Scene) => scene.said.find((sound) => sound.startsWith('position-'))

  it('counts those who are ahead by their line', () => {
    const scene = waitingOn(twoLines)
    scene.arrives('c1', stranger(1))
    scene.after(1_000).arrives('c2', stranger(2))
    scene.after(1_000).arrives('c3', stranger(3), secondLine)
    expect(positionSaid(scene)).toBe('position-1')
    scene.played('c2')
    scene.falls()
    expect(positionSaid(scene)).toBe('position-3')
  })

  it('leaves out those who want other operators', () => {
    const scene = waitingOn(apart)
    scene.arrives('c1', stranger(1))
    scene.arrives('c2', stranger(2), secondLine)
    expect(positionSaid(scene)).toBe('position-1')
  })

  it('begins with the line’s own welcome', () => {
    const [usual, vip] = twoLines.lines
    if (usual === undefined || vip === undefined) throw new Error('two lines')
    const welcoming = { ...twoLines, lines: [usual, { ...vip, welcome: 'welcome-vip' }] }
    const scene = waitingOn(welcoming)
    scene.arrives('c1', stranger(1), secondLine)
    expect(scene.said.slice(0, 3)).toEqual(['other-language', 'welcome-vip', 'waiting'])
    scene.arrives('c2', stranger(2))
    expect(scene.said.slice(0, 2)).toEqual(['other-language', 'waiting'])
    scene.give({ type: 'hours', open: false })
    scene.arrives('c3', stranger(3), secondLine)
    expect(scene.said.slice(0, 3)).toEqual(['other-language', 'welcome-vip', 'closed'])
  })
})

describe('the wait of somebody whom not everybody serves', () => {
  const minute = 60_000
  const never = Number.POSITIVE_INFINITY
  const line = (change: Partial<Line>): Line => ({
    ahead: [],
    servers: [
      { kind: 'free', inMs: 0 },
      { kind: 'free', inMs: 10 * minute },
    ],
    talks: Array.from({ length: 5 }, () => 5 * minute),
    wrapUps: [],
    stays: noStays,
    capMs: 5 * minute,
    wrapUpMs: 0,
    ...change,
  })
  it.each<readonly [string, readonly (readonly number[])[] | undefined, number]>([
    ['is over at once where everybody does', undefined, 0],
    ['is that for those who do', [[never, 0]], 10],
    ['is that for the overflow, when it comes first', [[2 * minute, 0]], 2],
    [
      'counts who is ahead and has the same',
      [
        [never, 0],
        [never, 0],
      ],
      15,
    ],
    [
      'does not count who is ahead for others',
      [
        [0, never],
        [never, 0],
      ],
      10,
    ],
  ])('%s', (_says, reach, minutes) => {
    const range = estimateWait(line({ ahead: (reach ?? []).slice(1).map(() => null), ...(reach !== undefined && { reach }) }))
    if (range === null) throw new Error('no range')
    // Durations are drawn below the shortest known as well.
    expect(range.highMs).toBeLessThanOrEqual(minutes * minute)
    expect(range.highMs).toBeGreaterThanOrEqual(minutes > 10 ? 10 * minute : minutes * minute)
  })

  it('is not known when nobody there may ever have them', () => {
    expect(estimateWait(line({ reach: [[never, never]] }))).toBeNull()
  })
})

describe('two callers', () => {
  const everybodys = {
    numbers: [],
    aheadMs: 0,
    operators: null,
    overflowMs: null,
    welcome: null,
    recording: 'off',
    limitCuts: null,
  } as const
  type Rules = Partial<Settings['lines'][number]>
  const between = (a: Rules, b: Rules) => {
    const scene = Scene.open().under({
      ...settings,
      lines: [
        { ...everybodys, id: 'guichet', ...a },
        { ...everybodys, id: 'vip', numbers: [secondLine], ...b },
      ],
    })
    scene.arrives('c1', stranger(1))
    scene.arrives('c2', stranger(2), secondLine)
    return scene.said.includes('position-2')
  }
  it.each<readonly [string, Rules, Rules, boolean]>([
    ['whose lines have nobody in common do not wait for each other', { operators: ['alice'] }, { operators: ['chloe'] }, false],
    ['whose lines share one operator of several do', { operators: ['alice', 'bruno'] }, { operators: ['bruno', 'chloe'] }, true],
    ['one of whom everybody serves do', {}, { operators: ['chloe'] }, true],
    ['the other of whom everybody serves do', { operators: ['alice'] }, {}, true],
    ['the first of whom may overflow to the other’s operators do', { operators: ['alice'], overflowMs: 1 }, { operators: ['chloe'] }, true],
    ['the second of whom may overflow do', { operators: ['alice'] }, { operators: ['chloe'], overflowMs: 1 }, true],
  ])('%s', (_who, a, b, waits) => {
    expect(between(a, b)).toBe(waits)
  })
})

describe('whoever finishes is given the first whom their phone would ring for', () => {
  const next = (scene: Scene, operatorId: string, lines: Settings) => nextCaller(scene.state, operatorId, scene.now, lines)

  it('not one of a line that is not theirs, who came before', () => {
    const scene = waitingOn(apart)
    scene.arrives('vip', stranger(1), secondLine)
    expect(next(scene, 'alice', apart)).toBeNull()
    scene.after(1_000).arrives('usual', stranger(2))
    expect(['alice', 'chloe'].map((id) => next(scene, id, apart))).toEqual(['usual', 'vip'])
  })

  it('not a kept place while the desk is closed', () => {
    const scene = waitingOn(settings)
    scene.arrives('c1', stranger(1))
    for (const key of ['3', '1']) scene.give({ type: 'key-pressed', channel: 'c1', key })
    scene.played('c1')
    expect(next(scene, 'alice', settings)).toBe('c1')
    scene.give({ type: 'hours', open: false })
    expect([inLine(scene), next(scene, 'alice', settings)]).toEqual([['c1'], null])
  })
})
