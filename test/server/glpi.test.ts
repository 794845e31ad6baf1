import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Ticket } from '../../server/contract/entities.ts'
import {
  glpiSettings,
  type GlpiImport,
  type GlpiOfTicket,
  type GlpiOpen,
  type GlpiPreviewed,
  type GlpiState,
  type GlpiTrialled,
} from '../../server/contract/glpi.ts'
import type { z } from 'zod'
import type { ticketPage } from '../../server/contract/http.ts'
import { freeTcpPort } from '../support/free-port.ts'
import { startGlpi, type FakeGlpi } from '../support/glpi.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

/* One file however long: one desk and one GLPI, where each test goes on from what those before it have made, here and there. */

type Page = z.infer<typeof ticketPage>
let service: TestHttp
let glpi: FakeGlpi
const groups = { psn: 0, dsrt: 0 }
const people = { claire: 0, camille: 0 }
beforeAll(async () => {
  ;[service, glpi] = await Promise.all([buildTestHttp(), startGlpi()])
  for (let i = 0; i < 60; i++) glpi.insert('ITILCategory', { name: `Catégorie ${i}`, completename: `Informatique > Catégorie ${i}` })
  groups.psn = Number(glpi.insert('Group', { name: 'PSN', completename: 'DSI > PSN' })['id'])
  groups.dsrt = Number(glpi.insert('Group', { name: 'dSRT', completename: 'DSI > dSRT' })['id'])
  people.claire = Number(glpi.insert('User', { name: 'claire.dubois', realname: 'Dubois', firstname: 'Claire', email: '' })['id'])
  people.camille = Number(glpi.insert('User', { name: 'cpetit', realname: 'Petit', firstname: 'Camille', email: '' })['id'])
})
afterAll(async () => {
  await service.neighbours.stop()
  await service.close()
  await glpi.stop()
})

type Answer<T> = { readonly status: number; readonly body: T; readonly text: string }
async function ask<T>(login: string | null, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object): Promise<Answer<T>> {
  const answer = await service.as(login, { method, url, ...(payload && { payload }) })
  return { status: answer.statusCode, body: (answer.body === '' ? null : answer.json()) as T, text: answer.body }
}
async function choose(value: object) {
  const { version } = service.settings.view.glpi
  const answer = await ask('admin', 'PUT', '/api/settings/glpi', { version, value })
  await service.neighbours.glpi.settingsChanged()
  return answer
}
const round = async () => (await ask<GlpiState>('sophie', 'POST', '/api/glpi/synchronise')).body
const open = async (change: object = {}) =>
  (
    await ask<Ticket>('alice', 'POST', '/api/tickets', {
      title: 'Accès à Moodle',
      summary: 'Trois vacataires ne voient pas le cours.\nDepuis lundi.',
      medium: 'phone',
      requester: { personId: 'sample:claire.dubois', name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: null },
      ...change,
    })
  ).body
const page = async (number: number) => (await ask<Page>('alice', 'GET', `/api/tickets/${number}`)).body
const act = (number: number, gesture: string, body: object = {}, login = 'alice') =>
  ask(login, 'POST', `/api/tickets/${number}/${gesture}`, body)
const there = async (number: number) => (await ask<GlpiOfTicket>('alice', 'GET', `/api/tickets/${number}/glpi`)).body.link
const glpiIdOf = async (number: number) => (await there(number))?.id ?? 0
const rowsOf = (itemtype: string, glpiId: number) =>
  glpi.rows(itemtype).filter((row) => Number(row['items_id'] ?? row['tickets_id']) === glpiId)
const secrets = () => ({ address: glpi.address, appToken: glpi.appToken, userToken: glpi.userToken })

beforeEach(() => {
  glpi.state.failure = null
  glpi.state.only = null
})

