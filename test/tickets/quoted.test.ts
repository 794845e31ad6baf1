import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerIn, isThanks, passedOn } from '../../server/tickets/quoted.ts'

const ours = ['Bonjour,', 'Votre demande n° 10421 est en cours de traitement.']
const quoted = ours.map((line) => `> ${line}`)
const said = 'Toujours en panne ce matin.\n\nClaire'

describe('what an answer adds', () => {
  it.each([
    ['Gmail', [said, '', 'Le lun. 23 nov. 2026 à 10:04, Guichet unique <guichet@univ.example> a écrit :', '', ...quoted]],
    [
      'Gmail, on two lines',
      [said, '', 'Le lun. 23 nov. 2026 à 10:04, Guichet unique du Numérique <guichet@univ.example> a', 'écrit :', ...quoted],
    ],
    ['Thunderbird', [said, '', 'Le 23/11/2026 à 10:04, Guichet unique a écrit :', ...quoted]],
    ['Apple', [said, '', '> Le 23 nov. 2026 à 10:04, Guichet <guichet@univ.example> a écrit :', '> ', ...quoted]],
    [
      'Outlook',
      [
        said,
        '',
        'De : Guichet unique <guichet@univ.example>',
        'Envoyé : lundi 23 novembre 2026 10:04',
        'À : Claire',
        'Objet : [Guichet]',
        '',
        ...ours,
      ],
    ],
    ['Outlook, with a rule', [said, '', '________________________________', 'De : Guichet', 'Envoyé : lundi', 'Objet : x', '', ...ours]],
    ['an old Outlook', [said, '', "-----Message d'origine-----", 'De : Guichet', ...ours]],
    ['an English program', [said, '', 'On Mon, Nov 23, 2026 at 10:04 AM Guichet unique <guichet@univ.example> wrote:', ...quoted]],
    ['a telephone', [said, '', 'Envoyé de mon iPhone', '', ...quoted]],
    ['a signature', [said, '-- ', 'Claire Dubois', 'UFR Sciences']],
    ['nothing repeated', [said]],
  ])('in %s', (_program, lines) => {
    expect(answerIn(lines.join('\n'))).toBe(said)
    expect(answerIn(lines.join('\r\n'))).toBe(said)
  })

  it('between the lines of a quotation keeps it, as the answers mean nothing without', () => {
    const text = ['Le 23/11/2026 à 10:04, Guichet a écrit :', '> Quelle salle ?', 'La 118.', '> Quel poste ?', 'Le 4.'].join('\n')
    expect(answerIn(text)).toBe(text)
  })

  it.each(['Le problème vient de : la salle', 'De : rien\nmerci', 'Je vous ai écrit :\nla salle est fermée', 'De 8 h à 10 h : rien'])(
    'is not cut at what only looks like a heading: %j',
    (text) => expect(answerIn(text)).toBe(text),
  )

  it('is found in no time, whatever is sent', () => {
    const began = performance.now()
    answerIn(`${'a b c '.repeat(200_000)}\nLe ${'x '.repeat(200_000)}\n${'> '.repeat(100_000)}\n${'De : a\n'.repeat(50_000)}`)
    expect(performance.now() - began).toBeLessThan(2_000)
  })

  it('is always in the mail', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(text.replace(/\r\n?/g, '\n')).toContain(answerIn(text))
      }),
    )
  })
})

describe('where what is repeated begins', () => {
  const heads = (...lines: readonly string[]) => answerIn(['Oui.', ...lines, 'Ancien texte.'].join('\n'))
  it.each<readonly [string, readonly string[], boolean]>([
    ['three fields of a heading', ['De : Zoé', 'Envoyé : lundi', 'Objet : x'], true],
    ['two of them', ['De : Zoé', 'Objet : x'], false],
    ['two below a rule', ['________________', 'De : Zoé', 'Objet : x'], true],
    ['one below a rule', ['________________', 'De : Zoé'], false],
    ['a rule alone', ['________________'], false],
    ['three within seven lines', ['De : Zoé', '', '', '', '', 'Envoyé : lundi', 'Objet : x'], true],
    ['the third on the eighth', ['De : Zoé', '', '', '', '', 'Envoyé : lundi', '', 'Objet : x'], false],
    ['a marked line that is indented', ['   -----Message d’origine-----   '], true],
  ])('%s', (_what, lines, cut) => {
    expect(heads(...lines) === 'Oui.').toBe(cut)
  })

  it.each([
    ['a signature', 'Oui.\n-- \nClaire', 'Oui.'],
    ['one whose space is gone', 'Oui.\n--\nClaire', 'Oui.'],
    ['a telephone’s', 'Oui.\nEnvoyé de mon iPhone', 'Oui.'],
    ['nothing but a signature', '--\nClaire', ''],
    ['a quotation below blank lines', 'Oui.\n \n> Ancien.\n\t\n', 'Oui.'],
    ['nothing but a quotation', '> Ancien.', ''],
    ['a quotation above the answer', '> Ancien.\nOui.', '> Ancien.\nOui.'],
    ['line ends of another kind', 'Oui.\r> Ancien.', 'Oui.'],
  ])('%s is left out or kept', (_what, text, said) => {
    expect(answerIn(text)).toBe(said)
  })
})

