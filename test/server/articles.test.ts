import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { articleContent, type Article, type ArticleList, type ClosedTicket, type SuggestedArticle } from '../../server/contract/articles.ts'
import { articleStore } from '../../server/database/article-store.ts'
import { openDatabase } from '../../server/database/connection.ts'
import { defaultSettings } from '../../server/settings/defaults.ts'
import { png } from '../support/pictures.ts'
import { Visitor } from '../support/portal.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
let now = Date.parse('2026-11-24T09:00:00.000Z')
beforeAll(async () => {
  service = await buildTestHttp({ ticketNow: () => new Date(now) })
})
afterAll(() => service.close())

const as = (login: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) =>
  service.as(login, { method, url, ...(payload && { payload }) })
const json = async <Body>(answer: ReturnType<typeof as>): Promise<Body> => (await answer).json()
const write = async (fields: object, login = 'nadia'): Promise<Article> => {
  const answer = await as(login, 'POST', '/api/articles', fields)
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json()
}
const found = async (search: string, login = 'alice') =>
  (await json<ArticleList>(as(login, 'GET', `/api/articles?search=${encodeURIComponent(search)}`))).articles.map(({ title }) => title)

describe('articles', () => {
  beforeAll(async () => {
    await write({
      title: 'Se connecter au Wi-Fi eduroam',
      keywords: 'sans fil',
      body: '<p>Identifiant de l’université.</p>',
      state: 'public',
      topicId: 'reseau',
    })
    await write({ title: 'Bourrages des imprimantes', body: '<p>Ouvrez le capot, retirez le papier coincé.</p>', state: 'public' })
    await write({ title: 'Mot de passe : procédure interne', body: '<p>Vérifier l’identité par un code.</p>', state: 'staff' })
    await write({ title: 'Imprimante réseau, à compléter', body: '', state: 'draft' })
  })

  it.each([
    ['wifi', 'Se connecter au Wi-Fi eduroam'],
    ['Wi-Fi', 'Se connecter au Wi-Fi eduroam'],
    ['identifiants universite', 'Se connecter au Wi-Fi eduroam'],
    ['edurom', 'Se connecter au Wi-Fi eduroam'],
    ['bourage', 'Bourrages des imprimantes'],
    ['papiers', 'Bourrages des imprimantes'],
    ['procedures', 'Mot de passe : procédure interne'],
  ])('« %s » finds « %s », whatever the accents, plurals and slips', async (typed, title) => {
    expect((await found(typed))[0]).toBe(title)
  })

  it('says which word it took for a mistyped one, and finds nothing where nothing is', async () => {
    const { corrected } = await json<ArticleList>(as('alice', 'GET', '/api/articles?search=imprimnate'))
    expect(corrected).toEqual([{ typed: 'imprimnate', taken: 'imprimante' }])
    expect(await found('archéologie')).toEqual([])
    expect(await found("'; drop table articles; -- & | ! :*")).toEqual([])
  })

  it('are suggested while a title is typed, and a draft to nobody', async () => {
    const suggest = async (title: string) =>
      (await json<SuggestedArticle[]>(as('alice', 'GET', `/api/articles/suggested?title=${encodeURIComponent(title)}`))).map(
        (one) => one.title,
      )
    expect(await suggest('Plus de wifi en salle 118')).toEqual(['Se connecter au Wi-Fi eduroam'])
    expect(await suggest('Problème : l’imprimante ne marche plus')).toEqual(['Bourrages des imprimantes'])
    expect(await suggest('Bonjour')).toEqual([])
  })

  it('being written are seen by who writes, not by référents', async () => {
    expect(await found('compléter', 'nadia')).toEqual(['Imprimante réseau, à compléter'])
    expect(await found('compléter', 'lucie')).toEqual([])
  })

  it('hold text, headings, lists and links, and nothing that runs', async () => {
    const evil =
      '<h1 onclick="x()">Titre</h1><script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">ici</a><a href="https://univ.example" target="_blank">là</a><iframe src="//evil.example"></iframe><p style="position:fixed">fin</p><svg><a xlink:href="javascript:alert(1)">x</a></svg>'
    const { body } = await write({ title: 'Essai', body: evil, state: 'staff' })
    expect(body).toBe(
      '<h2>Titre</h2><a rel="noopener">ici</a><a href="https://univ.example" rel="noopener">là</a><p>fin</p><a rel="noopener">x</a>',
    )
  })

  it('keep every version, go back to an older one, and lose no change of somebody else', async () => {
    const first = await write({ title: 'Agenda', body: '<p>Un</p>', state: 'public' })
    const url = `/api/articles/${first.number}`
    const { reviewOn } = first
    expect(reviewOn).toBe('2027-11-24')
    const second = await json<Article>(
      as('bruno', 'PUT', url, { title: 'Agenda partagé', body: '<p>Deux</p>', state: 'public', version: 1 }),
    )
    expect(second).toMatchObject({ version: 2, author: 'Nadia Roussel', by: 'Bruno Lefort' })
    const late = await as('nadia', 'PUT', url, { title: 'Perdu', body: '<p>Trois</p>', state: 'public', version: 1 })
    expect([late.statusCode, late.json().message]).toEqual([409, expect.stringContaining('Bruno Lefort')])
    expect(await json(as('nadia', 'POST', `${url}/restore`, { version: 2, restore: 1 }))).toMatchObject({
      version: 3,
      title: 'Agenda',
      body: '<p>Un</p>',
    })
    expect(
      (await json<{ what: string; by: string }[]>(as('nadia', 'GET', `${url}/versions`))).map(({ what, by }) => `${what} ${by}`),
    ).toEqual(['restored Nadia Roussel', 'changed Bruno Lefort', 'created Nadia Roussel'])
    await expect(service.database.pool.query('delete from article_versions')).rejects.toThrow('append-only')
    expect(service.told).toContain('articles')
  })

  it('are to be read again when their day has come: their author is told once, and says so by a gesture', async () => {
    const one = await write({ title: 'VPN', body: '<p>Nomade</p>', state: 'public', reviewOn: '2026-12-01' })
    const mails = async () =>
      (await service.database.pool.query<{ subject: string }>("select subject from outbox where subject like '%VPN%'")).rows
    await service.database.pool.query("update accounts set person_id = 'sample:nadia' where id = 'nadia'")
    await service.stores.articles.remind()
    expect(await mails()).toHaveLength(0)
    now = Date.parse('2026-12-01T08:00:00.000Z')
    await service.stores.articles.remind()
    await service.stores.articles.remind()
    expect(await mails()).toEqual([{ subject: '[Guichet unique] Article à relire : VPN' }])
    const due = await json<ArticleList>(as('nadia', 'GET', '/api/articles?due=true'))
    expect([due.due, due.articles.map(({ title }) => title)]).toEqual([1, ['VPN']])
    const read = await json<Article>(as('nadia', 'POST', `/api/articles/${one.number}/review`, { version: 1 }))
    expect(read).toMatchObject({ reviewOn: '2027-12-01', due: false })
  })
})

