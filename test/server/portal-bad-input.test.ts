import { request as ask } from 'node:http'
import { deflateRawSync } from 'node:zlib'
import type { CallView } from '../../server/contract/entities.ts'
import { demoPassword } from '../../server/database/demo-people.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { freeTcpPort } from '../support/free-port.ts'
import { Visitor } from '../support/portal.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
let now = Date.parse('2026-11-24T09:00:00.000Z')
let visitor: Visitor
let port = 0
beforeAll(async () => {
  service = await buildTestHttp({ now: () => now, ticketNow: () => new Date(now) })
  port = await freeTcpPort()
  await service.app.listen({ host: '127.0.0.1', port })
})
afterAll(() => service.close())
beforeEach(() => {
  now += 3_600_000
  visitor = new Visitor(service)
})

const evil = `"'><script>alert(1)</script><img src=x onerror=alert(1)>\r\nSet-Cookie: evil=1\r\nBcc: pirate@evil.example{{7*7}}`
const guest = { nom: 'Lou Martin', courriel: 'lou@mail.example', titre: 'Écran noir', resume: 'Depuis ce matin.' }
async function asked(fields: Readonly<Record<string, string>> = {}, files: readonly { name: string; bytes: Buffer }[] = []) {
  const jeton = Visitor.hidden((await visitor.get('/demande')).body, 'jeton')
  now += 20_000
  return visitor.send('/demande', Object.entries({ jeton, ...guest, ...fields }), files)
}
const numberIn = (location: unknown) => Number(/\/demandes\/(\d+)/.exec(String(location))?.[1])

/** No tag of it lives, whatever page shows it, and no header was made of it. */
function harmless(
  answer: { readonly body: string; readonly headers: Readonly<Record<string, unknown>>; readonly statusCode: number },
  what: string,
) {
  expect(answer.statusCode, what).toBeLessThan(500)
  for (const live of ['<script>alert', '<img src=x', 'onerror=alert(1)>'])
    expect(answer.body.includes(live), `${what}: ${live}`).toBe(false)
  expect(JSON.stringify(answer.headers['set-cookie'] ?? ''), what).not.toContain('evil')
  expect(JSON.stringify(answer.headers['location'] ?? ''), what).not.toMatch(/evil|\\[rn]/)
}

