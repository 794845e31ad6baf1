import { describe, expect, it } from 'vitest'
import type { RosterEntry } from '../../server/calls/model.ts'
import { roster, Scene, settings } from './scene.ts'

/** Alice's phone is her browser, the others' are not. */
export const withBrowser: readonly RosterEntry[] = roster.map((entry) => ({ ...entry, phone: entry.id === 'alice' ? 'browser' : null }))
const here = (is: boolean) => ({ type: 'browser-phone', operatorId: 'alice', here: is }) as const

function ready(...operators: readonly string[]): Scene {
  const scene = Scene.open(...operators)
  scene.give({ type: 'roster', operators: withBrowser })
  return scene
}

describe('an operator whose phone is the browser', () => {
  it('is not rung while it is not there, though ready for longest', () => {
    const scene = ready('alice', 'bruno')
    scene.arrives('c1')
    expect(scene.facts('offer-made').map((f) => f.operatorId)).toEqual(['bruno'])
  })

  it('is rung for whoever waits as soon as it is there', () => {
    const scene = ready('alice')
    scene.arrives('c1')
    expect(scene.call('c1').status.kind).toBe('waiting')
    scene.after(5_000).give(here(true))
    expect(scene.facts('offer-made').map((f) => f.operatorId)).toEqual(['alice'])
  })

  it('has missed nothing when it goes while it rings: the next one is rung, and it is rung again once it is back', () => {
    const scene = ready('alice', 'bruno')
    scene.give(here(true))
    scene.arrives('c1')
    scene.after(1_000).give(here(false))
    expect(scene.facts('offer-ended').map((f) => f.reason)).toEqual(['lost'])
    expect(scene.facts('offer-made').map((f) => f.operatorId)).toEqual(['bruno'])
    expect(scene.operator('alice')).toMatchObject({ misses: 0, status: { kind: 'ready' } })
    scene.after(1_000).give(here(true))
    scene.arrives('c2')
    expect(scene.facts('offer-made').map((f) => f.operatorId)).toEqual(['alice'])
  })

  it('said twice changes nothing, and means nothing for another phone', () => {
    const scene = ready('alice', 'bruno')
    expect(scene.give(here(false)).facts).toEqual([])
    expect(scene.give(here(true)).facts).toHaveLength(1)
    expect(scene.give(here(true)).facts).toEqual([])
    scene.give({ type: 'roster', operators: roster })
    scene.give(here(false))
    scene.arrives('c1')
    expect(scene.facts('offer-made').map((f) => f.operatorId)).toEqual(['alice'])
  })

  it('stays as it was when the roster is read again', () => {
    const scene = ready('alice')
    scene.give(here(true))
    scene.give({ type: 'roster', operators: withBrowser })
    expect(scene.operator('alice').browserHere).toBe(true)
  })

  it('that goes leaves the others’ phones ringing for the same caller', () => {
    const scene = ready('alice', 'bruno').under({ ...settings, ringMost: 10 })
    scene.give(here(true))
    scene.arrives('c1')
    const alices = scene.call('c1').offers.find((o) => o.operatorId === 'alice')?.leg
    scene.give(here(false))
    expect(scene.facts('offer-ended')).toMatchObject([{ operatorId: 'alice', reason: 'lost' }])
    expect(scene.hungUp).toEqual([alices])
    expect(scene.call('c1').offers.map((o) => o.operatorId)).toEqual(['bruno'])
  })

  it('that goes ends no ring of one whose phone is another', () => {
    const scene = ready('bruno')
    scene.give({ type: 'browser-phone', operatorId: 'bruno', here: true })
    scene.arrives('c1')
    scene.give({ type: 'browser-phone', operatorId: 'bruno', here: false })
    expect(scene.call('c1').offers.map((o) => o.operatorId)).toEqual(['bruno'])
  })

  it('of nobody who is known is no concern', () => {
    expect(ready().give({ type: 'browser-phone', operatorId: 'nobody', here: true })).toMatchObject({ facts: [], effects: [] })
  })
})
