import { z } from 'zod'
import { callbackMails } from './mail-callbacks.ts'
import { disruptionMails } from './mail-disruptions.ts'
import { workMails } from './mail-originals.ts'
import { requestMails } from './mail-requests.ts'

/*
 * The texts of the mails that the service sends. What stands between braces is filled in when a mail is owed; each word has a name in
 * French and in English, either of which may be written in either language's text, with its accents or without.
 */
export const mailWords = {
  /** What the site calls its desk. */
  desk: { fr: 'guichet', en: 'desk' },
  number: { fr: 'numéro', en: 'number' },
  title: { fr: 'titre', en: 'title' },
  summary: { fr: 'résumé', en: 'summary' },
  operator: { fr: 'opérateur', en: 'operator' },
  /** Where the requester follows the request; for those who work here, the ticket or the list itself. */
  link: { fr: 'lien', en: 'link' },
  /** Where the next request is better made. */
  form: { fr: 'formulaire', en: 'form' },
  solution: { fr: 'réponse', en: 'answer' },
  /** Where the requester says whether the solution suits, without signing in. */
  opinion: { fr: 'avis', en: 'opinion' },
  deadline: { fr: 'échéance', en: 'deadline' },
  message: { fr: 'message', en: 'message' },
  reason: { fr: 'motif', en: 'reason' },
  group: { fr: 'groupe', en: 'group' },
  requester: { fr: 'usager', en: 'requester' },
  /** Signed ways to answer a mail to a group. */
  take: { fr: 'prendre', en: 'take' },
  giveBack: { fr: 'refuser', en: 'decline' },
  ask: { fr: 'demander', en: 'ask' },
  /** Where somebody who is not known says that the request is theirs. */
  confirm: { fr: 'confirmer', en: 'confirm' },
  /** Those that came with the message. */
  files: { fr: 'fichiers', en: 'files' },
  target: { fr: 'destinataire', en: 'target' },
  list: { fr: 'liste', en: 'list' },
  /** How many are late, as a sentence. */
  count: { fr: 'retards', en: 'overdue' },
  /** Two signed ways to answer whether a list is still right. */
  right: { fr: 'exacte', en: 'right' },
  wrong: { fr: 'corriger', en: 'correct' },
  /** When a visit is: a day, from a time to another. */
  visit: { fr: 'visite', en: 'visit' },
  place: { fr: 'lieu', en: 'place' },
  /** Who comes. */
  visitor: { fr: 'intervenant', en: 'visitor' },
  /** What is timed. */
  delay: { fr: 'délai', en: 'delay' },
  /** Who has the ticket. */
  owner: { fr: 'suivi', en: 'owner' },
  /** A rule of redirection, in words. */
  rule: { fr: 'règle', en: 'rule' },
  /** Whom a disruption touches, what helps meanwhile, since when it is; how a subscriber leaves. */
  concerned: { fr: 'concernés', en: 'concerned' },
  workaround: { fr: 'contournement', en: 'workaround' },
  start: { fr: 'début', en: 'start' },
  leave: { fr: 'désabonnement', en: 'unsubscribe' },
  /** When somebody is called back: a day, between two times; and at which number. */
  callback: { fr: 'rappel', en: 'callback' },
  phone: { fr: 'téléphone', en: 'phone' },
  /** When somebody called, or was called. */
  call: { fr: 'appel', en: 'call' },
} as const
export type MailWord = keyof typeof mailWords
export const mailLanguages = ['fr', 'en'] as const
export type MailLanguage = (typeof mailLanguages)[number]

const folded = (word: string) => word.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase()
const wordsByName: ReadonlyMap<string, MailWord> = new Map(
  (Object.keys(mailWords) as MailWord[]).flatMap((word) =>
    mailLanguages.map((language) => [folded(mailWords[word][language]), word] as const),
  ),
)
/** Which word a name between braces stands for; undefined: none. */
export const mailWordNamed = (name: string): MailWord | undefined => wordsByName.get(folded(name))

