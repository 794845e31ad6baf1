import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { SettingsView } from '../../server/contract/settings.ts'
import { DeskLine } from '../support/desk-line.ts'
import { RtpPeer } from '../support/rtp.ts'
import type { SignedIn } from '../support/service-process.ts'
import { once } from '../support/sipp.ts'
import { heardParts, readWav } from '../support/sound.ts'

let desk: DeskLine
let sophie: SignedIn
const ears: RtpPeer[] = []
const ear = async () => {
  const peer = await RtpPeer.open()
  ears.push(peer)
  return peer
}
beforeAll(async () => {
  desk = await DeskLine.open({}, { sounds: true })
  sophie = await desk.service.signIn('sophie')
})
afterEach(async () => {
  for (const peer of ears.splice(0)) peer.close()
  await desk.reset()
})
afterAll(() => desk.close())

const fileOf = (language: string, name: string) => join(desk.asterisk.varDir, `asterisk/data/sounds/${language}/guichet/${name}.wav`)
const change = async (value: object) => {
  const { version } = (await sophie.ask<SettingsView>('GET', '/api/settings')).body.hours
  const { status, body } = await sophie.ask('PUT', '/api/settings/hours', { version, value })
  expect(status, JSON.stringify(body)).toBe(200)
}
const never = { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] }
const always = [{ from: '00:00', to: '24:00' }]
const everyDay = { 1: always, 2: always, 3: always, 4: always, 5: always, 6: always, 7: always }
/** As the desk counts days. */
const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(new Date())
const tomorrow = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(new Date(Date.now() + 86_400_000))

test('a changed week closes the desk at once: whoever waits hears it, and opens it as soon: they are in line again', async () => {
  await change({ alwaysOpen: false, week: everyDay })
  const live = await desk.live(sophie)
  const caller = await ear()
  await desk.caller({ rtpPort: caller.port, from: '<sip:0561551251@127.0.0.1>' })
  await live.until('the wait', () => live.call?.status === 'waiting')
  await change({ week: never })
  await live.until('the closed message', () => live.call?.status === 'closed')
  expect(await (await fetch(`${desk.service.url}/api/portal`)).json()).toMatchObject({ open: false, hours: 'Fermé', week: { fr: [] } })
  const heard = caller.heardMs
  await change({ week: everyDay })
  await live.until('their wait again', () => live.call?.status === 'waiting')
  const waiting = readWav(fileOf('fr', 'waiting'))
  await once(() => caller.heardMs > heard + waiting.length / 8 + 6_000, 60_000, 'the waiting message')
  expect(heardParts(caller.heard().subarray(heard * 8), waiting)).toBeGreaterThan(0.4)
  await desk.caller({ from: '<sip:0561551252@127.0.0.1>' })
  await live.until('the next caller’s wait', () => [...live.calls.values()].filter((c) => c.status === 'waiting').length === 2)
})

test('a caller during a closure hears what it has to say in place of the usual hours, then how to leave a message', async () => {
  const texts = {
    fr: 'Bonjour. Nous sommes en congés de fin d’année, et revenons le lundi quatre janvier dans la matinée.',
    en: 'Hello. We are away for the end of the year, and come back on Monday, the fourth of January, in the morning.',
  }
  const days = { id: 'noel', from: today(), to: tomorrow(), spans: [], reason: 'congés', announcement: texts }
  await change({ alwaysOpen: false, week: everyDay, exceptions: [days] })
  await once(() => ['fr', 'en'].every((language) => existsSync(fileOf(language, 'closure-noel'))), 60_000, 'the closure’s own sounds')
  const caller = await ear()
  await desk.caller({ rtpPort: caller.port, from: '<sip:0561551253@127.0.0.1>' })
  const [own, rest, usual] = ['closure-noel', 'closed-otherwise', 'closed'].map((name) => readWav(fileOf('fr', name)))
  if (own === undefined || rest === undefined || usual === undefined) throw new Error('three sounds were read')
  await once(() => caller.heardMs > (own.length + rest.length) / 8 + 4_000, 60_000, 'the whole message')
  expect(heardParts(caller.heard(), own)).toBeGreaterThan(0.4)
  expect(heardParts(caller.heard(), rest.subarray(0, 40_000))).toBeGreaterThan(0.4)
  expect(heardParts(caller.heard(), usual.subarray(8_000, 40_000))).toBeLessThan(0.25)
  await change({ exceptions: [], week: everyDay, alwaysOpen: true })
  await once(() => !existsSync(fileOf('fr', 'closure-noel')), 20_000, 'the sound’s end')
})
