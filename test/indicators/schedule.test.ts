import { describe, expect, it } from 'vitest'
import { indicatorMailText, nextSending, periodBefore } from '../../server/indicators/schedule.ts'

const zone = 'Europe/Paris'
const at = (iso: string) => Date.parse(iso)

describe('mails of indicators', () => {
  it.each([
    ['day', 7, '2026-11-28T05:59:00Z', '2026-11-28T06:00:00.000Z'],
    ['day', 7, '2026-11-28T06:00:00Z', '2026-11-29T06:00:00.000Z'],
    ['week', 8, '2026-11-28T10:00:00Z', '2026-11-30T07:00:00.000Z'],
    ['month', 8, '2026-12-01T07:00:00Z', '2027-01-01T07:00:00.000Z'],
    // Summer time begins on the 29th: the hour is the desk's.
    ['day', 7, '2026-03-28T12:00:00Z', '2026-03-29T05:00:00.000Z'],
    ['day', 0, '2026-10-24T23:30:00Z', '2026-10-25T23:00:00.000Z'],
  ] as const)('are due each %s at %i h, after %s on %s', (every, hour, after, due) => {
    expect(new Date(nextSending({ every, hour }, at(after), zone)).toISOString()).toBe(due)
  })

  it.each([
    ['day', '2026-11-28T06:00:00Z', '2026-11-27', '2026-11-27'],
    ['week', '2026-11-30T07:00:00Z', '2026-11-23', '2026-11-29'],
    ['month', '2026-12-01T07:00:00Z', '2026-11-01', '2026-11-30'],
    ['month', '2027-01-01T07:00:00Z', '2026-12-01', '2026-12-31'],
    // Already tomorrow at the desk.
    ['day', '2026-11-28T23:30:00Z', '2026-11-28', '2026-11-28'],
  ] as const)('tell of the last %s that is over: on %s, from %s to %s', (every, when, from, to) => {
    expect(periodBefore(every, at(when), zone)).toEqual({ from, to })
  })

  it('say the first of a month as it is said', () => {
    const period = { from: '2026-11-01', to: '2026-11-30' }
    const told = (language: 'fr' | 'en') =>
      indicatorMailText({
        entity: null,
        calls: { period, before: {}, figures: {} } as unknown as Parameters<typeof indicatorMailText>[0]['calls'],
        tickets: { before: {}, figures: {} } as unknown as Parameters<typeof indicatorMailText>[0]['tickets'],
        name: 'Guichet',
        language,
        publicUrl: 'https://guichet.univ.example',
      }).subject
    expect(told('fr')).toContain('1er novembre 2026 au 30 novembre 2026')
    expect(told('en')).toContain('1 November 2026 to 30 November 2026')
  })

  const mail = (language: 'fr' | 'en', entity: string | null, day = '2026-11-30') =>
    indicatorMailText({
      entity,
      calls: {
        period: { from: '2026-11-30', to: day },
        figures: { offered: 1_234, answeredShare: 0.8751, asa: 125.6, abandonedAfter: 59.6, talk: 86_399, wrapUp: 129_600 },
        before: { offered: 0, answeredShare: null },
      } as unknown as Parameters<typeof indicatorMailText>[0]['calls'],
      tickets: { figures: { opened: 7 }, before: { opened: 9 } } as unknown as Parameters<typeof indicatorMailText>[0]['tickets'],
      name: 'Guichet',
      language,
      publicUrl: 'https://guichet.univ.example',
    })
  const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')

  it('say each figure beside the period before, in its unit, and where the rest is', () => {
    const { subject, text } = mail('fr', null)
    expect(subject).toBe('Guichet : indicateurs, 30 novembre 2026')
    const lines = plain(text).split('\n')
    expect(lines.slice(0, 5)).toEqual([
      '30 novembre 2026',
      '',
      'Téléphone',
      '- Appels présentés : 1 234 (avant : 0)',
      '- Depuis la page : – (avant : –)',
    ])
    for (const line of [
      '- Taux de réponse : 87,5 % (avant : –)',
      '- Attente avant réponse : 02:06 (avant : –)',
      '- Attente avant abandon : 01:00 (avant : –)',
      // As the page says it.
      '- Conversation : 23:59:59 (avant : –)',
      '- Fin d’appel : 1,5 j (avant : –)',
    ])
      expect(lines).toContain(line)
    expect(lines.slice(lines.indexOf('Tickets') - 1, lines.indexOf('Tickets') + 2)).toEqual([
      '',
      'Tickets',
      '- Tickets ouverts : 7 (avant : 9)',
    ])
    expect(lines.slice(-3)).toEqual([
      '',
      'Toutes les définitions, les détails et les fichiers (il faut pouvoir lire les indicateurs) :',
      'https://guichet.univ.example/console/indicateurs?du=2026-11-30&au=2026-11-30',
    ])
  })

  it('say in English, of an entity alone, what they say', () => {
    const { subject, text } = mail('en', 'Sciences', '2026-12-01')
    expect(subject).toBe('Guichet: indicators, 30 November 2026 to 1 December 2026')
    const lines = plain(text).split('\n')
    expect(lines.slice(0, 5)).toEqual([
      '30 November 2026 to 1 December 2026',
      'For Sciences alone; wrap-up and occupancy are of no entity.',
      '',
      'Telephone',
      '- Calls offered: 1,234 (before: 0)',
    ])
    expect(lines).toContain('- Wrap-up: 1.5 d (before: –)')
    expect(lines.at(-2)).toBe('All definitions, details and files (for those who may read the indicators):')
    expect(plain(mail('fr', 'Sciences').text)).toContain(
      '\nPour Sciences seulement ; la fin d’appel et l’occupation ne sont d’aucune entité.\n',
    )
  })
})
