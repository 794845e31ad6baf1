import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CallView } from '../../server/contract/entities.ts'
import { ticketCreation } from '../../server/contract/http.ts'
import { spelled } from '../../server/contract/spelling.ts'
import { png } from '../support/pictures.ts'
import { Visitor } from '../support/portal.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
let now = Date.parse('2026-11-24T09:00:00.000Z')
let visitor: Visitor
let calls = 0
let call: string
beforeAll(async () => {
  service = await buildTestHttp({ now: () => now, ticketNow: () => new Date(now) })
})
afterAll(() => service.close())
beforeEach(() => {
  now += 3_600_000
  visitor = new Visitor(service)
  calls += 1
  call = `call-${calls}`
  service.desk.calls = [{ id: call, status: 'talking', operatorId: 'alice', consult: null, watch: null } as unknown as CallView]
})

const as = (login: string, method: 'POST' | 'GET' | 'DELETE', url: string, payload?: object) =>
  service.as(login, { method, url, ...(payload && { payload }) })
const shared = async () => (await as('alice', 'POST', `/api/calls/${call}/page`)).json()
const read = async () => (await as('alice', 'GET', `/api/calls/${call}/page`)).json().page
const say = (payload: object) => as('alice', 'POST', `/api/calls/${call}/page/lines`, payload)
const enter = (who: Visitor, code: string) => who.post('/p', { code })
const ticketBody = () => ({
  title: 'Compte',
  summary: 'Bloqué.',
  medium: 'phone',
  callId: call,
  requester: { personId: null, name: 'Lou Martin', email: null, phone: null },
})
const ticketOfCall = async () => {
  const { number } = (await as('alice', 'POST', '/api/tickets', ticketBody())).json()
  await service.sharedPages.deliver(call)
  return (await as('alice', 'GET', `/api/tickets/${number}`)).json()
}