describe('scripts and headers in a field', () => {
  it('of the form, one after the other and all at once, are text wherever they are shown', async () => {
    const fields = [
      'titre',
      'resume',
      'nom',
      'courriel',
      'telephone',
      'contact',
      'lieu',
      'qualification',
      'article',
      'vu',
      'suivre',
      'garde',
      'site_web',
    ]
    for (const field of fields) harmless(await asked({ courriel: `${field}@mail.example`, [field]: evil.slice(0, 190) }), field)
    const made = await asked({
      courriel: 'zoe@mail.example',
      titre: evil.slice(0, 190),
      resume: evil,
      nom: evil.slice(0, 190),
      lieu: evil.slice(0, 190),
      contact: evil.slice(0, 190),
      telephone: evil.slice(0, 40),
    })
    const number = numberIn(made.headers.location)
    expect(number).toBeGreaterThan(0)
    for (const url of [
      `/demandes/${number}`,
      '/demandes',
      `/demandes/${number}?fait=envoi`,
      `/demandes/${number}?fait=${encodeURIComponent(evil)}`,
    ])
      harmless(await visitor.get(url), url)
    for (const [path, name] of [
      ['message', 'texte'],
      ['reponse', 'raison'],
      ['annuler', 'raison'],
      ['rouvrir', 'raison'],
    ] as const)
      harmless(
        path === 'message'
          ? await visitor.send(`/demandes/${number}/${path}`, [[name, evil]], [{ name: '<img src=x>.png', bytes: Buffer.from(evil) }])
          : await visitor.post(`/demandes/${number}/${path}`, { [name]: evil, reponse: 'non', propose: evil }),
        path,
      )
    harmless(await visitor.get(`/demandes/${number}`), 'the request')
    const { rows } = await service.database.pool.query<{ subject: string; to_address: string }>('select subject, to_address from outbox')
    for (const { subject, to_address: to } of rows) expect(`${subject}${to}`).not.toMatch(/[\r\n]/)
  })

  it('of every other page and address are text too', async () => {
    const said = encodeURIComponent(evil)
    for (const url of [
      `/demande?lieu=${said}&objet=${said}&article=${said}`,
      `/demande/aide?titre=${said}&resume=${said}`,
      `/faq?q=${said}`,
      `/faq/${said}`,
      `/carte?lieu=${said}`,
      `/connexion?vers=${said}`,
      `/perturbations?fait=${said}`,
      `/rappel/${said}`,
      `/?langue=${said}`,
    ])
      harmless(await visitor.get(url), url)
    const jeton = Visitor.hidden((await visitor.get('/rappel')).body, 'jeton')
    now += 5_000
    harmless(await visitor.post('/rappel', { jeton, creneau: evil, telephone: evil, objet: evil, courriel: evil }), '/rappel')
    harmless(await visitor.post('/demandes', { numero: evil, code: evil }), '/demandes')
    harmless(await visitor.post('/perturbations', { courriel: evil, jeton: evil }), '/perturbations')
    harmless(await visitor.post('/connexion', { identifiant: evil, mot_de_passe: evil, vers: evil }), '/connexion')
    const location = (
      await visitor.post('/connexion', { identifiant: 'claire.dubois', mot_de_passe: demoPassword, vers: `/demande${evil}` })
    ).headers
    harmless({ body: '', headers: location, statusCode: 303 }, 'after signing in')
  })

  it('of the page shared during a call are text on both sides', async () => {
    service.desk.calls = [{ id: 'c1', status: 'talking', operatorId: 'alice', consult: null, watch: null } as unknown as CallView]
    const as = (url: string, payload?: object) => service.as('alice', { method: 'POST', url, ...(payload && { payload }) })
    harmless(await visitor.post('/p', { code: evil }), 'the code')
    await visitor.post('/p', { code: (await as('/api/calls/c1/page')).json().code })
    for (const kind of ['text', 'step', 'spelled']) await as('/api/calls/c1/page/lines', { kind, text: evil.slice(0, 110) })
    harmless(await visitor.send('/p/message', [['texte', evil]], [{ name: '"><img src=x>.txt', bytes: Buffer.from('x') }]), 'a message')
    harmless(await visitor.post('/p/fait', { ligne: evil }), 'a step')
    for (const url of ['/p', '/p/fil', '/p/fil?page=1']) harmless(await visitor.get(url), url)
    service.desk.calls = []
  })
})

describe('a file', () => {
  it('that is no picture, or a zip that unfolds into gigabytes, is answered where it was chosen, and what was typed stays', async () => {
    const refused = await asked({ titre: 'Photo jointe' }, [{ name: 'photo.jpg', bytes: Buffer.from('<svg onload=alert(1)>') }])
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain('porte le nom d’une image')
    expect(refused.body).toContain('value="Photo jointe"')
    const bomb = Buffer.concat([Buffer.from('PK\x03\x04'.padEnd(30, '\0'), 'latin1'), deflateRawSync(Buffer.alloc(20_000_000))])
    const made = await asked({ titre: 'Archive jointe' }, [{ name: 'photos.zip', bytes: bomb }])
    const { attachments } = (await service.as('alice', { method: 'GET', url: `/api/tickets/${numberIn(made.headers.location)}` })).json()
    expect(attachments).toMatchObject([{ name: 'photos.zip', type: 'application/zip', bytes: bomb.length }])
  })

  it('that is called as no file should be is saved under a plain name, and given to be saved', async () => {
    const made = await asked({}, [
      { name: `../../etc/${evil.replaceAll(/["\r\n]/g, '')}${'x'.repeat(500)}.txt`, bytes: Buffer.from('bonjour') },
    ])
    const number = numberIn(made.headers.location)
    const { attachments } = (await service.as('alice', { method: 'GET', url: `/api/tickets/${number}` })).json()
    expect(attachments).toHaveLength(1)
    expect(attachments[0].name).not.toMatch(/[/\\\r\n]/)
    expect(attachments[0].name.length).toBeLessThan(260)
    const given = await visitor.get(`/demandes/${number}/fichiers/${attachments[0].id}`)
    expect(given.headers['content-disposition']).toMatch(/^attachment/)
    expect(given.headers['x-content-type-options']).toBe('nosniff')
    harmless(await visitor.get(`/demandes/${number}`), 'its page')
  })
})

