import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mailSettings, mailTemplateNames, type MailTemplate } from '../../server/contract/mail-templates.ts'
import { fillMail, mailText, templateProblem } from '../../server/tickets/mail-text.ts'
import { previewMail, sampleTicket } from '../../server/tickets/mail-preview.ts'
import {
  closedMail,
  joinedMail,
  progressMail,
  redirectedMail,
  registeredMail,
  reopenedMail,
  takenUpMail,
} from '../../server/tickets/mails.ts'
import { context } from '../support/tickets.ts'

const original = mailSettings.parse({})
const closing = original.closed
const withText = (fr: string, subject = 'x'): MailTemplate => ({
  subject: { fr: subject, en: 'x' },
  text: { fr, en: closing.text.en },
})

describe('a template', () => {
  it.each(mailTemplateNames)('« %s » can be used as the service brings it', (name) => {
    expect(templateProblem(name, original[name])).toBeNull()
  })

  it.each([
    ['{numéro} {réponse} {prénom}', { kind: 'unknown', word: '{prénom}', language: 'fr' }],
    ['{numéro} {réponse} {groupe}', { kind: 'unknown', word: '{groupe}', language: 'fr' }],
    ['{numéro} {réponse', { kind: 'unknown', word: '{', language: 'fr' }],
    ['{numéro}, clos.', { kind: 'missing', word: '{réponse}', language: 'fr' }],
    ['{numero} {Reponse} {NUMBER}', null],
    ['{number} {answer}', null],
  ])('of a closing that reads %j: %j', (text, problem) => {
    expect(templateProblem('closed', withText(text))).toEqual(problem)
  })

  it('whose subject holds a word that means nothing there is refused as well', () => {
    expect(templateProblem('closed', withText('{numéro} {réponse}', 'clos {avis}'))).toMatchObject({ kind: 'unknown', word: '{avis}' })
  })

  it('leaves out the lines that have nothing to say, and those alone', () => {
    expect(fillMail('Bonjour,\n\nMotif : {motif}\n{opérateur}\nFin {lien}', { link: 'ici' })).toBe('Bonjour,\n\nFin ici')
  })
})

describe('what fills a mail', () => {
  it('is put in once: braces in a title are no word, and a title adds no line to a subject', () => {
    const ticket = { ...sampleTicket, title: 'Panne\r\nBcc: pirate@evil.example {réponse}', summary: 'a\u0000b {lien} <b>gras</b>' }
    const [mail] = closedMail(ticket, 'secret', context)
    expect(mail?.subject).toBe('[Guichet unique n°10421] clôture : Panne Bcc: pirate@evil.example {réponse}')
    expect(mail?.text).toContain('Résumé de votre demande : ab {lien} <b>gras</b>\n')
  })

  it('whatever is typed, a subject stays one line and keeps its ticket’s number', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (title, subject) => {
        const { subject: said } = mailText(withText('x', subject), { languages: 'fr', mark: 'Support DSI' }, 7, () => ({
          title,
          number: '7',
        }))
        expect(said).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
        expect(said.startsWith('[Support DSI n°7]')).toBe(true)
      }),
    )
  })

  it('in two languages is French with English below, with one subject', () => {
    const policy = { ...context.policy, mails: mailSettings.parse({ languages: 'fr-en' }) }
    const [mail] = closedMail(sampleTicket, 'Fait.', { ...context, policy })
    expect(mail?.text).toContain('Votre demande n°10421 est maintenant clôturée.')
    expect(mail?.text).toContain('\n\n— English —\n\nHello,\nYour request no. 10421 is now closed.')
    expect(mail?.subject).toBe('[Guichet unique n°10421] clôture : Accès à Moodle')
  })

  it('says what is in the specification’s annex, word for word', () => {
    const annex = [
      'Votre demande n°10421 a bien été enregistrée.',
      'Résumé de votre demande : libellé du champ résumé',
      "Cette demande va être prise en charge par l'équipe d'assistance.",
      'Vous pouvez vérifier son état d\'avancement à l\'adresse : Helpdesk du Service "Guichet unique"',
    ]
    const [mail] = registeredMail({ ...sampleTicket, medium: 'form', summary: 'libellé du champ résumé' }, context)
    for (const line of annex) expect(mail?.text).toContain(line)
    expect(mail?.text.split('\n')).toHaveLength(6)
  })

  it('calls the desk what the site calls it, wherever a text of ours names it', () => {
    const policy = { ...context.policy, deskName: 'Assistance numérique', mails: mailSettings.parse({ languages: 'fr-en' }) }
    const named = { ...context, policy }
    const [registered] = registeredMail({ ...sampleTicket, medium: 'form' }, named)
    expect(registered?.text).toContain('Helpdesk du Service "Assistance numérique" <')
    expect(registered?.text).toContain('You can see how it is progressing at: Assistance numérique <')
    const all = [
      ...registeredMail({ ...sampleTicket, medium: 'mail' }, named),
      ...takenUpMail(sampleTicket, named),
      ...progressMail(sampleTicket, 'Vu.', [], named),
      ...closedMail(sampleTicket, 'Fait.', named),
      ...reopenedMail(sampleTicket, 'Non.', named),
      ...joinedMail(sampleTicket, named),
    ]
    expect(all).toHaveLength(6)
    for (const { text } of all) {
      expect(text).toContain('Assistance numérique')
      expect(text).not.toContain('Guichet unique')
    }
  })

  it('points to the form when the request came by mail', () => {
    const [mail] = registeredMail({ ...sampleTicket, medium: 'mail' }, context)
    expect(mail?.text).toContain('<https://guichet.univ.example/demande>\nCordialement.')
    expect(mail?.text).toContain('La prochaine fois, le formulaire')
  })

  it('to a group leaves out the message that nobody wrote', () => {
    const [mail] = redirectedMail(sampleTicket, { id: 'g', name: 'dSRT', mail: 'dsrt@univ.example' }, '', context)
    expect(mail?.text).not.toContain('Message')
    expect(mail?.text).toContain('Je prends : https://g.example/groupe/10421/take\nPas pour nous : https://g.example/groupe/10421/giveBack')
  })
})

it.each(mailTemplateNames)('the preview of « %s » leaves no word unfilled', (name) => {
  const seen = previewMail(name, original[name], { languages: 'fr-en', mark: 'Guichet unique' }, sampleTicket, {
    now: context.now,
    publicUrl: 'https://g.example',
    policy: context.policy,
    answerUrl: context.answerUrl,
  })
  expect(seen.text.length).toBeGreaterThan(80)
  expect(seen.subject + seen.text).not.toMatch(/[{}]/)
})
