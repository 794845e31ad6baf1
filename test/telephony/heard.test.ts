import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { DeskLine } from '../support/desk-line.ts'
import { RtpPeer } from '../support/rtp.ts'
import { once } from '../support/sipp.ts'
import { heardParts, readWav, rms, voice } from '../support/sound.ts'

let desk: DeskLine
const ears: RtpPeer[] = []
const ear = async () => {
  const peer = await RtpPeer.open()
  ears.push(peer)
  return peer
}
const announcement = (name: string) => readWav(join(desk.asterisk.varDir, 'asterisk/data/sounds/fr/guichet', `${name}.wav`))
const seconds = (n: number, of: Int16Array, from = 0) => of.subarray(from * 8_000, (from + n) * 8_000)

beforeAll(async () => {
  desk = await DeskLine.open()
})
afterEach(async () => {
  for (const peer of ears.splice(0)) peer.close()
  await desk.reset()
})
afterAll(() => desk.close())

test('with nobody ready the caller hears the waiting message word for word, then music', async () => {
  const caller = await ear()
  await desk.caller({ rtpPort: caller.port })
  const waiting = announcement('waiting')
  await once(() => caller.heardMs > waiting.length / 8 + 13_000, 50_000, 'the announcement and some music')
  expect(heardParts(caller.heard(), seconds(8, waiting, 1))).toBeGreaterThan(0.4)
  expect(heardParts(caller.heard(), announcement('position-1'))).toBeGreaterThan(0.4)
  const after = caller.heard().subarray(caller.heard().length - 8_000)
  expect(rms(after)).toBeGreaterThan(0.003)
  expect(heardParts(after, seconds(1, waiting, 1))).toBeLessThan(0.25)
})

test('a caller who presses 2 hears the waiting message in English', async () => {
  const sophie = await desk.service.signIn('sophie')
  const live = await desk.live(sophie)
  const caller = await ear()
  const party = await desk.caller({ rtpPort: caller.port, from: '<sip:0561551239@127.0.0.1>' })
  await live.until('the wait', () => live.call?.status === 'waiting')
  await caller.speaksFor(party)
  caller.press('2')
  await live.until('the language', () => live.call?.language === 'en')
  caller.forget()
  await once(() => caller.heardMs > 9_000, 15_000, 'the English message')
  const english = readWav(join(desk.asterisk.varDir, 'asterisk/data/sounds/en/guichet/waiting.wav'))
  expect(heardParts(caller.heard(), seconds(5, english, 1))).toBeGreaterThan(0.4)
})

test('both parties hear each other, and nobody hears the announcement any more', async () => {
  const [caller, operator] = [await ear(), await ear()]
  const [mine, theirs] = [voice(7, 2), voice(99, 2)]
  const { live } = await desk.operator('alice')
  const phone = await desk.phone('phone-answers-at-once', { rtpPort: operator.port })
  const party = await desk.caller({ rtpPort: caller.port })
  await live.until('a conversation', () => live.call?.status === 'talking')
  await caller.speaksFor(party)
  await operator.speaksFor(phone)
  caller.speak(mine)
  operator.speak(theirs)
  await once(() => caller.heardMs > 5_000 && operator.heardMs > 5_000, 15_000, 'five seconds of both voices')
  expect(heardParts(caller.heard(), theirs)).toBeGreaterThan(0.4)
  expect(heardParts(operator.heard(), mine)).toBeGreaterThan(0.4)
  expect(heardParts(caller.heard(), mine)).toBeLessThan(0.25)
})

test('a caller taken from the queue stops hearing the announcement at once', async () => {
  const [caller, operator] = [await ear(), await ear()]
  const phone = await desk.phone('phone-answers-at-once', { rtpPort: operator.port })
  await desk.caller({ rtpPort: caller.port })
  await once(() => caller.heardMs > 3_000, 10_000, 'the announcement')
  const { live } = await desk.operator('alice')
  await live.until('a conversation', () => live.call?.status === 'talking')
  const theirs = voice(3, 2)
  await operator.speaksFor(phone)
  operator.speak(theirs)
  caller.forget()
  await once(() => caller.heardMs > 4_500, 15_000, 'the operator')
  expect(heardParts(caller.heard(), theirs)).toBeGreaterThan(0.4)
})

test('when the desk is closed the caller hears the closed message, then leaves a message that is kept with its sound', async () => {
  const sophie = await desk.service.signIn('sophie')
  await sophie.ask('PUT', '/api/demo', { closed: true })
  try {
    const live = await desk.live(sophie)
    const caller = await ear()
    const party = await desk.caller({ rtpPort: caller.port })
    await live.until('the closed message', () => live.call?.status === 'closed')
    await live.until('the recording', () => live.call?.status === 'message', 60_000)
    expect(heardParts(caller.heard(), seconds(8, announcement('closed'), 1))).toBeGreaterThan(0.4)
    const words = voice(41, 2)
    caller.speak(words)
    const before = caller.heardMs
    await once(() => caller.heardMs - before > 5_000, 15_000, 'five seconds of message')
    await party.tell()
    await live.until('the end', () => live.ended.length === 1)
    expect(live.ended[0]?.reason).toBe('message')
    const messages = () => sophie.ask<{ id: string; number: string; seconds: number }[]>('GET', '/api/messages')
    await once(async () => (await messages()).body.length > 0, 15_000, 'the message in the list')
    const { body } = await messages()
    expect(body).toEqual([expect.objectContaining({ number: '+33561551234' })])
    const sound = Buffer.from(
      await (
        await fetch(`${desk.service.url}/api/messages/${encodeURIComponent(body[0]?.id ?? '')}/sound`, {
          headers: { cookie: sophie.cookie },
        })
      ).arrayBuffer(),
    )
    const samples = Int16Array.from({ length: (sound.length - 44) / 2 }, (_, i) => sound.readInt16LE(44 + 2 * i))
    expect(heardParts(samples, words)).toBeGreaterThan(0.4)
  } finally {
    await sophie.ask('PUT', '/api/demo', { closed: false })
  }
})