describe('what a closed ticket teaches', () => {
  let number = 0
  beforeAll(async () => {
    const answer = await as('alice', 'POST', '/api/tickets', {
      title: 'Pilote de Claire Dubois corrompu',
      summary: 'Mme Dubois (05 61 55 12 34) ne peut plus numériser. Vu avec Ahmed Benali.',
      medium: 'phone',
      urgency: 'normal',
      categoryId: 'impression',
      requester: { personId: 'sample:claire.dubois', name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: '05 61 55 12 34' },
      solution: 'Réinstaller le pilote du scanner, puis redémarrer. Dire à Claire de rappeler.',
    })
    number = answer.json().number
  })
  const closed = (login: string, query: string) => json<ClosedTicket[]>(as(login, 'GET', `/api/tickets/closed?${query}`))

  it('is found by words and category; whoever may not open it reads no name and no number, and finds it by none', async () => {
    const [seen] = await closed('alice', 'search=pilotes%20numeriser&categoryId=impression')
    expect(seen).toMatchObject({ number, whole: true, title: 'Pilote de Claire Dubois corrompu' })
    const [masked] = await closed('lucie', 'search=pilotes%20numeriser')
    expect(masked).toMatchObject({
      number,
      whole: false,
      title: 'Pilote de [nom] corrompu',
      summary: 'Mme [nom] ([numéro]) ne peut plus numériser. Vu avec [nom].',
    })
    expect(JSON.stringify(masked)).not.toMatch(/dubois|claire|benali/i)
    for (const search of ['Dubois', 'claire', 'Benali', 'Claire Dubois'])
      expect(await closed('lucie', `search=${encodeURIComponent(search)}`), search).toEqual([])
    expect((await closed('alice', 'search=Dubois&categoryId=impression')).length).toBe(1)
    expect(await closed('alice', 'search=pilote&categoryId=reseau')).toEqual([])
  })

  it('is found by whoever may not open it whatever small words stand between, a hyphen or an apostrophe', async () => {
    for (const search of ['pilote pour le scanner', 'redémarrer dans les ateliers', 'l’impression du pilote', 'scanner corrompu avec'])
      expect((await closed('lucie', `search=${encodeURIComponent(search)}`)).length, search).toBe(
        Number(!/ateliers|impression/.test(search)),
      )
  })

  it('names nobody of the directory, family name first and of several words, or with another apostrophe', async () => {
    const known = await service.stores.people.byId('sample:claire.dubois')
    if (known === null) throw new Error('Claire is of the sample university')
    const also = ['Zoé Le Gall', "Anne D'Almeida"].map((name, i) => ({
      ...known,
      id: `ldap:${i}`,
      name,
      email: null,
      login: null,
      phones: [],
    }))
    await service.stores.people.save(also, 'directory')
    await as('alice', 'POST', '/api/tickets', {
      title: 'Nœud du réseau en panne',
      summary: 'Vu avec LE GALL Zoé, puis avec Anne D’Almeida.',
      requester: { personId: null, name: 'Paul Vidal', email: null, phone: null },
      solution: 'Nœud remplacé.',
    })
    const [masked] = await closed('lucie', 'search=remplace')
    expect(masked).toMatchObject({ whole: false, summary: 'Vu avec [nom], puis avec [nom].' })
  })

  it('becomes a draft in one gesture, without what is about people', async () => {
    const born = await json<Article>(as('alice', 'POST', `/api/tickets/${number}/articles`))
    expect(born).toMatchObject({
      state: 'draft',
      title: 'Pilote de [nom] corrompu',
      fromTicket: number,
      author: 'Alice Martin',
      keywords: 'Impression',
    })
    expect(born.body).toContain('<h2>Ce qu’il faut faire</h2><p>Réinstaller le pilote du scanner')
    expect(JSON.stringify(born)).not.toMatch(/dubois|claire|benali|05 61/i)
    expect((await json<{ number: number }[]>(as('alice', 'GET', `/api/tickets/${number}/articles`))).map((one) => one.number)).toEqual([
      born.number,
    ])
    expect((await as('lucie', 'POST', `/api/tickets/${number}/articles`)).statusCode).toBe(403)
  })
})

