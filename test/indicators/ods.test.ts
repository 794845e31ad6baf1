import { describe, expect, it } from 'vitest'
import { day, heads, moment, number, type Sheet, text } from '../../server/indicators/sheet.ts'
import { sheetFile } from '../../server/sheets/file.ts'
import { odsTables } from '../support/ods.ts'
import { unzipped } from '../support/unzipped.ts'

const nasty = [
  '=HYPERLINK("http://x")',
  '+33561551234',
  '@SUM(A1)',
  '-1+1',
  'a <b> & "c"',
  ' deux  espaces\tet\u0000 tabulation',
  'ligne 1\nligne 2',
]
const sheet: Sheet = {
  name: 'Par jour / [mois] : « été » et un nom bien trop long pour un tableur',
  rows: [
    heads('Jour', 'Heure', 'Nombre', 'Part', 'Durée', 'Texte'),
    ...nasty.map((said) => [
      day('2026-11-24'),
      moment('2026-11-24T10:24:05'),
      number(1_234.5),
      number(0.8125, 'share'),
      number(92.25, 'seconds'),
      text(said),
    ]),
    [day(null), moment(null), number(null), number(null, 'share'), number(null, 'seconds'), text(null)],
  ],
}

describe('an OpenDocument spreadsheet', () => {
  it('types each value, and takes whatever a text begins with for a text', async () => {
    const { content, name } = await sheetFile([sheet, { ...sheet, name: 'Autre' }], { stem: 'essai', format: 'ods', language: 'fr' })
    expect(name).toBe('essai.ods')
    const [first, second] = odsTables(content)
    expect(first?.name).toBe('Par jour    mois    « été » et ')
    expect(second?.name).toBe('Autre')
    expect(first?.rows[0]?.map(({ value }) => value)).toEqual(['Jour', 'Heure', 'Nombre', 'Part', 'Durée', 'Texte'])
    expect(first?.rows[1]?.slice(0, 5)).toEqual([
      { type: 'date', value: '2026-11-24' },
      { type: 'date', value: '2026-11-24T10:24:05' },
      { type: 'float', value: 1_234.5 },
      { type: 'percentage', value: 0.8125 },
      { type: 'float', value: 92.25 },
    ])
    expect(first?.rows.slice(1, -1).map((row) => row[5])).toEqual(
      nasty.map((said) => ({ type: 'string', value: said.replace('\u0000', '') })),
    )
    expect(first?.rows.at(-1)?.map(({ type }) => type)).toEqual(Array.from({ length: 6 }, () => 'none'))
  })

  it('is written as the language’s country writes numbers and days', async () => {
    const content = async (language: 'fr' | 'en') =>
      unzipped((await sheetFile([sheet], { stem: 'x', format: 'ods', language })).content)['content.xml'] ?? ''
    expect(await content('fr')).toMatch(/percentage-style[^>]*language="fr" number:country="FR"/)
    expect(await content('en')).toMatch(/percentage-style[^>]*language="en" number:country="GB"/)
  })

  it('has days as days in the other kinds too', async () => {
    const { content } = await sheetFile([sheet], { stem: 'x', format: 'xlsx', language: 'fr' })
    // Days since the last but one day of 1899, as that kind counts.
    expect(unzipped(content)['xl/worksheets/sheet1.xml']).toMatch(/<v>46350<\/v>.*<v>46350\.43/s)
    const csv = (await sheetFile([sheet], { stem: 'x', format: 'csv', language: 'fr' })).content.toString()
    expect(csv).toContain('2026-11-24;2026-11-24 10:24:05;1234,5;0,8125;92,25;"\'=HYPERLINK(""http://x"")"')
  })
})
