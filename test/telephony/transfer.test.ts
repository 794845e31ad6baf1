import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Group } from '../../server/contract/groups.ts'
import { DeskLine } from '../support/desk-line.ts'
import { nothingWritten } from '../support/drafts.ts'
import { hears, hearsMusic, listens, ringing, speaks, Speakers, talkTogether } from '../support/speakers.ts'

let desk: DeskLine
let people: Speakers
beforeAll(async () => {
  desk = await DeskLine.open()
  people = new Speakers(desk)
})
afterEach(async () => {
  people.hush()
  await desk.reset()
})
afterAll(() => desk.close())

test('an operator asks a colleague while the caller hears music, all three talk, then the operator leaves the two', async () => {
  const { live, who, caller, ask } = await people.conversation()
  const bruno = await people.operator('bruno', 900, 'phone-answers-when-told')
  expect((await ask('POST', 'consult', { to: { kind: 'operator', operatorId: 'bruno' } })).status).toBe(204)
  await bruno.live.until('the pop', () => bruno.live.pops.some(({ pop }) => pop.call.consult?.operatorId === 'bruno'))
  await live.until('the question', () => live.call?.onHold === true && live.call.consult?.state === 'ringing')
  await ringing(bruno.who.phone)
  await bruno.who.phone.tell()
  await live.until('the consultation', () => live.call?.consult?.state === 'talking')
  await speaks(bruno.who)
  await talkTogether([who, bruno.who])
  await hearsMusic(caller, [who, bruno.who])
  expect((await ask('POST', 'conference')).status).toBe(204)
  await live.until('the conference', () => live.call?.consult?.state === 'joined')
  await talkTogether([caller, who, bruno.who])
  expect((await ask('POST', 'transfer', {})).status).toBe(204)
  await live.until('the transfer', () => live.call?.operatorId === 'bruno')
  expect(live.operators.get('alice')?.state).toBe('wrap-up')
  await talkTogether([caller, bruno.who])
  await caller.phone.tell()
  await live.until('the end', () => live.call === undefined)
  await desk.clean()
}, 150_000)

test('a question is over: the operator has the caller back', async () => {
  const { live, who, caller, ask } = await people.conversation()
  const outside = await people.speaker(1_250, (rtpPort) => desk.phone('phone-answers-at-once', { rtpPort }))
  expect((await ask('POST', 'consult', { to: { kind: 'number', number: '05 61 55 66 11', name: 'Standard' } })).status).toBe(204)
  await live.until('the consultation', () => live.call?.consult?.state === 'talking')
  expect(live.call?.consult).toMatchObject({ name: 'Standard', number: '+33561556611' })
  expect((await ask('DELETE', 'consult')).status).toBe(204)
  await live.until('the caller back', () => live.call?.consult === null && !live.call.onHold)
  await talkTogether([caller, who], [outside])
})

test('a caller handed over at once to a number outside talks to whoever answers there', async () => {
  const { live, caller, ask } = await people.conversation()
  const outside = await people.speaker(1_250, (rtpPort) => desk.phone('phone-answers-when-told', { rtpPort }))
  expect((await ask('POST', 'transfer', { to: { kind: 'number', number: '0561556611' } })).status).toBe(204)
  await live.until('the ringing', () => live.call?.status === 'transferring')
  expect(live.operators.get('alice')?.state).toBe('wrap-up')
  await hearsMusic(caller, [])
  await ringing(outside.phone)
  await outside.phone.tell()
  await live.until('the conversation outside', () => live.call?.status === 'talking')
  expect(live.call).toMatchObject({ operatorId: null, outside: { number: '+33561556611' } })
  await speaks(outside)
  await talkTogether([caller, outside])
  expect((await ask('POST', 'transfer', { to: { kind: 'number', number: '+15551234567' } })).status).toBe(409)
})

