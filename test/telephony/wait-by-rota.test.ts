import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SettingsView } from '../../server/contract/settings.ts'
import { DeskLine } from '../support/desk-line.ts'

const minute = 60_000
/** Where it is between twelve and one, so that presences begin and end on one day whenever this runs. */
const eastOfGreenwich = 12 - new Date().getUTCHours()
const zone = `Etc/GMT${eastOfGreenwich > 0 ? '-' : '+'}${Math.abs(eastOfGreenwich)}`
const day = new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date())
const clock = (inMinutes: number) =>
  new Intl.DateTimeFormat('fr-FR', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(Date.now() + inMinutes * minute)

let desk: DeskLine
beforeAll(async () => {
  desk = await DeskLine.open({ TZ: zone })
  const client = new Client({ connectionString: desk.database.url })
  await client.connect()
  await client.query('delete from rota_shifts')
  await client.end()
})
afterAll(() => desk.close())

/** What the home page says of now. */
const said = async () => /<p class="now"[^]*?<\/p>/.exec(await (await fetch(desk.service.url)).text())?.[0] ?? ''

test('the wait that is told is nobody’s once the only operator should have gone, and a colleague’s from when they come', {
  timeout: 90_000,
}, async () => {
  const sophie = await desk.service.signIn('sophie')
  const { version } = (await sophie.ask<SettingsView>('GET', '/api/settings')).body.hours
  const week = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((each) => [each, [{ from: '00:00', to: '24:00' }]]))
  expect((await sophie.ask('PUT', '/api/settings/hours', { version, value: { alwaysOpen: false, week } })).status).toBe(200)
  const put = async (operatorId: string, from: string, to: string) =>
    expect((await sophie.ask('POST', '/api/rota/shifts', { operatorId, day, from, to })).status).toBe(201)

  // Far from now: the rota is read anew, and what the sample world had put down is no longer known.
  await put('chloe', '23:00', '23:30')

  await desk.phone('phone-answers-at-once')
  const { me, live } = await desk.operator('alice')
  // As many conversations as say how long the next may be; the last one goes on.
  for (let i = 0; i < 6; i += 1) {
    const caller = await desk.caller()
    await live.until('the conversation', () => live.call?.status === 'talking')
    await caller.answered()
    if (i === 5) break
    await caller.tell()
    await caller.done
    await live.until('the end', () => live.ended.length === i + 1)
    await me.state('ready')
  }
  await expect.poll(said).toContain('min d’attente')
  await put('alice', '08:00', clock(-1))
  await expect.poll(said).not.toContain('min d’attente')
  await put('bruno', clock(20), '18:00')
  await expect.poll(said).toContain('Environ 15 à 20 min d’attente')
})