/** What a real connection is answered, without our own client's manners. @param body given as it is asked for */
function sent(
  path: string,
  headers: Readonly<Record<string, string>>,
  body: Iterable<Buffer>,
): Promise<{ readonly status: number; readonly text: string; readonly bytes: number }> {
  return new Promise((resolve, reject) => {
    let bytes = 0
    let over = false
    const out = ask({ host: '127.0.0.1', port, path, method: 'POST', headers }, (answer) => {
      over = true
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => (text += part))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text, bytes }))
      answer.on('error', reject)
    })
    out.on('error', (error) => over || reject(error))
    const give = (from: Iterator<Buffer>): void => {
      for (;;) {
        const { done, value } = from.next()
        if (over) return
        if (done === true) return void out.end()
        bytes += value.length
        if (!out.write(value)) return void out.once('drain', () => give(from))
      }
    }
    give(body[Symbol.iterator]())
  })
}
const form = (edge = 'edge') => ({ 'content-type': `multipart/form-data; boundary=${edge}` })
const head = (name: string, more = '') => Buffer.from(`--edge\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n`)

it('an id that only looks like one is nobody’s, on every page that takes one', async () => {
  const dashes = '-'.repeat(36)
  const location = (await asked()).headers.location
  expect((await visitor.get(`/demandes/${numberIn(location)}/fichiers/${dashes}`)).statusCode).toBe(404)
  expect((await asked({ suivre: dashes })).statusCode).toBe(404)
  const checked = await service.as('nadia', { method: 'POST', url: `/api/checks/${dashes}`, payload: { code: '123456' } })
  expect(checked.statusCode).toBe(400)
})

describe('an upload of a gigabyte', () => {
  it.each(['/demande', '/p/message', '/demandes/10418/message'])('to %s is refused before it is read, when it says so', async (path) => {
    const answer = await service.app.inject({
      method: 'POST',
      url: path,
      headers: { ...form(), 'content-length': String(2 ** 30) },
      payload: Buffer.from('x'),
    })
    expect([answer.statusCode, answer.headers.connection]).toEqual([413, 'close'])
    expect(answer.body).toContain('25 Mo au plus par fichier')
  })

  it('that does not say so is cut off once it is more than any form holds', async () => {
    const gigabyte = function* () {
      yield head('fichiers', '; filename="film.mp4"')
      for (let i = 0; i < 1_024; i += 1) yield Buffer.alloc(1_048_576)
    }
    const answer = await sent('/demande', form(), gigabyte())
    expect(answer.status).toBe(413)
    expect(answer.text).toContain('25 Mo au plus par fichier')
    expect(answer.bytes).toBeLessThan(130 * 1_048_576)
    expect((await visitor.get('/')).statusCode).toBe(200)
  })
})

describe('a form that is not put together as forms are', () => {
  it.each<readonly [string, () => Record<string, string>, () => Iterable<Buffer>]>([
    ['without its end', form, () => [head('titre'), Buffer.from('Écran noir')]],
    ['without an edge', () => ({ 'content-type': 'multipart/form-data' }), () => [Buffer.from('titre=x')]],
    ['with an edge that never comes', form, () => [Buffer.from('nothing of a form\r\n'.repeat(100))]],
    ['with a part that has no name', form, () => [Buffer.from('--edge\r\ncontent-disposition: form-data\r\n\r\nx\r\n--edge--\r\n')]],
    ['with a part that has no heading', form, () => [Buffer.from('--edge\r\n\r\nx\r\n--edge--\r\n')]],
    [
      'with a heading of a megabyte',
      form,
      () => [Buffer.from(`--edge\r\ncontent-disposition: form-data; name="a"; x="${'a'.repeat(1_000_000)}"\r\n\r\nx\r\n--edge--\r\n`)],
    ],
    [
      'of a thousand parts',
      form,
      () => [...Array.from({ length: 1_000 }, (_, i) => Buffer.concat([head(`f${i}`), Buffer.from('x\r\n')])), Buffer.from('--edge--\r\n')],
    ],
    [
      'with parts in its parts',
      form,
      () => [
        Buffer.from(
          '--edge\r\ncontent-disposition: form-data; name="a"\r\ncontent-type: multipart/mixed; boundary=in\r\n\r\n--in\r\n\r\nx\r\n--in--\r\n--edge--\r\n',
        ),
      ],
    ],
    ['of noise', form, () => [Buffer.from(Array.from({ length: 20_000 }, (_, i) => (i * 7919) % 256))]],
  ])('%s is answered with what to do, and nothing is ours to repair', async (_what, headers, body) => {
    const answer = await sent('/demande', headers(), body())
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(answer.text).toMatch(/<h1>|class="band bad"/)
  })
})
