import type { SpokenLanguage } from './announcements.ts'
import type { OutOfScope } from './out-of-scope.ts'

/** What is answered to whoever wrote about something that is not for this desk, to be changed at will. @param desk its name */
export function politeRefusal(target: OutOfScope['target'], desk: string, language: SpokenLanguage): string {
  const where = target === null ? '' : [target.number, ...(target.email == null ? [] : [target.email])].join(', ')
  if (language === 'en') {
    const not = `Your request is not one that “${desk}” can deal with`
    return target === null ? `${not}: we are sorry.` : `${not}. ${target.name} will be able to help you: ${where}.`
  }
  const not = `Votre demande ne relève pas du service « ${desk} »`
  return target === null
    ? `${not}, qui ne peut pas la traiter : nous en sommes désolés.`
    : `${not}. ${target.name} pourra vous répondre : ${where}.`
}

/** The same, said on the telephone by a desk that has said its name. */
export function saidRefusal(target: OutOfScope['target'], language: SpokenLanguage): string {
  if (language === 'en')
    return target === null
      ? 'I am sorry: your request is not one that this desk can deal with.'
      : `Your request is not one for this desk. ${target.name} can help you, on ${target.number}. Would you like to note the number?`
  return target === null
    ? 'Votre demande ne relève pas de notre service : je suis désolé, je ne peux pas la traiter ici.'
    : `Votre demande ne relève pas de notre service. ${target.name} pourra vous répondre, au ${target.number}. Je vous laisse noter ce numéro ?`
}

/** Words that one of the two languages cannot do without, and the other does not have. */
const common: Readonly<Record<SpokenLanguage, ReadonlySet<string>>> = {
  fr: new Set(
    'le la les l un une des du de je j ma mon mes ne n pas est et ou où à au aux il elle ce cette c qu que qui pour avec sur dans nous vous notre votre suis bonjour merci'.split(
      ' ',
    ),
  ),
  en: new Set(
    'the i my is are was to and of for with this that it be not can cannot have has you your we from in at there when how hello hi please thanks thank am does do'.split(
      ' ',
    ),
  ),
}

/** The language that somebody wrote in, as far as its small words tell; French where they tell nothing. */
export function writtenIn(text: string): SpokenLanguage {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? []
  const count = (language: SpokenLanguage) => words.filter((word) => common[language].has(word)).length
  return count('en') > count('fr') ? 'en' : 'fr'
}
