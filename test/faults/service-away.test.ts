import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { DeskLine } from '../support/desk-line.ts'
import type { Live } from '../support/live.ts'
import { RtpPeer } from '../support/rtp.ts'
import { once, type Party } from '../support/sipp.ts'
import { heardParts, rms, voice } from '../support/sound.ts'

type AriChannel = { readonly dialplan?: { readonly app_name: string } }
let desk: DeskLine
const ears: RtpPeer[] = []
const ear = async () => {
  const peer = await RtpPeer.open()
  ears.push(peer)
  return peer
}
const rings = (phone: Party) => once(() => phone.messages().some(({ line }) => line.includes(' 180 ')), 5_000, 'the ringing phone')
const supervise = async () => desk.live(await desk.service.signIn('sophie'))

beforeAll(async () => {
  desk = await DeskLine.open()
})
afterEach(async () => {
  for (const peer of ears.splice(0)) peer.close()
  if (!desk.service.running) await desk.service.start()
  desk.service.thaw()
  await desk.reset()
})
afterAll(() => desk.close())

/** The service goes, `meanwhile` happens, the service comes back: killed and started anew, or frozen and thawed. */
const away = {
  killed: async (meanwhile?: () => Promise<void>) => {
    await desk.service.kill()
    await meanwhile?.()
    await desk.service.start()
  },
  frozen: async (meanwhile?: () => Promise<void>) => {
    await desk.service.freeze()
    await meanwhile?.()
    desk.service.thaw()
  },
} as const

describe.each(['killed', 'frozen'] as const)('with the service %s', (how) => {
  test('a caller whose operator’s phone rings is answered all the same', async () => {
    await desk.operator('alice')
    const phone = await desk.phone('phone-answers-when-told')
    const caller = await desk.caller()
    await rings(phone)
    await away[how]()
    await phone.tell()
    const live = await supervise()
    await live.until('the conversation', () => live.call?.status === 'talking')
    await caller.answered()
    await caller.tell()
    await caller.done
    await desk.clean()
  })

  test('an operator who picks up meanwhile is joined to the caller', async () => {
    await desk.operator('alice')
    const [mine, theirs] = [await ear(), await ear()]
    const phone = await desk.phone('phone-answers-when-told', { rtpPort: theirs.port })
    const caller = await desk.caller({ rtpPort: mine.port })
    await rings(phone)
    await away[how](async () => {
      await phone.tell()
      await phone.answered()
    })
    const live = await supervise()
    await live.until('the conversation', () => live.call?.status === 'talking')
    await caller.answered()
    await theirs.speaksFor(phone)
    const words = voice(11, 2)
    theirs.speak(words)
    await once(() => mine.heardMs > 4_000, 10_000, 'the operator')
    expect(heardParts(mine.heard(), words)).toBeGreaterThan(0.4)
  })

  test('those waiting keep music, order and the moment of their arrival', async () => {
    const before = await supervise()
    const mine = await ear()
    await desk.caller({ from: '<sip:0561551231@127.0.0.1>', rtpPort: mine.port })
    await before.until('the first', () => before.calls.size === 1 && before.call?.status === 'waiting')
    await desk.caller({ from: '<sip:0561551232@127.0.0.1>' })
    await before.until('the second', () => before.calls.size === 2)
    const arrivals = waiting(before)
    await away[how](async () => {
      mine.forget()
      await once(() => mine.heardMs > 2_000, 8_000, 'sound meanwhile')
      expect(rms(mine.heard())).toBeGreaterThan(0.001)
    })
    const after = await supervise()
    expect(waiting(after)).toEqual(arrivals)
    await desk.phone('phone-answers-at-once')
    await desk.operator('alice')
    await after.until('the conversation', () => [...after.calls.values()].some((c) => c.status === 'talking'))
    expect([...after.calls.values()].find((c) => c.status === 'talking')?.number).toBe('+33561551231')
  })

  test('a caller who hangs up while waiting is known to be gone', async () => {
    const before = await supervise()
    const caller = await desk.caller()
    await before.until('the wait', () => before.call?.status === 'waiting')
    await caller.answered()
    await away[how](async () => {
      await caller.tell()
      await caller.done
    })
    await desk.clean()
    const after = await supervise()
    await after.until('an empty queue', () => after.calls.size === 0)
  })

  test('a conversation goes on, its clock too, and its end is seen', async () => {
    const { live } = await desk.operator('alice')
    const [mine, theirs] = [await ear(), await ear()]
    const phone = await desk.phone('phone-answers-at-once', { rtpPort: theirs.port })
    const caller = await desk.caller({ rtpPort: mine.port })
    await live.until('the conversation', () => live.call?.status === 'talking')
    const clock = [live.call?.answeredAt, live.call?.capAt]
    await caller.answered()
    await mine.speaksFor(caller)
    await theirs.speaksFor(phone)
    const words = voice(23, 2)
    theirs.speak(words)
    mine.speak(voice(29, 2))
    await once(() => mine.heardMs > 500, 5_000, 'the operator')
    await away[how](async () => {
      mine.forget()
      await once(() => mine.heardMs > 4_000, 10_000, 'the operator meanwhile')
      expect(heardParts(mine.heard(), words)).toBeGreaterThan(0.4)
    })
    const after = await supervise()
    await after.until('the conversation', () => after.call?.status === 'talking')
    expect([after.call?.answeredAt, after.call?.capAt]).toEqual(clock)
    await caller.tell()
    await after.until('the wrap-up', () => after.operators.get('alice')?.state === 'wrap-up')
    await desk.clean()
  })

  test('a caller whose operator hung up meanwhile is not left in silence', async () => {
    const { live } = await desk.operator('alice')
    const phone = await desk.phone('phone-answers-at-once')
    const caller = await desk.caller()
    await live.until('the conversation', () => live.call?.status === 'talking')
    await caller.answered()
    await away[how](() => phone.tell())
    await caller.done
    await desk.clean()
  })

  test('a voice message under way is kept', async () => {
    const before = await supervise()
    const mine = await ear()
    const caller = await desk.caller({ rtpPort: mine.port, from: '<sip:0561551236@127.0.0.1>' })
    await before.until('the wait', () => before.call?.status === 'waiting')
    await caller.answered()
    await mine.speaksFor(caller)
    mine.speak(voice(31, 2))
    mine.press('1')
    await before.until('the recording', () => before.call?.status === 'message')
    const invited = mine.heardMs
    await once(() => mine.heardMs - invited > 14_000, 30_000, 'the invitation and some words')
    await away[how](async () => {
      await caller.tell()
      await caller.done
    })
    await desk.clean()
    const sophie = await desk.service.signIn('sophie')
    await once(
      async () => (await sophie.ask<{ number: string }[]>('GET', '/api/messages')).body.some((m) => m.number === '+33561551236'),
      25_000,
      'the message',
    )
    await sophie.ask('GET', '/api/messages')
  })

  test('a caller who hears the closed message still leaves theirs', async () => {
    const sophie = await desk.service.signIn('sophie')
    await sophie.ask('PUT', '/api/demo', { closed: true })
    const before = await supervise()
    const mine = await ear()
    const caller = await desk.caller({ rtpPort: mine.port })
    await before.until('the closed message', () => before.call?.status === 'closed')
    await once(() => mine.heardMs > 1_000, 10_000, 'the closed message')
    await away[how]()
    if (how === 'killed') {
      // The demo's switch goes back to open at a start; the caller who was being told stays where they were.
      await (await desk.service.signIn('sophie')).ask('PUT', '/api/demo', { closed: true })
    }
    const after = await supervise()
    await after.until('the recording', () => after.call?.status === 'message', 60_000)
    await caller.tell()
    await caller.done
    await desk.clean()
    await (await desk.service.signIn('sophie')).ask('PUT', '/api/demo', { closed: false })
  })

  test('a caller who arrives meanwhile rings, then is served', async () => {
    await desk.operator('alice')
    await desk.phone('phone-answers-at-once')
    let caller: Party | null = null
    await away[how](async () => {
      caller = await desk.caller()
      await once(() => caller?.messages().some(({ line }) => line.includes(' 180 ')) === true, 5_000, 'the ringback')
    })
    const live = await supervise()
    await live.until('the conversation', () => live.call?.status === 'talking', 20_000)
    const talking = caller as Party | null
    await talking?.answered()
    await talking?.tell()
    await talking?.done
    await desk.clean()
  })
})

