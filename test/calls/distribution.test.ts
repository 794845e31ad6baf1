import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextDeadline } from '../../server/calls/deadlines.ts'
import { decide } from '../../server/calls/decide.ts'
import { type DeskState, emptyDesk } from '../../server/calls/model.ts'
import { isReachable } from '../../server/calls/reach.ts'
import { defaultSettings, type Settings } from '../../server/calls/settings.ts'
import { histories } from './histories.ts'
import { nine, Scene } from './scene.ts'
import { runs } from '../support/runs.ts'

const sticky: Settings = { ...defaultSettings, stickyMs: 20_000 }
const english: Settings = { ...defaultSettings, speakEnglish: ['chloe'], englishMs: 60_000 }

/** Alice has talked to this number, and is ready again, idle for less long than the others. */
const known = (settings: Settings) => {
  const scene = Scene.open('alice', 'bruno', 'chloe').under(settings)
  scene.arrives('c1')
  scene.answers('c1')
  scene.after(60_000).gone('c1')
  scene.asks('alice', 'ready')
  return scene.after(60_000)
}
const whyOf = (scene: Scene) => scene.facts('offer-made').map(({ operatorId, why }) => [operatorId, why?.kind])

describe('who is rung, and why', () => {
  it('the longest idle of several, with how long and among how many', () => {
    const scene = Scene.open('alice', 'bruno')
    scene.arrives('c1')
    expect(scene.facts('offer-made')[0]?.why).toEqual({ kind: 'longest-idle', idleMs: 61_000, among: 2 })
    expect(scene.call('c1').why).toEqual(scene.facts('offer-made')[0]?.why)
  })

  it('of two idle for equally long the first by id, however they are listed', () => {
    for (const order of [
      ['alice', 'bruno'],
      ['bruno', 'alice'],
    ]) {
      const scene = new Scene()
      scene.give({ type: 'roster', operators: order.map((id) => ({ id, name: id, extension: '6101' })) })
      scene.give({ type: 'hours', open: true })
      for (const id of order) scene.asks(id, 'ready')
      scene.arrives('c1')
      expect(whyOf(scene)).toEqual([['alice', 'longest-idle']])
    }
  })

  it('the only one free', () => {
    const scene = Scene.open('alice')
    scene.arrives('c1')
    expect(whyOf(scene)).toEqual([['alice', 'only-free']])
  })

  it('one who passed, since nobody else is free', () => {
    const scene = Scene.open('alice')
    scene.arrives('c1')
    scene.falls()
    scene.falls()
    expect(whyOf(scene)).toEqual([['alice', 'nobody-else']])
  })
})

describe('the operator of the last conversation', () => {
  it('is rung first, though others have been idle for longer', () => {
    const scene = known(sticky)
    scene.arrives('c2')
    expect(whyOf(scene)).toEqual([['alice', 'last-spoke']])
  })

  it('is not preferred while the setting is off, nor for another number', () => {
    const off = known(defaultSettings)
    off.arrives('c2')
    expect(whyOf(off)).toEqual([['bruno', 'longest-idle']])
    const other = known(sticky)
    other.arrives('c2', '+33561559999')
    expect(whyOf(other)).toEqual([['bruno', 'longest-idle']])
  })

  it('busy: the caller waits for them, and after the bound rings another', () => {
    const scene = known(sticky)
    scene.arrives('c2', '+33561559999')
    scene.give({ type: 'operator-declines', operatorId: 'bruno', callId: 'c2' })
    scene.give({ type: 'operator-declines', operatorId: 'chloe', callId: 'c2' })
    scene.answers('c2')
    scene.after(10_000).arrives('c3')
    expect(scene.call('c3')).toMatchObject({ offers: [], status: { kind: 'waiting' } })
    scene.played('c3')
    const arrived = scene.call('c3').arrivedAt
    scene.falls()
    expect([scene.now - arrived, whyOf(scene)]).toEqual([20_000, [['bruno', 'longest-idle']]])
  })

  it('away or in a pause: nobody is waited for', () => {
    for (const state of ['paused', 'front-desk', 'offline'] as const) {
      const scene = known(sticky)
      scene.asks('alice', state)
      scene.arrives('c2')
      expect(whyOf(scene)).toEqual([['bruno', 'longest-idle']])
    }
  })

  it('away: whoever has declined is rung again as soon as they have rested, not after the bound', () => {
    const scene = known(sticky)
    for (const id of ['alice', 'chloe']) scene.asks(id, 'offline')
    scene.arrives('c2')
    scene.give({ type: 'operator-declines', operatorId: 'bruno', callId: 'c2' })
    expect(scene.call('c2').offers).toEqual([])
    const declined = scene.now
    scene.falls()
    expect([scene.now - declined, whyOf(scene)]).toEqual([sticky.restMs, [['bruno', 'nobody-else']]])
  })

  /** Somebody else's call has come to alice; bruno and chloe are ready again. */
  const withAnother = (then: (scene: Scene) => void = () => undefined) => {
    const scene = known(sticky)
    for (const id of ['bruno', 'chloe']) scene.asks(id, 'paused')
    scene.arrives('c9', '+33561559999')
    then(scene)
    for (const id of ['bruno', 'chloe']) scene.asks(id, 'ready')
    return scene
  }
  const talks = (scene: Scene) => scene.answers('c9')
  it.each<readonly [string, () => Scene, boolean]>([
    ['whose phone rings for another is waited for', () => withAnother(), true],
    ['who talks is waited for', () => withAnother(talks), true],
    [
      'who talks and wants a pause afterwards is not',
      () =>
        withAnother((scene) => {
          talks(scene)
          scene.asks('alice', 'paused')
        }),
      false,
    ],
    [
      'who writes up is waited for',
      () =>
        withAnother((scene) => {
          talks(scene)
          scene.gone('c9')
        }),
      true,
    ],
    [
      'who has just missed another’s call is waited for',
      () =>
        withAnother((scene) => {
          scene.gone(scene.leg('c9'), 19)
          scene.gone('c9')
        }),
      true,
    ],
    ['in a pause is not', () => withAnother((scene) => scene.asks('alice', 'paused')), false],
  ])('%s', (_who, begin, waits) => {
    const scene = begin()
    scene.arrives('c2')
    expect(scene.call('c2').offers.map(({ operatorId }) => operatorId)).toEqual(waits ? [] : [expect.not.stringMatching('alice')])
  })

  it('who declines this call is no longer waited for', () => {
    const scene = known(sticky)
    scene.arrives('c2')
    scene.give({ type: 'operator-declines', operatorId: 'alice', callId: 'c2' })
    expect(whyOf(scene)).toEqual([['bruno', 'longest-idle']])
  })
})