describe('GLPI', () => {
  it('is off until somebody asks for it: nothing is owed, nothing is asked', async () => {
    const { number } = await open()
    expect((await ask<GlpiState>('admin', 'GET', '/api/glpi')).body).toMatchObject({ state: 'off', pending: 0 })
    expect(service.neighbours.parts()).toEqual([])
    expect(await there(number)).toBeNull()
    expect(glpi.asked).toEqual([])
  })

  it('is tried before it is chosen: what is wrong is said in words, what can be chosen is listed, nothing is written', async () => {
    const trial = (change: object) => ask<GlpiTrialled>('admin', 'POST', '/api/glpi/trial', { ...secrets(), ...change })
    const says = async (change: object) => (await trial(change)).body.steps[0]
    expect(await says({ userToken: null })).toMatchObject({ ok: false, says: expect.stringContaining('aucun n’est gardé') as string })
    expect(await says({ userToken: 'wrong' })).toMatchObject({ ok: false, says: expect.stringContaining('jeton d’utilisateur') as string })
    expect(await says({ appToken: 'wrong' })).toMatchObject({ ok: false, says: expect.stringContaining('jeton d’application') as string })
    expect(await says({ address: `http://127.0.0.1:${await freeTcpPort()}` })).toMatchObject({
      ok: false,
      says: 'Rien ne répond à l’adresse de GLPI.',
    })
    expect(await says({ address: glpi.address.replace('/glpi', '/ailleurs') })).toMatchObject({
      ok: false,
      says: expect.stringContaining('apirest.php') as string,
    })
    expect((await trial({ address: 'http://glpi.univ.example/' })).status).toBe(400)
    expect((await trial({ address: 'https://a:b@glpi.univ.example/' })).status).toBe(400)
    const { body } = await trial({})
    expect(body).toMatchObject({ ok: true, version: '10.0.18', entities: [{ id: 0, name: 'Université' }] })
    // Two pages of GLPI's.
    expect([body.groups.length, body.categories.length]).toEqual([2, 60])
    expect(glpi.rows('Ticket')).toEqual([])
    expect(glpi.sessions()).toBe(0)
    expect((await ask('sophie', 'POST', '/api/glpi/trial', secrets())).status).toBe(403)
  })

  it('keeps its tokens sealed, for this address alone, and never shows them', async () => {
    await choose({
      mode: 'both',
      address: glpi.address,
      groups: [
        { ours: 'psn', theirs: groups.psn },
        { ours: 'dsrt', theirs: groups.dsrt },
      ],
    })
    expect(await round()).toMatchObject({ state: 'no-token', failure: { says: expect.stringContaining('saisissez-le') as string } })
    expect((await ask('admin', 'PUT', '/api/glpi/secrets', secrets())).status).toBe(204)
    const state = await ask<GlpiState>('admin', 'GET', '/api/glpi')
    expect(state.body).toMatchObject({ state: 'waiting', kept: { appToken: true, userToken: true, webhookSecret: false } })
    const { rows } = await service.database.pool.query('select * from neighbour_secrets')
    const shown = [
      state.text,
      JSON.stringify(rows),
      (await ask('admin', 'GET', '/api/settings')).text,
      (await ask('admin', 'GET', '/api/settings/export')).text,
    ]
    for (const text of shown) for (const token of [glpi.appToken, glpi.userToken]) expect(text).not.toContain(token)
    await choose({ address: 'https://glpi.elsewhere.example' })
    expect((await ask<GlpiState>('admin', 'GET', '/api/glpi')).body.state).toBe('no-token')
    await choose({ address: glpi.address })
    expect((await ask('sophie', 'PUT', '/api/settings/glpi', { version: 1, value: {} })).status).toBe(403)
  })

  it('is told a ticket, what is added to it, its group, its solution and its end, each once', async () => {
    const ticket = await open()
    await act(ticket.number, 'contributions', { text: 'Rôle <manquant> & vérifié.', visibility: 'internal' })
    await act(ticket.number, 'contributions', { text: 'Nous regardons.', visibility: 'public' })
    expect(await there(ticket.number)).toMatchObject({ id: null, pending: 3 })
    expect(await round()).toMatchObject({ state: 'well', pending: 0, linked: 1, refused: [], version: '10.0.18' })
    const id = await glpiIdOf(ticket.number)
    expect(glpi.ticket(id)).toMatchObject({
      name: 'Accès à Moodle',
      externalid: `guichet-${ticket.number}`,
      status: 2,
      urgency: 3,
      requesttypes_id: 3,
      content: expect.stringContaining('<p>Depuis lundi.</p>') as string,
    })
    expect(rowsOf('Ticket_User', id)).toMatchObject([{ users_id: people.claire, use_notification: 0 }])
    expect(rowsOf('ITILFollowup', id)).toMatchObject([
      { itemtype: 'Ticket', is_private: 1, content: expect.stringContaining('Rôle &lt;manquant&gt; &amp; vérifié.') as string },
      { is_private: 0, content: expect.stringContaining('Alice Martin, Guichet unique') as string },
    ])
    await act(ticket.number, 'redirect', { groupId: 'psn', reason: 'Compte à recréer.' })
    await round()
    expect(rowsOf('Group_Ticket', id)).toMatchObject([{ groups_id: groups.psn, type: 2 }])
    await act(ticket.number, 'redirect', { groupId: 'dsrt', reason: '' })
    await act(ticket.number, 'solution', { solution: 'Rôle rendu.' })
    await round()
    expect(rowsOf('Group_Ticket', id).map((row) => row['groups_id'])).toEqual([groups.dsrt])
    expect(rowsOf('ITILSolution', id)).toMatchObject([{ content: expect.stringContaining('Rôle rendu.') as string }])
    expect(glpi.ticket(id)).toMatchObject({ status: 5 })
    await act(ticket.number, 'solution/accept')
    await round()
    expect(glpi.ticket(id)).toMatchObject({ status: 6 })
    expect(rowsOf('ITILSolution', id)).toHaveLength(1)
    expect((await there(ticket.number))?.url).toBe(`${glpi.address}/front/ticket.form.php?id=${id}`)
    // What we wrote does not come back as GLPI's.
    const before = (await page(ticket.number)).journal.length
    await round()
    expect((await page(ticket.number)).journal).toHaveLength(before)
  })

  it('shows what a ticket becomes there before anything is sent', async () => {
    const { number } = await open({ urgency: 'high' })
    const settings = glpiSettings.parse({ ...service.settings.values.glpi, statuses: { 'in-progress': 3 } })
    const { body } = await ask<GlpiPreviewed>('admin', 'POST', '/api/glpi/preview', { number, settings })
    expect(body).toMatchObject({ number, glpiId: null, status: 3, from: 'in-progress', urgency: 4, requester: { login: 'claire.dubois' } })
    expect((await ask('admin', 'POST', '/api/glpi/preview', { number: 999_999, settings })).status).toBe(404)
    await round()
  })

  it('loses nothing while it is away, says so, and is told nothing twice though its answers were lost', async () => {
    const counts = () => [glpi.rows('Ticket').length, glpi.rows('ITILFollowup').length]
    const [tickets = 0, followups = 0] = counts()
    glpi.state.failure = 'away'
    const ticket = await open({
      title: 'Pendant la panne',
      requester: { personId: null, name: 'Inconnue', email: 'inconnue@ailleurs.example', phone: null },
    })
    await act(ticket.number, 'contributions', { text: 'Écrit pendant la panne.', visibility: 'internal' })
    const away = await round()
    expect(away).toMatchObject({ state: 'failing', pending: 2 })
    expect(service.neighbours.parts()).toMatchObject([
      { name: 'glpi', state: 'down', detail: expect.stringContaining('2 lignes à transmettre') as string },
    ])
    glpi.state.failure = 'busy'
    expect((await round()).failure?.says).toContain('500')
    // It takes the ticket in, and the connection breaks: as when this service is killed between sending and noting.
    glpi.state.failure = 'cut-after'
    glpi.state.only = /^POST Ticket$/
    await round()
    expect(counts()).toEqual([tickets + 1, followups])
    glpi.state.only = /^POST ITILFollowup$/
    await round()
    expect(counts()).toEqual([tickets + 1, followups + 1])
    glpi.state.failure = null
    expect(await round()).toMatchObject({ state: 'well', pending: 0 })
    expect(counts()).toEqual([tickets + 1, followups + 1])
    const id = await glpiIdOf(ticket.number)
    expect(rowsOf('Ticket_User', id)).toMatchObject([{ users_id: 0, alternative_email: 'inconnue@ailleurs.example', use_notification: 0 }])
  })

  it('opens a session again when GLPI has forgotten it, and gives each back', async () => {
    const ticket = await open({ title: 'Session perdue' })
    glpi.state.forgetsAt = /^POST Ticket$/
    expect(await round()).toMatchObject({ state: 'well' })
    expect(await glpiIdOf(ticket.number)).toBeGreaterThan(0)
    expect(glpi.sessions()).toBe(0)
  })

  it('is told nothing of what nobody has confirmed, and says what it would not have', async () => {
    const ticket = await open({ title: 'Clos là-bas' })
    await round()
    const id = await glpiIdOf(ticket.number)
    await act(ticket.number, 'close', { solution: 'Fait.' })
    await round()
    await act(ticket.number, 'contributions', { text: 'Un mot de plus.', visibility: 'internal' })
    const state = await round()
    expect(state.refused[0]).toMatchObject({
      ticket: ticket.number,
      dropped: true,
      says: expect.stringContaining('clos dans GLPI') as string,
    })
    expect(rowsOf('ITILFollowup', id)).toHaveLength(0)
    const unconfirmed = await service.stores.tickets.openRequest(
      {
        title: 'Peut-être un indésirable',
        summary: '…',
        medium: 'form',
        requester: { personId: null, name: 'X', email: 'x@y.example', phone: null },
        asked: null,
        confirmed: false,
      },
      { id: 'requester', name: 'X', side: 'requester' },
    )
    await round()
    expect(await there(unconfirmed.ticket.number)).toMatchObject({ id: null })
    await service.stores.tickets.confirm(unconfirmed.ticket.number, { id: 'requester', name: 'X', side: 'requester' })
    await round()
    expect(await glpiIdOf(unconfirmed.ticket.number)).toBeGreaterThan(0)
  })
})

