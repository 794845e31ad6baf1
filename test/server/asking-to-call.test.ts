import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pageCallTokens } from '../../server/page-call-tokens.ts'
import { Visitor } from '../support/portal.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

describe('what a page asks for before it calls', () => {
  let service: TestHttp
  beforeAll(async () => {
    service = await buildTestHttp()
    const { version } = service.settings.view.desk
    await service.settings.change('desk', { version, value: { phone: '05 61 55 00 00' } }, { id: 'sophie', name: 'Sophie' })
  })
  afterAll(() => service.close())
  const tokens = pageCallTokens('a secret of the tests', Date.now)
  const ask = async (visitor: Visitor, fields: Readonly<Record<string, string>> = {}, headers = {}) => {
    const answer = await visitor.post('/appel', fields, headers)
    return { status: answer.statusCode, body: answer.json<{ readonly token?: string; readonly text?: string }>() }
  }

  it('is given to whoever looks at the page, for the request that they may follow alone', async () => {
    const visitor = new Visitor(service)
    const home = await visitor.get('/')
    expect(home.body).toContain('data-call-start')
    expect(home.headers['permissions-policy']).toContain('microphone=(self)')
    expect((await visitor.get('/demande')).headers['permissions-policy']).toContain('microphone=()')
    const { status, body } = await ask(visitor, { demande: '1' })
    expect(status).toBe(200)
    expect(tokens.read(body.token ?? '')).toMatchObject({ ticket: null, language: 'fr', holder: tokens.mark('127.0.0.1') })
    await visitor.signIn('claire.dubois', 'guichet-demo')
    const mine = await visitor.get('/demandes')
    const [, number = ''] = /href="\/demandes\/(\d+)"/.exec(mine.body) ?? []
    const about = await ask(visitor, number === '' ? {} : { demande: number })
    expect(tokens.read(about.body.token ?? '')?.ticket).toBe(number === '' ? null : Number(number))
    expect(mine.body).toContain('data-call-start')
  })

  it('is refused to another site’s page, and to whoever asks too often, with the number to dial', async () => {
    expect((await new Visitor(service).post('/appel', {}, { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403)
    const visitor = new Visitor(service)
    const answers = await Promise.all(Array.from({ length: 24 }, () => ask(visitor)))
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(0)
    expect(refused[0]?.body.text).toBe(
      'Vous avez appelé plusieurs fois d’ici : patientez quelques minutes. Sinon, composez le 05 61 55 00 00.',
    )
  })

  it('is not offered while the desk is closed', async () => {
    const { view } = service.desk
    service.desk.view = () => ({ ...view.call(service.desk), open: false })
    try {
      const visitor = new Visitor(service)
      const home = await visitor.get('/')
      expect(home.body).not.toContain('data-call')
      expect(home.body).toContain('05 61 55 00 00')
      const refused = await ask(visitor)
      expect([refused.status, refused.body.text]).toEqual([409, 'Le guichet est fermé. Sinon, composez le 05 61 55 00 00.'])
    } finally {
      service.desk.view = view
    }
  })

  it('is not offered where the site does not, and the page shows the number', async () => {
    const { version, value } = service.settings.view.portal
    const change = { version, value: { ...value, pageCalls: { offered: false, atOnce: 4 } } }
    await service.settings.change('portal', change, { id: 'sophie', name: 'Sophie' })
    const visitor = new Visitor(service)
    const home = await visitor.get('/')
    expect(home.body).not.toContain('data-call')
    expect(home.body).toContain('05 61 55 00 00')
    expect(home.headers['permissions-policy']).toContain('microphone=()')
    expect((await ask(visitor)).status).toBe(409)
  })
})
