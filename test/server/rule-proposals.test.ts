import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RuleProposal } from '../../server/contract/rule-proposals.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
beforeAll(async () => {
  service = await buildTestHttp()
})
afterAll(() => service.close())

const claire = { personId: 'sample:claire.dubois', name: 'Claire Dubois', email: 'claire.dubois@univ.example', phone: null }
const as = (login: string, method: 'POST' | 'GET', url: string, payload?: object) =>
  service.as(login, { method, url, ...(payload && { payload }) })
async function givenBack(suggested: string | null): Promise<number> {
  const body = { title: 'Câble arraché', summary: '', medium: 'phone', requester: claire, categoryId: 'prise' }
  const { number } = (await as('alice', 'POST', '/api/tickets', body)).json()
  await as('alice', 'POST', `/api/tickets/${number}/redirect`, { groupId: 'dsrt' })
  await as('nadia', 'POST', `/api/tickets/${number}/give-back`, { reason: 'C’est du mobilier.', groupId: suggested })
  return number
}
const offered = async (login: string) => (await as(login, 'GET', '/api/redirection/proposals')).json<RuleProposal[]>()

it('« pas pour nous » proposes a rule with its replay on 90 days; taken, it holds; left, it is proposed no more', async () => {
  await givenBack(null)
  expect(await offered('sophie')).toEqual([])
  const numbers = [await givenBack('dprox'), await givenBack('dprox')]
  const [proposal] = await offered('sophie')
  expect(proposal).toMatchObject({
    from: { name: 'dSRT' },
    to: { name: 'dPROX' },
    tickets: numbers.toReversed(),
    reason: 'C’est du mobilier.',
    rule: { categoryId: 'prise', groupId: 'dprox' },
    replay: { moved: 3, right: 0 },
  })
  // Lucie keeps another list: what is proposed of dSRT's is none of hers.
  expect(await offered('lucie')).toEqual([])
  const at = `/api/redirection/proposals/${encodeURIComponent(proposal?.id ?? '')}`
  expect((await as('lucie', 'POST', at, { take: true })).statusCode).toBe(404)
  expect((await as('sophie', 'POST', at, { take: true })).json()).toEqual([])
  const sorted = { categoryId: 'prise', placeId: null }
  expect((await as('alice', 'POST', '/api/redirection/trial', sorted)).json().group).toMatchObject({ id: 'dprox' })
  expect((await as('sophie', 'GET', '/api/settings/redirection/history')).json()).toHaveLength(1)
})

it('rules that are being edited are replayed before they are saved', async () => {
  const { rules } = service.settings.values.redirection
  const edited = [{ id: 'tout', categoryId: null, placeId: null, affiliation: null, groupId: 'psn' }, ...rules]
  expect((await as('sophie', 'POST', '/api/redirection/replay', { rules: edited })).json()).toMatchObject({ total: 3, moved: 3 })
  expect((await as('alice', 'POST', '/api/redirection/replay', { rules })).statusCode).toBe(403)
})

it('a référent changes a proposed rule before taking it, within what is theirs, and sees the change replayed', async () => {
  const { version } = service.settings.view.redirection
  const rules = [{ id: 'prises', categoryId: 'prise', placeId: null, affiliation: null, groupId: 'correspondants-sciences' }]
  await service.settings.change('redirection', { version, value: { rules } }, { id: 'sophie', name: 'Sophie' })
  const body = { title: 'Prise arrachée', summary: '', medium: 'phone', requester: claire, categoryId: 'prise' }
  const { number } = (await as('alice', 'POST', '/api/tickets', body)).json()
  await as('alice', 'POST', `/api/tickets/${number}/redirect`, { groupId: 'correspondants-sciences' })
  await as('sophie', 'POST', `/api/tickets/${number}/take-up`)
  await as('sophie', 'POST', `/api/tickets/${number}/give-back`, { reason: 'Pas à nous.', groupId: 'dsrt' })
  const [proposal] = await offered('lucie')
  expect(proposal).toMatchObject({ from: { id: 'correspondants-sciences' }, to: { id: 'dsrt' } })
  const { id } = proposal as RuleProposal
  const asProposed = { categoryId: 'prise', placeId: null, affiliation: null, groupId: 'dsrt' }
  const replayed = (rule: object) => as('lucie', 'POST', '/api/redirection/replay', { proposal: id, rule: { ...asProposed, ...rule } })
  const whole = (await replayed({})).json()
  expect(whole.moved).toBe((proposal as RuleProposal).replay.moved)
  // Claire is of the staff: for students alone, nothing of what came in would have moved.
  expect((await replayed({ affiliation: 'student' })).json()).toMatchObject({ total: whole.total, moved: 0 })
  expect((await replayed({ categoryId: null })).statusCode).toBe(403)
  expect((await replayed({ groupId: 'psn' })).statusCode).toBe(403)
  expect((await replayed({ groupId: 'nowhere' })).statusCode).toBe(400)
  const at = `/api/redirection/proposals/${encodeURIComponent(id)}`
  expect((await as('lucie', 'POST', at, { take: true, rule: { ...asProposed, groupId: 'psn' } })).statusCode).toBe(403)
  expect((await as('lucie', 'POST', at, { take: true, rule: { ...asProposed, affiliation: 'staff' } })).statusCode).toBe(200)
  expect(service.settings.values.redirection.rules).toMatchObject([
    { categoryId: 'prise', affiliation: 'staff', groupId: 'dsrt' },
    { id: 'prises', groupId: 'correspondants-sciences' },
  ])
})