type Sides = { readonly fr: string; readonly en: string }
type Original = {
  readonly subject: Sides
  readonly text: Sides
  /** Without these the mail would say nothing; the others may be left out. */
  readonly needed: readonly MailWord[]
  readonly allowed: readonly MailWord[]
}
const lines = (...all: readonly string[]) => all.join('\n')

/** The texts as the service brings them; those of the specification's annex VII-C are word for word, in French, the desk's name in its place. */
export const originalMails = {
  ...requestMails,
  redirected: {
    subject: { fr: 'redirection : {titre}', en: 'handed to you: {title}' },
    text: {
      fr: lines(
        'Bonjour,',
        'La demande n° {numéro} est redirigée vers {groupe} par {opérateur}.',
        'Usager : {usager}',
        'Titre : {titre}',
        'Résumé : {résumé}',
        'Message : {motif}',
        'Je prends : {prendre}',
        'Pas pour nous : {refuser}',
        'Il manque… : {demander}',
        'Cordialement.',
      ),
      en: lines(
        'Hello,',
        'Request no. {number} is handed to {group} by {operator}.',
        'Requester: {requester}',
        'Title: {title}',
        'Summary: {summary}',
        'Message: {reason}',
        'I take it: {take}',
        'Not for us: {decline}',
        'Something is missing: {ask}',
        'Kind regards.',
      ),
    },
    needed: ['number', 'group'],
    allowed: ['number', 'title', 'summary', 'operator', 'group', 'requester', 'reason', 'take', 'giveBack', 'ask'],
  },
  'handed-over': {
    subject: { fr: 'appel transmis à {destinataire} : {titre}', en: 'call handed over to {target}: {title}' },
    text: {
      fr: lines(
        'Bonjour,',
        'Le guichet vous a transmis l’appel de {usager}.',
        'Résumé de la demande n° {numéro} : {résumé}',
        'Le ticket : {lien}',
        'Cordialement.',
        '{opérateur}',
      ),
      en: lines(
        'Hello,',
        'The desk has handed over to you the call of {requester}.',
        'Summary of request no. {number}: {summary}',
        'The ticket: {link}',
        'Kind regards.',
        '{operator}',
      ),
    },
    needed: ['number', 'link'],
    allowed: ['number', 'title', 'summary', 'operator', 'requester', 'target', 'link'],
  },
  late: {
    subject: { fr: '{retards}', en: '{overdue}' },
    text: {
      fr: lines(
        'Bonjour,',
        'Ces personnes attendent toujours d’être rappelées :',
        '{liste}',
        'La liste est à l’adresse : {lien}',
        'Cordialement.',
      ),
      en: lines('Hello,', 'These people are still waiting to be called back:', '{list}', 'The list is at: {link}', 'Kind regards.'),
    },
    needed: ['list'],
    allowed: ['list', 'link', 'count'],
  },
  'list-check': {
    subject: { fr: 'la liste « {groupe} » est-elle toujours exacte ?', en: 'is the list “{group}” still right?' },
    text: {
      fr: lines(
        'Bonjour,',
        'Le guichet redirige des demandes vers « {groupe} ». Voici à qui elles arrivent :',
        '{liste}',
        'Est-ce toujours exact ?',
        'Oui, rien à changer : {exacte}',
        'Non, il faut corriger : {corriger}',
        'La liste et les demandes arrivées par erreur : {lien}',
        'Merci, cordialement.',
      ),
      en: lines(
        'Hello,',
        'The desk hands requests to “{group}”. They reach:',
        '{list}',
        'Is this still right?',
        'Yes, nothing to change: {right}',
        'No, something is to be corrected: {correct}',
        'The list, and the requests that came by mistake: {link}',
        'Thank you, kind regards.',
      ),
    },
    needed: ['group', 'right', 'wrong'],
    allowed: ['group', 'list', 'right', 'wrong', 'link'],
  },
  ...workMails,
  ...disruptionMails,
  ...callbackMails,
} as const satisfies Readonly<Record<string, Original>>

