import { describe, expect, it } from 'vitest'
import { choicesOf } from '../../server/calls/choices.ts'
import type { FromPage } from '../../server/calls/inputs.ts'
import { waitingOrder } from '../../server/calls/queue.ts'
import { type DeskSnapshotRecord, packState, unpackState } from '../../server/engine/packed-state.ts'
import { viewCall } from '../../server/engine/view.ts'
import { pageCallView } from '../../server/portal/call-view.ts'
import { claire, Scene, settings } from './scene.ts'

const signedIn: FromPage = { id: 'a1', signedIn: true, ticket: 42, language: 'fr' }
const arrives = (scene: Scene, page: FromPage, number: string | null = '+33561551234') => {
  scene.give({ type: 'call-arrived', channel: 'c1', number, dialled: null, people: page.signedIn ? [claire] : [], page })
  return scene
}
const press = (scene: Scene, ...keys: readonly string[]) => {
  for (const key of keys) scene.after(400).give({ type: 'key-pressed', channel: 'c1', key })
  return scene
}
const seen = (scene: Scene, position: number | null = 1) =>
  pageCallView(scene.call('c1'), { settings, position, nowMs: scene.now, textOf: (name) => `[${name}]` })
const keys = (scene: Scene) => choicesOf(scene.call('c1'), settings).map(({ key, name }) => `${key} ${name}`)

describe('a call from the page', () => {
  it('is in the queue like any other, and the console is told where it comes from', () => {
    const scene = arrives(Scene.open('alice'), signedIn)
    expect(scene.call('c1').offers).toHaveLength(1)
    expect(viewCall(scene.call('c1'), null).page).toEqual({ signedIn: true, ticket: 42 })
    expect(viewCall(arrives(Scene.open(), { ...signedIn, signedIn: false, ticket: null }, null).call('c1'), 1).page).toEqual({
      signedIn: false,
      ticket: null,
    })
    const byPhone = Scene.open()
    byPhone.arrives('c2')
    expect(viewCall(byPhone.call('c2'), 1)).not.toHaveProperty('page')
  })

  it('comes back to the place that its page lost by being loaded anew, before who came meanwhile and never before its time', () => {
    const scene = arrives(Scene.open(), signedIn)
    const { rank } = scene.call('c1')
    scene.after(30_000).arrives('c2')
    scene.give({ type: 'channel-gone', channel: 'c1', cause: 16 })
    const back = { ...signedIn, id: 'a2' }
    scene.after(5_000).give({ type: 'call-arrived', channel: 'c3', number: null, dialled: null, people: [], page: back, rank })
    expect(waitingOrder(scene.state).map(({ id }) => id)).toEqual(['c3', 'c2'])
    scene.give({ type: 'call-arrived', channel: 'c4', number: null, dialled: null, people: [], page: back, rank: scene.now + 60_000 })
    expect(waitingOrder(scene.state).map(({ id }) => id)).toEqual(['c3', 'c2', 'c4'])
  })

  it('leaves its place to its page for a minute, whoever serves then; not what was answered, ended by the desk, or led elsewhere', () => {
    const places = (scene: Scene) => scene.state.pagePlaces.map(({ page }) => page)
    const waits = arrives(Scene.open(), signedIn)
    const { rank } = waits.call('c1')
    waits.after(30_000).gone('c1')
    const kept = unpackState(JSON.parse(JSON.stringify(packState(waits.state))) as DeskSnapshotRecord)
    expect(kept.pagePlaces).toEqual([{ page: 'a1', rank, at: waits.now }])
    const comes = { ...signedIn, id: 'a2', after: 'a1' }
    waits.after(5_000).give({ type: 'call-arrived', channel: 'c3', number: null, dialled: null, people: [], page: comes, rank })
    expect([places(waits), waits.call('c3').page]).toEqual([[], { id: 'a2', signedIn: true, ticket: 42 }])

    const talks = arrives(Scene.open('alice'), signedIn)
    talks.answers('c1')
    talks.gone('c1')
    expect(places(talks)).toEqual(['a1'])
    talks
      .after(61_000)
      .give({ type: 'call-arrived', channel: 'c2', number: null, dialled: null, people: [], page: { ...signedIn, id: 'a2' } })
    talks.gone('c2')
    expect(places(talks)).toEqual(['a2'])

    const finished = arrives(Scene.open('alice'), signedIn)
    finished.answers('c1')
    finished.give({ type: 'operator-hangs-up', operatorId: 'alice', callId: 'c1' })
    expect(places(finished)).toEqual([])
    const message = press(arrives(Scene.open(), signedIn), '1')
    message.gone('c1')
    expect(places(message)).toEqual([])
    const byPhone = Scene.open()
    byPhone.arrives('c2')
    byPhone.gone('c2')
    expect(places(byPhone)).toEqual([])
  })

  it('cut by another start of Asterisk, or while nobody listened, leaves its place too', () => {
    for (const startedAt of [null, 'another']) {
      const scene = arrives(Scene.open(), signedIn)
      scene.finds([], {}, [], 'first')
      const again = arrives(scene, { ...signedIn, id: 'a2' })
      again.finds([], {}, [], startedAt)
      expect(again.state.pagePlaces.map(({ page }) => page)).toEqual(['a1', 'a2'])
    }
  })

  it('speaks the page’s language from the start', () => {
    expect(arrives(Scene.open(), { ...signedIn, language: 'en' }).call('c1').language).toBe('en')
    expect(arrives(Scene.open(), signedIn).call('c1').language).toBe('fr')
  })

  it('is whose account it is, whatever is learnt of the number; without an account it is not', () => {
    const other = { ...claire, id: 'p2', name: 'Somebody else' }
    const scene = arrives(Scene.open(), signedIn)
    scene.give({ type: 'caller-identified', callId: 'c1', people: [other] })
    expect(scene.call('c1').people).toEqual([claire])
    const unknown = arrives(Scene.open(), { ...signedIn, signedIn: false })
    unknown.give({ type: 'caller-identified', callId: 'c1', people: [other] })
    expect(unknown.call('c1').people).toEqual([other])
  })

  it('whose place is kept is a number to call, no page any more', () => {
    const scene = press(arrives(Scene.open(), signedIn), '3', '1')
    expect(scene.call('c1').page).toBeDefined()
    scene.played('c1')
    expect(scene.call('c1').page).toBeUndefined()
    expect(scene.call('c1').status.kind).toBe('kept')
  })

  it('taken over from what Asterisk lists keeps where it comes from', () => {
    const scene = Scene.open()
    scene.finds([{ id: 'c1', state: 'ringing', page: signedIn, people: [claire] }])
    expect(scene.call('c1').page).toEqual({ id: 'a1', signedIn: true, ticket: 42 })
  })
})

