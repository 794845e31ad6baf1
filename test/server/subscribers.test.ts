import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Disruption } from '../../server/contract/disruptions.ts'
import { wordsForSubscribers } from '../../server/portal/disruption-pages.ts'
import { subscriberLinks } from '../../server/secret-links.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
let now = Date.parse('2026-11-23T09:00:00Z')
const publicUrl = 'http://127.0.0.1:8080'
beforeAll(async () => {
  service = await buildTestHttp({ now: () => now, ticketNow: () => new Date(now) })
})
afterAll(() => service.close())

type Mail = { readonly recipient: string; readonly subject: string; readonly text: string; readonly headers: Record<string, string> }
/** Mails owed since it was asked last. */
async function mails(): Promise<Mail[]> {
  const { rows } = await service.database.pool.query<Mail>('select to_address as recipient, subject, text, headers from outbox')
  await service.database.pool.query('delete from outbox')
  return rows
}
const form = (url: string, payload: Record<string, string>, headers: Record<string, string> = {}) =>
  service.app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(payload).toString(),
  })
const look = (url: string) => service.app.inject({ method: 'GET', url })
const tell = async () => {
  now += 21_000
  const words = wordsForSubscribers(
    service.settings.values.mails,
    { publicUrl, timeZone: 'Europe/Paris' },
    subscriberLinks('a secret of the tests', publicUrl),
  )
  let times = 0
  while (await service.stores.subscribers.tell(words)) times += 1
  return times
}
const linkOf = (text: string, last: string) => new RegExp(`http\\S+/${last}`).exec(text)?.[0].replace(publicUrl, '') ?? ''
async function put(method: 'POST' | 'PUT', url: string, payload: object): Promise<Disruption> {
  return (await service.as('nadia', { method, url, payload })).json<Disruption>()
}
const wifi = {
  title: 'Wi-Fi en panne',
  place: 'Bâtiment A',
  touched: 'Tout le campus',
  startsAt: '2026-11-23T08:50:00.000Z',
  expectedEndAt: '2026-11-23T11:00:00.000Z',
  workaround: 'Utilisez une prise réseau.',
}

