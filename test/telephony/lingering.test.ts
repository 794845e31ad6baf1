import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Ari } from '../../server/telephony/ari.ts'
import { CommandSocket } from '../../server/telephony/command-socket.ts'
import { DeskLine } from '../support/desk-line.ts'
import type { Live } from '../support/live.ts'
import { once } from '../support/sipp.ts'

/* Asterisk 22.10.1 keeps, for ten minutes, a channel that begins to play a sound on its way out of a bridge: provoked here by commands in
   one breath, since a caller who hangs up in that very millisecond cannot be had at will. */

let desk: DeskLine
let ari: Ari
let commands: CommandSocket
beforeAll(async () => {
  desk = await DeskLine.open()
  ari = new Ari(desk.asterisk.ari)
  commands = new CommandSocket({ connect: () => ari.events('far-ends'), log: pino({ level: 'silent' }) })
  commands.open()
  await once(() => commands.ready, 5_000, 'the command socket')
})
afterAll(async () => {
  commands.close()
  await ari.close()
  await desk.close()
})

/** Asterisk knows nothing of it, then answers 500, before the first sound has begun. */
const silences = (caller: string) =>
  ari.request('DELETE', `/playbacks/${caller}~play0`).then(
    () => true,
    () => false,
  )

const atOnce = 5

/** @returns callers who have hung up and whom Asterisk keeps; tried again as long as it lets them all go */
async function lingering(live: Live): Promise<string[]> {
  for (let tries = 1; tries <= 40; tries += 1) {
    const parties = await Promise.all(Array.from({ length: atOnce }, (_, i) => desk.caller({ from: `<sip:05615598${10 + i}@127.0.0.1>` })))
    await live.until('the waits', () => [...live.calls.values()].filter(({ status }) => status === 'waiting').length === atOnce)
    const callers = [...live.calls.keys()]
    for (const id of callers) {
      await once(() => silences(id), 5_000, 'the end of what is announced')
      await ari.request('POST', `/bridges/aside-${id}`, { type: 'mixing' })
      await ari.request('POST', `/bridges/aside-${id}/addChannel`, { channel: id })
    }
    const said = callers.flatMap((id) => [
      commands.request('POST', `/channels/${id}/play?media=sound:silence/1`),
      commands.request('DELETE', `/bridges/aside-${id}`),
    ])
    await Promise.all(said)
    await Promise.all(parties.map((party) => party.tell()))
    await live.until('the ends', () => live.ended.length === tries * atOnce)
    const kept = (await desk.ari<{ id: string }[]>('/channels')).flatMap(({ id }) => (callers.includes(id) ? [id] : []))
    if (kept.length > 0) return kept
  }
  throw new Error('this Asterisk lets go of everybody: what is done about those whom it keeps can be taken out')
}

test('a caller who has hung up and whom Asterisk keeps is gone for the desk: nobody is rung for them, by a service started anew either', async () => {
  const live = await desk.live(await desk.service.signIn('sophie'))
  const kept = await lingering(live)
  expect(live.ended.flatMap(({ id, reason }) => (kept.includes(id) ? [reason] : []))).toEqual(kept.map(() => 'abandoned'))
  expect(live.calls.size).toBe(0)
  await desk.phone('phone-answers-at-once')
  const { live: alice } = await desk.operator('alice')
  await alice.until('the operator who waits for a call', () => alice.operators.get('alice')?.state === 'ready')
  live.close()
  await desk.service.kill()
  await desk.service.start()
  const again = await desk.live(await desk.service.signIn('sophie'))
  expect((await desk.ari<{ id: string }[]>('/channels')).map(({ id }) => id)).toEqual(expect.arrayContaining(kept))
  expect([...again.calls.keys()]).toEqual([])
})