describe('what GLPI changes', () => {
  it('is a solution without the identity that its nature asks for, and the journal says so as of any other', async () => {
    const ticket = await open({ title: 'Mot de passe oublié', categoryId: 'mot-de-passe', medium: 'walk-in' })
    await round()
    const id = await glpiIdOf(ticket.number)
    const proposed = async () => (await page(ticket.number)).journal.findLast(({ kind }) => kind === 'proposed')?.detail
    glpi.write('ITILSolution', id, '<p>Réinitialisé.</p>', people.camille)
    await round()
    expect(await proposed()).toMatchObject({ unverified: true })
    await act(ticket.number, 'solution/refuse', { reason: 'Toujours pas.' })
    expect((await act(ticket.number, 'card')).status).toBe(201)
    await round()
    glpi.write('ITILSolution', id, '<p>Réinitialisé de nouveau.</p>', people.camille)
    await round()
    expect(await proposed()).toBeNull()
  })

  it('joins the ticket here: followups public and private, the requester’s own, a solution, the end; each once', async () => {
    const ticket = await open({ title: 'Suivi là-bas' })
    await round()
    const id = await glpiIdOf(ticket.number)
    glpi.write('ITILFollowup', id, '<p>Je prends.</p><p>Camille</p>', people.camille)
    glpi.write('ITILFollowup', id, '<p>Entre nous&nbsp;: compte à purger.</p>', people.camille, { is_private: 1 })
    await round()
    await round()
    const lines = async () => (await page(ticket.number)).journal.filter(({ kind }) => kind === 'contribution')
    expect(await lines()).toMatchObject([
      { by: 'Camille Petit (GLPI)', text: expect.stringContaining('Je prends.') as string, visibility: 'public' },
      { text: 'Entre nous\u00a0: compte à purger.', visibility: 'internal' },
    ])
    glpi.change(id, { status: 4 }, people.camille)
    await round()
    expect(await page(ticket.number)).toMatchObject({
      status: 'waiting',
      waiting: { what: { for: 'level3', name: 'GLPI', reference: String(id) } },
    })
    glpi.change(id, { status: 2 }, people.camille)
    glpi.write('ITILFollowup', id, '<p>C’est moi, Claire.</p>', people.claire)
    await round()
    expect(await page(ticket.number)).toMatchObject({ status: 'in-progress' })
    expect((await lines()).at(-1)).toMatchObject({ by: 'Claire Dubois (GLPI)', visibility: 'public' })
    glpi.write('ITILSolution', id, '<p>Compte purgé.</p>', people.camille)
    await round()
    expect(await page(ticket.number)).toMatchObject({ status: 'solution-proposed', solution: 'Compte purgé.' })
    glpi.change(id, { status: 6 }, people.camille)
    await round()
    expect(await page(ticket.number)).toMatchObject({ status: 'closed', solution: 'Compte purgé.' })
    // None of it was told back.
    expect(rowsOf('ITILFollowup', id)).toHaveLength(3)
    expect(rowsOf('ITILSolution', id)).toHaveLength(1)
    expect(glpi.ticket(id)).toMatchObject({ status: 6 })
  })

  it('takes its title, group and urgency; what has no equivalent here is written down', async () => {
    const ticket = await open({ title: 'Titre d’ici' })
    await round()
    const id = await glpiIdOf(ticket.number)
    glpi.change(id, { name: 'Titre de là-bas', urgency: 5, itilcategories_id: 7 }, people.camille)
    glpi.insert('Group_Ticket', { tickets_id: id, groups_id: groups.psn, type: 2 })
    await round()
    expect(await page(ticket.number)).toMatchObject({ title: 'Titre de là-bas', urgency: 'high', groupId: 'psn', status: 'redirected' })
    const notes = (await page(ticket.number)).journal.filter(({ text }) => text.includes('pas d’équivalent'))
    expect(notes).toMatchObject([
      { text: expect.stringContaining('catégorie') as string, visibility: 'internal', by: 'Camille Petit (GLPI)' },
    ])
    await round()
    expect((await page(ticket.number)).journal.filter(({ text }) => text.includes('pas d’équivalent'))).toHaveLength(1)
  })

  it('and what both changed follows the rule, with what the loser said kept in the journal', async () => {
    const ticket = await open({ title: 'Au départ' })
    await round()
    const id = await glpiIdOf(ticket.number)
    const both = async (ours: string, theirs: string) => {
      glpi.change(id, { name: theirs }, people.camille)
      await ask('alice', 'PUT', `/api/tickets/${ticket.number}/fields`, { title: ours })
      await round()
      return {
        here: (await page(ticket.number)).title,
        there: glpi.ticket(id)?.['name'],
        note: (await page(ticket.number)).journal.at(-1)?.text,
      }
    }
    expect(await both('D’ici', 'De là-bas')).toMatchObject({
      here: 'D’ici',
      there: 'D’ici',
      note: 'Changé des deux côtés, titre : le guichet l’emporte. GLPI disait : « De là-bas ».',
    })
    await choose({ winners: { ...service.settings.values.glpi.winners, title: 'glpi' } })
    expect(await both('D’ici encore', 'De là-bas encore')).toMatchObject({
      here: 'De là-bas encore',
      there: 'De là-bas encore',
      note: 'Changé des deux côtés, titre : GLPI l’emporte. Ici : « D’ici encore ».',
    })
  })

  it('brings nothing back into a ticket whose texts have been erased here, and holds up nothing', async () => {
    const ticket = await open({ title: 'Le titre de Claire', solution: 'Fait.' })
    await round()
    const id = await glpiIdOf(ticket.number)
    const { pool } = service.database
    await pool.query("update tickets set closed_at = now() - interval '4000 days' where number = $1", [ticket.number])
    while (await service.stores.retention.purge('tickets', '2026-11-24', 3_000, async () => undefined));
    expect((await pool.query("select 1 from glpi_tickets where agreed::text like '%Claire%'")).rows).toEqual([])
    glpi.change(id, { name: 'Le titre de Claire Dubois' }, people.camille)
    glpi.insert('ITILFollowup', {
      itemtype: 'Ticket',
      items_id: id,
      content: '<p>Claire a rappelé.</p>',
      is_private: 1,
      users_id: people.camille,
    })
    const other = await open({ title: 'Une autre' })
    expect(await round()).toMatchObject({ state: 'well' })
    const { title, journal } = await page(ticket.number)
    expect([title, ...journal.map(({ text }) => text)].filter((text) => text.includes('Claire'))).toEqual([])
    expect(glpi.ticket(id)?.['name']).toBe('Le titre de Claire Dubois')
    expect(await glpiIdOf(other.number)).not.toBe(0)
  })

  it('is asked for at once when GLPI 11 says so, if it is signed', async () => {
    const body = JSON.stringify({ event: 'update', item: { id: 1 } })
    const timestamp = '1795600000'
    const post = async (signature: string) =>
      (
        await service.app.inject({
          method: 'POST',
          url: '/api/glpi/webhook',
          headers: { 'content-type': 'application/json', 'x-glpi-signature': signature, 'x-glpi-timestamp': timestamp },
          payload: body,
        })
      ).statusCode
    expect(await post(glpi.sign('s3cret-of-the-webhook', body, timestamp))).toBe(404)
    await ask('admin', 'PUT', '/api/glpi/secrets', { address: glpi.address, webhookSecret: 's3cret-of-the-webhook' })
    expect(await post('')).toBe(404)
    expect(await post(glpi.sign('another', body, timestamp))).toBe(404)
    const ticket = await open({ title: 'Prévenu' })
    await round()
    glpi.write('ITILFollowup', await glpiIdOf(ticket.number), '<p>Par webhook.</p>', people.camille)
    await service.neighbours.start()
    await round()
    glpi.write('ITILFollowup', await glpiIdOf(ticket.number), '<p>Encore.</p>', people.camille)
    expect(await post(glpi.sign('s3cret-of-the-webhook', body, timestamp))).toBe(204)
    await expect
      .poll(async () => (await page(ticket.number)).journal.some(({ text }) => text === 'Encore.'), { timeout: 10_000 })
      .toBe(true)
    await service.neighbours.stop()
  })
})

