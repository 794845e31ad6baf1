import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kindOf } from '../../server/attachments/kind.ts'
import { safeName, savedAs } from '../../server/attachments/names.ts'
import { nothingWritten } from '../support/drafts.ts'
import { gif, jpeg, png } from '../support/pictures.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
let number: number
beforeAll(async () => {
  service = await buildTestHttp()
  const requester = { personId: null, name: 'Zoé', email: 'zoe@univ.example', phone: null }
  const opened = await service.as('alice', { method: 'POST', url: '/api/tickets', payload: { title: 'Écran noir', requester } })
  number = opened.json().number
})
afterAll(() => service.close())

const at = () => `/api/tickets/${number}/attachments`
const bring = (login: string, name: string, payload: Buffer, url = at()) =>
  service.as(login, {
    method: 'POST',
    url: `${url}?name=${encodeURIComponent(name)}`,
    headers: { 'content-type': 'application/octet-stream' },
    payload,
  })
const send = (login: string, attachments: readonly string[], more: object = {}) =>
  service.as(login, { method: 'POST', url: `/api/tickets/${number}/contributions`, payload: { text: '', attachments, ...more } })
const page = async () => (await service.as('alice', { method: 'GET', url: `/api/tickets/${number}` })).json()
const read = (login: string, id: string, of = number) => service.as(login, { method: 'GET', url: `/api/tickets/${of}/attachments/${id}` })
const filesKept = () =>
  readdirSync(join(service.varDir, 'attachments'), { recursive: true }).filter((name) => /[0-9a-f]{64}$/.test(String(name)))

describe('a file', () => {
  it('goes with a contribution, is listed with its line, and is saved, never opened', async () => {
    const brought = await bring('alice', 'Capture d’écran.png', png(640, 400))
    expect([brought.statusCode, brought.json()]).toMatchObject([
      201,
      { entryId: null, type: 'image/png', picture: { width: 640, height: 400 } },
    ])
    const { id } = brought.json()
    expect((await page()).attachments).toEqual([])
    expect((await send('alice', [id])).statusCode).toBe(201)
    const { attachments, journal } = await page()
    expect(attachments).toMatchObject([{ id, name: 'Capture d’écran.png' }])
    expect(journal.find((line: { id: number }) => line.id === attachments[0].entryId)).toMatchObject({
      kind: 'contribution',
      by: 'Alice Martin',
    })
    const { headers, rawPayload } = await read('bruno', id)
    expect(rawPayload).toEqual(png(640, 400))
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    })
    expect(headers['content-disposition']).toMatch(/^attachment; filename="[ -~]+"; filename\*=UTF-8''Capture%20d%E2%80%99%C3%A9cran\.png$/)
  })

  it('is named in the mail when its message is for the requester', async () => {
    const { id } = (await bring('alice', 'notice.pdf', Buffer.from('%PDF-1.7 …'))).json()
    await send('alice', [id], { visibility: 'public', text: 'Voici la notice.' })
    const { rows } = await service.database.pool.query<{ text: string }>('select text from outbox order by at desc, ctid desc limit 1')
    expect(rows[0]?.text).toContain('notice.pdf')
  })

  it('serves no page, whatever it holds and is called', async () => {
    const { id } = (await bring('alice', 'page.html', Buffer.from('<script>alert(1)</script>'))).json()
    await send('alice', [id])
    expect((await read('alice', id)).headers['content-type']).toBe('application/octet-stream')
  })

  it('is nobody else’s before it is sent, nor of another ticket after', async () => {
    const { id } = (await bring('alice', 'a.txt', Buffer.from('a secret'))).json()
    expect((await read('bruno', id)).statusCode).toBe(404)
    expect((await read('alice', id)).statusCode).toBe(200)
    expect((await send('bruno', [id])).statusCode).toBe(400)
    expect((await send('alice', [id])).statusCode).toBe(201)
    expect((await send('alice', [id])).statusCode).toBe(400)
    const other = (
      await service.as('alice', {
        method: 'POST',
        url: '/api/tickets',
        payload: { title: 'Autre', requester: { personId: null, name: '', email: null, phone: null } },
      })
    ).json()
    expect((await read('alice', id, other.number)).statusCode).toBe(404)
    // Level 2 sees the tickets that concern it: this one does not.
    expect((await read('nadia', id)).statusCode).toBe(404)
    expect((await bring('nadia', 'b.txt', Buffer.from('b'))).statusCode).toBe(404)
  })

  it('is kept once for each content, and forgotten when it is never sent', async () => {
    const before = filesKept().length
    const [one, two] = [
      (await bring('alice', '1.txt', Buffer.from('twice'))).json(),
      (await bring('bruno', '2.txt', Buffer.from('twice'))).json(),
    ]
    expect(filesKept().length).toBe(before + 1)
    expect((await service.as('bruno', { method: 'DELETE', url: `${at()}/${two.id}` })).statusCode).toBe(204)
    expect((await service.as('bruno', { method: 'DELETE', url: `${at()}/${one.id}` })).statusCode).toBe(404)
    expect(await service.attachments.purge(new Date(1_000))).toBe(1)
    expect(filesKept().length).toBe(before + 1)
    expect(await service.attachments.purge(new Date(Date.now() + 1_000))).toBe(1)
    expect(filesKept().length).toBe(before)
  })
})