describe('a picture of an article', () => {
  const bring = (login: string, payload: Buffer, name = 'Réseaux.png') =>
    service.as(login, {
      method: 'POST',
      url: `/api/articles/pictures?name=${encodeURIComponent(name)}`,
      headers: { 'content-type': 'application/octet-stream' },
      payload,
    })
  const shown = (id: string, alt = ' alt="La fenêtre Réseaux"') => `<p>Ici :</p><img src="/api/articles/pictures/${id}"${alt} width="640">`
  const read = async (login: string | null, url: string) => (await service.as(login, { method: 'GET', url })).statusCode
  const change = (article: Article, fields: object) =>
    as('nadia', 'PUT', `/api/articles/${article.number}`, { ...article, ...fields, version: article.version })

  it('is seen by whoever may read an article that shows it now, and by nobody else', async () => {
    const brought = await bring('nadia', png(640, 400))
    expect([brought.statusCode, brought.json()]).toMatchObject([201, { type: 'image/png', picture: { width: 640, height: 400 } }])
    const { id } = brought.json()
    const [inside, outside] = [`/api/articles/pictures/${id}`, `/faq/images/${id}`]
    const reached = async () => [await read('nadia', inside), await read('lucie', inside), await read(null, outside)]
    expect(await reached()).toEqual([200, 404, 404])
    const draft = await write({ title: 'Fenêtre Réseaux', body: shown(id), state: 'draft' })
    expect(draft.body).toContain(`src="/api/articles/pictures/${id}"`)
    expect(await reached()).toEqual([200, 404, 404])
    const staff = (await change(draft, { state: 'staff' })).json<Article>()
    expect(await reached()).toEqual([200, 200, 404])
    const open = (await change(staff, { state: 'public' })).json<Article>()
    expect(await reached()).toEqual([200, 200, 200])
    const page = (await new Visitor(service).get(`/faq/${open.number}`)).body
    expect(page).toContain(`<img src="/faq/images/${id}" alt="La fenêtre Réseaux"`)
    expect(page).not.toContain('/api/articles/pictures')
    const { headers } = await service.as(null, { method: 'GET', url: outside })
    expect(headers).toMatchObject({ 'content-type': 'image/png', 'x-content-type-options': 'nosniff' })
    expect([await read(null, inside), await read('claire.dubois', inside)]).toEqual([401, 403])
    // Taken out of the text, or withdrawn with it: closed again, and still there to be gone back to.
    const without = (await change(open, { body: '<p>Sans image</p>' })).json<Article>()
    expect(await reached()).toEqual([200, 404, 404])
    await service.attachments.purge(new Date('2100-01-01'))
    const back = await as('nadia', 'POST', `/api/articles/${open.number}/restore`, { version: without.version, restore: open.version })
    expect([back.statusCode, await reached()]).toEqual([200, [200, 200, 200]])
  })

  it('is described before others read it, in words or as saying nothing', async () => {
    const { id } = (await bring('nadia', png(10, 10))).json()
    const mute = await as('nadia', 'POST', '/api/articles', { title: 'Muet', body: shown(id, ''), state: 'public' })
    expect([mute.statusCode, mute.json().message]).toEqual([400, expect.stringContaining('alt')])
    expect((await write({ title: 'Orné', body: shown(id, ' alt=""'), state: 'public' })).body).toContain('alt=""')
    expect((await write({ title: 'À décrire', body: shown(id, ''), state: 'draft' })).body).not.toContain('alt')
  })

  it('is one that browsers draw, not too large, brought by who writes; what nobody used is forgotten', async () => {
    expect((await bring('nadia', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'a.svg')).json().code).toBe('not_a_picture')
    expect((await bring('nadia', Buffer.from('%PDF-1.7'), 'a.pdf')).json().code).toBe('not_a_picture')
    const large = await bring('nadia', Buffer.concat([png(10, 10), Buffer.alloc(5 * 1_048_576)]))
    expect([large.statusCode, large.json().message]).toEqual([413, expect.stringContaining('5 Mo')])
    expect((await bring('lucie', png(1, 1))).statusCode).toBe(403)
    const { id } = (await bring('bruno', png(3, 3))).json()
    expect(await read('bruno', `/api/articles/pictures/${id}`)).toBe(200)
    await service.attachments.purge(new Date('2100-01-01'))
    expect(await read('bruno', `/api/articles/pictures/${id}`)).toBe(404)
  })

  it('from elsewhere is left out, and a file of a ticket is none', async () => {
    const requester = { personId: null, name: 'Zoé', email: null, phone: null }
    const { number } = await json<{ number: number }>(as('alice', 'POST', '/api/tickets', { title: 'Écran', requester }))
    const brought = await service.as('alice', {
      method: 'POST',
      url: `/api/tickets/${number}/attachments?name=a.png`,
      headers: { 'content-type': 'application/octet-stream' },
      payload: png(5, 5),
    })
    const { id } = brought.json()
    await as('alice', 'POST', `/api/tickets/${number}/contributions`, { text: '', attachments: [id] })
    const { body } = await write({ title: 'Détour', body: `${shown(id)}<img src="https://evil.example/x.png" alt="x">`, state: 'public' })
    expect(body).not.toContain('evil')
    expect([await read('nadia', `/api/articles/pictures/${id}`), await read(null, `/faq/images/${id}`)]).toEqual([404, 404])
  })
})

