import { renderSVG } from 'uqr'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { disruptionContent } from '../../server/contract/disruptions.ts'
import { portalRights } from '../../server/contract/rights.ts'
import { demoPassword } from '../../server/database/demo-people.ts'
import { html } from '../../server/portal/html.ts'
import { moment } from '../../server/portal/words.ts'
import { fr } from '../../server/portal/words-fr.ts'
import { png } from '../support/pictures.ts'
import { Visitor } from '../support/portal.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

/*
 * One file however long: one visitor finds the page, makes a request and follows it, at one desk whose clock every test leads on by what the
 * limits forget.
 */

let service: TestHttp
let now = Date.parse('2026-11-24T09:00:00.000Z')
let visitor: Visitor
beforeAll(async () => {
  service = await buildTestHttp({ now: () => now, ticketNow: () => new Date(now) })
})
afterAll(() => service.close())
beforeEach(() => {
  // Each test comes when what was counted before is forgotten.
  now += 660_000
  visitor = new Visitor(service)
})

const guest = { nom: 'Lou Martin', courriel: 'lou@mail.example', titre: 'Écran noir', resume: 'Depuis ce matin.', lieu: 'Bât. 4R3' }
async function asked(
  who: Visitor,
  fields: Readonly<Record<string, string>> = guest,
  files: readonly { name: string; bytes: Buffer }[] = [],
) {
  const jeton = Visitor.hidden((await who.get('/demande')).body, 'jeton')
  now += 20_000
  return who.send('/demande', Object.entries({ jeton, ...fields }), files)
}
const numberIn = (location: unknown) => Number(/\/demandes\/(\d+)/.exec(String(location))?.[1])
const madeBy = async (who: Visitor, fields?: Readonly<Record<string, string>>, files?: readonly { name: string; bytes: Buffer }[]) =>
  numberIn((await asked(who, fields, files)).headers.location)
const ticketOf = async (number: number) => (await service.as('alice', { method: 'GET', url: `/api/tickets/${number}` })).json()
const mailsOf = async (number: number) =>
  (
    await service.database.pool.query<{ text: string; to: string }>(
      'select o.text, o.to_address as to from outbox o join tickets t on t.id = o.ticket_id where t.number = $1 order by o.at, o.ctid',
      [number],
    )
  ).rows
const as = (login: string, method: 'POST' | 'GET', url: string, payload?: object) =>
  service.as(login, { method, url, ...(payload && { payload }) })

describe('the home page', () => {
  it('says whether the desk is open, the wait when it is known, the number and the hours, without a script', async () => {
    service.desk.wait = { lowMs: 120_000, highMs: 300_000 }
    const { body, headers } = await visitor.get('/')
    expect(body).toContain('Ouvert jusqu’à 16 h 30')
    expect(body).toContain('Environ 2 à 5 min')
    expect(headers['content-security-policy']).toContain("script-src 'self'")
    service.desk.wait = null
    expect((await visitor.get('/')).body).not.toContain('min d’attente')
    expect((await visitor.get('/?langue=en')).body).toContain('lang="en"')
    expect((await visitor.get('/demande')).body).toContain('Make a request')
  })

  it('tells the disruptions that everybody may know of, beside the form too, and no other', async () => {
    const announced = {
      title: 'Wi-Fi coupé',
      place: 'Bât. 4R3',
      workaround: 'Branchez un câble.',
      startsAt: new Date(now - 60_000).toISOString(),
    }
    for (const audience of ['public', 'staff'] as const)
      await service.stores.disruptions.announce(
        disruptionContent.parse({ ...announced, title: `${announced.title} (${audience})`, audience }),
        null,
        { id: 'nadia', name: 'Nadia' },
      )
    for (const url of ['/', '/demande', '/embed']) {
      const { body } = await visitor.get(url)
      expect(body).toContain('Wi-Fi coupé (public), Bât. 4R3')
      expect(body).not.toContain('(staff)')
    }
  })

  it('is shown in a frame to the sites that are named, and to no other', async () => {
    const framed = async () => (await visitor.get('/embed')).headers['content-security-policy']
    expect(await framed()).toContain("frame-ancestors 'none'")
    const { version } = service.settings.view.portal
    await service.settings.change('portal', { version, value: { frames: ['https://ent.univ.example'] } }, { id: 'sophie', name: 'Sophie' })
    expect(await framed()).toContain("frame-ancestors 'self' https://ent.univ.example")
    expect((await visitor.get('/')).headers['content-security-policy']).toContain("frame-ancestors 'none'")
  })

  it('takes the first words of a request in a frame, and goes on with them in a window of its own, signing in included', async () => {
    const framed = await visitor.get('/embed')
    expect(framed.headers['content-security-policy']).toContain("form-action 'self'")
    expect(framed.body).toContain('<form class="find" method="get" action="/demande" target="_blank"')
    const begun = '/demande?objet=Plus+de+Wi-Fi%2C+b%C3%A2t.+4R3'
    const { body } = await visitor.get(begun)
    expect(body).toContain('value="Plus de Wi-Fi, bât. 4R3"')
    const there = (await visitor.get(`/connexion?vers=${encodeURIComponent(begun)}`)).body
    expect(there).toContain(`value="${begun}"`)
  })
})