describe('what is refused', () => {
  it.each([
    ['an empty file', 'vide.txt', Buffer.alloc(0), 'file_empty'],
    ['a program by its name', 'facture.pdf.exe', Buffer.from('nothing'), 'file_refused'],
    ['a program by its bytes', 'photo.dat', Buffer.from('MZ\x90\0\x03'), 'file_refused'],
    ['a picture that is none', 'photo.jpg', Buffer.from('<svg onload=alert(1)>'), 'not_a_picture'],
  ])('%s', async (_, name, bytes, code) => {
    const answer = await bring('alice', name, bytes)
    expect([answer.statusCode, answer.json().code]).toEqual([422, code])
  })

  it('what is larger than the site allows, before it is received and while it is', async () => {
    const { version } = service.settings.view.tickets
    await service.settings.change('tickets', { version, value: { attachmentMegabytes: 1 } }, { id: 'sophie', name: 'Sophie' })
    const announced = await service.as('alice', {
      method: 'POST',
      url: `${at()}?name=film.mp4`,
      headers: { 'content-type': 'application/octet-stream', 'content-length': String(1_073_741_824) },
      payload: Readable.from([Buffer.from('never read')]),
    })
    expect([announced.statusCode, announced.json()]).toMatchObject([413, { code: 'too_large', message: expect.stringContaining('1 Mo') }])
    let given = 0
    const endless = Readable.from(
      (function* () {
        for (; given < 1_024; given += 1) yield Buffer.alloc(1_048_576)
      })(),
    )
    await expect(service.attachments.keep(endless, { name: 'film.mp4', byId: 'alice' })).rejects.toMatchObject({ code: 'too_large' })
    expect(given).toBeLessThan(8)
    expect(readdirSync(join(service.varDir, 'attachments', 'arriving'))).toEqual([])
  })

  it('a zip that unfolds into gigabytes stays the small file it is', async () => {
    const bomb = Buffer.concat([Buffer.from('PK\x03\x04'.padEnd(30, '\0'), 'latin1'), deflateRawSync(Buffer.alloc(50_000_000))])
    const answer = await bring('alice', 'photos.zip', bomb)
    expect([answer.statusCode, answer.json().type]).toEqual([201, 'application/zip'])
  })

  it('what the site’s antivirus says is infected, and everything while it cannot look', async () => {
    const guarded = await buildTestHttp({ antivirus: '/usr/bin/grep -qv EICAR' })
    try {
      const keep = (text: string) => guarded.attachments.keep(Buffer.from(text), { name: 'a.txt', byId: 'alice' })
      await expect(keep('clean')).resolves.toMatchObject({ type: 'text/plain' })
      await expect(keep('EICAR')).rejects.toMatchObject({ code: 'file_infected' })
    } finally {
      await guarded.close()
    }
    const blind = await buildTestHttp({ antivirus: '/nowhere/scanner' })
    try {
      await expect(blind.attachments.keep(Buffer.from('x'), { name: 'a', byId: 'alice' })).rejects.toMatchObject({ code: 'antivirus_away' })
      expect(existsSync(join(blind.varDir, 'attachments', 'arriving', 'x'))).toBe(false)
    } finally {
      await blind.close()
    }
  })
})

