import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoPassword } from '../../server/database/demo-people.ts'
import { Visitor } from '../support/portal.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
beforeAll(async () => {
  service = await buildTestHttp({ ownAddresses: ['guichet@univ.example'] })
})
afterAll(() => service.close())

const claire = { personId: 'sample:claire.dubois', name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: null }
const as = (login: string, method: 'POST' | 'GET', url: string, payload?: object) =>
  service.as(login, { method, url, ...(payload && { payload }) })
const ticketOf = async (number: number) => (await as('sophie', 'GET', `/api/tickets/${number}`)).json()
const kindsOf = async (number: number) => (await ticketOf(number)).journal.map((l: { kind: string }) => l.kind)

async function redirectedTo(groupId: string, requester: object = claire): Promise<number> {
  const body = { title: 'Prise muette', summary: 'Bureau 12, prise B-07.', medium: 'phone', requester }
  const { number } = (await as('alice', 'POST', '/api/tickets', body)).json()
  expect(
    (await as('alice', 'POST', `/api/tickets/${number}/redirect`, { groupId, reason: 'Testée avec un autre câble.' })).statusCode,
  ).toBe(200)
  return number
}
const mailsOf = async (number: number) =>
  (
    await service.database.pool.query<{ text: string; to: string; subject: string }>(
      'select o.text, o.subject, o.to_address as to from outbox o join tickets t on t.id = o.ticket_id where t.number = $1 order by o.at, o.ctid',
      [number],
    )
  ).rows
/** The links of the mail to a group, by what they do. */
async function linksOf(number: number, to: string) {
  const mail = (await mailsOf(number)).find((m) => m.to === to && m.subject.includes('redirection'))
  const link = (name: string) => new RegExp(`${name} : http://127\\.0\\.0\\.1:8080(\\S+)`).exec(mail?.text ?? '')?.[1] ?? ''
  return { take: link('Je prends'), giveBack: link('Pas pour nous'), ask: link('Il manque…'), text: mail?.text ?? '' }
}
const said = (page: string, name: string) => Visitor.hidden(page, name)