describe('GLPI keeps the tickets and we telephone', () => {
  it('a person’s open tickets there are known beside the call, without waiting, and one that is saved here is made there', async () => {
    await choose({ mode: 'pop' })
    for (const [title, status] of [
      ['Imprimante du 3ᵉ', 2],
      ['Déjà clos', 6],
    ] as const) {
      const made = glpi.insert('Ticket', {
        name: title,
        status,
        date: '2026-11-23 09:00:00',
        is_deleted: 0,
        urgency: 3,
        itilcategories_id: 0,
      })
      glpi.insert('Ticket_User', { tickets_id: made['id'] ?? 0, users_id: people.claire, type: 1 })
    }
    const look = async () => (await ask<GlpiOpen>('alice', 'GET', '/api/people/sample:claire.dubois/glpi')).body
    expect(await look()).toMatchObject({ state: 'asking', tickets: [] })
    await expect.poll(look, { timeout: 10_000 }).toMatchObject({ state: 'known' })
    const open = (await look()).tickets
    expect(open.find(({ title }) => title === 'Imprimante du 3ᵉ')).toMatchObject({
      status: 2,
      number: null,
      openedAt: '2026-11-23 09:00:00',
    })
    expect(open.some(({ title }) => title === 'Déjà clos')).toBe(false)
    const ticket = (
      await ask<Ticket>('alice', 'POST', '/api/tickets', {
        title: 'Par téléphone',
        requester: { personId: null, name: 'X', email: null, phone: null },
      })
    ).body
    await round()
    const id = await glpiIdOf(ticket.number)
    expect(glpi.ticket(id)).toMatchObject({ name: 'Par téléphone' })
    // There it wins, whatever the rules of the other mode say.
    glpi.change(id, { name: 'Titre de GLPI' }, people.camille)
    await ask('alice', 'PUT', `/api/tickets/${ticket.number}/fields`, { title: 'Titre d’ici' })
    await round()
    expect((await page(ticket.number)).title).toBe('Titre de GLPI')
    await choose({ mode: 'off' })
    expect(await look()).toEqual({ state: 'off', at: null, tickets: [] })
  })
})