describe('subscribers to disruptions', () => {
  it('are written to once the address was confirmed by a press, which no mail scanner makes', async () => {
    expect((await look('/perturbations')).body).toContain('Être averti par courriel')
    expect((await form('/perturbations', { courriel: 'pas une adresse' })).statusCode).toBe(422)
    expect((await form('/perturbations', { courriel: 'zoe@univ.example' }, { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403)
    expect((await form('/perturbations', { courriel: 'robot@univ.example', site_web: 'http://x' })).body).toContain('Ouvrez le message')
    expect(await mails()).toEqual([])
    expect((await form('/perturbations', { courriel: 'Zoe@univ.example' })).body).toContain('Ouvrez le message')
    const [mail, ...more] = await mails()
    expect(more).toEqual([])
    expect(mail?.recipient).toBe('Zoe@univ.example')
    const link = linkOf(mail?.text ?? '', 'confirmer')
    expect((await look(link)).body).toContain('Zoe@univ.example')
    expect(await service.stores.subscribers.count()).toBe(0)
    expect((await form(link, {})).body).toContain('C’est noté')
    expect(await service.stores.subscribers.count()).toBe(1)
    // Asked again, it is there already, and nobody learns so.
    expect((await form('/perturbations', { courriel: 'zoe@univ.example' })).body).toContain('Ouvrez le message')
    expect(await mails()).toEqual([])
    expect((await look(link.replace(/(.)\/confirmer/, (_, last: string) => `${last === 'q' ? 'a' : 'q'}/confirmer`))).statusCode).toBe(404)
  })

  it('hear of the announcement, of news that matter, and of the end, each once and after it can be taken back', async () => {
    const one = await put('POST', '/api/disruptions', wifi)
    const words = wordsForSubscribers(
      service.settings.values.mails,
      { publicUrl, timeZone: 'Europe/Paris' },
      subscriberLinks('a secret of the tests', publicUrl),
    )
    expect(await service.stores.subscribers.tell(words)).toBe(false)
    expect(await tell()).toBe(1)
    const [opened] = await mails()
    expect(opened?.subject).toBe('[Guichet unique] perturbation : Wi-Fi en panne')
    expect(opened?.text).toContain('Fin prévue : lundi 23 novembre à 12 h 00')
    expect(opened?.headers).toMatchObject({ 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' })
    expect(await tell()).toBe(0)
    // A spoken text is for the telephone alone.
    await put('PUT', `/api/disruptions/${one.id}`, {
      ...wifi,
      version: 1,
      spoken: { fr: 'Le Wi-Fi est en panne.', en: 'The Wi-Fi is down.' },
    })
    await tell()
    expect(await mails()).toEqual([])
    await put('PUT', `/api/disruptions/${one.id}`, { ...wifi, version: 2, workaround: 'Le réseau filaire marche.' })
    await tell()
    expect((await mails()).map(({ subject }) => subject)).toEqual(['[Guichet unique] perturbation, du nouveau : Wi-Fi en panne'])
    await put('POST', `/api/disruptions/${one.id}/end`, { version: 3, resolution: 'Borne changée.' })
    await tell()
    const [over] = await mails()
    expect(over?.text).toContain('Ce qui a été fait : Borne changée.')
    expect((await look('/perturbations')).body).toContain('Borne changée.')
  })

  it('hear that what was announced will not take place, when it is over before it began', async () => {
    const works = { ...wifi, title: 'Bascule du courrier', startsAt: '2026-12-25T18:00:00.000Z', expectedEndAt: '2026-12-25T20:00:00.000Z' }
    const one = await put('POST', '/api/disruptions', { ...works, kind: 'planned' })
    await tell()
    await mails()
    await put('POST', `/api/disruptions/${one.id}/end`, { version: 1, resolution: 'Reportée à janvier.' })
    await tell()
    const [off] = await mails()
    expect(off?.subject).toBe('[Guichet unique] annulé : Bascule du courrier')
    expect(off?.text).toContain('Ce qui était annoncé n’aura pas lieu : Bascule du courrier')
    expect(off?.text).toContain('Pourquoi : Reportée à janvier.')
    expect(off?.text).not.toContain('terminée')
  })

  it('hear nothing of what is the staff’s, and nothing of the end of what they were never told', async () => {
    const one = await put('POST', '/api/disruptions', { ...wifi, title: 'Baie de stockage', audience: 'staff' })
    await tell()
    await put('POST', `/api/disruptions/${one.id}/end`, { version: 1 })
    await tell()
    const brief = await put('POST', '/api/disruptions', { ...wifi, title: 'Fausse alerte' })
    await put('POST', `/api/disruptions/${brief.id}/end`, { version: 1 })
    await tell()
    expect(await mails()).toEqual([])
    expect((await look('/perturbations')).body).not.toContain('Baie de stockage')
  })

  it('hear of the end of what they were told of and has become the staff’s since, and no word of what was written for the staff', async () => {
    const one = await put('POST', '/api/disruptions', { ...wifi, title: 'Panne du courrier' })
    await tell()
    expect(await mails()).toHaveLength(1)
    const staff = { ...wifi, title: 'Serveur mx3 compromis', place: 'Salle B12', workaround: 'Ne rien dire.', audience: 'staff' }
    await put('PUT', `/api/disruptions/${one.id}`, { ...staff, version: 1 })
    await tell()
    expect(await mails()).toEqual([])
    await put('POST', `/api/disruptions/${one.id}/end`, { version: 2, resolution: 'Disques de mx3 saisis.' })
    await tell()
    const [over, ...more] = await mails()
    expect(more).toEqual([])
    expect(over?.subject).toBe('[Guichet unique] fin de perturbation : Panne du courrier')
    expect(over?.text).toContain('Lieu : Bâtiment A')
    for (const secret of ['mx3', 'B12', 'Ne rien dire', 'Ce qui a été fait']) expect(over?.text).not.toContain(secret)
    await tell()
    expect(await mails()).toEqual([])
  })

  it('leave by one press of the mail program, or of the page, and come back by asking anew', async () => {
    await put('POST', '/api/disruptions', { ...wifi, title: 'Panne du VPN' })
    await tell()
    const [mail] = await mails()
    const leave = /<(.*)>/.exec(mail?.headers['List-Unsubscribe'] ?? '')?.[1]?.replace(publicUrl, '') ?? ''
    expect((await look(leave)).body).toContain('Se désabonner')
    expect(await service.stores.subscribers.count()).toBe(1)
    expect((await form(leave, { 'List-Unsubscribe': 'One-Click' })).statusCode).toBe(200)
    expect(await service.stores.subscribers.count()).toBe(0)
    expect((await look(leave)).body).toContain('Vous êtes désabonné')
    await put('POST', '/api/disruptions', { ...wifi, title: 'Panne de Moodle' })
    await tell()
    expect(await mails()).toEqual([])
    await form('/perturbations', { courriel: 'zoe@univ.example' })
    expect(await mails()).toHaveLength(1)
  })

  it('cannot be made to flood a mailbox', async () => {
    for (let n = 0; n < 6; n += 1) await form('/perturbations', { courriel: 'victime@univ.example' })
    expect(await mails()).toHaveLength(3)
  })
})