export type MailTemplateName = keyof typeof originalMails
export const mailTemplateNames = Object.keys(originalMails) as MailTemplateName[]

const side = (max: number) => z.string().trim().min(1).max(max)
const template = z.object({
  subject: z.object({ fr: side(200), en: side(200) }),
  text: z.object({ fr: side(8_000), en: side(8_000) }),
})
export type MailTemplate = z.infer<typeof template>
const one = (name: MailTemplateName) => {
  const { subject, text } = originalMails[name]
  return template.default({ subject: { ...subject }, text: { ...text } })
}

export const originalMark = 'Guichet unique'

export const mailSettings = z.object({
  /** What mails are written in: French, or French with English below. */
  languages: z.enum(['fr', 'fr-en']).default('fr'),
  /** What subjects begin with, between brackets, and before a ticket's number, by which answers find it. */
  mark: z
    .string()
    .trim()
    .min(1)
    .max(40)
    .regex(/^[^[\]{}\r\n]+$/)
    .default(originalMark),
  registered: one('registered'),
  'registered-mail': one('registered-mail'),
  confirm: one('confirm'),
  'confirm-follow': one('confirm-follow'),
  'taken-up': one('taken-up'),
  progress: one('progress'),
  'passed-on': one('passed-on'),
  'put-aside': one('put-aside'),
  closed: one('closed'),
  solution: one('solution'),
  reminder: one('reminder'),
  reopened: one('reopened'),
  joined: one('joined'),
  over: one('over'),
  'called-off': one('called-off'),
  'parent-solved': one('parent-solved'),
  redirected: one('redirected'),
  'handed-over': one('handed-over'),
  late: one('late'),
  'list-check': one('list-check'),
  visit: one('visit'),
  'visit-cancelled': one('visit-cancelled'),
  'visit-staff': one('visit-staff'),
  'delay-near': one('delay-near'),
  'delay-over': one('delay-over'),
  mentioned: one('mentioned'),
  observed: one('observed'),
  watched: one('watched'),
  'closed-staff': one('closed-staff'),
  'refused-staff': one('refused-staff'),
  'rule-proposed': one('rule-proposed'),
  'article-review': one('article-review'),
  'disruption-opened': one('disruption-opened'),
  'disruption-updated': one('disruption-updated'),
  'disruption-over': one('disruption-over'),
  'disruption-called-off': one('disruption-called-off'),
  'disruption-subscribe': one('disruption-subscribe'),
  'callback-missed': one('callback-missed'),
  'callback-attempted': one('callback-attempted'),
  'callback-booked': one('callback-booked'),
  'callback-shut': one('callback-shut'),
  'callback-cancelled': one('callback-cancelled'),
} satisfies Record<MailTemplateName | 'languages' | 'mark', z.ZodType>)
export type MailSettings = z.infer<typeof mailSettings>

const tried = z.object({
  name: z.enum(mailTemplateNames as [MailTemplateName, ...MailTemplateName[]]),
  template,
  languages: mailSettings.shape.languages,
  mark: mailSettings.shape.mark,
  /** The ticket that fills it; null: a sample one. */
  number: z.int().min(1).max(2_147_483_647).nullable().default(null),
})
/** A template being edited, seen with a ticket. */
export const mailPreviewOrder = tried
export const mailPreview = z.object({ subject: z.string(), text: z.string() })
export type MailPreview = z.infer<typeof mailPreview>
export const mailTrialOrder = tried.extend({ to: z.email().max(254) })
/** Where a trial goes by itself: the directory's address of whoever asks, when it knows one. */
export const mailTrialAddress = z.object({ to: z.string().nullable() })
