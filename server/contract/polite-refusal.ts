import type { OutOfScope } from './out-of-scope.ts'

/** What is answered to whoever wrote about something that is not for this desk, to be changed at will; in French, as the desk's mails are. */
export function politeRefusal(target: OutOfScope['target']): string {
  if (target === null) return 'Votre demande ne relève pas du Guichet unique, qui ne peut pas la traiter : nous en sommes désolés.'
  const where = [target.number, ...(target.email == null ? [] : [target.email])].join(', ')
  return `Votre demande ne relève pas du Guichet unique. ${target.name} pourra vous répondre : ${where}.`
}
