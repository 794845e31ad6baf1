import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Requester, Ticket } from '../../server/contract/entities.ts'
import { remover } from '../../server/engine/purge.ts'
import { attachmentOfMail } from '../../server/mail/attached.ts'
import { createIntake, type Intake } from '../../server/mail/intake.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

/* What stands elsewhere of what somebody wrote: mails as they came, files, notes on other tickets. It goes with the rest. */
let service: TestHttp
let intake: Intake
const folder = testFolder()
const saved: Ticket[] = []
const claire = { personId: 'sample:claire.dubois', name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: null }
/** Before anybody knew whose address it is. */
const asGuest = { personId: null, name: 'Claire', email: 'Claire.Dubois@univ.example', phone: null }
const paul = { personId: 'sample:paul.vidal', name: 'Paul Vidal', email: 'paul.vidal@univ.example', phone: null }

beforeAll(async () => {
  service = await buildTestHttp({ incomingFolder: folder })
  await service.stores.people.save(
    [{ ...paul, id: paul.personId, phones: [], affiliation: 'staff', unit: null, place: null, title: null }],
    'sample',
  )
  intake = createIntake({
    folder,
    store: service.stores.incoming,
    keepFile: (file) => attachmentOfMail(service.attachments, file),
    mostFiles: () => 10,
    log: pino({ level: 'silent' }),
    onTaken: (tickets) => saved.push(...tickets),
  })
})
afterAll(async () => {
  await service.close()
  removeTestFolder(folder)
})

const sql = async (query: string, ...values: unknown[]) => (await service.database.pool.query<Record<string, unknown>>(query, values)).rows
const as = (login: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) =>
  service.as(login, { method, url, ...(payload && { payload }) })
const open = async (requester: Requester, title: string): Promise<number> =>
  (await as('alice', 'POST', '/api/tickets', { title, summary: title, requester })).json().number
const close = (number: number) => as('alice', 'POST', `/api/tickets/${number}/close`, { solution: 'Fait.' })

/** A mail with a file. @returns the ticket that it is in */
async function mailed(from: string, id: string, more: readonly string[] = []): Promise<Ticket> {
  const file = await intake.arriving()
  const lines = [
    `From: ${from}`,
    'To: guichet@univ.example',
    `Subject: Secret ${id}`,
    `Message-ID: <${id}@elsewhere.example>`,
    ...more,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="edge"',
    '',
    '--edge',
    'Content-Type: text/plain; charset=utf-8',
    '',
    `Secret ${id}`,
    '--edge',
    `Content-Type: text/plain; name="passeport-${id}.txt"`,
    `Content-Disposition: attachment; filename="passeport-${id}.txt"`,
    '',
    `Secret ${id} en fichier`,
    '--edge--',
  ]
  writeFileSync(file, lines.join('\r\n'))
  await intake.take(file)
  const ticket = saved.at(-1)
  if (ticket === undefined) throw new Error('no ticket was saved')
  return ticket
}
/** Wherever a word still is: the directory, its account and the lists of names aside. */
async function leftovers(word: string): Promise<string[]> {
  const tables = await sql(
    "select tablename as name from pg_tables where schemaname = 'public' and tablename not in ('people', 'accounts', 'erasures')",
  )
  const found = await Promise.all(
    tables.map(async ({ name }) =>
      (await sql(`select 1 from ${String(name)} x where x::text like $1`, `%${word}%`)).length > 0 ? [name] : [],
    ),
  )
  return found.flat().map(String)
}
const kept = () =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.eml'))
const bytesOf = async (hash: unknown) => existsSync(join(service.varDir, 'attachments', String(hash).slice(0, 2), String(hash)))

it('is given to whoever asks what is held about them', async () => {
  const ticket = await mailed('Claire Dubois <claire.dubois@univ.example>', 'donne')
  const guests = await open(asGuest, 'Secret invité')
  await close(guests)
  const all = (await as('sophie', 'GET', `/api/people/${claire.personId}/export?format=json`)).json()
  expect(all.received).toMatchObject([{ from: claire.email, subject: 'Secret donne', ticket: ticket.number }])
  expect(all.tickets.map(({ number }: { number: number }) => number)).toContain(guests)
  expect(all.files).toMatchObject([{ name: 'passeport-donne.txt', ticket: ticket.number }])
  const page = (await as('sophie', 'GET', `/api/people/${claire.personId}/export`)).body
  expect(page).toContain('passeport-donne.txt')
  await close(ticket.number)
})

