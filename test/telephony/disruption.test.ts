import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Disruption } from '../../server/contract/disruptions.ts'
import type { Ticket } from '../../server/contract/entities.ts'
import type { TicketLinks } from '../../server/contract/ticket-links.ts'
import { DeskLine } from '../support/desk-line.ts'
import { RtpPeer } from '../support/rtp.ts'
import type { SignedIn } from '../support/service-process.ts'
import { once } from '../support/sipp.ts'
import { heardParts, readWav } from '../support/sound.ts'

let desk: DeskLine
let nadia: SignedIn
const ears: RtpPeer[] = []
const ear = async () => {
  const peer = await RtpPeer.open()
  ears.push(peer)
  return peer
}
const folder = (language: string) => join(desk.asterisk.varDir, 'asterisk/data/sounds', language, 'guichet')
const sound = (name: string, language = 'fr') => readWav(join(folder(language), `${name}.wav`))
/** What disruptions' own texts are spoken as. */
const texts = (language = 'fr') => readdirSync(folder(language)).filter((file) => /^disruption-[0-9a-f]{12}\.wav$/.test(file))
/** The disruption's own text, as it is spoken. */
const spoken = (language = 'fr', besides: readonly string[] = []) => {
  const name = texts(language).find((file) => !besides.includes(file))
  if (name === undefined) throw new Error('no sound of the disruption')
  return sound(name.replace('.wav', ''), language)
}
const current = async () => (await nadia.ask<Disruption[]>('GET', '/api/disruptions')).body[0]

async function announced(): Promise<Disruption> {
  const { status, body } = await nadia.ask<Disruption>('POST', '/api/disruptions', {
    title: 'Wi-Fi en panne',
    place: 'Bâtiment A',
    startsAt: new Date().toISOString(),
    spoken: {
      fr: 'Le réseau sans fil est en panne dans le bâtiment A. Nos équipes interviennent, retour prévu à midi.',
      en: 'The wireless network is down in building A. Our teams are on it, it should be back at noon.',
    },
    ticket: 'new',
  })
  expect(status, JSON.stringify(body)).toBe(201)
  await once(async () => (await current())?.telephone === 'on', 60_000, 'the sound of the disruption')
  return body
}

beforeAll(async () => {
  desk = await DeskLine.open({}, { sounds: true })
  nadia = await desk.service.signIn('nadia')
})
afterEach(async () => {
  for (const peer of ears.splice(0)) peer.close()
  await desk.reset()
})
afterAll(() => desk.close())

test('a caller hears of the disruption first, presses 4, is thanked and freed, and has a light ticket and a mail', async () => {
  const { ticket } = await announced()
  const sophie = await desk.service.signIn('sophie')
  const live = await desk.live(sophie)
  const claire = await ear()
  const party = await desk.caller({ rtpPort: claire.port })
  const text = spoken()
  await once(() => claire.heardMs > text.length / 8 + 3_500, 40_000, 'the text of the disruption')
  expect(heardParts(claire.heard(), text)).toBeGreaterThan(0.4)
  // First of all: of the waiting message nothing was said yet.
  expect(heardParts(claire.heard(), sound('waiting').subarray(8_000, 24_000))).toBeLessThan(0.25)
  claire.press('4')
  await live.until('the thanks', () => live.call?.status === 'ending')
  await party.done
  expect(heardParts(claire.heard(), sound('disruption-joined-mail'))).toBeGreaterThan(0.4)
  await live.until('the end', () => live.ended.length === 1)
  expect(live.ended[0]?.reason).toBe('attached')
  await once(async () => (await current())?.children === 1, 15_000, 'the child ticket')
  expect(await current()).toMatchObject({ absorbed: 1, children: 1, informed: 0 })
  const [link] = (await sophie.ask<TicketLinks>('GET', `/api/tickets/${ticket}/links`)).body.links
  const { body: child } = await sophie.ask<Ticket>('GET', `/api/tickets/${link?.ticket}`)
  expect(child).toMatchObject({ status: 'waiting', light: true, medium: 'phone', requester: { name: 'Claire Dubois' } })
  const owed = await sophie.ask<{ open: number }>('GET', '/api/owed')
  expect(owed.body.open).toBe(0)
  await desk.clean()
})

