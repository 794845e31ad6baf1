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
])('« %s » only thanks: %s', (text, only) => expect(isThanks(text)).toBe(only))
