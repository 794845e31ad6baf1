/** Somebody who works here, as they may be named in a line. */
export type Colleague = { readonly id: string; readonly name: string; readonly login: string }

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Who is named in a text by « @ » and their whole name or their login, each once; not whoever writes. */
export function mentionedIn(text: string, colleagues: readonly Colleague[], writer: string): readonly Colleague[] {
  const said = folded(text)
  if (!said.includes('@')) return []
  return colleagues.filter(({ id, name, login }) => id !== writer && [name, login].some((called) => isNamed(said, folded(called))))
}

/** An address such as `x@nadia` names nobody, and « @Léa Fontainebleau » is not Léa Fontaine. */
function isNamed(said: string, called: string): boolean {
  if (called === '') return false
  for (let at = said.indexOf(`@${called}`); at >= 0; at = said.indexOf(`@${called}`, at + 1)) {
    const [before, after] = [said[at - 1] ?? ' ', said[at + 1 + called.length] ?? ' ']
    if (!/[\p{L}\p{N}._-]/u.test(before) && !/[\p{L}\p{N}]/u.test(after)) return true
  }
  return false
}
