import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { articleContent, type Article } from '../../server/contract/articles.ts'
import { disruptionContent } from '../../server/contract/disruptions.ts'
import { demoPassword } from '../../server/database/demo-people.ts'
import { Visitor } from '../support/portal.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
let now = Date.parse('2026-11-24T09:00:00.000Z')
let visitor: Visitor
const nadia = { id: 'nadia', name: 'Nadia Roussel' }
const written: Article[] = []
beforeAll(async () => {
  service = await buildTestHttp({ now: () => now, ticketNow: () => new Date(now) })
  for (const [title, state, body] of [
    ['Se connecter au Wi-Fi eduroam', 'public', '<h2>Identifiant</h2><p>Le vôtre, suivi de <code>@univ.example</code>.</p>'],
    ['Mot de passe : procédure interne', 'staff', '<p>Vérifier l’identité.</p>'],
    ['Bourrage papier', 'public', '<p>Ouvrez le capot.</p>'],
  ] as const)
    written.push(await service.stores.articles.write(articleContent.parse({ title, state, body, topicId: 'reseau' }), null, nadia))
})
afterAll(() => service.close())
beforeEach(() => {
  now += 660_000
  visitor = new Visitor(service)
})

const guest = { nom: 'Lou Martin', courriel: 'lou@mail.example', titre: 'Écran noir', resume: '', lieu: '' }
const numberIn = (location: unknown) => Number(/\/demandes\/(\d+)/.exec(String(location))?.[1])
const ticketOf = async (number: number) => (await service.as('alice', { method: 'GET', url: `/api/tickets/${number}` })).json()
const readNow = async (number: number) => {
  const { read, helped, notHelped } = (await service.stores.articles.find(number, 'all')) ?? {}
  return { read, helped, notHelped }
}
/** Fill in the form as it stands, and send it. */
async function sent(page: string, fields: Readonly<Record<string, string>>) {
  now += 20_000
  const hidden = { jeton: Visitor.hidden(page, 'jeton'), vu: Visitor.hidden(page, 'vu'), article: Visitor.hidden(page, 'article') }
  return visitor.send('/demande', Object.entries({ ...hidden, ...fields }))
}

describe('the declaration of accessibility', () => {
  const declare = (accessibility: unknown, as: 'sophie' | 'alice' = 'sophie') =>
    service.as(as, { method: 'GET', url: '/api/settings' }).then((read) => {
      const { version, value } = read.json().portal
      return service.as(as, { method: 'PUT', url: '/api/settings/portal', payload: { version, value: { ...value, accessibility } } })
    })

  it('is linked from the foot of every page, says that nobody has audited the service, and leads to the desk', async () => {
    expect((await visitor.get('/')).body).toContain('<footer class="foot"><a href="/accessibilite">Accessibilité : non conforme</a>')
    const page = (await visitor.get('/accessibilite')).body
    expect(page).toContain('n’est pas conforme')
    expect(page).toContain('aucun audit par une personne')
    expect(page).toContain('<a href="/demande">Écrire au guichet</a>')
    expect(page).toContain('Défenseur des droits')
    expect((await visitor.get('/accessibilite?langue=en')).body).toContain('does not comply')
  })

  it('says the state, the audit and the contact that the site has set; what is not a contact is refused', async () => {
    const audit = 'Cabinet Dupuis, 12 mars 2027 : 82 % des critères.'
    expect((await declare({ state: 'partial', audit, contact: 'acces@univ.example' })).statusCode).toBe(200)
    const page = (await visitor.get('/accessibilite')).body
    expect(page).toContain('partiellement conforme')
    expect((await visitor.get('/demande')).body).toContain('Accessibilité : partiellement conforme</a></footer>')
    expect(page).toContain(audit)
    expect(page).toContain('<a href="mailto:acces@univ.example">acces@univ.example</a>')
    expect((await declare({ state: 'partial', audit, contact: 'javascript:alert(1)' })).statusCode).toBe(400)
    expect((await declare({ state: 'none', audit: null, contact: null }, 'alice')).statusCode).toBe(403)
  })
})