test('a waiting caller who presses 1 leaves a message, heard back, and frees the line', async () => {
  const sophie = await desk.service.signIn('sophie')
  const live = await desk.live(sophie)
  const caller = await ear()
  const party = await desk.caller({ rtpPort: caller.port, from: '<sip:0561551235@127.0.0.1>' })
  await live.until('the wait', () => live.call?.status === 'waiting')
  await once(() => caller.heardMs > 2_000, 10_000, 'the announcement')
  caller.speak(voice(5, 2))
  caller.press('1')
  await live.until('the recording', () => live.call?.status === 'message')
  const invited = caller.heardMs
  await once(
    () => caller.heardMs - invited > (announcement('message-other-number').length + announcement('after-the-tone').length) / 8 + 4_000,
    30_000,
    'the tone and some words',
  )
  caller.press('#')
  await party.done
  expect(heardParts(caller.heard(), announcement('message-kept'))).toBeGreaterThan(0.4)
  await live.until('the message in the list', () => live.stale.includes('messages'))
  await desk.clean()
})

test('a caller who withholds their number keys one before the message, hears it read back, and is in the list by it', async () => {
  const sophie = await desk.service.signIn('sophie')
  const live = await desk.live(sophie)
  const caller = await ear()
  const party = await desk.caller({ rtpPort: caller.port, from: '"Anonymous" <sip:anonymous@anonymous.invalid>' })
  await live.until('the wait', () => live.call?.status === 'waiting')
  await once(() => caller.heardMs > 2_000, 10_000, 'the announcement')
  caller.press('1')
  await caller.hears(announcement('message-key-number').subarray(0, 16_000), 30_000, 'the question')
  for (const figure of '0561551277') {
    caller.press(figure)
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  await caller.hears(announcement('message-confirm').subarray(0, 16_000), 40_000, 'the number read back')
  caller.speak(voice(5, 2))
  caller.press('1')
  const invited = caller.heardMs
  await once(() => caller.heardMs - invited > announcement('after-the-tone').length / 8 + 5_000, 30_000, 'the tone and some words')
  caller.press('#')
  await party.done
  expect(heardParts(caller.heard(), announcement('message-kept'))).toBeGreaterThan(0.4)
  const messages = async () => (await sophie.ask<{ number: string | null }[]>('GET', '/api/messages')).body
  await once(async () => (await messages()).some(({ number }) => number === '+33561551277'), 15_000, 'the message by that number')
  await desk.clean()
})

test('whoever calls the closed desk about an open ticket hears where it stands, and adds a message to it by key 1', async () => {
  const sophie = await desk.service.signIn('sophie')
  const alice = await desk.service.signIn('alice')
  const requester = { personId: 'sample:claire.dubois', name: 'Claire Dubois', email: null, phone: null }
  const opened = await alice.ask<{ number: number }>('POST', '/api/tickets', { title: 'Écran noir', requester })
  await sophie.ask('PUT', '/api/demo', { closed: true })
  try {
    const live = await desk.live(sophie)
    const caller = await ear()
    const party = await desk.caller({ rtpPort: caller.port, from: '<sip:0561551234@127.0.0.1>' })
    await live.until('the closed message', () => live.call?.status === 'closed')
    await caller.speaksFor(party)
    const said = ['other-language', 'closed', 'ticket-in-hand', 'ticket-key-closed'].map((name) => announcement(name).length / 8)
    const length = said.reduce((sum, ms) => sum + ms, 0)
    await once(() => caller.heardMs > length, 90_000, 'where it stands')
    expect(heardParts(caller.heard(), announcement('ticket-in-hand'))).toBeGreaterThan(0.4)
    caller.press('1')
    await live.until('the recording', () => live.call?.status === 'message')
    const invited = caller.heardMs
    const howTo = (announcement('message-other-number').length + announcement('after-the-tone').length) / 8
    caller.speak(voice(7, 2))
    await once(() => caller.heardMs - invited > howTo + 4_000, 30_000, 'the tone and some words')
    await party.tell()
    await live.until('the end', () => live.ended.length === 1)
    const page = () => alice.ask<{ addedMessages: unknown[] }>('GET', `/api/tickets/${opened.body.number}`)
    await once(async () => (await page()).body.addedMessages.length === 1, 15_000, 'the message on the ticket')
  } finally {
    await sophie.ask('PUT', '/api/demo', { closed: false })
  }
})
