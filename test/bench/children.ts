import { pino } from 'pino'
import { graceMs } from '../../server/database/ticket-children.ts'
import type { Disruption } from '../../server/contract/disruptions.ts'
import type { TicketLinks } from '../../server/contract/ticket-links.ts'
import { Disruptions } from '../../server/engine/disruptions.ts'
import { migrate } from '../../server/database/migrate.ts'
import { startPostgres } from '../../server/supervisor/postgres.ts'
import { removeTestFolder, testFolder } from '../support/folders.ts'
import { quiet } from '../support/quiet.ts'
import { buildTestHttp } from '../support/service.ts'
import { type Figure, percentile, rounded, spread } from './figures.ts'

/*
 * A parent with many light children is resolved: how long until all are told (their tickets' lines and mails owed), from the moment its end can be
 * taken back no more; and what a save takes meanwhile, beside what it takes at rest. Real service and PostgreSQL, over HTTP.
 */
export const childrenFigures = ['children.told', 'children.save.rest', 'children.save.during', 'children.progress']
const [children, savesAtRest, tries] = [500, 40, 3]
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export async function measureChildren(): Promise<readonly Figure[]> {
  const varDir = testFolder()
  const postgres = await startPostgres({ varDir, log: quiet })
  const rounds: Awaited<ReturnType<typeof round>>[] = []
  try {
    await migrate(postgres.url)
    for (let n = 0; n < tries; n += 1) rounds.push(await round(postgres.url))
  } finally {
    await postgres.stop()
    removeTestFolder(varDir)
  }
  const told = rounds.map(({ toldMs }) => toldMs)
  const [atRest, during, progress] = [
    rounds.flatMap((one) => one.rest),
    rounds.flatMap((one) => one.during),
    rounds.map((one) => one.progress),
  ]
  return [
    { ...spread('children.told', told, 'p95', 60_000), tries },
    spread('children.save.rest', atRest, 'p95', 200),
    spread('children.save.during', during, 'p95', 200),
    {
      name: 'children.progress',
      value: Math.min(...progress),
      unit: 'calls',
      p50: rounded(percentile(progress, 0.5)),
      p95: null,
      goal: null,
      met: null,
      tries,
    },
  ]
}

async function round(url: string) {
  const service = await buildTestHttp({ database: { url, drop: async () => undefined } })
  let now = Date.now()
  const disruptions = new Disruptions({
    varDir: service.varDir,
    disruptions: service.stores.disruptions,
    tickets: service.stores.tickets,
    peopleOf: () => [],
    sounds: { of: () => null },
    heard: () => false,
    speak: async () => undefined,
    tellSubscribers: async () => false,
    onSaved: () => undefined,
    onMails: () => undefined,
    onChange: () => undefined,
    log: pino({ level: 'silent' }),
    now: () => now,
  })
  try {
    const address = await service.app.listen({ port: 0, host: '127.0.0.1' })
    const cookie = await service.cookieOf('nadia')
    const desk = await service.cookieOf('alice')
    const ask = async <Body>(as: string, method: string, path: string, body?: object): Promise<Body> => {
      const answer = await fetch(address + path, {
        method,
        headers: { cookie: as, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      })
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
      return (await answer.json()) as Body
    }
    const save = async (title: string) => {
      const began = performance.now()
      const requester = { personId: null, name: 'Zoé Lambert', email: 'zoe@univ.example', phone: null }
      await ask(desk, 'POST', '/api/tickets', { title, requester })
      return performance.now() - began
    }
    const one = await ask<Disruption>(cookie, 'POST', '/api/disruptions', {
      ticket: 'new',
      title: 'Messagerie en panne',
      startsAt: new Date(now - 60_000).toISOString(),
    })
    const parent = one.ticket
    if (parent === null) throw new Error('a disruption without a ticket')
    for (let n = 0; n < children; n += 1) {
      const requester = { personId: null, name: `Personne ${n}`, email: `p${n}@univ.example`, phone: null }
      const joiner = { requester, text: '', medium: 'phone', callId: null } as const
      await service.stores.tickets.join(parent, joiner, { id: 'alice', name: 'Alice Martin' })
    }
    const rest: number[] = []
    for (let n = 0; n < savesAtRest; n += 1) rest.push(await save(`Au repos ${n}`))
    await ask(cookie, 'POST', `/api/disruptions/${one.id}/end`, { version: one.version, resolution: 'Serveur redémarré.' })
    const { rowCount } = await service.database.pool.query(
      "update disruptions set ended_at = ended_at - $1 * interval '1 millisecond' where id = $2",
      [graceMs + 1_000, one.id],
    )
    if (rowCount !== 1) throw new Error('its end could not be moved')
    now += graceMs
    const mailsOwed = async () =>
      (
        await service.database.pool.query<{ n: number }>(
          "select count(*)::int as n from outbox where subject like '%' and at > now() - interval '1 hour'",
        )
      ).rows[0]?.n ?? 0
    const before = await mailsOwed()
    const during: number[] = []
    const seen = new Set<number>()
    const began = performance.now()
    disruptions.wake()
    let toldMs = 0
    while (toldMs === 0) {
      during.push(await save(`Pendant ce temps ${during.length}`))
      const { informed } = await ask<TicketLinks>(desk, 'GET', `/api/tickets/${parent}/links`)
      seen.add(informed)
      if (informed === children) toldMs = performance.now() - began
      else if (performance.now() - began > 300_000) throw new Error(`${informed} of ${children} told after five minutes`)
      await wait(20)
    }
    const owed = (await mailsOwed()) - before - during.length
    if (owed !== children) throw new Error(`${owed} mails owed to ${children} people`)
    return { toldMs, rest, during, progress: seen.size }
  } finally {
    await disruptions.stop()
    await service.close()
  }
}
