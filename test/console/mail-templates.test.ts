import { expect, test } from 'vitest'
import { expectAccessible, expectReflow, inChromium } from './browser.ts'

const on = inChromium()
const asSophie = (path: string) => {
  on.server.me = { ...on.server.me, id: 'sophie', login: 'sophie', name: 'Sophie Garnier', role: 'supervisor', extension: null }
  return on.signedIn(path)
}

test('the text of a mail is changed with its preview beside it, a wrong word being named before it is saved', async () => {
  await asSophie('/console/reglages/courriels')
  await on.page.getByRole('button', { name: /^Clôture Quand/ }).click()
  const text = on.page.getByLabel('Texte, Français', { exact: true })
  const letter = on.page.getByRole('region', { name: 'Aperçu' })
  await letter.getByText('Votre demande n°10421 est maintenant clôturée.').waitFor()
  await expectAccessible(on.page)
  await expectReflow(on.page)
  await text.fill('Bonjour,\nn° {numéro} : {réponse} {prénom}')
  await letter.getByText('ne dit rien dans ce courriel').waitFor()
  await text.fill('Bonjour,\nn° {numéro} : {réponse}\n')
  await text.press('Control+End')
  await on.page.getByRole('button', { name: 'Placer {opérateur} dans le texte, Français' }).click()
  await letter.getByText('n° 10421 : Les comptes ont été ajoutés au cours.\nAlice Martin').waitFor()
  await letter.getByLabel('Essai à').fill('sophie@univ.example')
  await letter.getByRole('button', { name: 'Envoyer l’essai' }).click()
  await on.page.getByText('Essai en route vers sophie@univ.example').waitFor()
  await text.press('Control+Enter')
  await on.page.getByText('ils valent dès maintenant').waitFor()
  expect(on.server.settings.mails.value.closed.text.fr).toBe('Bonjour,\nn° {numéro} : {réponse}\n{opérateur}')
  await on.page.getByText('modifié').waitFor()
})

test('a mail whose arrival is uncertain is settled by a supervisor', async () => {
  const [first] = on.server.mails
  if (first === undefined) throw new Error('no sample mail')
  on.server.mails = [{ ...first, state: 'uncertain', problem: 'connexion coupée' }]
  await asSophie('/console/courriels')
  await on.page.getByText('connexion coupée').waitFor()
  await expectAccessible(on.page)
  await on.page.getByRole('button', { name: 'Il est arrivé' }).click()
  await on.page.getByText(/Tranché par Sophie Garnier/).waitFor()
  expect(on.server.mails[0]?.state).toBe('sent')
})

test('a mail server that does not answer is told of, since when and with what waits; a supervisor has it tried again', async () => {
  const [sent, waits] = on.server.mails
  if (sent === undefined || waits === undefined) throw new Error('no sample mails')
  on.server.mails = [sent, { ...waits, state: 'pending', problem: 'connect ECONNREFUSED 192.0.2.25:25' }]
  on.server.mailReach = {
    server: 'down',
    since: new Date(Date.now() - 3_600_000).toISOString(),
    problem: 'connect ECONNREFUSED 192.0.2.25:25',
  }
  await asSophie('/console/courriels')
  const away = on.page.getByRole('status', { name: 'Serveur de messagerie' })
  await away.getByText(/ne répond pas, depuis/).waitFor()
  await away.getByText(/1 courriel attend, depuis .* Prochain essai à/).waitFor()
  await expectAccessible(on.page)
  await expectReflow(on.page)
  await on.page.getByText('En attente (1)').click()
  await on.page.getByText(sent.subject).first().waitFor({ state: 'detached' })
  await on.page.getByText('Ce courriel n’a pas encore pu partir').waitFor()
  await away.getByRole('button', { name: 'Réessayer maintenant' }).click()
  await away.waitFor({ state: 'detached' })
  await on.page.getByText('Rien n’attend').waitFor()
  expect(on.server.mails[1]?.state).toBe('sent')
})

test('a mail that nothing can read is shown to the desk, kept as it came, until somebody has seen it', async () => {
  on.server.received = [
    {
      id: 'in-1',
      at: new Date().toISOString(),
      from: { name: '', address: 'z@ailleurs.example' },
      subject: 'abysse',
      text: null,
      files: 0,
      bytes: 900_000,
      outcome: 'unreadable',
      why: 'lecture interrompue',
      ticketNumber: null,
      toSee: true,
      seenBy: null,
      seenAt: null,
    },
  ]
  await asSophie('/console/courriels')
  await on.page.getByText('Ce courriel ne se lit pas. Il est gardé').waitFor()
  await expectAccessible(on.page)
  await expectReflow(on.page)
  await on.page.getByRole('button', { name: 'C’est vu' }).click()
  await on.page.getByText(/Vu par Sophie Garnier/).waitFor()
})
