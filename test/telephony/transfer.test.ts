import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { DeskLine } from '../support/desk-line.ts'
import { freeUdpPorts } from '../support/free-port.ts'
import { RtpPeer } from '../support/rtp.ts'
import { once, type Party } from '../support/sipp.ts'
import { hum, levelAt, rms } from '../support/sound.ts'

let desk: DeskLine
const ears: RtpPeer[] = []
const phonePorts: Record<string, number> = {}
beforeAll(async () => {
  desk = await DeskLine.open()
  const [alice = 0, bruno = 0, sophie = 0] = await freeUdpPorts(3)
  Object.assign(phonePorts, { alice, bruno, sophie })
})
afterEach(async () => {
  for (const peer of ears.splice(0)) peer.close()
  await desk.reset()
})
afterAll(() => desk.close())

/** Somebody who hums at a pitch of their own. */
type Speaker = { readonly ear: RtpPeer; readonly hz: number; readonly phone: Party }
async function speaker(hz: number, phone: (rtpPort: number) => Promise<Party>): Promise<Speaker> {
  const ear = await RtpPeer.open()
  ears.push(ear)
  return { ear, hz, phone: await phone(ear.port) }
}
const ringing = (phone: Party) => once(() => phone.messages().some(({ line }) => line.includes(' 180 ')), 10_000, 'the ringing phone')
const speaks = async ({ ear, hz, phone }: Speaker) => {
  await ear.speaksFor(phone)
  ear.speak(hum(hz))
}
const listens = async (speakers: readonly Speaker[]) => {
  await once(() => speakers.every(({ ear }) => ear.heardMs > 200), 10_000, 'sound')
  for (const { ear } of speakers) ear.forget()
  await once(() => speakers.every(({ ear }) => ear.heardMs > 3_000), 15_000, 'three seconds of sound')
}
const hears = (one: Speaker, other: Speaker) => levelAt(one.ear.heard(), other.hz) > 0.05
/** Each of these hears all the others, and none of those who are apart, from now on. */
async function talkTogether(inside: readonly Speaker[], apart: readonly Speaker[] = []) {
  await listens(inside)
  for (const one of inside) {
    expect(inside.filter((other) => other !== one && !hears(one, other)).map(({ hz }) => hz)).toEqual([])
    expect(apart.filter((other) => hears(one, other) || hears(other, one)).map(({ hz }) => hz)).toEqual([])
  }
}

const port = (login: string) => phonePorts[login] ?? 0
async function operator(login: string, hz: number, scenario: string) {
  const { me, live } = await desk.registered(login, port(login))
  const who = await speaker(hz, (rtpPort) => desk.phone(scenario, { port: port(login), rtpPort }))
  return { me, live, who }
}

/** Alice talks to a caller; the others are as their parties are. */
async function conversation() {
  const alice = await operator('alice', 400, 'phone-answers-at-once')
  const caller = await speaker(600, (rtpPort) => desk.caller({ rtpPort }))
  await alice.live.until('the conversation', () => alice.live.call?.status === 'talking')
  await caller.phone.answered()
  await speaks(caller)
  await speaks(alice.who)
  const id = alice.live.call?.id ?? ''
  const ask = (method: 'POST' | 'DELETE' | 'PUT', verb: string, body?: object) =>
    alice.me.ask(method, `/api/calls/${encodeURIComponent(id)}/${verb}`, body)
  return { ...alice, caller, id, ask }
}
async function hearsMusic(one: Speaker, not: readonly Speaker[]) {
  await listens([one])
  expect(rms(one.ear.heard())).toBeGreaterThan(0.002)
  expect(not.filter((other) => hears(one, other))).toEqual([])
}

test('an operator asks a colleague while the caller hears music, all three talk, then the operator leaves the two', async () => {
  const { live, who, caller, ask } = await conversation()
  const bruno = await operator('bruno', 900, 'phone-answers-when-told')
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
  const { live, who, caller, ask } = await conversation()
  const outside = await speaker(1_250, (rtpPort) => desk.phone('phone-answers-at-once', { rtpPort }))
  expect((await ask('POST', 'consult', { to: { kind: 'number', number: '05 61 55 66 11', name: 'Standard' } })).status).toBe(204)
  await live.until('the consultation', () => live.call?.consult?.state === 'talking')
  expect(live.call?.consult).toMatchObject({ name: 'Standard', number: '+33561556611' })
  expect((await ask('DELETE', 'consult')).status).toBe(204)
  await live.until('the caller back', () => live.call?.consult === null && !live.call.onHold)
  await talkTogether([caller, who], [outside])
}, 90_000)

test('a caller handed over at once to a number outside talks to whoever answers there', async () => {
  const { live, caller, ask } = await conversation()
  const outside = await speaker(1_250, (rtpPort) => desk.phone('phone-answers-when-told', { rtpPort }))
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
}, 90_000)

test('nobody answers a transfer: the caller is told so, and the operator who handed them over is rung again', async () => {
  const { live, who, caller, ask } = await conversation()
  const bruno = await operator('bruno', 900, 'phone-is-busy')
  expect((await ask('POST', 'transfer', { to: { kind: 'operator', operatorId: 'bruno' } })).status).toBe(204)
  await live.until('the caller back', () => live.call?.status === 'talking' && live.call.operatorId === 'alice', 20_000)
  expect(bruno.live.operators.get('bruno')?.state).toBe('ready')
  await talkTogether([caller, who])
  const facts = await desk.rows<{ type: string }>(`select type from facts where type like 'transfer%' order by seq`)
  expect(facts.map((f) => f.type).slice(-2)).toEqual(['transfer-started', 'transfer-failed'])
}, 90_000)

test('a supervisor listens unheard, whispers to the operator alone, then joins', async () => {
  const { live, who, caller, id } = await conversation()
  const { me: sophie } = await desk.registered('sophie', port('sophie'))
  await sophie.state('offline')
  const watcher = await speaker(1_250, (rtpPort) => desk.phone('phone-answers-at-once', { port: port('sophie'), rtpPort }))
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
}, 90_000)