it('goes with the erasure of a person: mails as they came, files, a note on another’s ticket, the name that was corrected', async () => {
  const mine = await mailed('Claire Dubois <claire.dubois@univ.example>', 'un')
  const theirs = await open(paul, 'Wi-Fi')
  const reference = (await sql('select message_id from outbox where ticket_id = (select id from tickets where number = $1)', theirs))[0]
  // She answers a mail about somebody else's.
  await mailed('Claire Dubois <claire.dubois@univ.example>', 'deux', [`In-Reply-To: ${String(reference?.['message_id'])}`])
  const proposed = await open(claire, 'Secret trois')
  await as('alice', 'POST', `/api/tickets/${proposed}/solution`, { solution: 'Secret quatre' })
  const merging = { kind: 'duplicate-of', ticket: theirs, merge: true }
  expect((await as('alice', 'POST', `/api/tickets/${proposed}/links`, merging)).statusCode).toBe(201)
  const corrected = await open(claire, 'Panne')
  await as('alice', 'PUT', `/api/tickets/${corrected}/fields`, { requester: paul, summary: 'Panne chez Paul' })
  for (const { number } of await sql("select number from tickets where requester_person_id = $1 and status <> 'closed'", claire.personId))
    await close(Number(number))
  await sql("update outbox set state = 'sent'")
  const hashes = await sql("select hash from attachments where name like 'passeport-%'")
  expect([kept().length, hashes.length]).toEqual([3, 3])

  const order = { reason: 'À sa demande', name: 'Claire Dubois' }
  expect((await as('admin', 'POST', `/api/people/${claire.personId}/erasure`, order)).statusCode).toBe(200)
  await service.attachments.purge(new Date())
  for (const word of ['Secret', 'secret', 'passeport', 'claire.dubois@univ', 'Claire Dubois'])
    expect(await leftovers(word), word).toEqual([])
  expect(kept()).toEqual([])
  for (const { hash } of hashes) expect(await bytesOf(hash)).toBe(false)
  expect((await as('alice', 'GET', `/api/tickets/${mine.number}`)).json()).toMatchObject({ attachments: [] })
  // What is Paul's stays.
  expect((await as('alice', 'GET', `/api/tickets/${corrected}`)).json()).toMatchObject({ summary: 'Panne chez Paul', requester: paul })
})

it('goes by its age: a mail that came in after its days, seen or not needing to be, and a file with its ticket', async () => {
  const old = await mailed('Lou Martin <lou@mail.example>', 'vieux')
  await sql("update incoming_mails set at = now() - interval '400 days'")
  await mailed('Lou Martin <lou@mail.example>', 'jeune')
  const remove = remover({ message: folder, recording: folder }, intake.fileOf)
  while (await service.stores.retention.purge('mails', '2026-11-24', 365, remove));
  expect(await sql('select subject from incoming_mails')).toEqual([{ subject: 'Secret jeune' }])
  expect(kept()).toHaveLength(1)
  const { attachments, journal } = (await as('alice', 'GET', `/api/tickets/${old.number}`)).json()
  expect(attachments).toMatchObject([{ name: 'passeport-vieux.txt' }])
  expect(journal[0].detail?.mail).toBeUndefined()
  await close(old.number)
  await sql("update tickets set closed_at = now() - interval '400 days' where number = $1", old.number)
  while (await service.stores.retention.purge('tickets', '2026-11-24', 365, remove));
  await service.attachments.purge(new Date())
  expect(await sql("select name from attachments where name not like 'passeport-jeune%'")).toEqual([])
})

it('does not come back: whoever answers an old mail makes a request of its own, and nothing is added to what was erased', async () => {
  const old = await open(paul, 'Secret ancien')
  const [reference] = await sql('select message_id from outbox where ticket_id = (select id from tickets where number = $1)', old)
  await close(old)
  await sql("update tickets set closed_at = now() - interval '400 days' where number = $1", old)
  const remove = remover({ message: folder, recording: folder }, intake.fileOf)
  while (await service.stores.retention.purge('tickets', '2026-11-25', 365, remove));
  const page = async () => (await as('alice', 'GET', `/api/tickets/${old}`)).json()
  const before = await page()
  expect(before.title).toBe('(texte effacé)')
  const answer = await mailed('Paul Vidal <paul.vidal@univ.example>', 'revenu', [`In-Reply-To: ${String(reference?.['message_id'])}`])
  expect(answer).toMatchObject({ status: 'pre-ticket', requester: paul })
  expect(answer.number).not.toBe(old)
  const added = await as('alice', 'POST', `/api/tickets/${old}/contributions`, { text: 'Secret rappelé' })
  expect([added.statusCode, added.json().message]).toEqual([409, expect.stringContaining('ouvrez-en un autre')])
  expect(await page()).toEqual(before)
})
