import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { DeskLine } from '../support/desk-line.ts'
import { once } from '../support/sipp.ts'
import { hearsMusic, ringing, speaks, Speakers, talkTogether } from '../support/speakers.ts'

let desk: DeskLine
let people: Speakers
beforeAll(async () => {
  desk = await DeskLine.open()
  people = new Speakers(desk)
})
afterEach(async () => {
  people.hush()
  if (!desk.service.running) await desk.service.start()
  desk.service.thaw()
  await desk.reset()
})
afterAll(() => desk.close())

const away = {
  killed: async (meanwhile: () => Promise<unknown>) => {
    await desk.service.kill()
    await meanwhile()
    await desk.service.start()
  },
  frozen: async (meanwhile: () => Promise<unknown>) => {
    await desk.service.freeze()
    await meanwhile()
    desk.service.thaw()
  },
} as const
const bruno = { to: { kind: 'operator', operatorId: 'bruno' } }

/** The desk as it is told anew, by whoever may ask of a call. */
async function anew(id: string) {
  const me = await desk.service.signIn('alice')
  const live = await desk.live(me)
  const ask = (method: 'POST' | 'DELETE', verb: string, body?: object) =>
    me.ask(method, `/api/calls/${encodeURIComponent(id)}/${verb}`, body)
  return { live, ask }
}
/** All that the call's colleagues had to do with it, in order, once PostgreSQL has it. */
async function happened(id: string, expected: readonly string[]) {
  const types = async () => {
    const facts = await desk.rows<{ type: string; body: { callId?: string } }>('select type, body from facts order by at, seq')
    return facts.filter(({ type, body }) => body.callId === id && /^consult|^conference|transfer/.test(type)).map(({ type }) => type)
  }
  await once(async () => (await types()).length >= expected.length, 10_000, `the facts ${expected.join(', ')}`)
  expect(await types()).toEqual(expected)
}

describe.each(['killed', 'frozen'] as const)('with the service %s', (how) => {
  test('a question to a colleague goes on, then a conversation of three, and each can be left', async () => {
    const { live, who, caller, id, ask } = await people.conversation()
    const colleague = await people.operator('bruno', 900, 'phone-answers-at-once')
    const clock = live.call?.capAt
    await ask('POST', 'consult', bruno)
    await live.until('the consultation', () => live.call?.consult?.state === 'talking')
    await speaks(colleague.who)
    // Told as soon as the colleague answers; joined a few commands later.
    await talkTogether([who, colleague.who], [caller])
    await away[how](async () => {
      await talkTogether([who, colleague.who], [caller])
      await hearsMusic(caller, [who, colleague.who])
    })
    const after = await anew(id)
    expect(after.live.call).toMatchObject({ operatorId: 'alice', capAt: clock, onHold: true, consult: { state: 'talking' } })
    // A path that was silent for long is opened anew after a freeze.
    await once(async () => (await after.ask('POST', 'conference')).status === 204, 10_000, 'the conference')
    await after.live.until('the conference', () => after.live.call?.consult?.state === 'joined')
    await talkTogether([who, colleague.who, caller])
    await away[how](() => talkTogether([who, colleague.who, caller]))
    const three = await anew(id)
    expect(three.live.call).toMatchObject({ operatorId: 'alice', capAt: clock, consult: { state: 'joined' } })
    await once(async () => (await three.ask('DELETE', 'consult')).status === 204, 10_000, 'the end of the consultation')
    await three.live.until('the two alone', () => three.live.call?.consult === null)
    await talkTogether([who, caller])
    await happened(id, ['consult-started', 'consult-answered', 'conference-joined', 'consult-ended'])
    await caller.phone.tell()
    await three.live.until('the wrap-up', () => three.live.operators.get('alice')?.state === 'wrap-up')
    await desk.clean()
  }, 180_000)

  test('a transfer that rings is picked up meanwhile: the caller, who heard music, talks to the colleague', async () => {
    const { live, caller, id, ask } = await people.conversation()
    const colleague = await people.operator('bruno', 900, 'phone-answers-when-told')
    await ask('POST', 'transfer', bruno)
    await live.until('the transfer', () => live.call?.status === 'transferring')
    await ringing(colleague.who.phone)
    await away[how](async () => {
      await hearsMusic(caller, [])
      await colleague.who.phone.tell()
      await colleague.who.phone.answered()
    })
    const after = await anew(id)
    await after.live.until('the conversation', () => after.live.call?.status === 'talking')
    expect(after.live.call).toMatchObject({ operatorId: 'bruno', consult: null })
    await speaks(colleague.who)
    await talkTogether([caller, colleague.who])
    await happened(id, ['transfer-started', 'call-transferred'])
    await caller.phone.tell()
    await once(async () => (await desk.rows('select id from calls where ended_at is null')).length === 0, 10_000, 'the end')
    await desk.clean()
  })
})