describe('the page shared during a call', () => {
  it('is opened by the code that the operator reads, shows what they spell, and takes what the caller writes and sends into the ticket', async () => {
    const page = await shared()
    expect(page).toMatchObject({ open: true, address: '127.0.0.1:8080/p', lines: [] })
    expect(page.code).toMatch(/^\d{6}$/)
    expect((await visitor.get('/p')).body).toContain('name="code"')
    expect((await enter(visitor, page.code.replace(/^.../, '$& '))).statusCode).toBe(303)

    await say({ kind: 'spelled', text: 'Bé-7' })
    await say({ kind: 'step', text: 'Redémarrez <b>le poste</b>' })
    const { body } = await visitor.get('/p')
    expect(body).toContain('<b>B</b><span>majuscule, Berthe</span>')
    expect(body).toContain('minuscule, Eugène, accent aigu')
    expect(body).toContain('Redémarrez &lt;b&gt;le poste&lt;/b&gt;')

    const sent = await visitor.send('/p/message', [['texte', 'Ça ne marche pas']], [{ name: 'écran.png', bytes: png(20, 10) }])
    expect(sent.statusCode).toBe(303)
    await visitor.post('/p/fait', { ligne: String((await read()).lines[1].id) })
    const { lines } = await read()
    expect(lines).toMatchObject([
      { side: 'operator', kind: 'spelled', text: 'Bé-7' },
      { kind: 'step', doneAt: new Date(now).toISOString() },
      { side: 'caller', text: 'Ça ne marche pas', files: [{ name: 'écran.png', picture: { width: 20 } }] },
    ])
    const file = lines[2].files[0].id
    expect((await as('alice', 'GET', `/api/calls/${call}/page/files/${file}`)).statusCode).toBe(200)
    expect((await visitor.get(`/p/fichiers/${file}`)).statusCode).toBe(200)

    const { journal, attachments } = await ticketOfCall()
    const told = journal.filter(({ kind }: { kind: string }) => kind === 'shared')
    expect(
      told.map((line: { by: string; text: string; detail: { page: object } }) => [line.by, line.text, line.detail.page]),
    ).toMatchObject([
      ['Alice Martin', 'Bé-7', { kind: 'spelled' }],
      ['Alice Martin', 'Redémarrez <b>le poste</b>', { kind: 'step' }],
      ['Lou Martin', 'Ça ne marche pas', { kind: 'text', side: 'caller' }],
      ['Lou Martin', 'Redémarrez <b>le poste</b>', { kind: 'done' }],
    ])
    expect(attachments).toMatchObject([{ name: 'écran.png', entryId: told[2].id }])
    // The ticket is there: what comes now goes straight into it, once.
    await visitor.send('/p/message', [['texte', 'Merci']])
    await service.sharedPages.deliver(call)
    const after = await ticketOfCallNumber(journal)
    expect(after.filter(({ text }: { text: string }) => text === 'Merci')).toHaveLength(1)
  })

  async function ticketOfCallNumber(journal: readonly { id: number }[]) {
    const { rows } = await service.database.pool.query<{ number: number }>(
      'select t.number from tickets t join ticket_journal j on j.ticket_id = t.id where j.id = $1',
      [journal[0]?.id],
    )
    return (await as('alice', 'GET', `/api/tickets/${rows[0]?.number}`)).json().journal
  }

  it('is written into the ticket once, however many say at the same time that the call led there', async () => {
    await shared()
    for (const text of ['Bé-7', 'Cé-8']) await say({ kind: 'spelled', text })
    // Nobody says it yet.
    const { ticket } = await service.stores.tickets.open(ticketCreation.parse(ticketBody()), { id: 'alice', name: 'Alice Martin' })
    await Promise.all([1, 2, 3].map(() => service.sharedPages.deliver(call)))
    const { journal } = (await as('alice', 'GET', `/api/tickets/${ticket.number}`)).json()
    expect(journal.filter(({ kind }: { kind: string }) => kind === 'shared')).toMatchObject([{ text: 'Bé-7' }, { text: 'Cé-8' }])
  })

  it('shows a confidential text while it lasts, and keeps it nowhere', async () => {
    await enter(visitor, (await shared()).code)
    await say({ kind: 'spelled', text: 'Zx9Qk2', confidential: true })
    expect((await visitor.get('/p/fil')).body).toContain('Zx9Qk2')
    const { rows } = await service.database.pool.query("select 1 from shared_lines where text like '%Zx9Qk2%'")
    expect(rows).toHaveLength(0)
    const { journal } = await ticketOfCall()
    expect(JSON.stringify(journal)).not.toContain('Zx9Qk2')
    expect(journal.at(-1)).toMatchObject({ kind: 'shared', text: '', detail: { page: { confidential: true } } })
    await as('alice', 'DELETE', `/api/calls/${call}/page`)
    expect((await visitor.get('/p/fil')).body).not.toContain('Zx9Qk2')
  })

  it('lets nobody new in once the call is over, takes a last photograph for ten minutes, then nothing', async () => {
    const { code } = await shared()
    await enter(visitor, code)
    service.desk.calls = []
    service.sharedPages.callEnded(call)
    await expect.poll(async () => (await read()).endsAt).not.toBeNull()
    expect((await enter(new Visitor(service), code)).statusCode).toBe(422)
    expect((await visitor.send('/p/message', [['texte', 'La photo suit']])).statusCode).toBe(303)
    now += 10 * 60_000
    expect((await visitor.send('/p/message', [['texte', 'Trop tard']])).statusCode).toBe(409)
    expect((await visitor.get('/p')).body).toContain('Cette page est terminée')
    expect((await say({ kind: 'text', text: 'Trop tard' })).statusCode).toBe(409)
    expect((await as('alice', 'POST', `/api/calls/${call}/page`)).statusCode).toBe(409)
  })

  it('takes the code of another call where the page of the one before is still shown', async () => {
    await enter(visitor, (await shared()).code)
    await say({ kind: 'text', text: 'Redémarrez le poste' })
    service.desk.calls = []
    service.sharedPages.callEnded(call)
    await expect.poll(async () => (await read()).endsAt).not.toBeNull()
    call = `${call}-again`
    service.desk.calls = [{ id: call, status: 'talking', operatorId: 'alice', consult: null, watch: null } as unknown as CallView]
    const { code } = await shared()
    const before = (await visitor.get('/p')).body
    expect(before).toContain('Redémarrez le poste')
    expect(before).toMatch(/<details class="card" open>[\s\S]*name="code"/)
    expect((await enter(visitor, code)).statusCode).toBe(303)
    await say({ kind: 'text', text: 'Nous voilà de nouveau' })
    const { body } = await visitor.get('/p')
    expect(body).toContain('Nous voilà de nouveau')
    expect(body).not.toContain('Redémarrez le poste')
  })

  it('has codes that expire, let in four screens, and are of no use once there is a new one', async () => {
    const first = (await shared()).code
    const { code } = await shared()
    expect((await enter(visitor, first)).statusCode).toBe(422)
    for (let n = 0; n < 4; n += 1) expect((await enter(new Visitor(service), code)).statusCode).toBe(303)
    expect((await enter(new Visitor(service), code)).statusCode).toBe(422)
    expect(await read()).toMatchObject({ code: null })
    const late = (await shared()).code
    now += 10 * 60_000 + 1
    expect((await enter(visitor, late)).statusCode).toBe(422)
  })

  it('refuses whoever tries codes from one place, and makes codes longer when they are tried from many', async () => {
    const { code } = await shared()
    const from = (remoteAddress: string, tried: string) =>
      service.app.inject({
        method: 'POST',
        url: '/p',
        remoteAddress,
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://127.0.0.1:8080', host: '127.0.0.1:8080' },
        payload: `code=${tried}`,
      })
    const no = code === '000000' ? '000001' : '000000'
    for (let n = 0; n < 8; n += 1) expect((await from('10.1.1.1', no)).statusCode).toBe(422)
    const refused = await from('10.1.1.1', code)
    expect(refused.statusCode).toBe(429)
    expect(refused.body).toContain('Trop d’essais')
    // One network of IPv6 is one place.
    for (let n = 0; n < 8; n += 1) await from(`2001:db8:1:2::${n}`, no)
    expect((await from('2001:db8:1:2::99', code)).statusCode).toBe(429)
    for (let n = 0; n < 60; n += 1) await from(`10.2.0.${n}`, no)
    const longer = await read()
    expect(longer).toMatchObject({ guessed: true })
    expect(longer.code).toMatch(/^\d{8}$/)
    expect((await from('10.3.0.1', code)).statusCode).toBe(422)
    expect((await from('10.3.0.1', longer.code)).statusCode).toBe(303)
  })

  it('is shared by whoever talks to the caller, and seen by nobody without its code', async () => {
    expect((await as('bruno', 'POST', `/api/calls/${call}/page`)).statusCode).toBe(403)
    const { code } = await shared()
    for (const url of ['/p/fil', '/p/fichiers/6a8f0e4e-0000-4000-8000-000000000000', '/p/distance']) {
      const { statusCode, headers } = await visitor.get(url)
      expect([statusCode, headers.location]).toEqual([303, '/p'])
    }
    expect((await visitor.send('/p/message', [['texte', 'Bonjour']])).headers.location).toBe('/p')
    await enter(visitor, code)
    const other = await visitor.get('/p', { cookie: 'guichet-partage=6a8f0e4e-0000-4000-8000-000000000000.aaaaaaaaaaaaaaaaaaaaaaaa' })
    expect(other.body).toContain('name="code"')
  })

  it('offers the remote control where the site has a tool, and writes down that the caller opened it', async () => {
    await enter(visitor, (await shared()).code)
    await say({ kind: 'remote' })
    expect((await visitor.get('/p/distance')).statusCode).toBe(404)
    const { version, value } = service.settings.view.portal
    const remote = { caller: 'https://aide.univ.example/rejoindre/{code}', operator: 'https://aide.univ.example/voir/{code}' }
    await service.settings.change('portal', { version, value: { ...value, remote } }, { id: 'sophie', name: 'Sophie' })
    const { location } = (await visitor.get('/p/distance')).headers
    const { remoteUrl, lines } = await read()
    expect(String(location)).toBe(remoteUrl.replace('/voir/', '/rejoindre/'))
    expect(lines.at(-1)).toMatchObject({ side: 'caller', kind: 'started' })
    const bad = { ...value, remote: { caller: 'javascript:alert(1)', operator: null } }
    await expect(
      service.settings.change('portal', { version: version + 1, value: bad }, { id: 'sophie', name: 'Sophie' }),
    ).rejects.toThrow()
  })

  it('refuses what is not what it says, and keeps what came with it', async () => {
    await enter(visitor, (await shared()).code)
    const answer = await visitor.send(
      '/p/message',
      [['texte', 'Voici']],
      [{ name: 'photo.png', bytes: Buffer.from('<script>alert(1)</script>') }],
    )
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('porte le nom d’une image')
    expect((await read()).lines.map(({ text }: { text: string }) => text)).toEqual(['Voici'])
    expect((await visitor.send('/p/message', [['texte', '  ']])).statusCode).toBe(422)
  })

  it('goes thirty days after its end by the daily removal, with what was written on it, though no other is opened', async () => {
    await shared()
    await say({ kind: 'text', text: 'Écrit pendant l’appel' })
    service.desk.calls = []
    service.sharedPages.callEnded(call)
    await expect.poll(async () => (await read()).endsAt).not.toBeNull()
    const [from, id] = [now, (await service.stores.sharedPages.find({ callId: call }))?.id ?? '']
    const left = async (days: number) => {
      now = from + days * 86_400_000
      const day = new Date(now).toISOString().slice(0, 10)
      while (await service.stores.retention.purge('calls', day, 365, async () => undefined));
      return [await service.stores.sharedPages.find({ id }), await service.stores.sharedPages.linesOf(id)]
    }
    expect(await left(29)).toMatchObject([{ callId: call }, [{ text: 'Écrit pendant l’appel' }]])
    expect(await left(31)).toEqual([null, []])
    now = from
  })
})

it('spells every sign, in both languages', () => {
  expect(spelled('aÇ 1@', 'fr').map(({ says }) => says)).toEqual([
    'minuscule, Anatole',
    'majuscule, Célestin, cédille',
    'espace',
    'chiffre',
    'arobase',
  ])
  expect(spelled('W_', 'en').map(({ says }) => says)).toEqual(['capital, Whiskey', 'underscore'])
  expect(spelled('é'.normalize('NFD'), 'fr')).toEqual([{ sign: 'é', says: 'minuscule, Eugène, accent aigu' }])
})