describe('a caller who asked for English', () => {
  const inEnglish = (...ready: string[]) => {
    const scene = Scene.open(...ready).under(english)
    scene.arrives('c0')
    scene.give({ type: 'key-pressed', channel: 'c0', key: '2' })
    return scene
  }
  const again = (scene: Scene) => {
    scene.gone('c0')
    scene.after(60_000).arrives('c1')
    return scene
  }

  it('rings one who speaks it, whoever has been idle for longer', () => {
    const scene = inEnglish()
    scene.asks('alice', 'ready')
    scene.gone('c0')
    scene.after(1_000).asks('chloe', 'ready')
    expect(whyOf(again(scene))).toEqual([['chloe', 'speaks-english']])
  })

  it('waits for one who is busy no longer than the bound', () => {
    const scene = inEnglish()
    scene.asks('chloe', 'ready')
    scene.answers('c0')
    scene.asks('alice', 'ready')
    scene.after(1_000).arrives('c1')
    expect(scene.call('c1').offers).toEqual([])
    for (let turns = 0; scene.call('c1').offers.length === 0 && turns < 10; turns += 1) scene.falls()
    expect([scene.now - scene.call('c1').arrivedAt, scene.call('c1').offers[0]?.operatorId]).toEqual([60_000, 'alice'])
  })

  it('waits for nobody when nobody on duty speaks it', () => {
    const scene = inEnglish()
    scene.asks('alice', 'ready')
    expect(scene.call('c0').offers[0]?.operatorId).toBe('alice')
  })
})

describe('whatever the preferences, whatever happens', () => {
  const settings = fc
    .tuple(fc.constantFrom(sticky, english, { ...sticky, ...english, stickyMs: 5_000 }), fc.constantFrom(1, 2, 10))
    .map(([preferring, ringMost]): Settings => ({ ...preferring, ringMost }))
  const boundMs = 60_000
  const live = (
    steps: Parameters<Parameters<typeof histories.map>[0]>[0],
    chosen: Settings,
    see: (state: DeskState, now: number) => void,
  ) => {
    let [state, now] = [emptyDesk, nine]
    for (const { waitMs, input } of steps) {
      now += waitMs
      state = decide(state, input(state), now, chosen).state
      see(state, now)
    }
    return { state, now }
  }

  it('nobody waits beyond the bound while a rested operator is ready', () => {
    fc.assert(
      fc.property(histories, settings, (steps, chosen) => {
        live(steps, chosen, (state, now) => {
          const ready = [...state.operators.values()].some((o) => o.status.kind === 'ready' && o.restUntil <= now && isReachable(o))
          const kept = [...state.calls.values()].filter(
            (c) => c.status.kind === 'waiting' && c.offers.length === 0 && now - c.arrivedAt >= boundMs,
          )
          if (ready) expect(kept).toEqual([])
        })
      }),
      { numRuns: runs(300) },
    )
  })

  it('a deadline that falls is dealt with: the next one is later', () => {
    fc.assert(
      fc.property(histories, settings, (steps, chosen) => {
        let { state, now } = live(steps, chosen, () => undefined)
        for (let turns = 0; turns < 30; turns += 1) {
          const due = nextDeadline(state, chosen)
          if (due === null) return
          now = Math.max(now, due)
          state = decide(state, { type: 'tick' }, now, chosen).state
          expect(nextDeadline(state, chosen) ?? Number.POSITIVE_INFINITY).toBeGreaterThan(now)
        }
      }),
      { numRuns: runs(300) },
    )
  })
})