describe('a mail to a group’s list', () => {
  it('shows what is asked, changes nothing when it is followed, and asks who answers', async () => {
    const number = await redirectedTo('dsrt')
    const links = await linksOf(number, 'dsrt@univ.example')
    expect(links.text).toContain('Répondre à ce courriel ajoute une note interne')
    const before = await kindsOf(number)
    for (const url of [links.take, links.giveBack, links.ask]) {
      const { statusCode, body } = await new Visitor(service).get(url)
      expect(statusCode).toBe(200)
      expect(body).toContain('Prise muette')
      expect(body).toContain('Testée avec un autre câble.')
      expect(body).toContain('Se connecter pour répondre')
      expect(body).not.toContain('name="geste"')
    }
    const key = new URL(links.take, 'http://x').searchParams.get('cle') ?? ''
    expect((await new Visitor(service).post(`/groupe/${number}`, { cle: key, geste: 'take' })).statusCode).toBe(401)
    expect(await kindsOf(number)).toEqual(before)
  })

  it('says in each of its languages what answering does, where that language ends', async () => {
    const { version, value } = (await service.as('sophie', { method: 'GET', url: '/api/settings' })).json().mails
    const save = (languages: string, of: number) =>
      service.as('sophie', { method: 'PUT', url: '/api/settings/mails', payload: { version: of, value: { ...value, languages } } })
    expect((await save('fr-en', version)).statusCode).toBe(200)
    const { text } = await linksOf(await redirectedTo('dsrt'), 'dsrt@univ.example')
    await save('fr', version + 1)
    const [french = '', english = ''] = text.split('— English —')
    expect(french.trimEnd()).toMatch(/Répondre à ce courriel [^\n]*« #public »\.$/)
    expect(english).toMatch(/Answering this mail [^\n]*“#public”\.\n\n-- \n/)
    expect(english).not.toContain('Répondre')
  })

  it('lets who signs in take the ticket up in their own name', async () => {
    const number = await redirectedTo('dsrt')
    const { take } = await linksOf(number, 'dsrt@univ.example')
    const nadia = new Visitor(service)
    await nadia.signIn('nadia', demoPassword)
    const { body } = await nadia.get(take)
    expect(body).toContain('Vous répondez en votre nom : Nadia')
    const answer = await nadia.post(`/groupe/${number}`, { cle: said(body, 'cle'), geste: said(body, 'geste') })
    expect(answer.statusCode).toBe(303)
    expect((await nadia.get(String(answer.headers.location))).body).toContain('ce ticket est à votre nom')
    expect(await ticketOf(number)).toMatchObject({ status: 'in-progress', owner: { id: 'nadia' }, groupId: 'dsrt' })
    const karim = new Visitor(service)
    await karim.signIn('karim', demoPassword)
    expect((await karim.get(take)).body).toMatch(/Nadia [^<]* suit déjà ce ticket/)
    expect((await karim.post(`/groupe/${number}`, { cle: said(body, 'cle'), geste: 'take' })).statusCode).toBe(409)
  })

  it('takes neither another ticket’s key, nor one that was made up, nor somebody who treats no tickets', async () => {
    const [one, other] = [await redirectedTo('dsrt'), await redirectedTo('dsrt')]
    const { take } = await linksOf(one, 'dsrt@univ.example')
    const who = new Visitor(service)
    expect((await who.get(take.replace(String(one), String(other)))).statusCode).toBe(404)
    expect((await who.get(`/groupe/${one}?geste=prendre&cle=WyJkc3J0Il0.aaaaaaaaaaaaaaaaaaaaaaaa`)).statusCode).toBe(404)
    await who.signIn('claire.dubois', demoPassword)
    expect((await who.get(take)).body).toContain('ne traite pas de tickets')
    const cle = new URL(take, 'http://x').searchParams.get('cle') ?? ''
    expect((await who.post(`/groupe/${one}`, { cle, geste: 'take' })).statusCode).toBe(403)
  })
})

describe('a group without a list', () => {
  const own = async (number: number) => {
    const [mail] = (await mailsOf(number)).filter((m) => m.subject.includes('redirection'))
    return { to: mail?.to ?? '', links: await linksOf(number, mail?.to ?? '') }
  }

  it('is written to person by person, whose link is their signature: pas pour nous, with whose it is', async () => {
    const number = await redirectedTo('correspondants-sciences')
    const { to, links } = await own(number)
    expect(to).toMatch(/^nadia/)
    const who = new Visitor(service)
    const { body } = await who.get(links.giveBack)
    const form = { cle: said(body, 'cle'), geste: 'giveBack' }
    expect((await who.post(`/groupe/${number}`, { ...form, texte: ' ' })).body).toContain('Écrivez quelques mots')
    expect((await who.post(`/groupe/${number}`, { ...form, texte: 'C’est le réseau.', vers: 'dsrt' })).statusCode).toBe(303)
    const { journal, ...ticket } = await ticketOf(number)
    expect(ticket).toMatchObject({ status: 'new', groupId: null, owner: null })
    expect(journal.at(-1)).toMatchObject({
      kind: 'given-back',
      by: 'Nadia Roussel',
      text: 'C’est le réseau.',
      detail: { group: { id: 'correspondants-sciences' }, suggested: { id: 'dsrt', name: 'dSRT' } },
    })
    expect((await who.get(links.take)).body).toContain('n’est plus avec votre groupe')
  })

  it('asks the requester for what is missing: they are written to, and their answer brings the ticket back', async () => {
    const number = await redirectedTo('correspondants-sciences')
    const { links } = await own(number)
    const who = new Visitor(service)
    const { body } = await who.get(links.ask)
    const asked = { cle: said(body, 'cle'), geste: 'ask', a: 'user', texte: 'Quel est le numéro du poste ?' }
    expect((await who.post(`/groupe/${number}`, asked)).statusCode).toBe(303)
    expect(await ticketOf(number)).toMatchObject({ status: 'waiting', owner: { id: 'nadia' }, waiting: { what: { for: 'user' } } })
    expect((await mailsOf(number)).at(-1)).toMatchObject({
      to: claire.email,
      text: expect.stringContaining('Quel est le numéro du poste ?'),
    })
    await service.stores.tickets.contribute(number, { text: 'PC-1207' }, { id: 'p', name: 'Claire Dubois', side: 'requester' })
    expect(await ticketOf(number)).toMatchObject({ status: 'in-progress', owner: { id: 'nadia' } })
  })

  it('asks the desk, to which the ticket goes back, when the requester has no address', async () => {
    const number = await redirectedTo('correspondants-sciences', { ...claire, personId: null, email: null })
    const { links } = await own(number)
    const { body } = await new Visitor(service).get(links.ask)
    expect(body).toContain('n’a pas d’adresse')
    const asked = { cle: said(body, 'cle'), geste: 'ask', texte: 'Le numéro de la prise.' }
    expect((await new Visitor(service).post(`/groupe/${number}`, { ...asked, a: 'desk' })).statusCode).toBe(303)
    expect(await ticketOf(number)).toMatchObject({ status: 'new', owner: null })
    expect((await kindsOf(number)).at(-1)).toBe('missing')
  })

  it('no longer serves whoever has left the group, signed in or not', async () => {
    const number = await redirectedTo('correspondants-sciences')
    const { links } = await own(number)
    const { pool } = service.database
    const { rows } = await pool.query(
      "delete from group_members where account_id = 'nadia' and group_id = 'correspondants-sciences' returning part",
    )
    const signedIn = new Visitor(service)
    await signedIn.signIn('nadia', demoPassword)
    for (const who of [new Visitor(service), signedIn]) {
      const { body } = await who.get(links.take)
      expect(body).toContain('Vous ne travaillez plus pour ce groupe')
      expect(body).not.toContain('name="geste"')
      for (const said of ['Prise muette', 'Bureau 12', claire.email, 'Testée avec']) expect(body, said).not.toContain(said)
      const cle = new URL(links.take, 'http://x').searchParams.get('cle') ?? ''
      expect((await who.post(`/groupe/${number}`, { cle, geste: 'take' })).statusCode).toBe(403)
    }
    expect(await ticketOf(number)).toMatchObject({ status: 'redirected', owner: null })
    await pool.query("insert into group_members (group_id, account_id, part) values ('correspondants-sciences', 'nadia', $1)", [
      rows[0]?.part,
    ])
    expect((await new Visitor(service).get(links.take)).body).toContain('name="geste"')
  })

  it('gives back what a group had that was retired meanwhile by its name, not by its key', async () => {
    const { id } = (
      await as('sophie', 'POST', '/api/groups', { name: 'Cellule déploiement', mail: 'cellule@univ.example', members: [] })
    ).json()
    const [back, asked] = [await redirectedTo(id), await redirectedTo(id)]
    await service.database.pool.query('update groups set retired_at = now() where id = $1', [id])
    expect((await as('alice', 'POST', `/api/tickets/${back}/give-back`, { reason: 'La cellule n’existe plus.' })).statusCode).toBe(200)
    expect((await as('alice', 'POST', `/api/tickets/${asked}/missing`, { of: 'desk', text: 'Quel bâtiment ?' })).statusCode).toBe(200)
    for (const number of [back, asked])
      expect((await ticketOf(number)).journal.at(-1)).toMatchObject({ detail: { group: { id, name: 'Cellule déploiement' } } })
  })

  it('may say the same in the console, and no stranger to the group', async () => {
    const number = await redirectedTo('dsrt')
    const order = { of: 'desk', text: 'Quel bâtiment ?' }
    expect((await as('karim', 'POST', `/api/tickets/${number}/missing`, order)).statusCode).toBe(404)
    expect((await as('nadia', 'POST', `/api/tickets/${number}/missing`, { ...order, text: ' ' })).statusCode).toBe(400)
    expect((await as('nadia', 'POST', `/api/tickets/${number}/missing`, order)).json()).toMatchObject({ status: 'new' })
  })
})
