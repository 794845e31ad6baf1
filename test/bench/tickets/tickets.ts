import { startPostgres } from '../../../server/supervisor/postgres.ts'
import { migrate } from '../../../server/database/migrate.ts'
import { removeTestFolder, testFolder } from '../../support/folders.ts'
import { quiet } from '../../support/quiet.ts'
import { seeded } from '../../support/seeded.ts'
import { buildTestHttp, type TestHttp } from '../../support/service.ts'
import { spread, type Figure } from '../figures.ts'
import { fill, words } from './university.ts'

const [people, tickets, tries] = [35_000, 200_000, 60]
type Draw = <T>(of: readonly T[]) => T

/** What is asked, as whom. Each time with other words, so that no answer is in a cache of ours. */
const asked: readonly {
  readonly name: string
  readonly login: string
  readonly goal: number
  readonly path: (draw: Draw) => string
}[] = [
  { name: 'tickets.list.latest', login: 'alice', goal: 100, path: () => '/api/tickets?limit=50' },
  { name: 'tickets.list.open', login: 'alice', goal: 100, path: () => '/api/tickets?status=open&limit=50' },
  { name: 'tickets.list.to-take-up', login: 'nadia', goal: 100, path: () => '/api/tickets?view=to-take-up' },
  { name: 'tickets.list.mine', login: 'alice', goal: 100, path: () => '/api/tickets?view=mine' },
  { name: 'tickets.list.groups', login: 'nadia', goal: 100, path: () => '/api/tickets?view=groups' },
  { name: 'tickets.list.stuck', login: 'sophie', goal: 100, path: () => '/api/tickets?view=stuck' },
  {
    name: 'tickets.list.filtered',
    login: 'alice',
    goal: 100,
    path: (draw) => `/api/tickets?urgency=high&medium=form&nature=${encodeURIComponent(draw(words.subjects))}`,
  },
  { name: 'tickets.list.person', login: 'alice', goal: 100, path: (draw) => `/api/tickets?personId=bench:${draw([1, 77, 4_242, 31_000])}` },
  { name: 'tickets.counts', login: 'nadia', goal: 100, path: () => '/api/tickets/counts' },
  {
    name: 'tickets.search.word',
    login: 'alice',
    goal: 100,
    path: (draw) => `/api/tickets?search=${encodeURIComponent(draw(words.things))}`,
  },
  {
    name: 'tickets.search.words',
    login: 'alice',
    goal: 100,
    path: (draw) => `/api/tickets?search=${encodeURIComponent(`${draw(words.subjects)} ${draw(words.things)} ${draw(words.troubles)}`)}`,
  },
  {
    name: 'tickets.search.name',
    login: 'alice',
    goal: 100,
    path: (draw) => `/api/tickets?search=${encodeURIComponent(`${draw(words.given)} ${draw(words.family)}`)}`,
  },
  {
    name: 'tickets.search.rare',
    login: 'alice',
    goal: 100,
    path: (draw) => `/api/tickets?search=${encodeURIComponent(`${draw(words.things)} poste ${draw([17, 2_042, 4_999])}`)}`,
  },
  {
    name: 'tickets.search.said',
    login: 'alice',
    goal: 100,
    path: (draw) => `/api/tickets?search=${encodeURIComponent(`${draw(words.things)} ${draw(words.steps)}`)}`,
  },
  { name: 'tickets.search.nothing', login: 'alice', goal: 100, path: () => '/api/tickets?search=xylophone' },
  {
    name: 'tickets.search.slip',
    login: 'alice',
    goal: 100,
    path: (draw) => `/api/tickets?search=${encodeURIComponent(draw(['imprimnate', 'eduraom', 'vidoprojecteur', 'mesagerie moddle']))}`,
  },
  {
    name: 'tickets.alike',
    login: 'alice',
    goal: 100,
    path: (draw) =>
      `/api/tickets/alike?title=${encodeURIComponent(`${draw(words.subjects)} ${draw(words.things)} ${draw(words.troubles)}`)}`,
  },
  { name: 'tickets.search.number', login: 'alice', goal: 100, path: (draw) => `/api/tickets?search=${draw([20_017, 123_456, 219_999])}` },
  { name: 'tickets.page', login: 'alice', goal: 100, path: (draw) => `/api/tickets/${draw([20_017, 123_456, 219_999])}` },
  {
    name: 'tickets.people',
    login: 'alice',
    goal: 50,
    path: (draw) => `/api/people?search=${encodeURIComponent(`${draw(words.given).slice(0, 4)} ${draw(words.family).slice(0, 3)}`)}`,
  },
]
export const ticketFigures = asked.map(({ name }) => name)

/** Lists and searches over HTTP, on a PostgreSQL of its own that holds a university's years. */
export async function measureTickets(): Promise<readonly Figure[]> {
  const varDir = testFolder()
  const postgres = await startPostgres({ varDir, log: quiet })
  try {
    await migrate(postgres.url)
    const service = await buildTestHttp({ database: { url: postgres.url, drop: async () => undefined } })
    try {
      const began = performance.now()
      const say = (text: string) => process.stderr.write(`  ${((performance.now() - began) / 1_000).toFixed(0)} s : ${text}…\n`)
      await fill(postgres.url, people, tickets, say)
      say('délais')
      // As the service does when it starts: no ticket's delays are counted while lists are measured.
      await service.stores.tickets.rewind()
      say('mesures')
      const address = await service.app.listen({ port: 0, host: '127.0.0.1' })
      const figures: Figure[] = []
      for (const one of asked) {
        const figure = await measure(service, address, one)
        // An hour of a loaded machine is not lost with the last figure.
        say(`${figure.name} ${figure.value.toFixed(0)} ms`)
        figures.push(figure)
      }
      return figures
    } finally {
      await service.close()
    }
  } finally {
    await postgres.stop()
    removeTestFolder(varDir)
  }
}

async function measure(service: TestHttp, address: string, { name, login, goal, path }: (typeof asked)[number]): Promise<Figure> {
  const random = seeded(7)
  const draw: Draw = (of) => {
    const drawn = of[Math.floor(random() * of.length)]
    if (drawn === undefined) throw new Error('nothing to draw from')
    return drawn
  }
  const headers = { cookie: await service.cookieOf(login) }
  const took: number[] = []
  for (let n = 0; n < tries + 3; n += 1) {
    const began = performance.now()
    const answer = await fetch(address + path(draw), { headers })
    await answer.arrayBuffer()
    // The first ones open connections.
    if (n >= 3) took.push(performance.now() - began)
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`)
  }
  return spread(name, took, 'p95', goal)
}
