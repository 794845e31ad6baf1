type Alphabet = Readonly<Record<string, string>>

const words = (names: string): Alphabet => Object.fromEntries(names.split(' ').map((name) => [plain(name.charAt(0)), name]))
const plain = (letter: string) => letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

const alphabets: Readonly<Record<'fr' | 'en', Alphabet>> = {
  fr: words(
    'Anatole Berthe Célestin Désiré Eugène François Gaston Henri Irma Joseph Kléber Louis Marcel Nicolas Oscar Pierre Quintal Raoul Suzanne Thérèse Ursule Victor William Xavier Yvonne Zoé',
  ),
  en: words(
    'Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey Xray Yankee Zulu',
  ),
}
const signs: Readonly<Record<'fr' | 'en', Alphabet>> = {
  fr: {
    ' ': 'espace',
    '.': 'point',
    ',': 'virgule',
    ';': 'point-virgule',
    ':': 'deux-points',
    '!': 'point d’exclamation',
    '?': 'point d’interrogation',
    '-': 'tiret',
    _: 'tiret bas',
    '@': 'arobase',
    '/': 'barre oblique',
    '\\': 'barre inverse',
    '|': 'barre verticale',
    '&': 'et commercial',
    '#': 'dièse',
    '*': 'étoile',
    '+': 'plus',
    '=': 'égal',
    '%': 'pour cent',
    $: 'dollar',
    '€': 'euro',
    '(': 'parenthèse ouvrante',
    ')': 'parenthèse fermante',
    '[': 'crochet ouvrant',
    ']': 'crochet fermant',
    '{': 'accolade ouvrante',
    '}': 'accolade fermante',
    '<': 'inférieur',
    '>': 'supérieur',
    '"': 'guillemet droit',
    "'": 'apostrophe',
    '’': 'apostrophe',
    '~': 'tilde',
    '^': 'accent circonflexe',
    '`': 'accent grave',
  },
  en: {
    ' ': 'space',
    '.': 'dot',
    ',': 'comma',
    ';': 'semicolon',
    ':': 'colon',
    '!': 'exclamation mark',
    '?': 'question mark',
    '-': 'hyphen',
    _: 'underscore',
    '@': 'at sign',
    '/': 'slash',
    '\\': 'backslash',
    '|': 'vertical bar',
    '&': 'ampersand',
    '#': 'hash',
    '*': 'asterisk',
    '+': 'plus',
    '=': 'equals',
    '%': 'percent',
    $: 'dollar',
    '€': 'euro',
    '(': 'open bracket',
    ')': 'close bracket',
    '[': 'open square bracket',
    ']': 'close square bracket',
    '{': 'open brace',
    '}': 'close brace',
    '<': 'less than',
    '>': 'greater than',
    '"': 'double quote',
    "'": 'apostrophe',
    '’': 'apostrophe',
    '~': 'tilde',
    '^': 'caret',
    '`': 'backtick',
  },
}
const accents: Readonly<Record<'fr' | 'en', Alphabet>> = {
  fr: {
    '\u0301': 'accent aigu',
    '\u0300': 'accent grave',
    '\u0302': 'accent circonflexe',
    '\u0308': 'tréma',
    '\u0327': 'cédille',
    '\u0303': 'tilde',
  },
  en: { '\u0301': 'acute', '\u0300': 'grave', '\u0302': 'circumflex', '\u0308': 'diaeresis', '\u0327': 'cedilla', '\u0303': 'tilde' },
}
const said = {
  fr: { capital: 'majuscule', small: 'minuscule', digit: 'chiffre' },
  en: { capital: 'capital', small: 'small', digit: 'digit' },
} as const

export type Spelled = { readonly sign: string; readonly says: string }

/** A text as it is spelled on the telephone: « B majuscule, Berthe ». Nothing is left out, spaces included. */
export function spelled(text: string, language: 'fr' | 'en'): readonly Spelled[] {
  const t = said[language]
  return [...text.normalize('NFC')].map((sign): Spelled => {
    if (/\d/.test(sign)) return { sign, says: t.digit }
    const name = signs[language][sign]
    if (name !== undefined) return { sign, says: name }
    const [letter = '', ...marks] = [...sign.normalize('NFD')]
    const word = alphabets[language][letter.toLowerCase()]
    if (word === undefined) return { sign, says: '' }
    const size = letter === letter.toLowerCase() ? t.small : t.capital
    const accent = marks.flatMap((mark) => accents[language][mark] ?? [])
    return { sign, says: [size, word, ...accent].join(', ') }
  })
}