describe('the FAQ', () => {
  it('shows its index to everybody, and finds answers whatever the slips; nothing internal', async () => {
    const index = (await visitor.get('/faq')).body
    expect(index).toContain('Réseau et Wi-Fi')
    expect(index).toContain('href="/faq/1-se-connecter-au-wi-fi-eduroam"')
    expect(index).not.toContain('procédure interne')
    const found = (await visitor.get('/faq?q=edurom')).body
    expect(found).toContain('Se connecter au Wi-Fi eduroam')
    expect(found).toContain('voici pour « eduroam »')
    expect((await visitor.get('/faq?q=procedure')).body).toContain('Aucune réponse')
    const evil = '"><script>alert(1)</script>'
    expect((await visitor.get(`/faq?q=${encodeURIComponent(evil)}`)).body).not.toContain('<script>alert')
  })

  it('shows an answer as clean HTML, counts its readings and whether it helped; an internal one does not exist', async () => {
    const [one, internal] = written
    const page = (await visitor.get('/faq/1-whatever')).body
    expect(page).toContain('<h2>Identifiant</h2><p>Le vôtre, suivi de <code>@univ.example</code>.</p>')
    for (const url of [`/faq/${internal?.number}`, '/faq/999', '/faq/nothing']) expect((await visitor.get(url)).statusCode).toBe(404)
    await expect.poll(() => readNow(one?.number ?? 0)).toEqual({ read: 1, helped: 0, notHelped: 0 })
    const thanks = await visitor.post('/faq/1/avis', { avis: 'oui' })
    expect(thanks.headers.location).toBe('/faq/1-se-connecter-au-wi-fi-eduroam?avis=oui')
    await visitor.post('/faq/1/avis', { avis: 'non' })
    expect(await readNow(1)).toEqual({ read: 1, helped: 1, notHelped: 1 })
    expect((await visitor.get('/faq/1?avis=non')).body).toContain('sera revue')
    expect((await visitor.post('/faq/1/avis', { avis: 'oui' }, { origin: 'https://evil.example' })).statusCode).toBe(403)
  })

  it('leads to the form, and the operator knows what was read', async () => {
    const form = (await visitor.get('/demande?article=1')).body
    expect(form).toContain('Vous avez lu « Se connecter au Wi-Fi eduroam »')
    const answer = await sent(form, guest)
    expect(await ticketOf(numberIn(answer.headers.location))).toMatchObject({ asked: { article: 1 } })
    expect((await visitor.get('/demande?article=2')).body).not.toContain('Vous avez lu')
  })
})

