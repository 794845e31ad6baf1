import { en } from '../../console/ui/locales/en.ts'
import { fr } from '../../console/ui/locales/fr.ts'
import { laterEn } from '../../console/ui/locales/later-en.ts'
import { laterFr } from '../../console/ui/locales/later-fr.ts'

type Texts = { readonly [key: string]: string | readonly string[] | Texts }
function* leaves(texts: Texts, path = ''): Generator<readonly [path: string, text: string]> {
  for (const [key, text] of Object.entries(texts)) {
    if (typeof text === 'string') yield [`${path}${key}`, text]
    else yield* leaves(text as Texts, `${path}${key}.`)
  }
}
/** Every text of a language by where it stands, those of the first view and those that come later. */
export const french = new Map([...leaves(fr as unknown as Texts), ...leaves(laterFr as unknown as Texts)])
export const english = new Map([...leaves(en as unknown as Texts), ...leaves(laterEn as unknown as Texts)])
