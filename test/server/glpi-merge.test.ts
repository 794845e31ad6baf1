import { describe, expect, it } from 'vitest'
import { glpiSettings, type GlpiWinners } from '../../server/contract/glpi.ts'
import { merge, saidOf, winnersOf, type GlpiFields, type SaidFields } from '../../server/neighbours/glpi/merge.ts'
import { lineHtml, lineOfMark, textFrom, titleFrom } from '../../server/neighbours/glpi/texts.ts'

const agreed: GlpiFields = { title: 'Écran noir', status: 2, urgency: 3, category: 7, group: 4 }
const desk = glpiSettings.parse({}).winners
const theirs: GlpiWinners = { ...desk, title: 'glpi', status: 'glpi' }

describe('two states of one ticket', () => {
  it.each<[string, SaidFields, Partial<GlpiFields>, GlpiWinners, { give: SaidFields; take: SaidFields; lost: number }]>([
    ['nobody changed anything', {}, {}, desk, { give: {}, take: {}, lost: 0 }],
    ['we did', { title: 'Écran cassé' }, {}, desk, { give: { title: 'Écran cassé' }, take: {}, lost: 0 }],
    ['they did', {}, { urgency: 5 }, desk, { give: {}, take: { urgency: 5 }, lost: 0 }],
    ['each something else', { title: 'A' }, { group: 9 }, desk, { give: { title: 'A' }, take: { group: 9 }, lost: 0 }],
    ['both the same, to the same', { status: 4 }, { status: 4 }, desk, { give: {}, take: {}, lost: 0 }],
    ['both the same, and we win', { title: 'A' }, { title: 'B' }, desk, { give: { title: 'A' }, take: {}, lost: 1 }],
    ['both the same, and they win', { title: 'A' }, { title: 'B' }, theirs, { give: {}, take: { title: 'B' }, lost: 1 }],
    [
      'planned and assigned are one, so are the two highest urgencies',
      { urgency: 4 },
      { status: 3, urgency: 5 },
      desk,
      { give: {}, take: {}, lost: 0 },
    ],
  ])('%s', (_what, ours, other, winners, expected) => {
    const met = merge(agreed, { ...agreed, ...ours }, { ...agreed, ...other }, winners)
    expect({ give: met.give, take: met.take, lost: met.lost.length }).toEqual(expected)
    // What is agreed upon then leaves nothing to do.
    const said = { ...agreed, ...ours, ...met.take }
    expect(merge(met.agreed, said, { ...agreed, ...other, ...met.give }, winners)).toMatchObject({ give: {}, take: {}, lost: [] })
  })

  it('what has no match there is left to GLPI', () => {
    const ticket = { title: 'x', status: 'redirected', urgency: 'low', categoryId: 'wifi', groupId: 'psn' } as const
    const settings = glpiSettings.parse({ groups: [{ ours: 'psn', theirs: 12 }] })
    expect(saidOf(ticket, settings)).toEqual({ title: 'x', status: 2, urgency: 2, group: 12 })
    expect(merge(agreed, saidOf(ticket, settings), { ...agreed, category: 9 }, desk).take).not.toHaveProperty('category')
    expect(new Set(Object.values(winnersOf({ mode: 'pop', winners: desk })))).toEqual(new Set(['glpi']))
  })
})

describe('what is written', () => {
  it.each([
    ['<p>Bonjour,</p><p>voil&agrave;.</p>', 'Bonjour,\n\nvoilà.'],
    ['&#60;p&#62;Deux &#38; trois&#60;/p&#62;', 'Deux & trois'],
    ['&lt;p&gt;Ancien&lt;/p&gt;', 'Ancien'],
    ['Sans balises, 3 < 4', 'Sans balises, 3 < 4'],
    ['', ''],
  ])('%s is read as text', (html, text) => expect(textFrom(html)).toBe(text))

  it('says whose it is, carries nothing of the page’s own into HTML, and is known again', () => {
    const html = lineHtml('<script>alert(1)</script>', 'Alice <Martin>', 'Le Guichet & Cie', 10_421, 87)
    expect(html).toBe('<p>&lt;script&gt;alert(1)&lt;/script&gt;</p><p>— Alice &lt;Martin&gt;, Le Guichet &amp; Cie (réf. 10421-87)</p>')
    expect(lineHtml('Clos.', 'Le Guichet', 'Le Guichet', 10_421, 88)).toBe('<p>Clos.</p><p>— Le Guichet (réf. 10421-88)</p>')
    expect(lineOfMark(textFrom(html))).toBe(87)
    expect(lineOfMark(textFrom(html.replaceAll('<', '&#60;').replaceAll('>', '&#62;')))).toBe(87)
    expect(lineOfMark('Écrit dans GLPI')).toBeNull()
    expect(titleFrom('R&#38;D  &#62; salle')).toBe('R&D > salle')
  })
})