test('a group is asked: the colleague at the desk is busy, the next of them picks up', async () => {
  const { live, who, caller, ask } = await people.conversation()
  await people.operator('bruno', 900, 'phone-is-busy')
  const nadia = await people.speaker(1_250, (rtpPort) => desk.phone('phone-answers-at-once', { rtpPort }))
  const admin = await desk.service.signIn('admin')
  const [dsrt] = (await admin.ask<Group[]>('GET', '/api/groups')).body.filter(({ id }) => id === 'dsrt')
  const members = ['nadia', 'bruno'].map((id) => ({ id, part: 'member' }))
  expect((await admin.ask('PUT', '/api/groups/dsrt', { ...dsrt, members })).status).toBe(200)
  expect((await ask('POST', 'consult', { to: { kind: 'group', groupId: 'dsrt' } })).status).toBe(204)
  await live.until('the consultation', () => live.call?.consult?.state === 'talking', 20_000)
  expect(live.call?.consult).toMatchObject({ name: 'dSRT · Nadia Roussel', number: '+33561551401', operatorId: null })
  await speaks(nadia)
  await talkTogether([who, nadia])
  await hearsMusic(caller, [who, nadia])
  expect((await ask('POST', 'transfer', {})).status).toBe(204)
  await live.until('the conversation outside', () => live.call?.operatorId === null)
  await talkTogether([caller, nadia])
  const passed = await desk.rows<{ type: string }>(`select type from facts where type = 'target-passed'`)
  expect(passed).toHaveLength(1)
})

test('nobody answers a transfer: the caller is told so, and the operator who handed them over is rung again', async () => {
  const { live, who, caller, ask } = await people.conversation()
  const bruno = await people.operator('bruno', 900, 'phone-is-busy')
  expect((await ask('POST', 'transfer', { to: { kind: 'operator', operatorId: 'bruno' } })).status).toBe(204)
  await live.until('the caller back', () => live.call?.status === 'talking' && live.call.operatorId === 'alice', 20_000)
  expect(bruno.live.operators.get('bruno')?.state).toBe('ready')
  await talkTogether([caller, who])
  const facts = await desk.rows<{ type: string }>(`select type from facts where type like 'transfer%' order by seq`)
  expect(facts.map((f) => f.type).slice(-2)).toEqual(['transfer-started', 'transfer-failed'])
})

test('who is handed over in vain and gives up in the line is owed a call, and what was typed of them is still there', async () => {
  const { live, caller, ask, id, me } = await people.conversation()
  await people.operator('bruno', 900, 'phone-is-busy')
  expect((await me.ask('PUT', '/api/operators/me', { state: 'paused', reason: 'Repas' })).status).toBe(200)
  const write = async (version: number) => {
    const draft = { version, startedAt: new Date().toISOString(), content: { ...nothingWritten, title: `Plus de réseau ${version}` } }
    return (await me.ask<{ outcome: string }>('PUT', `/api/drafts/${encodeURIComponent(id)}`, draft)).body.outcome
  }
  expect(await write(0)).toBe('kept')
  expect((await ask('POST', 'transfer', { to: { kind: 'operator', operatorId: 'bruno' } })).status).toBe(204)
  await live.until('the line', () => live.call?.status === 'waiting', 20_000)
  await caller.phone.tell()
  await live.until('the end', () => live.call === undefined)
  await expect
    .poll(async () => (await desk.rows(`select 1 from owed_origins where call_id = '${id}' and kind = 'abandoned'`)).length)
    .toBe(1)
  expect(await write(1)).toBe('kept')
})

test('a supervisor listens unheard, whispers to the operator alone, then joins', async () => {
  const { live, who, caller, id } = await people.conversation()
  const { me: sophie, who: watcher } = await people.operator('sophie', 1_250, 'phone-answers-at-once')
  await sophie.state('offline')
  const watch = (mode: string) => sophie.ask('PUT', `/api/calls/${encodeURIComponent(id)}/watch`, { mode })
  expect((await watch('listen')).status).toBe(204)
  await live.until('the supervisor', () => live.call?.watch?.state === 'up')
  await speaks(watcher)
  const all = [who, caller, watcher]
  await listens(all)
  expect([hears(watcher, caller), hears(watcher, who), hears(caller, watcher), hears(who, watcher)]).toEqual([true, true, false, false])
  expect((await watch('whisper')).status).toBe(204)
  await live.until('the whisper', () => live.call?.watch?.mode === 'whisper')
  await listens(all)
  expect([hears(who, watcher), hears(caller, watcher), hears(watcher, caller)]).toEqual([true, false, true])
  expect((await watch('join')).status).toBe(204)
  await live.until('all three', () => live.call?.watch?.mode === 'join')
  await talkTogether(all)
  expect((await sophie.ask('DELETE', `/api/calls/${encodeURIComponent(id)}/watch`)).status).toBe(204)
  await live.until('the two alone', () => live.call?.watch === null)
  await talkTogether([caller, who])
})