test('who waited in the music hears of it at once; an operator who becomes free is not held back by it', async () => {
  const before = await current()
  if (before !== undefined) await nadia.ask('POST', `/api/disruptions/${before.id}/end`, { version: before.version })
  const sophie = await desk.service.signIn('sophie')
  const live = await desk.live(sophie)
  const [caller, operator] = [await ear(), await ear()]
  await desk.caller({ rtpPort: caller.port, from: '<sip:0561551240@127.0.0.1>' })
  await live.until('the wait', () => live.call?.status === 'waiting')
  await once(() => caller.heardMs > sound('waiting').length / 8 + 14_000, 60_000, 'the music')
  caller.forget()
  await announced()
  const text = spoken()
  await caller.hears(text.subarray(0, 16_000), 30_000, 'the beginning of the text')
  await desk.phone('phone-answers-at-once', { rtpPort: operator.port })
  const asked = Date.now()
  const { live: hers } = await desk.operator('alice')
  await hers.until('a conversation', () => hers.call?.status === 'talking')
  expect(Date.now() - asked).toBeLessThan(4_000)
})

test('the key is kept by a service that is killed as it is pressed: one ticket, once, when it is back', async () => {
  const one = (await current()) ?? (await announced())
  const before = (await current())?.absorbed ?? 0
  const sophie = await desk.service.signIn('sophie')
  const live = await desk.live(sophie)
  const caller = await ear()
  const party = await desk.caller({ rtpPort: caller.port, from: '<sip:0561551241@127.0.0.1>' })
  await live.until('the wait', () => live.call?.status === 'waiting')
  await caller.speaksFor(party)
  caller.press('4')
  await live.until('the thanks', () => live.call?.status === 'ending')
  await desk.service.kill()
  await desk.service.start()
  nadia = await desk.service.signIn('nadia')
  await once(async () => (await current())?.absorbed === before + 1, 30_000, 'the child of who pressed it')
  await party.done
  await once(async () => ((await current())?.children ?? 0) >= 1, 15_000, 'its ticket')
  const { body: links } = await nadia.ask<TicketLinks>('GET', `/api/tickets/${one.ticket}/links`)
  expect(links.children).toBe((await current())?.children)
  await desk.clean()
})

test('of two, the closed side tells both, the newest last', async () => {
  for (const one of (await nadia.ask<Disruption[]>('GET', '/api/disruptions')).body.filter(({ phase }) => phase !== 'ended'))
    await nadia.ask('POST', `/api/disruptions/${one.id}/end`, { version: one.version })
  const earlier = texts()
  const spokenAs: Int16Array[] = []
  for (const fr of ['La messagerie ne reçoit plus de courriels de l’extérieur.', 'Les copieurs de la bibliothèque sont arrêtés.']) {
    const known = texts()
    const { body } = await nadia.ask<Disruption>('POST', '/api/disruptions', {
      title: fr,
      startsAt: new Date().toISOString(),
      spoken: { fr, en: fr },
      ticket: 'new',
    })
    const told = async () => (await nadia.ask<Disruption[]>('GET', '/api/disruptions')).body.find(({ id }) => id === body.id)?.telephone
    await once(async () => (await told()) === 'on', 60_000, 'the sound of the disruption')
    spokenAs.push(spoken('fr', known))
  }
  expect(texts().length).toBeGreaterThan(earlier.length)
  const sophie = await desk.service.signIn('sophie')
  await sophie.ask('PUT', '/api/demo', { closed: true })
  const caller = await ear()
  await desk.caller({ rtpPort: caller.port })
  const lengthMs = spokenAs.reduce((sum, { length }) => sum + length / 8, 0)
  await once(() => caller.heardMs > lengthMs + 4_000, 40_000, 'both texts')
  for (const text of spokenAs) expect(heardParts(caller.heard(), text)).toBeGreaterThan(0.4)
})
