/** As words are compared: without accents, in lower case, « Wi-Fi » as « wifi ». */
export const folded = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('œ', 'oe').replaceAll('Œ', 'oe').replaceAll('æ', 'ae').toLowerCase()

/** Said of everything that goes wrong: they tell nothing apart. */
const idle = new Set(
  (
    'probleme problemes souci soucis bug bugs panne pannes marche marchent marcher fonctionne fonctionnent fonctionner fonctionnement aide ' +
    'bonjour merci svp urgent urgence arrive arrivent arriver impossible erreur erreurs question besoin demande depuis plus pas avec sans ' +
    'pour dans chez tout tous toute faire fait peux peut pouvoir voudrais veux comment pourquoi quand help problem issue error doesn work ' +
    'working cannot please hello the with not'
  ).split(' '),
)

const most = 12

/**
 * The words that a search or a title is looked for by, folded, each once, at most twelve.
 * @param all idle ones too: somebody who searches means each word
 */
export function wordsOf(text: string, all = false): readonly string[] {
  const found = (text.normalize('NFC').match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? []).map((word) => folded(word).replaceAll('-', ''))
  return [...new Set(found)]
    .filter((word) => word.length > 1 && word.length <= 60 && (all || !(idle.has(word) || /^\d+$/.test(word))))
    .slice(0, most)
}

/** The different words of a text, folded: what mistyped ones are compared with. */
export function vocabularyOf(text: string): readonly string[] {
  const found = text.normalize('NFC').match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? []
  const words = found.flatMap((word) => (word.includes('-') ? [word.replaceAll('-', ''), ...word.split('-')] : [word])).map(folded)
  return [...new Set(words)].filter((word) => word.length > 2 && word.length <= 60 && !/^\d+$/.test(word))
}