it('of one heading are found by their words among many of others that have them more often', async () => {
  for (let n = 0; n < 52; n += 1) await write({ title: `Zimbra : zimbra ${n}`, body: '<p>Zimbra, zimbra.</p>', state: 'staff' })
  await write({ title: 'Agenda partagé', body: '<p>Dans les réglages, par le menu de Zimbra.</p>', state: 'staff', topicId: 'reseau' })
  const { articles } = await json<ArticleList>(as('alice', 'GET', '/api/articles?search=zimbra&topicId=reseau'))
  expect(articles.map(({ title }) => title)).toEqual(['Agenda partagé'])
})

it('are written, changed, reviewed and restored by the one connection that each of these holds', async () => {
  const { db, pool, close } = openDatabase(service.url)
  pool.options.max = 1
  const store = articleStore(db, {
    now: () => new Date(now),
    today: () => '2026-11-24',
    reviewMonths: () => 12,
    publicUrl: 'https://guichet.example',
    mails: () => defaultSettings({ limitMinutes: 15, demo: false }).mails,
    mailDomain: 'univ.example',
    textOf: (html) => html,
  })
  const nadia = { id: 'nadia', name: 'Nadia' }
  try {
    const content = articleContent.parse({ title: 'Un seul chemin', body: '<p>Par ici.</p>', state: 'staff' })
    const { number } = await store.write(content, null, nadia)
    await store.change(number, 1, { ...content, body: '<p>Par là.</p>' }, nadia)
    await store.review(number, 2, nadia)
    expect(await store.restore(number, 3, 1, nadia)).toMatchObject({ version: 4, body: '<p>Par ici.</p>' })
    expect(await store.find(number, 'staff')).toMatchObject({ version: 4 })
  } finally {
    await close()
  }
})