describe('a file of a ticket being written', () => {
  const content = (files: readonly object[]) => ({ ...nothingWritten, title: 'Écran noir', files })
  const of = (key: string) => `/api/drafts/${key}/attachments`
  const broughtFor = async (login: string, key: string, name: string) => {
    const { id, type, bytes } = (await bring(login, name, png(64, 40), of(key))).json()
    return { id, name, type, bytes } as { id: string }
  }
  const keep = (login: string, key: string, version: number, files: readonly object[]) =>
    service.as(login, {
      method: 'PUT',
      url: `/api/drafts/${key}`,
      payload: { version, startedAt: '2026-11-23T09:00:00.000Z', content: content(files) },
    })
  const open = (login: string, attachments: readonly string[], more: object = {}) =>
    service.as(login, {
      method: 'POST',
      url: '/api/tickets',
      payload: { title: 'Écran noir', requester: { personId: null, name: 'Zoé', email: null, phone: null }, attachments, ...more },
    })

  it('is in its draft, goes with the ticket’s first line, and is no draft’s any more', async () => {
    const key = 'hand-alice-4f3c1a50-0000-4000-8000-000000000001'
    const file = await broughtFor('alice', key, 'écran.png')
    expect((await keep('alice', key, 0, [file])).json().draft.content.files).toEqual([file])
    expect((await service.as('alice', { method: 'GET', url: `${of(key)}/${file.id}` })).rawPayload).toEqual(png(64, 40))
    const saved = (await open('alice', [file.id])).json()
    const { attachments, journal } = (await service.as('alice', { method: 'GET', url: `/api/tickets/${saved.number}` })).json()
    expect(attachments).toMatchObject([{ id: file.id, name: 'écran.png', entryId: journal[0].id }])
    expect(journal[0].kind).toBe('opened')
    expect((await service.as('alice', { method: 'GET', url: `${of(key)}/${file.id}` })).statusCode).toBe(404)
    expect((await open('alice', [file.id])).json()).toMatchObject({ code: 'conflict', message: expect.stringContaining('retirez-le') })
  })

  it('of a call goes on with the call: whoever writes its ticket sends what a colleague brought, of no other call', async () => {
    const file = await broughtFor('alice', 'call-7', 'photo.png')
    expect((await open('bruno', [file.id], { callId: 'call-8' })).statusCode).toBe(409)
    expect((await service.as('bruno', { method: 'GET', url: `${of('call-7')}/${file.id}` })).statusCode).toBe(200)
    expect((await open('bruno', [file.id], { callId: 'call-7' })).statusCode).toBe(201)
  })

  it('goes to the ticket that its call is attached to, whoever attaches it', async () => {
    const file = await broughtFor('alice', 'call-10', 'preuve.png')
    const attached = await service.as('bruno', {
      method: 'POST',
      url: '/api/calls/call-10/dispositions',
      payload: { kind: 'attached', ticket: number, text: 'Toujours noir.', attachments: [file.id] },
    })
    expect(attached.statusCode).toBe(201)
    const { attachments, journal } = await page()
    const line = journal.find(({ text }: { text: string }) => text === 'Toujours noir.')
    expect(attachments.find(({ id }: { id: string }) => id === file.id)).toMatchObject({ entryId: line.id })
  })

  it('goes to the light ticket of whoever is attached to a disruption, the first time and again, with those in copy', async () => {
    const ask = (login: string, url: string, payload: object) => service.as(login, { method: 'POST', url, payload })
    const disruption = { title: 'Wi-Fi', startsAt: '2026-11-23T08:00:00.000Z', expectedEndAt: null, ticket: 'new', spoken: null }
    const { id } = (await ask('nadia', '/api/disruptions', disruption)).json()
    const join = async (callId: string, attachments: readonly string[]) => {
      const requester = { personId: 'sample:claire.dubois', name: 'Claire Dubois', email: null, phone: null }
      const observers = [{ personId: 'sample:paul.martin' }, { personId: 'sample:claire.dubois' }]
      return ask('bruno', `/api/disruptions/${id}/children`, { requester, text: `Vu en ${callId}.`, callId, observers, attachments })
    }
    const [first, second] = [await broughtFor('alice', 'call-21', 'borne.png'), await broughtFor('bruno', 'call-22', 'encore.png')]
    const child = (await join('call-21', [first.id])).json()
    expect((await join('call-22', [second.id])).json().number).toBe(child.number)
    // Said again after a lost answer, it changes nothing.
    expect((await join('call-22', [second.id])).statusCode).toBe(201)
    const { attachments, journal } = (await service.as('alice', { method: 'GET', url: `/api/tickets/${child.number}` })).json()
    const lineOf = (text: string) => journal.find((line: { text: string }) => line.text === text).id
    expect(attachments.map((one: { id: string; entryId: number }) => [one.id, one.entryId])).toEqual([
      [first.id, lineOf('Vu en call-21.')],
      [second.id, lineOf('Vu en call-22.')],
    ])
    const observers = (await service.as('alice', { method: 'GET', url: `/api/tickets/${child.number}/observers` })).json()
    expect(observers.map(({ name }: { name: string }) => name)).toEqual(['Paul Martin'])
    // What is no longer there is said, and nobody is attached.
    expect((await join('call-23', [second.id])).json()).toMatchObject({ code: 'conflict', message: expect.stringContaining('retirez-le') })
    expect((await service.as('alice', { method: 'GET', url: '/api/calls/call-23/dispositions' })).json()).toEqual([])
  })

  it('of a ticket by hand is its writer’s alone, and is taken back by them', async () => {
    const key = 'hand-alice-4f3c1a50-0000-4000-8000-000000000002'
    const file = await broughtFor('alice', key, 'écran.png')
    for (const method of ['GET', 'DELETE'] as const)
      expect((await service.as('bruno', { method, url: `${of(key)}/${file.id}` })).statusCode).toBe(403)
    expect((await bring('bruno', 'x.png', png(1, 1), of(key))).statusCode).toBe(403)
    expect((await open('bruno', [file.id])).statusCode).toBe(409)
    expect((await service.as('alice', { method: 'DELETE', url: `${of(key)}/${file.id}` })).statusCode).toBe(204)
    expect((await service.as('alice', { method: 'GET', url: `${of(key)}/${file.id}` })).statusCode).toBe(404)
  })

  it('waits as long as its draft, put aside, names it, and a day after it was dropped', async () => {
    const key = 'hand-alice-4f3c1a50-0000-4000-8000-000000000003'
    const [named, dropped] = [await broughtFor('alice', key, 'a.png'), await broughtFor('alice', key, 'b.png')]
    await keep('alice', key, 0, [named])
    await expect
      .poll(async () => (await service.database.pool.query('select 1 from drafts where key = $1', [key])).rowCount, { timeout: 5_000 })
      .toBe(1)
    await service.attachments.purge(new Date(Date.now() + 60_000))
    const status = async ({ id }: { id: string }) => (await service.as('alice', { method: 'GET', url: `${of(key)}/${id}` })).statusCode
    expect([await status(named), await status(dropped)]).toEqual([200, 404])
    await service.as('alice', { method: 'DELETE', url: `/api/drafts/${key}` })
    await expect
      .poll(async () => (await service.database.pool.query('select 1 from drafts where key = $1', [key])).rowCount, { timeout: 5_000 })
      .toBe(0)
    await service.attachments.purge(new Date(Date.now() + 60_000))
    expect(await status(named)).toBe(404)
  })

  it('that may not come in is refused with its reason', async () => {
    const refused = await bring('alice', 'outil.exe', Buffer.from('MZ'), of('call-9'))
    expect(refused.json()).toMatchObject({ code: 'file_refused' })
  })
})

