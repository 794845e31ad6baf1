import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { IdentityCheck, PersonPage } from '../../server/contract/people.ts'
import { withoutCode } from '../../server/people/identity.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

const claire = 'sample:claire.dubois'
let service: TestHttp
let clock = Date.parse('2026-11-24T09:00:00Z')
beforeAll(async () => {
  service = await buildTestHttp({ ticketNow: () => new Date(clock) })
})
afterAll(() => service.close())

const post = (login: string, url: string, payload: Record<string, unknown> = {}) => service.as(login, { method: 'POST', url, payload })
const get = (login: string, url: string) => service.as(login, { method: 'GET', url })
const page = async (login: string, id = claire): Promise<PersonPage> => (await get(login, `/api/people/${id}`)).json()
const person = async () => {
  const found = await service.stores.people.byId(claire)
  if (found === null) throw new Error('Claire is of the sample university')
  return found
}
const behind = async (number: string): Promise<string[]> =>
  (await get('alice', `/api/people?phone=${encodeURIComponent(number)}`)).json<{ name: string }[]>().map(({ name }) => name)
const row = async <T>(query: string, ...values: unknown[]): Promise<T> => (await service.database.pool.query(query, values)).rows[0] as T
/** The code of the latest mail, as its reader sees it. */
const mailed = async (): Promise<{ to: string; code: string; text: string }> => {
  const { to_address: to, text } = await row<{ to_address: string; text: string }>(
    'select to_address, text from outbox where secret order by at desc, id limit 1',
  )
  return { to, text, code: /\d{3} \d{3}/.exec(text)?.[0] ?? '' }
}
const wrongOf = (code: string) => (code.startsWith('9') ? '111 111' : '999 999')
const sent = async (login: string, about: Record<string, unknown> = {}, id = claire): Promise<IdentityCheck> => {
  clock += 2 * 3_600_000
  const answer = await post(login, `/api/people/${id}/checks`, about)
  expect(answer.statusCode).toBe(201)
  return answer.json()
}

