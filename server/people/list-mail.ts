import type { GroupMember } from '../contract/groups.ts'
import type { MailLanguage, MailSettings } from '../contract/mail-templates.ts'
import { mailText } from '../tickets/mail-text.ts'

type Words = {
  readonly mails: MailSettings
  /** Where the question is answered; looking there changes nothing. */
  readonly url: string
  /** The list itself, in the console. */
  readonly link: string
  /** « du jeudi 24 décembre au dimanche 3 janvier ». @param from ISO date */
  readonly days: (from: string, to: string, language: MailLanguage) => string
}
type Members = readonly Pick<GroupMember, 'name' | 'part' | 'absences'>[]

/** The next absence; of several that meet, one that says who stands in: the shared calendar's names nobody. */
function absenceTold(absences: GroupMember['absences']): GroupMember['absences'][number] | undefined {
  const [next] = absences
  return next && (absences.find(({ from, standIn }) => standIn !== null && from <= next.to) ?? next)
}

/** « Toujours exacte ? », to whoever keeps a list: who is on it, and two answers. */
export function listCheckMail(
  { name, mail, members }: { readonly name: string; readonly mail: string | null; readonly members: Members },
  { mails, url, link, days }: Words,
): { readonly subject: string; readonly text: string } {
  const working = members.filter(({ part }) => part === 'member')
  const lineOf = (language: MailLanguage) => (member: Members[number]) => {
    const away = absenceTold(member.absences)
    if (away === undefined) return `- ${member.name}`
    const when = `${language === 'fr' ? 'absence' : 'away'} ${days(away.from, away.to, language)}`
    const standIn =
      away.standIn === null ? '' : language === 'fr' ? `, remplacement par ${away.standIn.name}` : `, ${away.standIn.name} stands in`
    return `- ${member.name} (${when}${standIn})`
  }
  const nobody = { fr: '- personne', en: '- nobody' }
  return mailText(mails['list-check'], mails, null, (language) => ({
    group: name,
    list: [
      ...(mail === null ? [] : [`- ${mail}`]),
      ...(working.length === 0 && mail === null ? [nobody[language]] : working.map(lineOf(language))),
    ].join('\n'),
    right: url,
    wrong: `${url}?reponse=non`,
    link,
  }))
}
