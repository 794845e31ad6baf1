import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TicketList } from '../../server/contract/ticket-lists.ts'
import { eraseTickets } from '../../server/database/erasing.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
let now = new Date('2026-11-23T09:00:00.000Z')
const numbers: Record<string, number> = {}
const claire = { personId: null, name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: null }
const post = (login: string, url: string, payload: InjectOptions['payload'] = {}) => service.as(login, { method: 'POST', url, payload })
const get = (login: string, query: string) => service.as(login, { method: 'GET', url: `/api/tickets${query}` })
const shown = async (login: string, query: string): Promise<string[]> =>
  (await get(login, `?${query}`)).json<TicketList>().tickets.map((t) => t.title)
async function ticket(title: string, then: readonly (readonly [string, string, object])[] = []) {
  numbers[title] = (await post('alice', '/api/tickets', { title, requester: claire, urgency: 'low' })).json().number
  for (const [login, action, payload] of then) await post(login, `/api/tickets/${numbers[title]}/${action}`, payload)
}

beforeAll(async () => {
  service = await buildTestHttp({ ticketNow: () => now })
  await service.database.pool.query(
    "update tickets set status = 'closed', waiting = null, closed_how = 'level1', closed_at = now() where status <> 'closed'",
  )
  await ticket('à prendre par dSRT', [['alice', 'redirect', { groupId: 'dsrt' }]])
  await ticket('pris par Nadia', [
    ['alice', 'redirect', { groupId: 'dsrt' }],
    ['nadia', 'take-up', {}],
  ])
  await ticket('sans personne', [['alice', 'redirect', { groupId: 'dprox' }]])
  await ticket('attend l’usager', [['alice', 'wait', { waiting: { for: 'user' } }]])
  await ticket('attend AMUE', [
    ['alice', 'wait', { waiting: { for: 'level3', name: 'AMUE', reference: 'X', dueAt: '2026-11-24T09:00:00.000Z' } }],
  ])
  await ticket('suivi par Alice')
  await ticket('=cmd|calc', [['alice', 'close', { solution: 'Fait.' }]])
})
afterAll(() => service.close())