it('says where one may come, on the home page and on the card, once the site has said so', async () => {
  const said = async () =>
    Promise.all(['/', '/?langue=en', '/carte'].map(async (url) => (await visitor.get(url)).body.includes('Bâtiment 1CN, « Émile Durand »')))
  expect((await visitor.get('/?langue=fr')).body).not.toContain('Venir')
  const save = async (place: string | null) => {
    const { version } = service.settings.view.desk
    await service.settings.change('desk', { version, value: { place } }, { id: 'sophie', name: 'Sophie' })
  }
  await save('Bâtiment 1CN, « Émile Durand »')
  expect(await said()).toEqual([true, true, true])
  expect((await visitor.get('/?langue=fr')).body).toContain('sans rendez-vous')
  await save(null)
  expect(await said()).toEqual([false, false, false])
})

it('names what is asked for on a form of its own, and leads there', async () => {
  const { version, value } = service.settings.view.categories
  const at = 'https://demandes.univ.example/salle?a=1&b=2'
  const first = value.categories.find(({ tree }) => tree === 'service')
  const save = (form: string | null, from: number) =>
    service.settings.change(
      'categories',
      { version: from, value: { ...value, categories: value.categories.map((one) => (one === first ? { ...one, form } : one)) } },
      { id: 'sophie', name: 'Sophie' },
    )
  expect((await visitor.get('/demande')).body).not.toContain('leur propre formulaire')
  await save(at, version)
  const { body } = await visitor.get('/demande?langue=fr')
  expect(body).toContain('Ces demandes ont leur propre formulaire')
  expect(body).toContain(`<a href="${at.replace('&', '&amp;')}" rel="noopener">${first?.name}</a>`)
  await save(null, service.settings.view.categories.version)
})

it('who does not hear finds the relay service beside the number, wherever that stands', async () => {
  const save = async (relayUrl: string | null) => {
    const { version, value } = service.settings.view.portal
    await service.settings.change('portal', { version, value: { ...value, relayUrl } }, { id: 'sophie', name: 'Sophie' })
  }
  const said = () =>
    Promise.all(['/', '/carte', '/embed'].map(async (url) => (await visitor.get(url)).body.match(/<a [^>]*relais[^>]*>/)?.[0]))
  await save('https://relais.univ.example/')
  const link = '<a href="https://relais.univ.example/" rel="noopener">'
  expect(await said()).toEqual([link, link, link.replace(' rel', ' target="_blank" rel')])
  await save(null)
  expect(await said()).toEqual([undefined, undefined, undefined])
})

it('the site’s own picture stands on the card and in its frames, from an address that frames may load', async () => {
  const { version, value } = service.settings.view.portal
  const logo = `data:image/png;base64,${png(8, 8).toString('base64')}`
  await service.settings.change('portal', { version, value: { ...value, logo } }, { id: 'sophie', name: 'Sophie' })
  for (const url of ['/carte', '/embed', '/embed/bandeau']) {
    const { body, headers } = await visitor.get(url)
    const src = /<img class="logo" src="([^"]+)"/.exec(body)?.[1] ?? ''
    expect(src, url).toMatch(/^\/logo\?v=\d+$/)
    expect((await visitor.get(src)).headers['content-type']).toBe('image/png')
    expect(headers['content-security-policy']).toMatch(/img-src 'self'/)
  }
  const put = service.settings.view.portal
  await service.settings.change('portal', { version: put.version, value: { ...put.value, logo: null } }, { id: 'sophie', name: 'Sophie' })
  expect((await visitor.get('/embed')).body).not.toContain('<img')
})