describe('a site that comes from GLPI', () => {
  it('sees first what would be taken over, then takes it over once: categories, tickets with what was written in them, the FAQ', async () => {
    await choose({ mode: 'both', categories: [] })
    const parent = glpi.insert('ITILCategory', { name: 'Salles', completename: 'Salles', itilcategories_id: 0 })
    const child = glpi.insert('ITILCategory', { name: 'Vidéo', completename: 'Salles > Vidéo', itilcategories_id: parent['id'] ?? 0 })
    const old = glpi.insert('Ticket', {
      name: 'Projecteur & son',
      content: '<p>Rien ne s’affiche en salle 12.</p>',
      status: 2,
      urgency: 4,
      date: '2026-11-02 09:00:00',
      itilcategories_id: child['id'] ?? 0,
      is_deleted: 0,
    })
    const oldId = Number(old['id'])
    glpi.insert('Ticket_User', { tickets_id: oldId, users_id: people.claire, type: 1 })
    glpi.insert('Group_Ticket', { tickets_id: oldId, groups_id: groups.psn, type: 2 })
    glpi.write('ITILFollowup', oldId, '<p>Lampe commandée.</p>', people.camille, { is_private: 1 })
    glpi.insert('KnowbaseItem', { name: 'Se connecter au Wi-Fi', answer: '<p>Choisissez <b>eduroam</b>.</p><script>x</script>', is_faq: 1 })
    const mails = async () => (await service.database.pool.query('select count(*)::int as n from outbox')).rows[0]
    const run = async (dry: boolean) => {
      const order = { parts: ['categories', 'users', 'tickets', 'faq'], dry }
      // Two who press at the same moment: one is told that the other has.
      const pressed = await Promise.all([
        ask('admin', 'POST', '/api/glpi/imports', order),
        ask('admin', 'POST', '/api/glpi/imports', order),
      ])
      expect(pressed.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
      const latest = async () => (await ask<GlpiImport[]>('admin', 'GET', '/api/glpi/imports')).body[0]
      await expect.poll(async () => (await latest())?.endedAt ?? null, { timeout: 30_000 }).not.toBeNull()
      const report = await latest()
      expect(report?.failure).toBeNull()
      return Object.fromEntries((report?.parts ?? []).map((one) => [one.part, one]))
    }
    const [before, mailsBefore] = [service.settings.values.categories.categories.length, await mails()]
    const count = async () => (await service.database.pool.query('select count(*)::int as n from tickets')).rows[0]
    const ticketsBefore = await count()
    const dry = await run(true)
    expect(dry['tickets']?.notes).toContain(`${oldId} : Projecteur & son`)
    expect([service.settings.values.categories.categories.length, await count()]).toEqual([before, ticketsBefore])
    const done = await run(false)
    expect(done).toEqual(dry)
    expect(done['users']?.notes.some((note) => note.includes('cpetit'))).toBe(true)
    const own = service.settings.values.categories.categories
    expect(own.find(({ name }) => name === 'Vidéo')).toMatchObject({ parentId: `glpi-${parent['id']}`, tree: 'nature' })
    const [link] = await service.stores.glpi.links([oldId])
    expect(await page(link?.number ?? 0)).toMatchObject({
      title: 'Projecteur & son',
      status: 'redirected',
      groupId: 'psn',
      urgency: 'high',
      categoryId: `glpi-${child['id']}`,
      openedAt: '2026-11-02T08:00:00.000Z',
      requester: { personId: 'sample:claire.dubois' },
      journal: [
        { kind: 'opened', by: 'GLPI' },
        { by: 'Camille Petit (GLPI)', text: 'Lampe commandée.', visibility: 'internal' },
      ],
    })
    const { rows } = await service.database.pool.query("select body, state from articles where title = 'Se connecter au Wi-Fi'")
    expect(rows).toEqual([{ body: '<p>Choisissez <strong>eduroam</strong>.</p>', state: 'draft' }])
    expect(await mails()).toEqual(mailsBefore)
    // A second time there is nothing more, and GLPI is not told what it said itself.
    expect(Object.values(await run(false)).map(({ made }) => made)).toEqual([0, 0, 0, 0])
    const asked = glpi.asked.length
    await round()
    expect(glpi.asked.slice(asked).some((one) => one.startsWith('POST '))).toBe(false)
    // From then on it is followed like any other.
    glpi.change(oldId, { status: 4 }, people.camille)
    await round()
    expect((await page(link?.number ?? 0)).status).toBe('waiting')
  })
})