test('a caller kept waiting by an absent service hears music, and is served when it is back', async () => {
  await desk.operator('alice')
  await desk.phone('phone-answers-at-once')
  await desk.service.kill()
  const mine = await ear()
  await desk.caller({ rtpPort: mine.port })
  await once(() => mine.heardMs > 3_000, 15_000, 'music')
  expect(rms(mine.heard().subarray(8_000))).toBeGreaterThan(0.001)
  await desk.service.start()
  const live = await supervise()
  await live.until('the conversation', () => live.call?.status === 'talking', 20_000)
})

test('a frozen service loses its callers to the dialplan’s music, and serves them when it wakes', async () => {
  await desk.operator('alice')
  await desk.phone('phone-answers-at-once')
  await desk.service.freeze()
  const mine = await ear()
  await desk.caller({ rtpPort: mine.port })
  await once(() => mine.heardMs > 2_000, 30_000, 'the dialplan’s music')
  expect(rms(mine.heard())).toBeGreaterThan(0.001)
  desk.service.thaw()
  const live = await supervise()
  await live.until('the conversation', () => live.call?.status === 'talking', 30_000)
})

test('a message that the dialplan takes for an absent service is the caller’s to its end, whenever the service is back', async () => {
  const before = await supervise()
  const mine = await ear()
  const caller = await desk.caller({ rtpPort: mine.port, from: '<sip:0561551237@127.0.0.1>' })
  await before.until('the wait', () => before.call?.status === 'waiting')
  await caller.answered()
  await mine.speaksFor(caller)
  mine.speak(voice(37, 2))
  const { id = '' } = before.call ?? {}
  await desk.service.kill()
  // As when it had been away for so long: the dialplan has asked for it in vain.
  await desk.continues(id, 'apology')
  const speaks = async () => (await desk.ari<AriChannel>(`/channels/${encodeURIComponent(id)}`)).dialplan?.app_name === 'Record'
  await once(speaks, 60_000, 'the recording')
  const since = performance.now()
  await desk.phone('phone-answers-at-once')
  await desk.service.start()
  const { live } = await desk.operator('alice')
  const backAfterS = (performance.now() - since) / 1_000
  await once(() => performance.now() - since > 1_000 * (backAfterS + 8), 20_000, 'some words more')
  expect([await speaks(), live.operators.get('alice')?.state]).toEqual([true, 'ready'])
  await caller.tell()
  await caller.done
  const sophie = await desk.service.signIn('sophie')
  const kept = async () =>
    (await sophie.ask<{ number: string; seconds: number }[]>('GET', '/api/messages')).body.find((m) => m.number === '+33561551237')
  await once(async () => (await kept()) !== undefined, 40_000, 'the message')
  expect((await kept())?.seconds).toBeGreaterThan(backAfterS + 4)
  await desk.clean()
})

const waiting = (live: Live) =>
  [...live.calls.values()]
    .sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
    .map(({ number, arrivedAt, position }) => ({ number, arrivedAt, position }))