it('the card has a code to photograph, which opens the form with the place filled in', async () => {
  const place = 'Bât. 4R3, salle <118>'
  const card = (await visitor.get(`/carte?lieu=${encodeURIComponent(place)}`)).body
  expect(card).toContain('class="qr"')
  expect(card).toContain('salle &lt;118&gt;</strong>')
  // As drawn: the same address gives the same drawing.
  const drawn = renderSVG(`http://127.0.0.1:8080/demande?lieu=${encodeURIComponent(place)}`, { ecc: 'M', border: 2 })
  expect(card).toContain(/<path[^>]*>/.exec(drawn)?.[0] ?? 'no drawing')
  expect((await visitor.get(`/demande?lieu=${encodeURIComponent(place)}`)).body).toContain('value="Bât. 4R3, salle &lt;118&gt;"')
})

describe('a request', () => {
  it('of a guest has its number at once, a code, and waits for its address to be confirmed', async () => {
    const answer = await asked(visitor, guest, [{ name: 'photo.png', bytes: png(20, 10) }])
    expect(answer.statusCode).toBe(303)
    const number = numberIn(answer.headers.location)
    const page = (await visitor.get(String(answer.headers.location))).body
    expect(page).toContain(`Votre demande n° ${number} est enregistrée`)
    const code = /class="code">([A-Z0-9-]{9})</.exec(page)?.[1] ?? ''
    expect(await ticketOf(number)).toMatchObject({
      medium: 'form',
      status: 'pre-ticket',
      unconfirmed: true,
      asked: { place: 'Bât. 4R3' },
      requester: { personId: null, name: 'Lou Martin', email: 'lou@mail.example' },
      attachments: [{ name: 'photo.png', picture: { width: 20, height: 10 } }],
    })
    const [mail] = await mailsOf(number)
    const link = /http:\/\/127\.0\.0\.1:8080(\/demandes\/\d+\/confirmer\?cle=\S+)/.exec(mail?.text ?? '')?.[1] ?? ''
    // A machine that reads mails opens the link: nothing changes.
    expect((await new Visitor(service).get(link)).statusCode).toBe(200)
    expect((await ticketOf(number)).unconfirmed).toBe(true)
    const other = new Visitor(service)
    await other.post(`/demandes/${number}/confirmer`, { cle: Visitor.hidden((await other.get(link)).body, 'cle') })
    expect((await ticketOf(number)).unconfirmed).toBe(false)
    const elsewhere = new Visitor(service)
    expect((await elsewhere.post('/demandes', { numero: String(number), code: code.toLowerCase().replace('-', ' ') })).statusCode).toBe(303)
    expect((await elsewhere.get(`/demandes/${number}`)).body).toContain('Écran noir')
  })

  it('that nobody confirms nor accepts is closed after its days, without a word to its address', async () => {
    const number = await madeBy(visitor, { ...guest, courriel: 'nobody@mail.example' })
    const before = (await mailsOf(number)).length
    now += 13 * 86_400_000
    expect((await service.stores.tickets.runDue()).map((one) => one.number)).not.toContain(number)
    now += 2 * 86_400_000
    expect((await service.stores.tickets.runDue()).map((one) => one.number)).toContain(number)
    expect(await service.stores.tickets.find(number)).toMatchObject({ status: 'closed', closedHow: 'expired' })
    expect((await service.stores.tickets.runDue()).map((one) => one.number)).not.toContain(number)
    expect(await mailsOf(number)).toHaveLength(before)
    // Its page says how to open it again.
    expect((await visitor.get(`/demandes/${number}`)).body).toContain(`action="/demandes/${number}/rouvrir"`)
    now -= 15 * 86_400_000
  })

  it('that its author drops and reopens by its code waits to be confirmed again, and nothing more is written to its address', async () => {
    const number = await madeBy(visitor, { ...guest, courriel: 'someone-else@mail.example' })
    await visitor.post(`/demandes/${number}/annuler`, { raison: '' })
    expect((await visitor.get(`/demandes/${number}`)).body).toContain(`/demandes/${number}/rouvrir`)
    await visitor.post(`/demandes/${number}/rouvrir`, { raison: 'Achetez chez nous.' })
    expect(await ticketOf(number)).toMatchObject({ status: 'pre-ticket', unconfirmed: true })
    expect(await mailsOf(number)).toHaveLength(1)
  })

  it('that is confirmed after it was closed is to be taken up, unless the desk had dropped it', async () => {
    const confirm = async (number: number) => {
      const [mail] = await mailsOf(number)
      const cle = /confirmer\?cle=(\S+)/.exec(mail?.text ?? '')?.[1] ?? ''
      const answer = await visitor.post(`/demandes/${number}/confirmer`, { cle })
      return (await visitor.get(String(answer.headers.location))).body
    }
    const [late, dropped] = [await madeBy(visitor), await madeBy(visitor)]
    await as('alice', 'POST', `/api/tickets/${dropped}/close`, { solution: 'Indésirable.' })
    now += 15 * 86_400_000
    await service.stores.tickets.runDue()
    expect((await service.stores.tickets.find(late))?.status).toBe('closed')
    expect(await confirm(late)).toContain('un opérateur va la prendre en charge')
    expect(await service.stores.tickets.find(late)).toMatchObject({ status: 'pre-ticket', unconfirmed: false, owner: null })
    expect(await confirm(dropped)).not.toContain('un opérateur va la prendre en charge')
    expect((await service.stores.tickets.find(dropped))?.status).toBe('closed')
    now -= 15 * 86_400_000
  })

  it('of somebody signed in has their identity and is to be taken up at once, acknowledged by mail', async () => {
    expect((await visitor.signIn('claire.dubois', demoPassword)).statusCode).toBe(303)
    const number = await madeBy(visitor, {
      titre: 'Accès à Moodle',
      telephone: '05 61 55 12 34',
      qualification: 'Un logiciel',
      nom: 'Somebody else',
      courriel: 'else@mail.example',
    })
    expect(await ticketOf(number)).toMatchObject({
      unconfirmed: false,
      asked: { qualification: 'Un logiciel' },
      requester: { personId: 'sample:claire.dubois', name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: '05 61 55 12 34' },
    })
    expect((await mailsOf(number)).map((m) => m.to)).toEqual(['claire.dubois@univ.example'])
    expect((await visitor.get('/demandes')).body).toContain('Accès à Moodle')
  })

  it('sent twice makes one', async () => {
    const jeton = Visitor.hidden((await visitor.get('/demande')).body, 'jeton')
    now += 20_000
    const both = await Promise.all([1, 2].map(() => visitor.send('/demande', Object.entries({ jeton, ...guest }))))
    expect(new Set(both.map((b) => numberIn(b.headers.location))).size).toBe(1)
  })

  it('that lacks something comes back whole, with its files, and says what to do', async () => {
    const jeton = Visitor.hidden((await visitor.get('/demande')).body, 'jeton')
    now += 20_000
    const back = await visitor.send('/demande', Object.entries({ jeton, ...guest, titre: ' ', courriel: 'not an address' }), [
      { name: 'log.txt', bytes: Buffer.from('lines') },
      { name: 'virus.exe', bytes: Buffer.from('MZ') },
    ])
    expect(back.statusCode).toBe(422)
    for (const said of ['Donnez un titre', 'n’est pas valable', 'virus.exe', 'Depuis ce matin.', 'log.txt'])
      expect(back.body).toContain(said)
    now += 20_000
    const garde = Visitor.hidden(back.body, 'garde')
    const sent = await visitor.send('/demande', Object.entries({ ...guest, jeton: Visitor.hidden(back.body, 'jeton'), garde }))
    expect((await ticketOf(numberIn(sent.headers.location))).attachments).toMatchObject([{ name: 'log.txt' }])
  })

  it('without a mailbox keeps another contact, and is confirmed by telephone', async () => {
    const number = await madeBy(visitor, { nom: 'Lou', titre: 'Compte bloqué', contact: '06 12 34 56 78' })
    expect(await ticketOf(number)).toMatchObject({ requester: { email: null }, asked: { contact: '06 12 34 56 78' } })
    const page = (await visitor.get(`/demandes/${number}`)).body
    expect(page).toContain('Appelez-nous avec le numéro')
    expect(page).not.toContain('par le lien du courriel')
    expect((await asked(visitor, { nom: 'Lou', titre: 'Compte bloqué' })).body).toContain('nous ne pouvons pas vous répondre')
  })

  it('holding scripts and headers is text on every page, and one line in a mail', async () => {
    const evil = '"><script>alert(1)</script>\r\nBcc: pirate@evil.example'
    const number = await madeBy(visitor, { nom: evil, courriel: 'lou@mail.example', titre: evil, resume: evil, lieu: evil, contact: evil })
    for (const url of [`/demandes/${number}`, '/demandes', `/demande?objet=${encodeURIComponent(evil)}&lieu=${encodeURIComponent(evil)}`])
      expect((await visitor.get(url)).body).not.toContain('<script>alert')
    expect((await asked(visitor, { ...guest, titre: ' ', nom: evil, resume: evil })).body).not.toContain('<script>alert')
    const { rows } = await service.database.pool.query<{ subject: string }>(
      'select subject from outbox order by at desc, ctid desc limit 1',
    )
    expect(rows[0]?.subject).not.toMatch(/[\r\n]/)
    expect(html`<a title="${`'"><b>`}">${['<i>', null, false, 3]}</a>`.text).toBe('<a title="&#39;&quot;&gt;&lt;b&gt;">&lt;i&gt;3</a>')
  })

  it('of a machine, of another site, or from a page that is not ours makes none', async () => {
    expect((await asked(visitor, { ...guest, site_web: 'http://spam.example' })).statusCode).toBe(422)
    const jeton = Visitor.hidden((await visitor.get('/demande')).body, 'jeton')
    expect((await visitor.send('/demande', Object.entries({ jeton, ...guest }))).statusCode, 'at once').toBe(422)
    now += 20_000
    expect((await visitor.send('/demande', Object.entries({ ...guest, jeton: `${jeton}x` }))).statusCode).toBe(422)
    expect((await visitor.send('/demande', Object.entries(guest))).statusCode).toBe(422)
    const foreign = await visitor.post('/demande', { jeton, ...guest }, { origin: 'https://evil.example' })
    expect(foreign.statusCode).toBe(403)
  })

  it('in a flood is refused early, with what to do, and one mailbox is not filled', async () => {
    const answers = []
    for (let i = 0; i < 60; i += 1) answers.push((await visitor.send('/demande', Object.entries(guest))).statusCode)
    expect(answers.filter((code) => code === 429).length).toBe(20)
    const late = await visitor.send('/demande', Object.entries(guest))
    expect(late.body).toContain('le téléphone n’est pas touché')
    now += 3_600_000
    const mails = []
    for (let i = 0; i < 7; i += 1) mails.push((await asked(visitor, { ...guest, courriel: 'victim@mail.example' })).statusCode)
    expect(mails).toEqual([303, 303, 303, 303, 303, 429, 429])
  })

  it('of a gigabyte is refused before it is read', async () => {
    const answer = await service.app.inject({
      method: 'POST',
      url: '/demande',
      headers: { 'content-type': 'multipart/form-data; boundary=x', 'content-length': '1073741824' },
      payload: Buffer.from('x'),
    })
    expect([answer.statusCode, answer.headers.connection]).toEqual([413, 'close'])
  })
})

describe('following', () => {
  it('shows what is public and nothing else, and what happens next', async () => {
    const number = await madeBy(visitor)
    const at = `/api/tickets/${number}`
    await as('alice', 'POST', `${at}/take-up`)
    await as('alice', 'POST', `${at}/contributions`, { text: 'Note entre nous, réf. SECRET' })
    const hidden = (
      await service.as('alice', {
        method: 'POST',
        url: `${at}/attachments?name=interne.txt`,
        headers: { 'content-type': 'application/octet-stream' },
        payload: Buffer.from('secret'),
      })
    ).json()
    await as('alice', 'POST', `${at}/contributions`, { text: '', attachments: [hidden.id] })
    await as('alice', 'POST', `${at}/contributions`, { text: 'Quel écran ?', visibility: 'public' })
    await as('alice', 'POST', `${at}/redirect`, { groupId: 'dsrt', reason: 'Raison interne SECRET' })
    const page = (await visitor.get(`/demandes/${number}`)).body
    expect(page).toContain('Quel écran ?')
    expect(page).toContain('Une équipe spécialisée va la prendre en charge')
    for (const secret of ['SECRET', 'dSRT', 'interne.txt']) expect(page).not.toContain(secret)
    expect((await visitor.get(`/demandes/${number}/fichiers/${hidden.id}`)).statusCode).toBe(404)
    expect((await visitor.get(`/demandes/${number}/etat`)).json().version).toMatch(/redirected/)
  })

  it('says until when it is taken up by the delay that holds at this desk', async () => {
    const change = async (value: object) => {
      const { version } = (await as('sophie', 'GET', '/api/settings')).json().clocks
      await service.as('sophie', { method: 'PUT', url: '/api/settings/clocks', payload: { version, value } })
    }
    await change({ takeUpMinutes: 180 })
    expect((await visitor.signIn('claire.dubois', demoPassword)).statusCode).toBe(303)
    const number = await madeBy(visitor, { titre: 'Accès à Moodle' })
    const { clock } = await ticketOf(number)
    expect(Date.parse(clock.takeUp.dueAt) - now).toBeGreaterThan(2 * 3_600_000)
    expect((await visitor.get(`/demandes/${number}`)).body).toContain(moment(clock.takeUp.dueAt, 'fr', 'Europe/Paris'))
    await change({ takeUpMinutes: null })
    await service.stores.tickets.rewind()
    expect((await visitor.get(`/demandes/${number}`)).body).toContain(fr.next['pre-ticket'](null))
    await change({})
  })

  it('its author adds words and files, says yes or no to a solution, reopens and cancels', async () => {
    const number = await madeBy(visitor)
    const at = `/api/tickets/${number}`
    await visitor.send(`/demandes/${number}/message`, [['texte', 'Voici une photo.']], [{ name: 'p.png', bytes: png(4, 4) }])
    const { attachments, journal } = await ticketOf(number)
    expect(journal.at(-1)).toMatchObject({ by: 'Lou Martin', text: 'Voici une photo.', visibility: 'public' })
    expect((await visitor.get(`/demandes/${number}/fichiers/${attachments[0].id}`)).headers['content-disposition']).toContain('attachment')
    expect((await visitor.send(`/demandes/${number}/message`, [['texte', ' ']])).statusCode).toBe(422)
    await as('alice', 'POST', `${at}/take-up`)
    const propose = async () => (await as('alice', 'POST', `${at}/solution`, { solution: 'Redémarrez.' })).json().proposal.at
    const first = await propose()
    expect((await visitor.get(`/demandes/${number}`)).body).toContain('Cette solution vous convient-elle')
    await visitor.post(`/demandes/${number}/reponse`, { propose: first, reponse: 'non', raison: 'Toujours noir.' })
    expect((await ticketOf(number)).status).toBe('in-progress')
    now += 1_000
    const second = await propose()
    expect((await visitor.post(`/demandes/${number}/reponse`, { propose: first, reponse: 'oui' })).statusCode).toBe(409)
    await visitor.post(`/demandes/${number}/reponse`, { propose: second, reponse: 'oui' })
    expect(await ticketOf(number)).toMatchObject({ status: 'closed', closedHow: 'user' })
    await visitor.post(`/demandes/${number}/rouvrir`, { raison: 'De nouveau noir.' })
    expect((await ticketOf(number)).status).toBe('reopened')
    await visitor.post(`/demandes/${number}/annuler`, { raison: 'Écran changé.' })
    expect(await ticketOf(number)).toMatchObject({ status: 'closed', closedHow: 'user', solution: 'Annulée par l’usager. Écran changé.' })
  })

  it('opened again by its author before anybody had it, waits for the desk as it did', async () => {
    await visitor.signIn('claire.dubois', demoPassword)
    const number = await madeBy(visitor, { titre: 'Écran encore noir' })
    await visitor.post(`/demandes/${number}/annuler`, { raison: 'Fausse alerte.' })
    expect((await mailsOf(number)).at(-1)?.text).not.toContain('Claire Dubois')
    await visitor.post(`/demandes/${number}/rouvrir`, { raison: 'Si, finalement.' })
    expect(await ticketOf(number)).toMatchObject({ status: 'new', owner: null })
    const waiting = (await as('alice', 'GET', '/api/tickets?view=to-take-up&limit=100')).json<{ tickets: { number: number }[] }>()
    expect(waiting.tickets.map((one) => one.number)).toContain(number)
  })

  it('a reason is not to be typed anew, and what is pressed twice is done once', async () => {
    const number = await madeBy(visitor)
    const at = `/api/tickets/${number}`
    const page = `/demandes/${number}`
    await as('alice', 'POST', `${at}/take-up`)
    const propose = async (): Promise<string> => {
      now += 1_000
      return (await as('alice', 'POST', `${at}/solution`, { solution: 'Redémarrez.' })).json().proposal.at
    }
    const first = await propose()
    const answer = (fields: Readonly<Record<string, string>>) => visitor.post(`${page}/reponse`, { propose: first, ...fields })
    const twice = async (gesture: () => ReturnType<typeof answer>) => [(await gesture()).statusCode, (await gesture()).statusCode]
    const lines = async (kind: string) => (await ticketOf(number)).journal.filter((line: { kind: string }) => line.kind === kind)

    const blank = await answer({ reponse: 'non', raison: ' \r\n' })
    expect(blank.statusCode).toBe(422)
    expect(blank.body).toMatch(/<details open>[\s\S]*id="raison-faux" role="alert">Dites en quelques mots/)
    expect(blank.body).not.toContain('id="texte-faux"')
    expect(await twice(() => answer({ reponse: 'non', raison: 'Toujours noir,\r\n même branché.' }))).toEqual([303, 303])
    expect(await lines('refused')).toHaveLength(1)

    // Another solution stands there meanwhile: the reason is beside it.
    const second = await propose()
    const late = await answer({ reponse: 'non', raison: 'Le câble est <neuf>.' })
    expect(late.statusCode).toBe(409)
    expect(late.body).toMatch(/<details open>[\s\S]*Le câble est &lt;neuf&gt;\.<\/textarea>/)
    expect(await twice(() => answer({ propose: second, reponse: 'oui' }))).toEqual([303, 303])
    expect(await lines('closed')).toHaveLength(1)

    // What was written while it was being closed is kept, and says so.
    const sent = await visitor.send(`${page}/message`, [['texte', 'Encore une chose.']])
    expect(sent.headers.location).toBe(`${page}?fait=ajout-clos`)
    expect((await visitor.get(String(sent.headers.location))).body).toMatch(
      /close pendant que vous écriviez[\s\S]*<details class="card" open>/,
    )
    expect(await twice(() => visitor.post(`${page}/rouvrir`, { raison: 'De nouveau noir.' }))).toEqual([303, 303])
    expect(await lines('reopened')).toHaveLength(1)

    // Nothing asks for that reason any more: it is a message that can be sent.
    const gone = await answer({ propose: second, reponse: 'non', raison: 'Et le son ?' })
    expect(gone.statusCode).toBe(409)
    expect(gone.body).toMatch(/name="texte"[^>]*>\s*Et le son \?<\/textarea>/)
    expect(await twice(() => visitor.post(`${page}/annuler`, { raison: 'Écran changé.' }))).toEqual([303, 303])
    expect(await lines('closed')).toHaveLength(2)
  })

  it('is nobody else’s, on every page: not by guessing a number, nor signed in as another, nor with another’s key', async () => {
    const theirs = await madeBy(new Visitor(service))
    const own = await madeBy(visitor)
    const { rows } = await service.database.pool.query<{ text: string }>(
      "select text from outbox where text like '%/demandes/%' order by at desc limit 50",
    )
    const followed = rows.map((r) => /\/demandes\/(\d+)\?cle=([\w-]+)/.exec(r.text)).find((m) => m !== null && Number(m[1]) !== theirs)
    const claire = new Visitor(service)
    await claire.signIn('claire.dubois', demoPassword)
    for (const route of Object.keys(portalRights)) {
      const [method = '', url = ''] = route.split(' ')
      if (!url.includes(':number')) continue
      const path = url.replace(':number', String(theirs)).replace(':id', '00000000-0000-4000-8000-000000000000')
      for (const key of ['', `?cle=${followed?.[2] ?? 'x'}`])
        for (const who of [visitor, claire, new Visitor(service)]) {
          const answer =
            method === 'GET'
              ? await who.get(path + key)
              : url.endsWith('message')
                ? await who.send(path, [['texte', 'x']])
                : await who.post(path, { cle: 'x', reponse: 'oui' })
          expect(answer.statusCode, `${route}${key}`).toBe(404)
        }
    }
    expect((await visitor.get(`/demandes/${own}`)).statusCode).toBe(200)
    expect((await ticketOf(theirs)).journal.filter((l: { kind: string }) => l.kind !== 'mail')).toHaveLength(1)
  })

  it('a code is not found by trying: the number and the address are made to wait', async () => {
    const number = await madeBy(visitor)
    const thief = new Visitor(service)
    const tries = []
    for (let i = 0; i < 7; i += 1) tries.push((await thief.post('/demandes', { numero: String(number), code: `AAAA-AAA${i}` })).statusCode)
    expect(tries).toEqual([422, 422, 422, 422, 422, 429, 429])
  })

  it('a link from a mail is asked for once more by the page itself, so that the session comes along', async () => {
    await visitor.signIn('claire.dubois', demoPassword)
    const bare = new Visitor(service)
    const first = await bare.get('/demandes/10388', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' })
    expect([first.statusCode, first.headers.refresh]).toEqual([200, '0;url=/demandes/10388'])
    expect((await visitor.get('/demandes/10388', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' })).statusCode).not.toBe(
      500,
    )
  })

  it('goes on after signing in, and never to another site', async () => {
    const to = async (vers: string) =>
      (await new Visitor(service).post('/connexion', { identifiant: 'claire.dubois', mot_de_passe: demoPassword, vers })).headers.location
    expect(await to('/demande')).toBe('/demande')
    // A place as the code on its poster writes it.
    const poster = `/demande?lieu=${encodeURIComponent("Bât. 4R3 (salle 118), près de l'accueil !")}`
    expect(poster).toMatch(/[()'!]/)
    expect(await to(poster)).toBe(poster)
    for (const elsewhere of ['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)'])
      expect(await to(elsewhere)).toBe('/demandes')
    const wrong = await new Visitor(service).post('/connexion', { identifiant: '<b>', mot_de_passe: 'x' })
    expect([wrong.statusCode, wrong.body.includes('<b>')]).toEqual([401, false])
  })
})

it('every page of the table exists, and a page without an entry cannot be added', () => {
  for (const route of Object.keys(portalRights)) {
    const [method = '', url = ''] = route.split(' ')
    expect(service.app.hasRoute({ method, url }), route).toBe(true)
  }
})

it('shows the site’s own picture beside its name, in pixels only, kept by browsers until it changes', async () => {
  const put = (logo: string | null) =>
    service.as('sophie', {
      method: 'PUT',
      url: '/api/settings/portal',
      payload: { version: service.settings.view.portal.version, value: { logo } },
    })
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  const logo = () => service.app.inject({ url: '/logo' })
  const home = async () => (await service.app.inject({ url: '/' })).body
  expect([(await logo()).statusCode, (await home()).includes('src="/logo')]).toEqual([404, false])
  for (const bad of [
    'data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+',
    `data:image/png;base64,${Buffer.from('<script>').toString('base64')}`,
    'https://evil.example/logo.png',
    `data:image/png;base64,iVBORw0KGgo${'A'.repeat(60_000)}`,
  ])
    expect((await put(bad)).json()).toMatchObject({ code: 'invalid_body' })
  expect((await put(`data:image/png;base64,${png}`)).statusCode).toBe(200)
  const shown = await logo()
  expect([shown.statusCode, shown.headers['content-type'], shown.rawPayload]).toEqual([200, 'image/png', Buffer.from(png, 'base64')])
  const { version } = service.settings.view.portal
  expect(await home()).toContain(`src="/logo?v=${version}"`)
  expect((await service.app.inject({ url: '/api/portal' })).json()).toMatchObject({ logo: `/logo?v=${version}` })
  await put(null)
  expect((await logo()).statusCode).toBe(404)
})