describe('a mail passed on', () => {
  it.each([
    [
      'Thunderbird',
      [
        'Pour vous.',
        '',
        '-------- Message transféré --------',
        'Sujet : Panne',
        'Date : lundi',
        'De : Zoé Lefèvre <zoe.lefevre@univ.example>',
        'Pour : Nadia',
        '',
        'Plus de réseau.',
      ],
    ],
    [
      'Gmail',
      [
        '',
        '---------- Forwarded message ---------',
        'De : Zoé Lefèvre <zoe.lefevre@univ.example>',
        'Date: lun. 23 nov.',
        'Subject: Panne',
        'To: <nadia@univ.example>',
        '',
        'Plus de réseau.',
      ],
    ],
    ['Outlook', ['De : Zoé Lefèvre <zoe.lefevre@univ.example>', 'Envoyé : lundi', 'À : Nadia', 'Objet : Panne', '', 'Plus de réseau.']],
    [
      'Apple',
      [
        'Début du message réexpédié :',
        '',
        '> De: Zoé Lefèvre <zoe.lefevre@univ.example>',
        '> Objet: Panne',
        '> Date: lundi',
        '> ',
        '> Plus de réseau.',
      ],
    ],
  ])('by %s is its author’s', (_program, lines) => {
    expect(passedOn(lines.join('\n'))).toEqual({ name: 'Zoé Lefèvre', address: 'zoe.lefevre@univ.example', text: 'Plus de réseau.' })
  })

  it('keeps its lines, whatever marks them and whatever its line ends are', () => {
    const heads = ['Pour vous.', '', 'Début du message réexpédié :', '>De: "Zoé" <mailto:zoe@univ.example>', '>Objet: Panne']
    const body = ['>Un.', '> > deux', 'a > b', '> Objet : trois']
    for (const end of ['\n', '\r\n', '\r'])
      expect(passedOn([...heads, '>', ...body].join(end))).toEqual({
        name: 'Zoé',
        address: 'zoe@univ.example',
        text: 'Un.\n> deux\na > b\nObjet : trois',
      })
  })

  it('that names its author in a sentence alone is of that address', () => {
    const sentence = 'Le 23 nov. 2026 à 10:04, Zoé Lefèvre <zoe.lefevre@univ.example> a écrit :'
    expect(passedOn(`Pour vous.\n\n${sentence}\n\nPlus de réseau.`)).toEqual({
      name: '',
      address: 'zoe.lefevre@univ.example',
      text: 'Plus de réseau.',
    })
  })

  it('is of the author that its heading names, not of one named before or far below', () => {
    const mark = '-----Message transféré-----'
    expect(passedOn(`De : Ana <ana@univ.example>\n${mark}\nDe : Zoé <zoe@univ.example>\n\nPanne.`)).toMatchObject({
      address: 'zoe@univ.example',
    })
    const far = (between: number) =>
      passedOn([mark, ...Array.from({ length: between }, () => ''), 'De : Zoé <zoe@univ.example>'].join('\n'))
    expect([far(4)?.address, far(5)]).toEqual(['zoe@univ.example', null])
  })

  it('whose author has no address is nobody’s', () => {
    expect(passedOn('-----Message transféré-----\nDe : Zoé\nObjet : x\n\nbla')).toBeNull()
    expect(passedOn('Plus de réseau.')).toBeNull()
  })
})

it.each([
  ['Merci beaucoup !', true],
  ['Parfait, bonne journée', true],
  ['Thanks a lot', true],
  ['Merci, mais ça ne marche toujours pas', false],
  ['Merci. Et pour le poste 4 ?', false],
  ['La salle 118.', false],
  [`Merci ${'a'.repeat(294)}`, true],
  [`Merci ${'a'.repeat(295)}`, false],
])('« %s » only thanks: %s', (text, only) => expect(isThanks(text)).toBe(only))
