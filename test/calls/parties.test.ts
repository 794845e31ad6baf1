import { describe, expect, it } from 'vitest'
import { rungFor } from '../../server/calls/parties.ts'
import type { Scene } from './scene.ts'
import { at } from './situations.ts'
import { asks, bruno, hands, outside, talking } from './talking.ts'

/* Whose phones ring for a call, as the screens are told; and what is of a conversation after others have left it. */

const watched = () => {
  const scene = talking()
  scene.give({ type: 'call-watched', operatorId: 'chloe', callId: 'c1', mode: 'listen' })
  return scene
}
const pickedUp = (begin: () => Scene) => () => {
  const scene = begin()
  scene.give({ type: 'leg-answered', leg: 'c1~leg1' })
  return scene
}
/** Alice's browser has lost c1, and is rung again. */
const lost = () => {
  const scene = talking()
  const operators = ['alice', 'bruno', 'chloe'].map((id) => ({ id, name: id, extension: '1', phone: 'browser' as const }))
  scene.give({ type: 'roster', operators })
  scene.give({ type: 'operator-rejoins', operatorId: 'alice', callId: 'c1' })
  return scene
}

describe('the phones that ring for a call', () => {
  it.each<readonly [string, () => Scene, readonly (readonly [string, string])[]]>([
    ['that waits: none', () => at('waiting'), []],
    ['that rings: the operator’s', () => at('ringing'), [['alice', 'c1~leg0']]],
    ['in conversation: none', talking, []],
    ['for a question: the colleague’s', asks(bruno), [['bruno', 'c1~leg1']]],
    ['for a question to somebody outside: none of the desk’s', asks(outside), []],
    ['for a question that is being answered: none', pickedUp(asks(bruno)), []],
    ['that is handed over: the colleague’s', hands(bruno), [['bruno', 'c1~leg1']]],
    ['that is handed over to somebody outside: none of the desk’s', hands(outside), []],
    ['to which a supervisor comes: the supervisor’s', watched, [['chloe', 'c1~leg1']]],
    ['to which a supervisor listens: none', pickedUp(watched), []],
    ['that a browser has lost: that operator’s', lost, [['alice', 'c1~leg1']]],
  ])('%s', (_which, begin, rung) => {
    expect(rungFor(begin().call('c1')).map(({ operatorId, leg }) => [operatorId, leg])).toEqual(rung)
  })

  it('are rung by what they are', () => {
    expect(asks(bruno)().effects('ring')).toMatchObject([{ to: { kind: 'operator', operatorId: 'bruno' } }])
    expect(asks(outside)().effects('ring')).toMatchObject([{ to: { kind: 'number', number: '+33561556611' } }])
  })
})

describe('two of three who talked', () => {
  /** Bruno was asked, all three talked, and he has left: the conversation goes on in the bridge that was made for his phone. */
  const two = () => {
    const scene = pickedUp(asks(bruno))()
    scene.give({ type: 'conference-asked', operatorId: 'alice', callId: 'c1' })
    scene.gone('c1~leg1')
    return scene
  }

  it('leave no bridge behind', () => {
    const scene = two()
    scene.gone('c1')
    expect(scene.effects('drop-bridge').map(({ bridge }) => bridge)).toEqual(['c1~leg0~bridge', 'c1~leg1~bridge'])
  })

  it('are left alone after a restart, in the bridge in which they are', () => {
    const scene = two()
    scene.finds([{ id: 'c1' }, { id: 'c1~leg0', role: 'leg' }], { 'c1~leg1~bridge': ['c1', 'c1~leg0'] })
    expect(scene.last).toMatchObject({ facts: [], effects: [] })
  })
})