describe('what its page shows', () => {
  it('is what is said, where one stands, and the keys that mean something now', () => {
    const scene = arrives(Scene.open(), signedIn)
    expect(seen(scene)).toMatchObject({ state: 'waiting', title: 'Vous êtes le prochain.', figures: false, seconds: 0 })
    expect(seen(scene, 3).title).toBe('Vous êtes en 3e position.')
    expect(seen(scene).said.map(({ text, lang }) => `${lang} ${text}`)).toEqual([
      'en [other-language]',
      ...['waiting', 'key-for-message', 'offer-callback', 'position-1'].map((name) => `fr [${name}]`),
    ])
    expect(keys(scene)).toEqual(['1 message', '3 keep-place', '2 language'])
    expect(seen(scene).choices[1]).toEqual({ key: '3', label: 'Garder ma place et être rappelé' })
  })

  it('reads a number back as one, then asks for figures', () => {
    const scene = press(arrives(Scene.open(), signedIn), '3')
    expect(seen(scene).said[1]).toEqual({ text: '05\u00a061\u00a055\u00a012\u00a034', lang: 'fr' })
    expect(keys(scene)).toEqual(['1 confirm', '2 other-number', '* stay'])
    press(scene, '2')
    expect(seen(scene)).toMatchObject({ figures: true, hint: 'Composez le numéro au clavier.' })
    expect(keys(scene)).toEqual(['# number-over', '* stay'])
  })

  it('has every text in English too, once it was asked for', () => {
    const scene = press(arrives(Scene.open(), signedIn), '2')
    expect(seen(scene).title).toBe('You are next.')
    expect(seen(scene).choices.at(-1)).toEqual({ key: '2', label: 'Français' })
  })

  it('asks who has no number for one before a message, and lets them go on without', () => {
    const scene = Scene.open()
    scene.give({ type: 'hours', open: false })
    scene.give({ type: 'call-arrived', channel: 'c1', number: null, dialled: null, people: [], page: { ...signedIn, signedIn: false } })
    scene.played('c1')
    expect(seen(scene)).toMatchObject({ state: 'message', title: 'Avant votre message : le numéro auquel vous rappeler.', figures: true })
    expect(keys(scene)).toEqual(['# number-over', '* without-number'])
    press(scene, ...'0612345678')
    expect(keys(scene)).toEqual(['1 confirm', '2 other-number', '* without-number'])
  })

  it('ends a message by a button, and says that one talks', () => {
    const scene = press(arrives(Scene.open(), signedIn), '1')
    expect(seen(scene)).toMatchObject({ state: 'message', title: 'Parlez après le bip sonore.', choices: [{ key: '3' }] })
    scene.played('c1')
    expect(keys(scene)).toEqual(['# message-over'])
    const talking = arrives(Scene.open('alice'), signedIn)
    talking.answers('c1')
    expect(seen(talking.after(65_000))).toMatchObject({ state: 'talking', title: 'Vous êtes avec un opérateur.', seconds: 65, choices: [] })
  })

  it('offers to join a disruption where there is one, and the five answers of a survey', () => {
    const hampered = { ...settings, disruptions: [{ id: 'd1', sound: 'disruption-1' }] }
    const scene = new Scene().under({ ...hampered, survey: true })
    scene.give({ type: 'hours', open: true })
    arrives(scene, signedIn)
    expect(choicesOf(scene.call('c1'), hampered)).toContainEqual({ key: '4', name: 'join' })
    const asked = Scene.open('alice').under({ ...settings, survey: true })
    arrives(asked, signedIn)
    asked.answers('c1')
    asked.give({ type: 'operator-hangs-up', operatorId: 'alice', callId: 'c1' })
    expect(keys(asked)).toEqual(['1 rating', '2 rating', '3 rating', '4 rating', '5 rating'])
  })
})