describe('lists to work from', () => {
  it.each([
    ['nadia', 'view=to-take-up', ['à prendre par dSRT']],
    ['nadia', 'view=mine', ['pris par Nadia']],
    ['nadia', 'view=groups', ['pris par Nadia', 'à prendre par dSRT']],
    ['karim', 'view=groups', []],
    ['alice', 'view=mine', ['suivi par Alice', 'attend AMUE', 'attend l’usager']],
    ['alice', 'groupId=dsrt&status=open', ['pris par Nadia', 'à prendre par dSRT']],
    ['alice', 'search=attend&status=waiting', ['attend AMUE', 'attend l’usager']],
    ['alice', 'ownerId=nadia&urgency=low&medium=phone', ['pris par Nadia']],
  ])('%s asks for %s', async (login, query, titles) => {
    expect(await shown(login, query)).toEqual(titles)
  })

  it.each([
    ['at once', '2026-11-23T09:30:00.000Z', { 'sans personne': 'orphan' }],
    [
      'an hour later',
      '2026-11-23T10:30:00.000Z',
      { 'sans personne': 'orphan', 'à prendre par dSRT': 'overdue', 'suivi par Alice': 'late' },
    ],
    [
      'a week later',
      '2026-12-01T10:00:00.000Z',
      {
        'sans personne': 'orphan',
        'à prendre par dSRT': 'overdue',
        'pris par Nadia': 'forgotten',
        'attend l’usager': 'silent',
        'attend AMUE': 'overdue',
        'suivi par Alice': 'forgotten',
      },
    ],
  ])('the stuck and why, %s', async (_when, at, expected) => {
    now = new Date(at)
    const { tickets } = (await get('sophie', '?view=stuck')).json<TicketList>()
    expect(Object.fromEntries(tickets.map((t) => [t.title, t.stuck]))).toEqual(expected)
    expect((await get('sophie', '/counts')).json()).toMatchObject({ stuck: Object.keys(expected).length, mine: 0 })
  })

  it('one that waits for level 3 or for who decides without a date is forgotten in the end, and one of a high priority is stuck after a day', async () => {
    now = new Date('2026-11-23T09:00:00.000Z')
    await ticket('attend Oracle', [['alice', 'wait', { waiting: { for: 'level3', name: 'Oracle', reference: 'SR 3-1', dueAt: null } }]])
    await ticket('attend l’instance', [['alice', 'wait', { waiting: { for: 'instance', name: 'CODIR', dueAt: null } }]])
    await ticket('tout un bâtiment', [['alice', 'take-up', {}]])
    await service.database.pool.query('update tickets set priority = 1 where number = $1', [numbers['tout un bâtiment']])
    const why = async (at: string) => {
      now = new Date(at)
      const { tickets } = (await get('sophie', '?view=stuck')).json<TicketList>()
      return ['attend Oracle', 'attend l’instance', 'tout un bâtiment'].map(
        (title) => tickets.find((one) => one.title === title)?.stuck ?? null,
      )
    }
    expect(await why('2026-11-23T09:10:00.000Z')).toEqual([null, null, null])
    expect(await why('2026-11-24T09:10:00.000Z')).toEqual([null, null, 'pressing'])
    expect(await why('2026-12-01T10:00:00.000Z')).toEqual(['forgotten', 'forgotten', 'forgotten'])
    for (const title of ['attend Oracle', 'attend l’instance', 'tout un bâtiment'])
      await post('alice', `/api/tickets/${numbers[title]}/close`, { solution: 'Fait.' })
  })

  it('one whose owner, or everybody of whose group, works here no more is nobody’s', async () => {
    const why = async (title: string) =>
      (await get('sophie', '?view=stuck')).json<TicketList>().tickets.find((one) => one.title === title)?.stuck
    const { pool } = service.database
    now = new Date('2026-11-23T09:30:00.000Z')
    expect([await why('pris par Nadia'), await why('à prendre par dSRT')]).toEqual([undefined, undefined])
    await pool.query("update accounts set role = 'user' where id = 'nadia'")
    expect([await why('pris par Nadia'), await why('à prendre par dSRT')]).toEqual(['orphan', 'orphan'])
    await pool.query("update accounts set role = 'level2' where id = 'nadia'")
  })

  it('one whose requester was asked later than something else was waited for is silent from then on', async () => {
    const why = async () =>
      (await get('sophie', '?view=stuck')).json<TicketList>().tickets.find(({ title }) => title === 'attend deux choses')?.stuck
    now = new Date('2026-11-16T09:00:00.000Z')
    await ticket('attend deux choses', [['alice', 'wait', { waiting: { for: 'date', until: '2026-12-24T09:00:00.000Z' } }]])
    now = new Date('2026-11-30T09:00:00.000Z')
    await post('alice', `/api/tickets/${numbers['attend deux choses']}/wait`, { waiting: { for: 'user' } })
    now = new Date('2026-11-30T10:00:00.000Z')
    expect(await why()).toBeUndefined()
    now = new Date('2026-12-08T10:00:00.000Z')
    expect(await why()).toBe('silent')
    await post('alice', `/api/tickets/${numbers['attend deux choses']}/close`, { solution: 'Fait.' })
    now = new Date('2026-11-23T09:30:00.000Z')
  })

  it('are ordered by what is due first, and narrowed down to what is over, with the open time that is left', async () => {
    now = new Date('2026-11-23T09:20:00.000Z')
    const { tickets } = (await get('alice', '?status=open&sort=due')).json<TicketList>()
    expect(tickets.map((t) => [t.title, t.leftMs])).toEqual([
      ['suivi par Alice', 600_000],
      ['sans personne', 2_400_000],
      ['à prendre par dSRT', 2_400_000],
      // Her group answers within four hours.
      ['pris par Nadia', 13_200_000],
      ['attend AMUE', null],
      ['attend l’usager', null],
    ])
    now = new Date('2026-11-23T09:31:00.000Z')
    expect(await shown('alice', 'due=late')).toEqual(['suivi par Alice'])
    expect((await get('nadia', '/late')).json()).toEqual({ tickets: [], total: 0 })
    expect((await get('sophie', '/late')).json()).toMatchObject({ total: 1, tickets: [{ clock: 'level1', step: 'running', mine: false }] })
  })

  it.each(['status=open', 'status=open&sort=due', 'status=open&sort=priority', 'search=claire&status=open&sort=due', 'search=claire'])(
    '%s is read on, page after page, in one order and without a row twice',
    async (query) => {
      const whole = await shown('alice', `${query}&limit=200`)
      expect(whole.length).toBeGreaterThan(4)
      const pages: string[] = []
      for (let after = ''; ; ) {
        const { tickets } = (await get('alice', `?${query}&limit=2${after}`)).json<TicketList>()
        pages.push(...tickets.map(({ title }) => title))
        if (tickets.length < 2) break
        after = `&after=${tickets.at(-1)?.number}`
      }
      expect(pages).toEqual(whole)
    },
  )

  it('are narrowed by place, by branch of categories and by priority, kept so, and go out so', async () => {
    const sorted = { categoryId: 'mot-de-passe', placeId: 'bibliotheque-sciences', urgency: 'high', impact: 'high' }
    await post('alice', '/api/tickets', { title: 'au bon endroit', requester: claire, ...sorted })
    const [found] = (await get('alice', '?search=bon%20endroit')).json<TicketList>().tickets
    const priority = found?.priority
    expect(await shown('alice', 'placeId=sciences')).toEqual(['au bon endroit'])
    expect(await shown('alice', 'categoryId=compte')).toEqual(['au bon endroit'])
    expect(await shown('alice', 'categoryId=messagerie')).toEqual([])
    expect(await shown('alice', `priority=${priority}&status=open`)).toEqual(['au bon endroit'])
    expect((await get('alice', '?priority=9')).statusCode).toBe(400)
    const filters = { categoryId: 'compte', placeId: 'sciences', priority }
    const kept = (await post('alice', '/api/views', { name: 'Comptes', filters })).json()
    expect(kept.at(-1)).toMatchObject({ name: 'Comptes', filters })
    expect((await get('alice', `/export?categoryId=compte&priority=${priority}`)).body).toContain('au bon endroit')
    await post('alice', `/api/tickets/${found?.number}/close`, { solution: 'Fait.' })
  })

  it('one that a mail about it could not reach is stuck too, until another address is put down', async () => {
    now = new Date('2026-11-23T09:30:00.000Z')
    const number = numbers['suivi par Alice']
    await service.database.pool.query("update outbox set state = 'failed' where ticket_id = (select id from tickets where number = $1)", [
      number,
    ])
    const { tickets } = (await get('sophie', '?view=stuck&search=suivi')).json<TicketList>()
    expect(tickets).toMatchObject([{ number, stuck: 'bounced' }])
    const requester = { ...claire, email: 'claire@ailleurs.example' }
    await service.as('alice', { method: 'PUT', url: `/api/tickets/${number}/fields`, payload: { requester } })
    expect(await shown('sophie', 'view=stuck&search=suivi')).toEqual([])
  })

  it('go out as a spreadsheet in which no title is a formula', async () => {
    const answer = await get('alice', '/export?status=closed&search=cmd')
    expect(answer.headers['content-type']).toContain('text/csv')
    const [head, line, ...rest] = answer.body.split('\r\n')
    expect(head).toContain('"numero";"titre"')
    expect(line).toContain(`"${numbers['=cmd|calc']}";"'=cmd|calc";"closed"`)
    expect(rest).toEqual([''])
  })

  it('go out with all that they are sorted by, where they are too', async () => {
    const sorting = { categoryId: 'wifi', placeId: 'bibliotheque-sciences', urgency: 'high', impact: 'high' }
    await ticket('Zincs muets')
    await service.as('alice', { method: 'PUT', url: `/api/tickets/${numbers['Zincs muets']}/fields`, payload: sorting })
    const [head = '', line = ''] = (await get('alice', '/export?search=zincs%20muets')).body.split('\r\n')
    const of = (name: string) => line.split(';')[head.split(';').indexOf(`"${name}"`)]
    expect(['nature', 'lieu', 'urgence', 'impact', 'priorite'].map(of)).toEqual([
      '"Réseau › Wi-Fi"',
      '"Faculté des sciences › Bibliothèque des sciences"',
      '"high"',
      '"high"',
      '"1"',
    ])
    const worded = async (language: 'fr' | 'en') => {
      const [heads = '', row = ''] = (await get('alice', `/export?format=csv&language=${language}&search=zincs%20muets`)).body.split('\r\n')
      return heads
        .replace('\uFEFF', '')
        .split(';')
        .map((name, i) => `${name}: ${row.split(';')[i]}`)
    }
    // Whoever reads it has words and names, where programs have codes.
    await post('alice', `/api/tickets/${numbers['Zincs muets']}/redirect`, { groupId: 'dsrt', reason: '' })
    expect(await worded('fr')).toEqual(expect.arrayContaining(['État: Redirigé', 'Urgence: Haute', 'Groupe: dSRT']))
    expect(await worded('en')).toEqual(expect.arrayContaining(['State: Redirected', 'Urgency: High', 'Group: dSRT']))
    expect((await get('alice', '/export?search=zincs%20muets')).body).toContain('"redirected"')
    await post('alice', `/api/tickets/${numbers['Zincs muets']}/close`, { solution: 'Fait.' })
  })

  it('a page follows its ticket even when that one has left the list meanwhile', async () => {
    const [first, second, third] = (await get('alice', '?status=open&sort=due&limit=3')).json<TicketList>().tickets
    await post('alice', `/api/tickets/${first?.number}/close`, { solution: 'Fait.' })
    const next = (await get('alice', `?status=open&sort=due&limit=2&after=${second?.number}`)).json<TicketList>().tickets
    expect(next[0]?.number).toBe(third?.number)
  })

  describe('the beginning of a word', () => {
    const many = Array.from({ length: 130 }, (_, n) => `zorglub${100 + n}`)
    it('is found whether few words begin so or more than can be named, and in the ticket itself as in a note', async () => {
      await ticket('Borne de la bibliothèque', [
        ['alice', 'contributions', { text: `Pièces ${many.join(' ')} zythum`, visibility: 'internal' }],
      ])
      for (const words of ['zorglub', 'zorglub11', 'zorglub bibliothèques', 'zyth borne', 'la borne', 'zorglub100 zorglub229'])
        expect(await shown('alice', `search=${encodeURIComponent(words)}`), words).toEqual(['Borne de la bibliothèque'])
      for (const words of ['zorglub99', 'zorglubb', 'la', 'zorglub xylographe', 'borne zythums0'])
        expect(await shown('alice', `search=${encodeURIComponent(words)}`), words).toEqual([])
    })

    it('is known of every ticket that is there, and of none that was erased', async () => {
      const unknown = `select distinct l from tickets, unnest(tsvector_to_array(search)) l where l collate "C" not in (select lexeme from ticket_lexemes)`
      const left = `select lexeme from ticket_lexemes where lexeme not in (select l collate "C" from tickets, unnest(tsvector_to_array(search)) l)`
      const { pool } = service.database
      expect((await pool.query(unknown)).rows).toEqual([])
      const { rows } = await pool.query<{ id: string }>("select id from tickets where title = 'Borne de la bibliothèque'")
      await service.database.db.transaction(async (tx) => {
        await tx.execute(
          "insert into erasures (at, by_id, by_name, kind, reason) values (now(), 'admin', 'Anne Delmas', 'person', 'à sa demande')",
        )
        await eraseTickets(tx, [rows[0]?.id ?? ''], now, () => Promise.resolve())
      })
      expect((await pool.query("select lexeme from ticket_lexemes where lexeme like 'zorglub%' or lexeme like 'zyth%'")).rows).toEqual([])
      expect((await pool.query(left)).rows).toEqual([])
      expect((await pool.query(unknown)).rows).toEqual([])
    })
  })

  describe('a search with slips', () => {
    const searched = async (login: string, typed: string) => {
      const { tickets, corrected } = (await get(login, `?search=${encodeURIComponent(typed)}`)).json<TicketList>()
      return { titles: tickets.map(({ title }) => title), corrected }
    }
    beforeAll(async () => {
      await ticket('Imprimante du 4R3 : bourrage')
      await ticket('Accès à Moodle refusé')
    })

    it.each([
      ['imprimnate', 'imprimante', 'Imprimante du 4R3 : bourrage'],
      ['Bourage', 'bourrage', 'Imprimante du 4R3 : bourrage'],
      ['moddle', 'moodle', 'Accès à Moodle refusé'],
    ])('« %s » is taken for « %s », and says so', async (typed, taken, title) => {
      expect(await searched('alice', typed)).toEqual({ titles: expect.arrayContaining([title]), corrected: [{ typed, taken }] })
    })

    it('takes no word for another when some ticket has it, nor what one may not see, nor what is far from all', async () => {
      expect((await searched('alice', 'bourrage')).corrected).toEqual([])
      expect(await searched('nadia', 'imprimnate')).toEqual({ titles: [], corrected: [] })
      expect(await searched('alice', 'archéologie')).toEqual({ titles: [], corrected: [] })
      expect(await searched('alice', "'; drop table tickets; -- % _")).toEqual({ titles: [], corrected: [] })
      expect((await get('alice', '/export?search=imprimnate')).body).toContain('bourrage')
    })

    it('forgets a word with the last ticket that said it', async () => {
      await ticket('Xylophonie de Zéphyrine')
      const words = async () =>
        (await service.database.pool.query("select word from ticket_words where word in ('xylophonie', 'moodle') order by 1")).rows
      expect(await words()).toEqual([{ word: 'moodle' }, { word: 'xylophonie' }])
      const { rows } = await service.database.pool.query<{ id: string }>("select id from tickets where title like 'Xylophonie%'")
      await service.database.db.transaction(async (tx) => {
        await tx.execute(
          "insert into erasures (at, by_id, by_name, kind, reason) values (now(), 'admin', 'Anne Delmas', 'person', 'à sa demande')",
        )
        await eraseTickets(tx, [rows[0]?.id ?? ''], now, () => Promise.resolve())
      })
      expect(await words()).toEqual([{ word: 'moodle' }])
    })
  })

  describe('a search in what was added to a ticket', () => {
    beforeAll(async () => {
      await ticket('Portable qui s’éteint', [
        ['alice', 'contributions', { text: 'La batterie gonflait : boîtier à remplacer.', visibility: 'internal' }],
        ['alice', 'contributions', { text: 'Pouvez-vous déposer le chargeur à l’accueil ?', visibility: 'public' }],
        ['alice', 'redirect', { groupId: 'dsrt', reason: 'Vérifier aussi la prise murale.' }],
      ])
    })
    it.each([
      ['a note', 'batteries gonflait'],
      ['a message to the requester', 'deposer chargeurs'],
      ['some words in the title and some in a note', 'portable boitier'],
      ['what was said to the group', 'prises murales'],
    ])('%s is found, accents and plurals aside', async (_what, words) => {
      expect(await shown('alice', `search=${encodeURIComponent(words)}`)).toEqual(['Portable qui s’éteint'])
    })

    it('finds no word of a mail that told of it, and all words in the ticket or none of it', async () => {
      expect(await shown('alice', 'search=gonflait+imprimante')).toEqual([])
      expect(await shown('alice', `search=${encodeURIComponent('courriel de redirection')}`)).toEqual([])
    })

    it('is no way around what one may not see, nor a way to names in the knowledge of what was solved', async () => {
      expect(await shown('nadia', 'search=gonflait')).toEqual(['Portable qui s’éteint'])
      expect(await shown('karim', 'search=gonflait')).toEqual([])
      expect((await get('karim', '?search=gonflaiit')).json<TicketList>().corrected).toEqual([])
      await post('alice', `/api/tickets/${numbers['Portable qui s’éteint']}/close`, { solution: 'Batterie changée.' })
      const known = async (words: string) =>
        (await service.as('karim', { method: 'GET', url: `/api/tickets/closed?search=${words}` })).json<{ number: number }[]>().length
      expect(await known('changee')).toBe(1)
      expect(await known('gonflait')).toBe(0)
    })

    it('forgives a slip, and forgets what was erased', async () => {
      expect((await get('alice', '?search=boitiier')).json<TicketList>().corrected).toEqual([{ typed: 'boitiier', taken: 'boitier' }])
      const { rows } = await service.database.pool.query<{ id: string }>("select id from tickets where title like 'Portable qui%'")
      await service.database.db.transaction(async (tx) => {
        await tx.execute(
          "insert into erasures (at, by_id, by_name, kind, reason) values (now(), 'admin', 'Anne Delmas', 'person', 'à sa demande')",
        )
        await eraseTickets(tx, [rows[0]?.id ?? ''], now, () => Promise.resolve())
      })
      expect(await shown('alice', 'search=gonflait')).toEqual([])
      expect((await service.database.pool.query("select word from ticket_words where word in ('boitier', 'gonflait')")).rows).toEqual([])
    })
  })

  it('open ones with a title like the one that is typed are told, to those who may see them', async () => {
    const alike = async (login: string, title: string) =>
      (await get(login, `/alike?title=${encodeURIComponent(title)}`)).json<{ title: string }[]>().map((one) => one.title)
    expect(await alike('alice', 'Bourrages de l’imprimante')).toEqual(['Imprimante du 4R3 : bourrage'])
    expect(await alike('alice', 'Imprimante du 2A1 hors service')).toEqual([])
    expect(await alike('alice', 'Bonjour')).toEqual([])
    expect(await alike('nadia', 'Bourrages de l’imprimante')).toEqual([])
  })
})
