import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExceptionalDays } from '../../server/contract/settings.ts'
import { closureWords, OwnSounds } from '../../server/settings/own-sounds.ts'
import { storeFacts } from '../support/facts.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'

let service: TestHttp
beforeAll(async () => {
  service = await buildTestHttp()
})
afterAll(() => service.close())

/** As the desk counts days, whatever the clock of this machine says. */
const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(new Date())
const closed = (id: string, texts: ExceptionalDays['announcement']): ExceptionalDays => ({
  id,
  from: today,
  to: today,
  spans: [],
  reason: 'inventaire',
  announcement: texts,
})
const preview = (payload: object) => service.as('sophie', { method: 'POST', url: '/api/settings/hours/preview', payload })

describe('hours being edited', () => {
  it('are shown in the words of callers and of the public page, and day by day, without being saved', async () => {
    const texts = { fr: 'Bonjour. Nous faisons l’inventaire.', en: 'Hello. We are taking stock.' }
    const { fr, en, days } = (await preview({ exceptions: [closed('a', texts)] })).json()
    expect(fr.closed).toMatch(/^Bonjour\. Nous faisons l’inventaire\. Vous pouvez nous signaler/)
    expect(en.closed).toMatch(/^Hello\. We are taking stock\. You can tell us/)
    expect(fr.notices[0]).toContain('inventaire')
    expect(days.length).toBeGreaterThanOrEqual(365)
    expect(days.filter((d: { kind: string }) => d.kind === 'exceptional')).toHaveLength(1)
    expect(service.settings.values.hours.exceptions).toEqual([])
  })

  it('that make no sense are refused by the field’s name', async () => {
    const answer = await preview({ exceptions: [closed('a', null), closed('a', null)] })
    expect([answer.statusCode, answer.json().message]).toEqual([400, expect.stringContaining('exceptions.id')])
  })

  it('once saved are on the public page', async () => {
    const { version, value } = service.settings.view.hours
    const week = { ...value.week, 6: [{ from: '09:00', to: '12:00' }] }
    await service.as('admin', { method: 'PUT', url: '/api/settings/hours', payload: { version, value: { week } } })
    const portal = await service.as(null, { method: 'GET', url: '/api/portal' })
    expect(portal.json().week.en).toEqual([
      'Monday to Friday, 8:30\u00a0a.m.\u00a0– 4:30\u00a0p.m.',
      'Saturday, 9\u00a0a.m.\u00a0– 12\u00a0p.m.',
    ])
  })
})

it('orders to open and close are listed with who gave them, until when, and how they ended', async () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 9, minute))
  await storeFacts(service.database.pool, [
    { type: 'opening-ordered', at: at(0).getTime(), open: false, by: 'Sophie', until: at(10).getTime() },
    { type: 'opening-order-over', at: at(10).getTime(), by: 'Sophie' },
    { type: 'opening-ordered', at: at(20).getTime(), open: true, by: 'Alice', until: null },
    { type: 'opening-order-over', at: at(30).getTime(), by: 'Bruno' },
  ])
  const answer = await service.as('alice', { method: 'GET', url: '/api/desk/opening/history' })
  expect(answer.json()).toEqual([
    { at: at(30).toISOString(), open: null, by: 'Bruno', until: null },
    { at: at(20).toISOString(), open: true, by: 'Alice', until: null },
    { at: at(10).toISOString(), open: null, by: null, until: null },
    { at: at(0).toISOString(), open: false, by: 'Sophie', until: at(10).toISOString() },
  ])
})

describe('the announcements of closures', () => {
  it('are spoken when they are new or changed, forgotten when they are gone, and played only once both languages are there', async () => {
    const done: string[] = []
    const ready = new Set<string>()
    const closures = new OwnSounds({
      speak: async (name, language, text) => void done.push(`${name} ${language} ${text}`),
      unspeak: async (names) => void done.push(`forget ${names.join(' ')}`),
      plays: (name, language) => ready.has(`${name} ${language}`),
    })
    const [mine, silent] = [closureWords(closed('a', { fr: 'Fermé.', en: 'Closed.' })), closureWords(closed('b', null))]
    await closures.follow([mine, silent])
    expect(done.splice(0)).toEqual(['closure-a fr Fermé.', 'closure-a en Closed.'])
    expect([closures.of(mine), closures.of(silent)]).toEqual([null, null])
    ready.add('closure-a fr')
    expect(closures.of(mine)).toBeNull()
    ready.add('closure-a en')
    expect(closures.of(mine)).toBe('closure-a')
    await closures.follow([mine])
    expect(done).toEqual([])
    await closures.follow([])
    expect(done).toEqual(['forget closure-a'])
  })
})
