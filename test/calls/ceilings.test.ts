import { describe, expect, it } from 'vitest'
import { emptyDesk, type Target } from '../../server/calls/model.ts'
import { refusalOf } from '../../server/calls/outgoing-rules.ts'
import { nine, Scene, settings } from './scene.ts'
import { at } from './situations.ts'
import { outside, talking } from './talking.ts'

/* How much may be dialled within an hour, and what counts. */

const hour = 3_600_000
const outgoing = { ...settings.outgoing, perOperatorPerHour: 2, perHour: 4 }
const dialled = (...by: readonly (string | null)[]) => by.map((one) => ({ at: nine, by: one }))
const refuses = (known: ReturnType<typeof dialled>, operatorId: string | null, number = '+33561551234', now = nine + 1_000) =>
  refusalOf({ ...emptyDesk, dialled: known }, { ...settings, outgoing }, { number, operatorId, now })

describe('of two an operator and four in all, in an hour', () => {
  it.each<readonly [string, readonly (string | null)[], string | null, 'ceiling' | null]>([
    ['the second of an operator is allowed', ['alice'], 'alice', null],
    ['the third is not', ['alice', 'alice'], 'alice', 'ceiling'],
    ['another’s do not count as theirs', ['bruno', 'bruno', 'alice'], 'alice', null],
    ['nor do those for kept places', [null, null, 'alice'], 'alice', null],
    ['the fifth of all is not allowed, whoever’s', ['bruno', 'bruno', 'chloe', null], 'alice', 'ceiling'],
    ['nor for a kept place', ['bruno', 'bruno', 'chloe', 'chloe'], null, 'ceiling'],
    ['a kept place has no ceiling of its own', [null, null, null], null, null],
  ])('%s', (_which, by, operatorId, refusal) => {
    expect(refuses(dialled(...by), operatorId)).toBe(refusal)
  })

  it('an hour later, to the millisecond, is another hour', () => {
    const two = dialled('alice', 'alice')
    expect(refuses(two, 'alice', undefined, nine + hour - 1)).toBe('ceiling')
    expect(refuses(two, 'alice', undefined, nine + hour)).toBeNull()
  })

  it('the house’s own numbers are always allowed, others outside never', () => {
    const many = dialled('alice', 'alice', 'bruno', 'bruno')
    expect([refuses(many, 'alice', 'ext:4242'), refuses([], 'alice', '+4915112345678')]).toEqual([null, 'not-allowed'])
  })
})

describe('what counts', () => {
  const by = ({ state }: Scene) => state.dialled.map((one) => one.by)
  const calls = (scene: Scene, number: string) => {
    scene.give({ type: 'operator-calls', operatorId: 'alice', callId: 'o1', number, people: [], owedId: null })
    scene.give({ type: 'leg-answered', leg: 'o1~leg0' })
    return scene
  }
  const kept = () => {
    const scene = at('waiting')
    for (const key of ['3', '1']) scene.give({ type: 'key-pressed', channel: 'c1', key })
    scene.gone('c1')
    scene.asks('alice', 'ready')
    scene.answers('c1')
    return scene
  }
  const hands = (target: Target | null, asking?: Target) => {
    const scene = talking()
    if (asking !== undefined) scene.give({ type: 'operator-consults', operatorId: 'alice', callId: 'c1', target: asking })
    scene.give({ type: 'operator-transfers', operatorId: 'alice', callId: 'c1', target })
    return scene
  }

  it.each<readonly [string, () => Scene, readonly (string | null)[]]>([
    ['a call out, as its operator’s', () => calls(Scene.open('alice'), '+33561551299'), ['alice']],
    ['no call within the house', () => calls(Scene.open('alice'), 'ext:4242'), []],
    ['a kept place, as nobody’s', kept, [null]],
    ['a transfer', () => hands(outside), ['alice']],
    ['a question and the transfer of the same ring, once', () => hands(null, outside), ['alice']],
    ['no transfer within the house', () => hands({ kind: 'number', number: 'ext:4242', name: 'Accueil' }), []],
    ['no transfer to a colleague', () => hands({ kind: 'operator', operatorId: 'bruno', name: 'Bruno' }), []],
  ])('%s', (_what, begin, expected) => {
    expect(by(begin())).toEqual(expected)
  })

  it('is forgotten after an hour', () => {
    const scene = calls(Scene.open('alice'), '+33561551299')
    scene.gone('o1~out1', 17)
    calls(scene.after(hour), '+33561551299')
    expect(by(scene)).toEqual(['alice'])
  })
})