describe('a code sent to a known address', () => {
  it('goes to the directory’s address, which is shown masked, and is verified when it is read aloud', async () => {
    const check = await sent('alice')
    expect(check).toMatchObject({ personId: claire, sentTo: 'c•••s@univ.example', state: 'pending', triesLeft: 3, by: 'Alice Martin' })
    const { to, code, text } = await mailed()
    expect(to).toBe('claire.dubois@univ.example')
    expect(text).toContain('Alice Martin (Guichet unique du Numérique)')
    expect(service.told).toContain('mail')
    const keyed = (await post('alice', `/api/checks/${check.id}`, { code })).json()
    expect(keyed).toMatchObject({ state: 'verified', settledBy: 'Alice Martin' })
    expect((await page('alice')).checks[0]).toMatchObject({ id: check.id, state: 'verified' })
    expect(text).not.toContain('English')
    // Said once more, it proves nothing.
    expect((await post('alice', `/api/checks/${check.id}`, { code })).json().code).toBe('conflict')
  })

  it('is explained in English too where the site writes so, and can be made unreadable in either language', async () => {
    const save = async (languages: 'fr' | 'fr-en') => {
      const { version } = service.settings.view.mails
      await service.settings.change('mails', { version, value: { languages } }, { id: 'sophie', name: 'Sophie' })
    }
    await save('fr-en')
    await sent('alice')
    await save('fr')
    const { text, code } = await mailed()
    expect(text).toContain('Read this code to them:')
    expect(text.split(code)).toHaveLength(3)
    expect(withoutCode(text)).not.toMatch(/\d{3} \d{3}/)
  })

  it('is refused after three wrong ones, and by the ticket’s journal too', async () => {
    const { number } = (
      await post('alice', '/api/tickets', {
        title: 'Mot de passe',
        requester: { personId: claire, name: 'Claire Dubois', email: null, phone: null },
      })
    ).json<{ number: number }>()
    const check = await sent('alice', { ticket: number })
    const { code } = await mailed()
    for (const left of [2, 1])
      expect((await post('alice', `/api/checks/${check.id}`, { code: wrongOf(code) })).json()).toMatchObject({
        state: 'pending',
        triesLeft: left,
      })
    expect((await post('alice', `/api/checks/${check.id}`, { code: wrongOf(code) })).json()).toMatchObject({
      state: 'failed',
      triesLeft: 0,
    })
    expect((await post('alice', `/api/checks/${check.id}`, { code })).statusCode).toBe(409)
    const { journal } = (await get('alice', `/api/tickets/${number}`)).json<{ journal: { text: string }[] }>()
    expect(journal.at(-1)?.text).toBe('Identité non vérifiée : le code envoyé à c•••s@univ.example n’a pas été lu juste.')
    expect((await get('alice', `/api/checks?ticket=${number}`)).json().check).toMatchObject({ state: 'failed' })
  })

  it('lives for ten minutes, and only the latest counts', async () => {
    const first = await sent('alice')
    const { code } = await mailed()
    clock += 60_000
    const second = (await post('alice', `/api/people/${claire}/checks`)).json<IdentityCheck>()
    expect((await post('alice', `/api/checks/${first.id}`, { code })).statusCode).toBe(409)
    clock += 11 * 60_000
    expect((await post('alice', `/api/checks/${second.id}`, { code: (await mailed()).code })).statusCode).toBe(409)
    expect((await page('alice')).checks.slice(0, 2).map(({ state }) => state)).toEqual(['expired', 'expired'])
  })

  it('of a call is written into the ticket that is written of it afterwards', async () => {
    const check = await sent('alice', { callId: 'call-verified' })
    const { code } = await mailed()
    await post('alice', `/api/checks/${check.id}`, { code: code.replace(' ', '') })
    expect((await get('alice', '/api/checks?call=call-verified')).json().check).toMatchObject({ state: 'verified' })
    const requester = { personId: claire, name: 'Claire Dubois', email: null, phone: null }
    const { number } = (await post('alice', '/api/tickets', { title: 'Réinitialiser', requester, callId: 'call-verified' })).json<{
      number: number
    }>()
    const { journal } = (await get('alice', `/api/tickets/${number}`)).json<{ journal: { text: string; visibility: string }[] }>()
    expect(journal.at(-1)).toMatchObject({
      text: 'Identité vérifiée : le code envoyé à c•••s@univ.example a été lu au téléphone.',
      visibility: 'internal',
    })
  })

  it('that its nature asks for and nobody was sent is told in the journal with the solution, not with a refusal nor once it was read aloud', async () => {
    const requester = { personId: claire, name: 'Claire Dubois', email: null, phone: null }
    const asked = { title: 'Mot de passe', requester, categoryId: 'mot-de-passe' }
    const opened = async (besides: object) =>
      (await post('alice', '/api/tickets', { ...asked, ...besides })).json<{ number: number }>().number
    const lines = async (number: number) =>
      (await get('alice', `/api/tickets/${number}`))
        .json<{ journal: { kind: string; detail: Record<string, unknown> | null }[] }>()
        .journal.flatMap(({ kind, detail }) =>
          kind === 'closed' || kind === 'proposed' ? [{ kind, unverified: detail?.['unverified'] }] : [],
        )
    const solution = 'Réinitialisé.'
    expect(await lines(await opened({ solution }))).toEqual([{ kind: 'closed', unverified: true }])
    expect(await lines(await opened({ solution, outOfScope: { reason: 'Autre', target: null } }))).toEqual([{ kind: 'closed' }])
    expect(await lines(await opened({ solution, categoryId: 'messagerie' }))).toEqual([{ kind: 'closed' }])
    expect(await lines(await opened({ solution, callId: 'call-verified' }))).toEqual([{ kind: 'closed' }])
    expect(await lines(await opened({ solution, callId: 'call-verified', requester: { ...requester, personId: null } }))).toEqual([
      { kind: 'closed', unverified: true },
    ])
    const number = await opened({})
    await post('alice', `/api/tickets/${number}/solution`, { solution })
    await post('alice', `/api/tickets/${number}/solution/refuse`, { reason: 'Non.' })
    const check = await sent('alice', { ticket: number })
    await post('alice', `/api/checks/${check.id}`, { code: (await mailed()).code })
    await post('alice', `/api/tickets/${number}/solution`, { solution })
    await post('alice', `/api/tickets/${number}/close`, { solution: 'Fait devant elle.' })
    expect(await lines(number)).toEqual([{ kind: 'proposed', unverified: true }, { kind: 'proposed' }, { kind: 'closed' }])
    const many = await opened({})
    await post('alice', '/api/bulk', { id: randomUUID(), order: { do: 'close', solution }, numbers: [many] })
    await expect.poll(() => lines(many)).toEqual([{ kind: 'closed', unverified: true }])
  })

  it('is not asked of whoever shows their card: the journal says who saw it, before the solution and as part of it', async () => {
    clock += 60_000
    const requester = { personId: claire, name: 'Claire Dubois', email: null, phone: null }
    const asked = { title: 'Mot de passe', requester, categoryId: 'mot-de-passe', medium: 'walk-in' }
    const journalOf = async (number: number) =>
      (await get('alice', `/api/tickets/${number}`)).json<{
        journal: { kind: string; text: string; by: string; detail: object | null }[]
      }>().journal
    const seen = 'Identité vérifiée : carte vue sur place.'
    const atOnce = (await post('alice', '/api/tickets', { ...asked, solution: 'Réinitialisé.', cardSeen: true })).json<{ number: number }>()
    expect(await journalOf(atOnce.number)).toMatchObject([
      { kind: 'opened' },
      { kind: 'contribution', text: seen, by: 'Alice Martin' },
      { kind: 'closed', detail: { how: 'level1' } },
    ])
    expect((await journalOf(atOnce.number)).at(-1)?.detail).not.toHaveProperty('unverified')
    const { number } = (await post('alice', '/api/tickets', asked)).json<{ number: number }>()
    expect((await post('bruno', `/api/tickets/${number}/card`)).json()).toMatchObject({
      means: 'card',
      state: 'verified',
      by: 'Bruno Lefort',
    })
    await post('alice', `/api/tickets/${number}/solution`, { solution: 'Réinitialisé.' })
    expect((await journalOf(number)).slice(1)).toMatchObject([
      { kind: 'contribution', text: seen, by: 'Bruno Lefort' },
      { kind: 'proposed', detail: null },
    ])
    expect((await get('alice', `/api/checks?ticket=${number}`)).json().check).toMatchObject({
      means: 'card',
      sentTo: null,
      personId: claire,
    })
    expect((await page('alice')).checks.slice(0, 2)).toMatchObject([{ means: 'card' }, { means: 'card' }])
    // Of somebody else it says nothing.
    await post('alice', `/api/tickets/${number}/solution/refuse`, { reason: 'Ce n’est pas moi.' })
    const ahmed = { personId: 'sample:ahmed.benali', name: 'Ahmed Benali', email: null, phone: null }
    const changed = await service.as('alice', { method: 'PUT', url: `/api/tickets/${number}/fields`, payload: { requester: ahmed } })
    expect(changed.statusCode, changed.body).toBe(200)
    await post('alice', `/api/tickets/${number}/close`, { solution: 'Fait.' })
    expect((await journalOf(number)).at(-1)?.detail).toMatchObject({ unverified: true })
  })

  it('is the only proof on the telephone, and of somebody whom the directory does not know there is none', async () => {
    const requester = { personId: claire, name: 'Claire Dubois', email: null, phone: null }
    const order = { title: 'Mot de passe', requester, cardSeen: true }
    expect((await post('alice', '/api/tickets', { ...order, callId: 'call-card' })).statusCode).toBe(400)
    const stranger = { ...requester, personId: null }
    expect((await post('alice', '/api/tickets', { ...order, requester: stranger })).statusCode).toBe(400)
    const { number } = (await post('alice', '/api/tickets', { title: 'Mot de passe', requester: stranger })).json<{ number: number }>()
    expect((await post('alice', `/api/tickets/${number}/card`)).statusCode).toBe(409)
    expect((await post('alice', '/api/tickets/999999/card')).statusCode).toBe(404)
  })

  it('cannot be sent without an address, nor again and again', async () => {
    await service.stores.people.save([{ ...(await person()), id: 'ldap:mute', email: null }], 'directory')
    expect((await post('alice', '/api/people/ldap:mute/checks')).json().code).toBe('no_address')
    expect((await post('alice', '/api/people/nobody/checks')).statusCode).toBe(404)
    clock += 7_200_000
    const codes = await Promise.all(Array.from({ length: 6 }, () => post('alice', `/api/people/${claire}/checks`)))
    expect(codes.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([201, 201, 201, 201, 429, 429])
  })

  it('is kept from whoever reads the list of mails, and as a hash alone in the database', async () => {
    const check = await sent('alice', {}, 'sample:ahmed.benali')
    const { code } = await mailed()
    const listed = (await get('sophie', '/api/mails')).json<{ to: string; text: string }[]>()
    const shown = listed.find(({ to }) => to === 'ahmed.benali@univ.example')
    expect(shown?.text).toContain('••• •••')
    expect(JSON.stringify(listed)).not.toContain(code)
    const { code_hash: hash } = await row<{ code_hash: string }>('select code_hash from identity_checks where id = $1', check.id)
    expect(hash).toMatch(/^\$argon2/)
    await service.database.pool.query("update outbox set state = 'sent' where secret")
    await post('alice', `/api/checks/${check.id}`, { code })
    expect((await mailed()).text).toContain('••• •••')
  })

  it('about a ticket that one may not see is not sent', async () => {
    const requester = { personId: claire, name: 'Claire Dubois', email: null, phone: null }
    const { number } = (await post('alice', '/api/tickets', { title: 'Rien pour Karim', requester })).json<{ number: number }>()
    expect((await post('karim', `/api/people/${claire}/checks`, { ticket: number })).statusCode).toBe(404)
    expect((await get('karim', `/api/checks?ticket=${number}`)).statusCode).toBe(404)
  })
})

describe('a number attached to a person', () => {
  it('is known at once, beside whoever has it already, and forgotten at once', async () => {
    expect(await behind('06 39 98 77 66')).toEqual([])
    await post('alice', `/api/people/${claire}/numbers`, { number: '06 39 98 77 66', callId: 'c-unknown' })
    expect(await behind('+33639987766')).toEqual(['Claire Dubois'])
    await post('alice', '/api/people/sample:ahmed.benali/numbers', { number: '0639987766' })
    expect((await behind('0639987766')).toSorted()).toEqual(['Ahmed Benali', 'Claire Dubois'])
    const theirs = (await page('alice')).numbers.find(({ number }) => number === '+33639987766')
    expect(theirs).toMatchObject({ source: 'attached', by: 'Alice Martin', sharedWith: ['Ahmed Benali'], shown: '06 39 98 77 66' })
    // The list of people shows it too.
    const [listed] = (await get('alice', '/api/people?search=claire%20dubois')).json<{ phones: string[] }[]>()
    expect(listed?.phones).toContain('+33639987766')
    const gone = await service.as('alice', { method: 'DELETE', url: `/api/people/${claire}/numbers/${encodeURIComponent('+33639987766')}` })
    expect(gone.statusCode).toBe(204)
    expect(await behind('0639987766')).toEqual(['Ahmed Benali'])
  })

  it('of the directory is the directory’s to change', async () => {
    expect((await service.as('alice', { method: 'DELETE', url: `/api/people/${claire}/numbers/0561551234` })).statusCode).toBe(404)
    expect((await post('alice', `/api/people/${claire}/numbers`, { number: '05 61 55 12 34' })).statusCode).toBe(204)
    expect((await page('alice')).numbers.filter(({ number }) => number === '+33561551234')).toEqual([
      expect.objectContaining({ source: 'directory' }),
    ])
    expect((await post('alice', `/api/people/${claire}/numbers`, { number: 'masqué' })).json().code).toBe('invalid_body')
  })

  it('stays when the directory is read again', async () => {
    await post('alice', `/api/people/${claire}/numbers`, { number: '0639980000' })
    await service.stores.people.save([{ ...(await person()), phones: ['+33561551234'] }], 'sample')
    expect((await page('alice')).numbers.map(({ number }) => number)).toEqual(['+33561551234', '+33639980000'])
  })
})

describe('a note', () => {
  it('says why it is there, is read by those it is for, and can be erased but not denied', async () => {
    const url = `/api/people/${claire}/notes`
    const note = (await post('alice', url, { text: 'Malentendante : parler lentement.', reason: 'À sa demande' })).json()
    expect(note).toMatchObject({ by: 'Alice Martin', audience: 'desk', mayErase: true })
    await post('sophie', url, { text: 'Litige en cours.', reason: 'Suivi', audience: 'management' })
    const seen = async (login: string) => (await page(login)).notes.map(({ text }) => text)
    expect(await seen('bruno')).toEqual(['Malentendante : parler lentement.'])
    expect(await seen('sophie')).toEqual(expect.arrayContaining(['Litige en cours.', 'Malentendante : parler lentement.']))
    expect(await seen('nadia')).toEqual([])
    expect((await post('alice', url, { text: 'x', reason: 'x', audience: 'management' })).json().code).toBe('invalid_body')
    expect((await post('alice', url, { text: 'Sans motif' })).json().code).toBe('invalid_body')
    const erase = (login: string) => service.as(login, { method: 'DELETE', url: `${url}/${note.id}` })
    expect([(await erase('nadia')).statusCode, (await erase('bruno')).statusCode, (await erase('alice')).statusCode]).toEqual([
      404, 403, 204,
    ])
    const left = (await page('bruno')).notes.find(({ id }) => id === note.id)
    expect(left).toMatchObject({ text: null, erasedBy: 'Alice Martin', reason: 'À sa demande' })
  })
})

describe('what is shown of a person', () => {
  it('leaves the line’s calls out for those who do not see the line', async () => {
    const { pool } = service.database
    await pool.query(
      "insert into calls (id, line, number, arrived_at, answered_at, operator_id, wait_ms, talk_ms) values ('pc1', 'guichet', '+33561551234', now(), now(), 'alice', 4000, 60000)",
    )
    expect((await page('alice')).calls).toMatchObject([{ id: 'pc1', answered: true, operator: 'Alice Martin', waitS: 4, talkS: 60 }])
    expect(await page('nadia')).toMatchObject({ calls: null, owed: null, name: 'Claire Dubois' })
    expect((await get('alice', '/api/people/nobody')).statusCode).toBe(404)
  })

  it('is written down: who read the page, and who read a ticket, once in a while each', async () => {
    clock += 3_600_000
    await page('chloe')
    await page('chloe')
    clock += 3_600_000
    await page('chloe')
    const read = (await get('sophie', `/api/readings?person=${claire}`)).json<{ who: string }[]>()
    expect(read.filter(({ who }) => who === 'Chloé Nguema')).toHaveLength(2)
    await get('chloe', '/api/tickets/10419')
    expect((await get('sophie', '/api/readings?ticket=10419')).json()[0]).toMatchObject({ who: 'Chloé Nguema' })
    expect((await get('sophie', '/api/readings?ticket=99999')).statusCode).toBe(404)
  })
})
