import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Announcing, Disruption } from '../../server/contract/disruptions.ts'
import type { TicketLinks } from '../../server/contract/ticket-links.ts'
import type { Ticket } from '../../server/contract/entities.ts'
import { factSink } from '../../server/database/fact-sink.ts'
import { graceMs } from '../../server/database/ticket-children.ts'
import { buildTestHttp, dueAfter, type TestHttp } from '../support/service.ts'

let service: TestHttp
let now = Date.parse('2026-11-23T09:00:00Z')
beforeAll(async () => {
  service = await buildTestHttp({ now: () => now, ticketNow: () => new Date(now) })
})
afterAll(() => service.close())

type Answer<T> = { readonly status: number; readonly body: T; readonly text: string }
async function ask<T>(login: string | null, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object): Promise<Answer<T>> {
  const answer = await service.as(login, { method, url, ...(payload && { payload }) })
  return { status: answer.statusCode, body: (answer.body === '' ? null : answer.json()) as T, text: answer.body }
}
const wifi: Announcing = {
  title: 'Wi-Fi en panne',
  place: 'Bâtiment A',
  startsAt: '2026-11-23T08:50:00.000Z',
  expectedEndAt: '2026-11-23T11:00:00.000Z',
  workaround: 'Utilisez une prise réseau.',
  categoryId: 'reseau',
  spoken: { fr: 'Le Wi-Fi est en panne dans le bâtiment A.', en: 'The Wi-Fi is down in building A.' },
  ticket: 'new',
}
const announce = async (content: Announcing = wifi, login = 'nadia') =>
  (await ask<Disruption>(login, 'POST', '/api/disruptions', content)).body
const current = async () => (await ask<Disruption[]>('alice', 'GET', '/api/disruptions')).body
const linksOf = async (number: number | null) => (await ask<TicketLinks>('alice', 'GET', `/api/tickets/${number}/links`)).body
const claire = { personId: 'p-claire', name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: '05 61 55 12 34' }
const openTicket = async (title: string) =>
  (await ask<Ticket>('alice', 'POST', '/api/tickets', { title, requester: { personId: null, name: 'Paul', email: null, phone: null } }))
    .body