describe('what a file is', () => {
  it('is told by its bytes', () => {
    expect(kindOf(png(3, 5), 'x')).toEqual({ type: 'image/png', picture: { width: 3, height: 5 } })
    expect(kindOf(jpeg(1200, 900), 'x')).toEqual({ type: 'image/jpeg', picture: { width: 1200, height: 900 } })
    expect(kindOf(gif(7, 9), 'x')).toEqual({ type: 'image/gif', picture: { width: 7, height: 9 } })
    // A bomb of pixels, and one that is cut: neither is drawn.
    expect(kindOf(png(60_000, 60_000), 'x').picture).toBe(null)
    expect(kindOf(png(3, 5).subarray(0, 20), 'x')).toEqual({ type: 'application/octet-stream', picture: null })
    expect(kindOf(jpeg(1, 1).subarray(0, 8), 'x').picture).toBe(null)
    expect(kindOf(Buffer.from('PK\x03\x04'), 'note.docx').type).toContain('wordprocessingml')
    expect(kindOf(Buffer.from('Réseau coupé\n'), 'x').type).toBe('text/plain')
    expect(kindOf(Buffer.from([0, 1, 2]), 'x').type).toBe('application/octet-stream')
  })

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\lou\\Bureau\\écran.png', 'écran.png'],
    ['a\r\nSet-Cookie: x=1.txt', 'a Set-Cookie x=1.txt'],
    ['facture\u202Efdp.exe', 'facture fdp.exe'],
    ['...', 'fichier'],
    ['"><img src=x>.png', 'img src=x.png'],
    [`${'é'.repeat(400)}.pdf`, `${'é'.repeat(117)}.pdf`],
  ])('its name is safe: %s', (raw, safe) => {
    expect(safeName(raw)).toBe(safe)
    expect(savedAs(safe)).toMatch(/^attachment; filename="[\x20-\x7E]*"; filename\*=UTF-8''[\w.!~*%-]+$/)
  })
})
