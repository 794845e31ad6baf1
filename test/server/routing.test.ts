import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Routing } from '../../server/contract/routing.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
beforeAll(async () => {
  service = await buildTestHttp()
})
afterAll(() => service.close())

const post = (login: string, url: string, payload: Record<string, unknown>) => service.as(login, { method: 'POST', url, payload })
const routing = (login: string, group: string) => service.as(login, { method: 'GET', url: `/api/groups/${group}/routing` })
const opened = async (title: string): Promise<number> => {
  const requester = { personId: null, name: 'Quelqu’un', email: null, phone: null }
  return (await post('alice', '/api/tickets', { title, requester })).json<{ number: number }>().number
}

it('whoever keeps a list sees what came to the group by mistake, those without a place first, and where they went', async () => {
  const { came } = (await routing('lucie', 'correspondants-sciences')).json<Routing>()
  const [lost, sent, found, fine] = [await opened('Perdu'), await opened('Renvoyé'), await opened('Retrouvé'), await opened('À sa place')]
  const to = (number: number, groupId: string, by = 'alice') => post(by, `/api/tickets/${number}/redirect`, { groupId })
  for (const number of [lost, sent, found, fine]) await to(number, 'correspondants-sciences')
  await post('nadia', `/api/tickets/${lost}/give-back`, { reason: 'Pas notre bâtiment.' })
  await to(sent, 'dsig', 'nadia')
  await post('nadia', `/api/tickets/${found}/give-back`, { reason: 'C’est une prise.' })
  await to(found, 'dsrt')
  const answer = (await routing('lucie', 'correspondants-sciences')).json<Routing>()
  expect(answer.came).toBe(came + 4)
  expect(answer.misrouted.map(({ number }) => number)).toEqual([lost, found, sent])
  expect(answer.misrouted[0]).toMatchObject({
    title: 'Perdu',
    by: 'Nadia Roussel',
    reason: 'Pas notre bâtiment.',
    to: null,
    now: null,
    lost: true,
  })
  expect(answer.misrouted.find(({ number }) => number === sent)).toMatchObject({ to: expect.any(String), lost: false })
  expect(answer.went[0]).toEqual({ group: null, count: 2 })
  expect(answer.went).toHaveLength(2)
})

it('what was sent there in one gesture, and taken back within its minute, never came', async () => {
  const before = (await routing('lucie', 'correspondants-sciences')).json<Routing>()
  const [id, number] = [randomUUID(), await opened('Envoyé par erreur')]
  const { bulk, ruleProposals } = service.stores
  const done = async () => {
    for (let more = await bulk.step(); more !== false; more = await bulk.step());
  }
  await post('alice', '/api/bulk', { id, numbers: [number], order: { do: 'redirect', groupId: 'correspondants-sciences', reason: '' } })
  await done()
  expect((await routing('lucie', 'correspondants-sciences')).json<Routing>().came).toBe(before.came + 1)
  await bulk.undo(id, { id: 'alice' })
  await done()
  await service.database.pool.query("update tickets set category_id = 'prise' where number = $1", [number])
  expect((await ruleProposals.past()).find((one) => one.number === number)).toMatchObject({ ended: null })
  await post('alice', `/api/tickets/${number}/redirect`, { groupId: 'dsig' })
  expect((await routing('lucie', 'correspondants-sciences')).json<Routing>()).toEqual(before)
})

it('others do not, and a group that does not exist has no list', async () => {
  expect((await routing('karim', 'correspondants-sciences')).statusCode).toBe(403)
  expect((await routing('lucie', 'dsig')).statusCode).toBe(403)
  expect((await routing('sophie', 'nowhere')).statusCode).toBe(404)
})