describe('a disruption', () => {
  it('is announced by level 2 with a ticket, updated by whoever has read the latest version, and signed each time', async () => {
    const one = await announce()
    expect(one).toMatchObject({ version: 1, phase: 'under-way', announcedBy: 'Nadia Roussel', telephone: 'on', children: 0 })
    expect(one.ticket).toBeGreaterThan(0)
    const { body: said } = await ask<Disruption>('alice', 'PUT', `/api/disruptions/${one.id}`, {
      ...wifi,
      ticket: one.ticket,
      version: 1,
      workaround: 'Le réseau filaire marche.',
    })
    expect(said).toMatchObject({ version: 2, by: 'Alice Martin', ticket: one.ticket })
    const late = await ask('sophie', 'PUT', `/api/disruptions/${one.id}`, { ...wifi, ticket: one.ticket, version: 1 })
    expect(late).toMatchObject({ status: 409, body: { code: 'conflict' } })
    const { body: ended } = await ask<Disruption>('sophie', 'POST', `/api/disruptions/${one.id}/end`, {
      version: 2,
      resolution: 'Borne changée.',
    })
    expect(ended).toMatchObject({ phase: 'ended', resolution: 'Borne changée.' })
    expect((await ask<Ticket>('alice', 'GET', `/api/tickets/${one.ticket}`)).body).toMatchObject({
      status: 'closed',
      solution: 'Borne changée.',
    })
    const { body: again } = await ask<Disruption>('sophie', 'POST', `/api/disruptions/${one.id}/go-on`, { version: 3 })
    expect(again).toMatchObject({ phase: 'under-way', version: 4 })
    expect((await ask<Ticket>('alice', 'GET', `/api/tickets/${one.ticket}`)).body).toMatchObject({ status: 'reopened' })
    const { body: versions } = await ask<{ what: string; by: string }[]>('lucie', 'GET', `/api/disruptions/${one.id}/versions`)
    expect(versions.map(({ what, by }) => `${what} ${by}`)).toEqual([
      'resumed Sophie Garnier',
      'ended Sophie Garnier',
      'updated Alice Martin',
      'announced Nadia Roussel',
    ])
    await expect(service.database.pool.query('delete from disruption_versions')).rejects.toThrow('append-only')
    await ask('sophie', 'POST', `/api/disruptions/${one.id}/end`, { version: 4 })
  })

  it('says which field cannot be, and loses nothing of the rest', async () => {
    const answers = await Promise.all([
      ask('nadia', 'POST', '/api/disruptions', { ...wifi, title: '  ' }),
      ask('nadia', 'POST', '/api/disruptions', { ...wifi, expectedEndAt: wifi.startsAt }),
      ask('nadia', 'POST', '/api/disruptions', { ...wifi, kind: 'planned', expectedEndAt: null }),
      ask('nadia', 'POST', '/api/disruptions', { ...wifi, spoken: { fr: 'En panne.', en: '' } }),
      ask('nadia', 'POST', '/api/disruptions', { ...wifi, ticket: 999_999 }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400])
    expect(answers.map(({ text }) => /\((.*)\)/.exec(text)?.[1])).toEqual([
      'title',
      'expectedEndAt',
      'expectedEndAt',
      'spoken.en',
      'ticket',
    ])
    expect(await current()).toEqual([])
  })

  it('is read by anybody when it is public, as JSON, RSS and a calendar, and not when it is the staff’s', async () => {
    const shown = await announce({ ...wifi, title: 'Messagerie <lente> & coupée', ticket: null, spoken: null })
    const hidden = await announce({ ...wifi, title: 'Baie de stockage', audience: 'staff', ticket: null, spoken: null })
    const works = await announce({
      ...wifi,
      kind: 'planned',
      title: 'Travaux',
      startsAt: '2026-11-25T18:00:00.000Z',
      expectedEndAt: '2026-11-25T20:00:00.000Z',
      ticket: null,
      spoken: null,
    })
    expect(works.phase).toBe('ahead')
    const { body, text } = await ask<Disruption[]>(null, 'GET', '/api/disruptions/public')
    expect(body.filter(({ phase }) => phase !== 'ended').map(({ title }) => title)).toEqual(['Messagerie <lente> & coupée', 'Travaux'])
    expect(text).not.toContain('Nadia')
    const rss = await service.as(null, { method: 'GET', url: '/api/disruptions/public.rss' })
    expect(rss.headers['content-type']).toContain('application/rss+xml')
    expect(rss.body).toContain('<title>Messagerie &lt;lente&gt; &amp; coupée (Bâtiment A)</title>')
    expect(rss.body).not.toContain('stockage')
    const ics = (await service.as(null, { method: 'GET', url: '/api/disruptions/public.ics' })).body.replace(/\r\n /g, '')
    expect(ics).toContain('SUMMARY:À venir : Travaux')
    expect(ics).toContain('DTSTART:20261125T180000Z')
    expect(ics).toContain('DTEND:20261125T200000Z')
    // What goes on past its expected end does not look over.
    const [was, later] = [now, Date.parse('2026-11-23T13:00:00Z')]
    now = later
    const late = (await service.as(null, { method: 'GET', url: '/api/disruptions/public.ics' })).body.replace(/\r\n /g, '')
    expect(late.split('BEGIN:VEVENT').find((event) => event.includes(shown.id))).toContain('DTEND:20261123T130000Z')
    now = was
    for (const { id, version } of [shown, hidden, works]) await ask('nadia', 'POST', `/api/disruptions/${id}/end`, { version })
  })
})

describe('a mass incident', () => {
  it('attaches a caller in one gesture: a light ticket of theirs, once, which ends the call and is in no list', async () => {
    const one = await announce()
    const join = (callId: string) => ask<Ticket>('alice', 'POST', `/api/disruptions/${one.id}/children`, { requester: claire, callId })
    const { body: child, status } = await join('call-1')
    expect(status).toBe(201)
    expect(child).toMatchObject({
      status: 'waiting',
      light: true,
      medium: 'phone',
      title: 'Wi-Fi en panne',
      waiting: { what: { for: 'parent', ticket: one.ticket } },
    })
    expect((await join('call-1')).body.number).toBe(child.number)
    expect((await join('call-2')).body.number).toBe(child.number)
    const dispositions = await ask<{ kind: string; ticket: number }[]>('alice', 'GET', '/api/calls/call-2/dispositions')
    expect(dispositions.body).toMatchObject([{ kind: 'attached', ticket: child.number }])
    const listed = (await ask<{ tickets: Ticket[] }>('alice', 'GET', '/api/tickets')).body.tickets.map(({ number }) => number)
    expect(listed).toContain(one.ticket)
    expect(listed).not.toContain(child.number)
    expect(await linksOf(one.ticket)).toMatchObject({
      children: 1,
      informed: 0,
      links: [{ kind: 'child-of', outward: false, ticket: child.number, light: true }],
    })
    const { body: parent } = await ask<{ journal: { kind: string; detail: { link?: { ticket: number } } | null }[] }>(
      'alice',
      'GET',
      `/api/tickets/${one.ticket}`,
    )
    expect(parent.journal.filter(({ kind }) => kind === 'linked').map(({ detail }) => detail?.link?.ticket)).toEqual([child.number])
    const mails = (await ask<{ to: string; text: string }[]>('sophie', 'GET', '/api/mails')).body.filter(({ to }) => to === claire.email)
    expect(mails).toHaveLength(1)
    expect(mails[0]?.text).toContain('rattachée à une perturbation déjà connue : Wi-Fi en panne')
    await ask('nadia', 'POST', `/api/disruptions/${one.id}/end`, { version: 1 })
  })

  it('makes one ticket for each caller who pressed the key, whatever is told twice, and known people are written to', async () => {
    const one = await announce()
    const sink = factSink(service.database.db, { dueAfter, onOwed: () => undefined, onEnded: () => undefined })
    const joined = (callId: string, number: string | null) => ({
      type: 'disruption-joined' as const,
      at: now,
      callId,
      disruptionId: one.id,
      number,
    })
    const facts = [joined('k1', '+33561551234'), joined('k2', '+33561559999'), joined('k3', '+33561559999'), joined('k4', null)]
    const shipped = facts.map((fact, n) => ({ n: n + 1, fact }))
    await sink.ship('epoch', shipped)
    await sink.ship('epoch', shipped)
    const peopleOf = (number: string) =>
      number === '+33561551234'
        ? [
            {
              id: 'p9',
              name: 'Zoé',
              email: 'zoe@univ.example',
              phones: [number],
              affiliation: 'staff' as const,
              unit: null,
              place: null,
              title: null,
            },
          ]
        : []
    const [made, meanwhile] = await Promise.all([
      service.stores.tickets.joinCallers(peopleOf),
      service.stores.tickets.joinCallers(peopleOf),
    ])
    expect(made.length + meanwhile.length).toBe(4)
    expect(await service.stores.tickets.joinCallers(peopleOf)).toEqual([])
    const [shown] = await current()
    // Twice from one number is one requester.
    expect(shown).toMatchObject({ absorbed: 4, children: 3, informed: 0 })
    const counted = await ask<{ figures: { absorbed: number } }>('sophie', 'GET', '/api/indicators/calls?from=2026-11-20&to=2026-11-26')
    expect(counted.body.figures.absorbed).toBe(4)
    expect((await ask<{ to: string }[]>('sophie', 'GET', '/api/mails')).body.filter(({ to }) => to === 'zoe@univ.example')).toHaveLength(1)
    await ask('nadia', 'POST', `/api/disruptions/${one.id}/end`, { version: 1, resolution: 'Réparé.' })
  })

  it('tells everybody of its end, once the end stands, and whoever says it is not over has a ticket of their own', async () => {
    expect(await service.stores.tickets.tellSome()).toEqual([])
    now += graceMs + 1_000
    const told = []
    for (let some = await service.stores.tickets.tellSome(2); some.length > 0; some = await service.stores.tickets.tellSome(2))
      told.push(...some)
    const zoe = told.find(({ requester }) => requester.name === 'Zoé')
    expect(zoe).toMatchObject({ status: 'solution-proposed', solution: 'Réparé.', light: true })
    const mails = (await ask<{ to: string; text: string }[]>('sophie', 'GET', '/api/mails')).body.filter(
      ({ to }) => to === 'zoe@univ.example',
    )
    expect(mails).toHaveLength(2)
    const [, number, key] = /avis\/(\d+)\?cle=(\S+)/.exec(mails.find(({ text }) => text.includes('avis/'))?.text ?? '') ?? []
    expect(Number(number)).toBe(zoe?.number)
    const said = await ask(null, 'POST', `/api/solutions/${number}`, { key, answer: 'no', reason: 'Toujours rien au deuxième étage.' })
    expect(said.status).toBe(200)
    const { body: own } = await ask<Ticket>('alice', 'GET', `/api/tickets/${number}`)
    expect(own).toMatchObject({ status: 'new', owner: null })
    expect(own.light).toBeUndefined()
    const toTakeUp = (await ask<{ tickets: Ticket[] }>('alice', 'GET', '/api/tickets?view=to-take-up')).body.tickets
    expect(toTakeUp.map(({ number: n }) => n)).toContain(zoe?.number)
  })

  it('made the staff’s since is told as over to who joined it, without a word of what was written for the staff', async () => {
    const one = await announce({ ...wifi, title: 'Panne du courrier' })
    const leo = { personId: null, name: 'Léo Marty', email: 'leo@univ.example', phone: null }
    const { body: child } = await ask<Ticket>('alice', 'POST', `/api/disruptions/${one.id}/children`, {
      requester: leo,
      callId: 'call-leo',
    })
    const staff = { ...wifi, title: 'Serveur mx3 compromis', workaround: 'Ne rien dire.', audience: 'staff', ticket: one.ticket }
    await ask('nadia', 'PUT', `/api/disruptions/${one.id}`, { ...staff, version: 1 })
    await ask('nadia', 'POST', `/api/disruptions/${one.id}/end`, { version: 2, resolution: 'Disques de mx3 saisis.' })
    now += graceMs + 1_000
    while ((await service.stores.tickets.tellSome()).length > 0);
    const { body: told } = await ask<Ticket>('alice', 'GET', `/api/tickets/${child.number}`)
    expect(told).toMatchObject({ status: 'solution-proposed', solution: 'La perturbation est terminée.' })
    const mails = (await ask<{ to: string; text: string; subject: string }[]>('sophie', 'GET', '/api/mails')).body.filter(
      ({ to }) => to === leo.email,
    )
    expect(mails).toHaveLength(2)
    expect(JSON.stringify(mails)).not.toContain('mx3')
  })

  it('is over when its ticket is closed', async () => {
    const one = await announce({ ...wifi, expectedEndAt: null })
    await ask('alice', 'POST', `/api/tickets/${one.ticket}/close`, { solution: 'Câble remis.' })
    expect(await service.stores.disruptions.endWithTickets({ id: 'guichet', name: 'Guichet unique' })).toBe(true)
    expect((await ask<Disruption[]>('alice', 'GET', '/api/disruptions?ended=true')).body[0]).toMatchObject({
      id: one.id,
      resolution: 'Câble remis.',
    })
  })
})

describe('links between tickets', () => {
  it('make a child wait for its parent, are written on both, and are undone to where it stood', async () => {
    const [parent, child] = [await openTicket('Panne'), await openTicket('Chez moi aussi')]
    const link = (from: number, kind: string, ticket: number) =>
      ask<TicketLinks>('alice', 'POST', `/api/tickets/${from}/links`, { kind, ticket })
    expect((await link(child.number, 'child-of', parent.number)).body.links).toMatchObject([
      { kind: 'child-of', outward: true, ticket: parent.number },
    ])
    const { body: waits } = await ask<Ticket & { journal: { kind: string }[] }>('alice', 'GET', `/api/tickets/${child.number}`)
    expect(waits).toMatchObject({ status: 'waiting', light: true })
    expect(waits.journal.at(-1)?.kind).toBe('linked')
    expect((await link(child.number, 'child-of', parent.number)).status).toBe(409)
    expect((await link(parent.number, 'child-of', child.number)).status).toBe(409)
    expect((await link(parent.number, 'child-of', parent.number)).status).toBe(400)
    expect((await link(parent.number, 'follows', 999_999)).status).toBe(404)
    const undone = await ask<TicketLinks>('alice', 'DELETE', `/api/tickets/${parent.number}/links/child-of/${child.number}`)
    expect(undone.body).toMatchObject({ links: [], children: 0 })
    const { body: back } = await ask<Ticket>('alice', 'GET', `/api/tickets/${child.number}`)
    expect(back).toMatchObject({ status: 'in-progress', owner: child.owner })
    expect(back.light).toBeUndefined()
    expect((await ask('alice', 'DELETE', `/api/tickets/${parent.number}/links/child-of/${child.number}`)).status).toBe(404)
  })

  it('tell a child of its parent’s solution in words of their own, when no disruption was announced', async () => {
    const [parent, child] = [
      await openTicket('Imprimantes du 4R3'),
      (await ask<Ticket>('alice', 'POST', '/api/tickets', { title: 'Imprimante muette', requester: claire })).body,
    ]
    await ask('alice', 'POST', `/api/tickets/${child.number}/links`, { kind: 'child-of', ticket: parent.number })
    await ask('alice', 'POST', `/api/tickets/${parent.number}/close`, { solution: 'Le pilote est réinstallé partout.' })
    now += graceMs + 1_000
    expect((await service.stores.tickets.tellSome()).map(({ number }) => number)).toEqual([child.number])
    const { rows } = await service.database.pool.query<{ subject: string; text: string }>(
      'select subject, text from outbox where ticket_id = $1 order by at desc limit 1',
      [child.id],
    )
    expect(rows[0]?.subject).toBe(`[Guichet unique n°${child.number}] résolu : Imprimante muette`)
    expect(rows[0]?.text).toContain('Le pilote est réinstallé partout.')
    expect(rows[0]?.text).not.toContain('perturbation')
  })

  it('keeps what level 2 may not see from being linked to', async () => {
    const own = (await ask<Ticket>('nadia', 'POST', '/api/tickets', { title: 'Le mien', requester: claire })).body
    const other = await openTicket('Pas pour elle')
    const answer = await ask('nadia', 'POST', `/api/tickets/${own.number}/links`, { kind: 'same-cause', ticket: other.number })
    expect(answer.status).toBe(404)
  })
})

describe('a monitoring', () => {
  it('opens and ends one disruption by its secret, shown once and kept as a hash', async () => {
    const { body: made } = await ask<{ id: string; secret: string }>('sophie', 'POST', '/api/monitors', { name: 'Prometheus' })
    expect((await ask('sophie', 'POST', '/api/monitors', { name: 'Prometheus' })).status).toBe(409)
    const list = await ask('sophie', 'GET', '/api/monitors')
    expect(list.text).toContain('Prometheus')
    expect(list.text).not.toContain(made.secret)
    const { rows } = await service.database.pool.query<{ token_hash: string }>('select token_hash from monitors')
    expect(rows[0]?.token_hash).not.toContain(made.secret)
    const tell = (payload: object, secret = made.secret) =>
      service.as(null, { method: 'POST', url: '/api/monitors/events', payload, headers: { authorization: `Bearer ${secret}` } })
    const firing = {
      version: '4',
      groupKey: '{}:{alertname="WifiDown"}',
      status: 'firing',
      commonLabels: { alertname: 'WifiDown', site: 'Bâtiment B' },
      commonAnnotations: { summary: 'Bornes Wi-Fi muettes', description: '12 bornes ne répondent plus.' },
      alerts: [{ status: 'firing', labels: {}, annotations: {}, startsAt: '2026-11-23T08:58:00Z', endsAt: '0001-01-01T00:00:00Z' }],
    }
    expect((await tell(firing, 'gu_not-a-secret-of-anybody-at-all')).statusCode).toBe(404)
    expect((await tell({ hello: 'world' })).json()).toMatchObject({ code: 'invalid_body' })
    expect((await tell(firing)).json()).toEqual({ changed: true })
    expect((await tell(firing)).json()).toEqual({ changed: false })
    expect(await current()).toMatchObject([
      { title: 'Bornes Wi-Fi muettes', place: 'Bâtiment B', audience: 'staff', monitor: 'Prometheus', spoken: null, ticket: null },
    ])
    expect((await tell({ ...firing, status: 'resolved' })).json()).toEqual({ changed: true })
    expect(await current()).toEqual([])
    // Ended by hand, found again by the monitoring: the first does not go on beside the second, and its ticket stays closed.
    expect((await tell(firing)).json()).toEqual({ changed: true })
    const [first] = await current()
    const { body: followed } = await ask<Disruption>('alice', 'PUT', `/api/disruptions/${first?.id}`, { ...first, ticket: 'new' })
    const resolution = 'Redémarrées.'
    await ask('alice', 'POST', `/api/disruptions/${first?.id}/end`, { version: followed.version, resolution })
    expect((await tell(firing)).json()).toEqual({ changed: true })
    const goOn = await ask('alice', 'POST', `/api/disruptions/${first?.id}/go-on`, { version: followed.version + 1 })
    expect(goOn).toMatchObject({ status: 409, body: { code: 'conflict' } })
    expect((await ask<Ticket>('alice', 'GET', `/api/tickets/${followed.ticket}`)).body).toMatchObject({ status: 'closed' })
    expect((await tell({ ...firing, status: 'resolved' })).json()).toEqual({ changed: true })
    const zabbix = { event_id: 4711, event_value: '1', event_name: 'Serveur de fichiers injoignable', host_name: 'nas-2' }
    expect((await tell(zabbix)).json()).toEqual({ changed: true })
    expect((await tell({ ...zabbix, event_value: '0' })).json()).toEqual({ changed: true })
    expect((await ask('sophie', 'DELETE', `/api/monitors/${made.id}`)).status).toBe(204)
    expect((await tell(firing)).statusCode).toBe(404)
  })
})

describe('what looks like a disruption', () => {
  it('is said with its evidence, until one is announced', async () => {
    const spoken = (name: string) => ({
      title: `Plus d’agenda chez ${name}`,
      categoryId: 'agenda-partage',
      placeId: null,
      requester: { personId: null, name, email: null, phone: null },
    })
    for (const name of ['Paul', 'Léa', 'Nour', 'Nour']) await ask('alice', 'POST', '/api/tickets', spoken(name))
    const suggested = async () =>
      (await ask<{ people: number; nature: string; signs: { title: string }[] }[]>('alice', 'GET', '/api/disruptions/suggested')).body
    expect(await suggested()).toEqual([])
    for (const name of ['Hugo', 'Inès', 'Max']) await ask('alice', 'POST', '/api/tickets', spoken(name))
    const [one] = await suggested()
    expect(one).toMatchObject({ categoryId: 'messagerie', people: 6 })
    expect(one?.signs[0]?.title).toBe('Plus d’agenda chez Paul')
    await announce({ ...wifi, categoryId: 'messagerie', expectedEndAt: null })
    expect(await suggested()).toEqual([])
  })
})

it('closes those who say nothing, some days later, without another mail', async () => {
  const all = await service.stores.mails.list()
  await service.database.pool.query("update outbox set state = 'sent'")
  now = Date.parse('2026-12-20T09:00:00Z')
  const closed = (await service.stores.tickets.runDue()).filter(({ light }) => light === true)
  expect(closed.length).toBeGreaterThan(1)
  expect(new Set(closed.map(({ status, closedHow }) => `${status} ${closedHow}`))).toEqual(new Set(['closed expired']))
  // Who has the tickets of the disruptions hears that those are late.
  const since = (await service.stores.mails.list()).filter(({ id }) => all.every((one) => one.id !== id))
  expect(
    since.filter(
      ({ ticketNumber, to }) =>
        closed.some(({ number }) => number === ticketNumber) || !['alice@univ.example', 'nadia@univ.example'].includes(to),
    ),
  ).toEqual([])
})