describe('while a request is written', () => {
  let disruption = ''
  let parent = 0
  beforeAll(async () => {
    const opened = await service.as('alice', {
      method: 'POST',
      url: '/api/disruptions',
      payload: { title: 'Messagerie lente', startsAt: new Date(now - 60_000).toISOString(), ticket: 'new', audience: 'public' },
    })
    disruption = opened.json().id
    parent = opened.json().ticket
    await service.stores.disruptions.announce(
      disruptionContent.parse({ title: 'Messagerie du personnel', startsAt: new Date(now - 60_000).toISOString(), audience: 'staff' }),
      null,
      nadia,
    )
  })

  it('answers and known disruptions are offered; what is internal is not', async () => {
    const help = await visitor.get(`/demande/aide?titre=${encodeURIComponent('Plus de wifi en salle 118')}`)
    expect(help.body).toContain('Se connecter au Wi-Fi eduroam')
    expect(help.headers['x-vu']).toBe('a1')
    const mail = (await visitor.get('/demande/aide?titre=mesagerie+lente')).body
    expect(mail).toContain('Messagerie lente')
    expect(mail).toContain(`name="suivre" value="${disruption}"`)
    expect(mail).not.toContain('personnel')
    expect((await visitor.get('/demande/aide?titre=Bonjour')).body).toBe('')
  })

  it('one page asks before it is sent, without a script; sent again it goes, its text whole', async () => {
    const form = (await visitor.get('/demande')).body
    const asked = await sent(form, { ...guest, titre: 'Messagerie très lente', resume: 'Depuis <hier>' })
    expect(asked.statusCode).toBe(200)
    expect(asked.body).toContain('Une perturbation connue correspond')
    expect(asked.body).toContain('Envoyer quand même')
    expect(asked.body).toContain('Depuis &lt;hier&gt;')
    const gone = await sent(asked.body, { ...guest, titre: 'Messagerie très lente', resume: 'Depuis <hier>' })
    expect(gone.statusCode).toBe(303)
    expect(await ticketOf(numberIn(gone.headers.location))).toMatchObject({ title: 'Messagerie très lente', summary: 'Depuis <hier>' })
  })

  it('an article about most of it stops it once, without a script; one about some of it is told once it is sent', async () => {
    const form = (await visitor.get('/demande')).body
    const stopped = await sent(form, { ...guest, titre: 'Wifi eduroam' })
    expect(stopped.statusCode).toBe(200)
    expect(stopped.body).toContain('Envoyer quand même')
    expect((await sent(stopped.body, { ...guest, titre: 'Wifi eduroam' })).headers.location).not.toContain('lire')
    const weak = { ...guest, titre: 'Wifi ce matin, ordinateur neuf' }
    const gone = await sent((await visitor.get('/demande')).body, weak)
    expect(gone.statusCode).toBe(303)
    const page = (await visitor.get(gone.headers.location ?? '')).body
    expect(page).toContain('En attendant, ceci répond peut-être à votre demande')
    expect(page).toContain('/faq/1-se-connecter-au-wi-fi-eduroam')
    const internal = (await visitor.get(`/demandes/${numberIn(gone.headers.location)}?fait=envoi&lire=${written[1]?.number}`)).body
    expect(internal).not.toContain('En attendant')
  })

  it('that was shown what answers it already is sent at once', async () => {
    const form = (await visitor.get('/demande')).body
    const gone = await sent(form, { ...guest, titre: 'Plus de wifi en salle 118', vu: 'a1' })
    expect(gone.statusCode).toBe(303)
  })

  it('the disruption is followed in its place: a light request of one’s own, told of its end', async () => {
    await visitor.signIn('claire.dubois', demoPassword)
    const form = (await visitor.get('/demande')).body
    const followed = await sent(form, { titre: 'Messagerie lente', resume: 'Trois minutes par envoi.', telephone: '', suivre: disruption })
    expect(followed.headers.location).toContain('fait=suivi')
    const number = numberIn(followed.headers.location)
    expect(await ticketOf(number)).toMatchObject({
      light: true,
      medium: 'form',
      requester: { personId: 'sample:claire.dubois' },
      waiting: { what: { for: 'parent', ticket: parent } },
    })
    const page = (await visitor.get(String(followed.headers.location))).body
    expect(page).toContain('Vous suivez cette perturbation')
    // Where it stands, in words of its own.
    expect(page).toContain('Elle est traitée avec d’autres de même cause : une équipe y travaille')
    // Again: the same one.
    const again = await sent((await visitor.get('/demande')).body, { titre: '', telephone: '', suivre: disruption })
    expect(numberIn(again.headers.location)).toBe(number)
  })

  it('a guest’s address is asked first, and hears of the end once it is confirmed by a press; looking at the link confirms nothing', async () => {
    const mailsTo = async (address: string) =>
      (
        await service.database.pool.query<{ subject: string; text: string }>(
          'select subject, text from outbox where to_address = $1 order by at',
          [address],
        )
      ).rows
    expect((await visitor.get('/demande/aide?titre=mesagerie+lente')).body).toContain('un courriel vous demandera d’abord de la confirmer')
    const address = 'zoe@mail.example'
    const follow = async () =>
      sent((await visitor.get('/demande')).body, { ...guest, courriel: address, titre: 'Messagerie lente', suivre: disruption })
    const followed = await follow()
    const number = numberIn(followed.headers.location)
    expect(await ticketOf(number)).toMatchObject({ light: true, status: 'waiting', unconfirmed: true })
    const page = (await visitor.get(String(followed.headers.location))).body
    expect(page).toContain(`Ouvrez le courriel envoyé à ${address}`)
    expect(page).not.toContain('nous vous prévenons de la fin')
    const [asked] = await mailsTo(address)
    expect(asked?.subject).toContain('suivi à confirmer : Messagerie lente')
    expect(asked?.text).toContain('Confirmez que vous voulez suivre la perturbation « Messagerie lente »')
    // What is said to it meanwhile stays in the ticket.
    await service.stores.tickets.contribute(number, { text: 'Encore une heure.', visibility: 'public' }, nadia)
    expect(await ticketOf(number)).toMatchObject({ unconfirmed: true, light: true, status: 'waiting' })
    // Asked three times an hour at most, with the same answer.
    for (let i = 0; i < 4; i++) expect((await follow()).headers.location).toContain('fait=suivi')
    expect(await mailsTo(address)).toHaveLength(3)
    expect((await service.stores.disruptions.find(disruption)).children).toBe(
      (await service.stores.tickets.linksOf(parent)).links.filter(({ light, outward }) => light && !outward).length,
    )

    const link = /https?:\/\/\S+\/confirmer\S+/.exec(asked?.text ?? '')?.[0] ?? ''
    const { pathname, search } = new URL(link)
    const scanner = new Visitor(service)
    const shown = await scanner.get(pathname + search)
    expect(shown.body).toContain('Oui, je veux la suivre')
    expect(await ticketOf(number)).toMatchObject({ unconfirmed: true })
    const confirmed = await scanner.post(pathname, { cle: new URLSearchParams(search).get('cle') ?? '' })
    expect((await scanner.get(String(confirmed.headers.location))).body).toContain(
      'Vous suivez cette perturbation : nous vous prévenons de la fin.',
    )
    expect(await ticketOf(number)).toMatchObject({ unconfirmed: false, light: true, waiting: { what: { for: 'parent', ticket: parent } } })
  })

  it('the disruption is followed with the files that were brought, and once when it is sent twice', async () => {
    const form = (await visitor.get('/demande')).body
    now += 20_000
    const fields = { jeton: Visitor.hidden(form, 'jeton'), ...guest, titre: 'Messagerie lente', suivre: disruption }
    const files = [{ name: 'erreur.txt', bytes: Buffer.from('Délai dépassé') }]
    const [one, other] = await Promise.all([
      visitor.send('/demande', Object.entries(fields), files),
      visitor.send('/demande', Object.entries(fields), files),
    ])
    expect([one.statusCode, other.statusCode]).toEqual([303, 303])
    const number = numberIn(one.headers.location)
    expect(numberIn(other.headers.location)).toBe(number)
    expect(await ticketOf(number)).toMatchObject({ light: true, attachments: [{ name: 'erreur.txt' }] })
    expect((await visitor.get(String(one.headers.location))).body).toContain('erreur.txt')
  })

  it('typing somebody’s number at the form leads to a request of one’s own, never to theirs; and theirs is not told to whoever typed it', async () => {
    const phone = '06 39 98 01 02'
    const joins = (requester: { name: string; email: string | null }, medium: 'phone' | 'form') =>
      service.stores.tickets.join(
        parent,
        { requester: { ...requester, personId: null, phone }, text: 'Mon code est 4321.', medium, callId: null },
        nadia,
      )
    const theirs = await joins({ name: 'Paul Vidal', email: 'paul@mail.example' }, 'phone')
    const followed = await sent((await visitor.get('/demande')).body, { ...guest, titre: 'Idem', telephone: phone, suivre: disruption })
    const mine = numberIn(followed.headers.location)
    expect(mine).not.toBe(theirs.number)
    expect((await visitor.get(String(followed.headers.location))).body).not.toContain('4321')
    expect((await visitor.get(`/demandes/${theirs.number}`)).statusCode).toBe(404)
    // Whoever calls from that number again is with their own.
    expect((await joins({ name: '', email: null }, 'phone')).number).toBe(theirs.number)
    await service.stores.tickets.close(theirs.number, 'Fait.', nadia)
    expect((await joins({ name: '', email: null }, 'phone')).number).not.toBe(mine)
  })

  it('one that is over, or that nobody outside knows of, is not followed, and nothing that was typed is lost', async () => {
    const { version } = await service.stores.disruptions.find(disruption)
    await service.stores.disruptions.end(disruption, version, 'Réparé', nadia)
    now += 60_000
    const told = await service.stores.tickets.tellSome(100)
    // Of the five that were asked for with that address, the one that was confirmed.
    expect(told.filter(({ requester }) => requester.email === 'zoe@mail.example')).toHaveLength(1)
    expect(told.some(({ unconfirmed }) => unconfirmed)).toBe(false)
    const written = await service.database.pool.query(
      "select distinct to_address from outbox where subject like '%perturbation terminée%' and to_address like '%@mail.example'",
    )
    expect(written.rows.map((row) => row.to_address)).not.toContain('lou@mail.example')
    const late = await sent((await visitor.get('/demande')).body, { ...guest, titre: 'Messagerie lente', suivre: disruption })
    expect(late.statusCode).toBe(409)
    expect(late.body).toContain('vient de se terminer')
    expect(late.body).toContain('value="Messagerie lente"')
    const staff = (await service.stores.disruptions.current()).find(({ audience }) => audience === 'staff')?.id ?? ''
    expect((await sent((await visitor.get('/demande')).body, { ...guest, suivre: staff })).statusCode).toBe(404)
  })
})
