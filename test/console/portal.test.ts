import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { dateSentence } from '../../server/calendar/sentences.ts'
import { articleContent } from '../../server/contract/articles.ts'
import { accounts, outbox } from '../../server/database/schema.ts'
import { demoPassword } from '../../server/database/demo-people.ts'
import { listLinks } from '../../server/secret-links.ts'
import { portalInChromium, readAtLeisure, sound } from './portal-browser.ts'

const on = portalInChromium()

test('somebody without an account asks, pastes a screenshot, and follows the answer, live', async () => {
  const page = await on.visitor()
  on.service.desk.wait = { lowMs: 120_000, highMs: 300_000 }
  const { version } = on.service.settings.view.desk
  await on.service.settings.change('desk', { version, value: { phone: '05 61 55 00 00' } }, { id: 'sophie', name: 'Sophie' })
  await page.goto(on.url)
  await sound(page, 'home')
  await page.getByRole('main').getByRole('link', { name: 'Faire une demande' }).click()
  await page.getByLabel('Titre').fill('Vidéoprojecteur muet en salle 118')
  await page.getByLabel('Ce qui se passe').fill('Aucune image.\nLe voyant clignote.')
  await page.getByLabel('De quoi s’agit-il ?').selectOption('Une salle de cours')
  await sound(page, 'form')
  // A draft is kept: the page may be closed.
  await page.reload()
  await page.getByText('Votre brouillon a été retrouvé.').waitFor()
  expect(await page.getByLabel('Ce qui se passe').inputValue()).toContain('Le voyant clignote.')
  expect(await page.getByLabel('De quoi s’agit-il ?').inputValue()).toBe('Une salle de cours')
  await page.getByRole('button', { name: 'Envoyer la demande' }).click()
  await page.getByText('La demande n’est pas encore partie').waitFor()
  await sound(page, 'form-problems')
  await page.getByLabel('Nom et prénom').fill('Lou Martin')
  await page.getByLabel('Adresse électronique').fill('lou@mail.example')
  await page.getByLabel('Ce qui se passe').evaluate(async (area) => {
    const canvas = document.createElement('canvas')
    canvas.width = 320
    canvas.height = 180
    const pen = canvas.getContext('2d')
    if (pen !== null) {
      pen.fillStyle = '#0b6e6e'
      pen.fillRect(0, 0, 320, 180)
    }
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve))
    const data = new DataTransfer()
    data.items.add(new File([blob ?? ''], 'image.png', { type: 'image/png' }))
    area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  readAtLeisure(on)
  await page.getByRole('button', { name: 'Envoyer la demande' }).click()
  await page.getByText('est enregistrée').first().waitFor()
  const number = Number(/\/demandes\/(\d+)/.exec(page.url())?.[1])
  await page.locator('.file img').waitFor()
  expect(await page.locator('.file img').evaluate((i: HTMLImageElement) => i.decode().then(() => i.naturalWidth))).toBe(320)
  await sound(page, 'saved')
  expect(await page.evaluate(() => localStorage.length)).toBe(0)
  const { tickets } = on.service.stores
  const alice = { id: 'alice', name: 'Alice Martin', role: 'operator' } as const
  await tickets.takeUp(number, alice)
  await tickets.contribute(number, { text: 'Quel modèle ?', visibility: 'public' }, alice)
  await page.goto(`${on.url}/demandes/${number}`)
  await page.getByLabel('Une information').fill('Epson EB')
  await tickets.propose(number, 'Câble HDMI remplacé par le technicien de site.', alice)
  // What is new stands there, and what is being typed is not lost to it.
  await page.getByText('Cette solution vous convient-elle ?').waitFor()
  expect(await page.getByLabel('Une information').inputValue()).toBe('Epson EB')
  await sound(page, 'solution')
  // The answer to a form that lacks something is as live as the page itself.
  await page.getByText('Non, pas encore').click()
  await page.getByLabel('Ce qui ne va pas encore').fill(' ')
  await page.getByRole('button', { name: 'Reprendre ma demande' }).click()
  await page.getByText('Dites en quelques mots ce que vous constatez.').waitFor()
  await sound(page, 'no-reason')
  await tickets.contribute(number, { text: 'Essayez aussi en salle 120.', visibility: 'public' }, alice)
  await page.getByText('Essayez aussi en salle 120.').waitFor()
  // Printed from a dark screen: dark ink on white, whose it is, and nothing to press.
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  const inks = (one: Element) => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]
  expect(await page.locator('.pill').evaluate(inks)).toEqual(['rgb(143, 83, 0)', 'rgb(255, 255, 255)'])
  expect(await page.locator('.onpaper').textContent()).toContain('05 61 55 00 00')
  for (const gone of ['button', 'textarea', 'summary']) expect(await page.locator(`${gone}:visible`).count(), gone).toBe(0)
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' })
  await page.getByRole('button', { name: 'Oui, c’est résolu' }).dblclick()
  await page.getByText('La demande est close').waitFor()
  expect(await page.getByText('a changé entre-temps').count()).toBe(0)
  await sound(page, 'closed')
})

test('somebody with an account finds their requests; a browser without scripts does all of it', async () => {
  const page = await on.visitor({ javaScriptEnabled: false })
  await page.goto(`${on.url}/demandes`)
  await page.getByRole('main').getByRole('link', { name: 'Se connecter' }).click()
  await page.getByLabel('Identifiant').fill('claire.dubois')
  await page.getByLabel('Mot de passe').fill(demoPassword)
  await page.getByRole('main').getByRole('button', { name: 'Se connecter' }).click()
  await page.getByRole('link', { name: 'Faire une demande' }).click()
  await page.getByText('claire.dubois@univ.example').waitFor()
  await page.getByLabel('Titre').fill('Accès à Moodle')
  await page.getByLabel('Fichiers').setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('BIO-L2') })
  readAtLeisure(on)
  await page.getByRole('button', { name: 'Envoyer la demande' }).click()
  await page.getByText('est enregistrée').first().waitFor()
  await page.getByRole('link', { name: '← Mes demandes' }).click()
  await page
    .getByRole('link', { name: /Accès à Moodle/ })
    .first()
    .waitFor()
  if (process.env['SHOTS'] !== undefined) {
    await page.setViewportSize({ width: 1366, height: 820 })
    await page.screenshot({ path: `${process.env['SHOTS']}/list-nojs-1366.png`, fullPage: true })
    await page.goto(`${on.url}/carte`)
    await page.screenshot({ path: `${process.env['SHOTS']}/card.png`, fullPage: true })
    await page.goto(`${on.url}/embed`)
    await page.setViewportSize({ width: 420, height: 400 })
    await page.screenshot({ path: `${process.env['SHOTS']}/embed.png` })
  }
  await page.context().close()
})

test('the frames of the intranet and the declaration break no rule; a request begun in one goes on in a window of its own', async () => {
  const page = await on.visitor()
  for (const [address, name] of [
    ['/accessibilite', 'declared'],
    ['/embed/bandeau', 'band'],
    ['/embed', 'frame'],
  ] as const) {
    await page.goto(`${on.url}${address}`)
    await sound(page, name)
  }
  await page.getByLabel('Votre demande, en quelques mots').fill('Plus de réseau, bât. 4R3 + 4R1')
  const opening = page.waitForEvent('popup')
  await page.getByRole('button', { name: 'Faire une demande' }).click()
  const begun = await opening
  await begun.waitForLoadState()
  expect(await begun.getByLabel('Titre', { exact: false }).inputValue()).toBe('Plus de réseau, bât. 4R3 + 4R1')
  await page.context().close()
})

test('an answer is looked for, read and judged; what is typed in the form is answered beside it, or its disruption followed', async () => {
  const page = await on.visitor()
  const nadia = { id: 'nadia', name: 'Nadia Roussel' }
  const body =
    '<h2>Identifiant</h2><ol><li><p>Le vôtre, suivi de <code>@univ.example</code>.</p></li></ol><table><tbody><tr><th scope="row">Réseau</th><td>eduroam</td></tr></tbody></table>'
  const article = articleContent.parse({ title: 'Se connecter au Wi-Fi eduroam', state: 'public', body, topicId: 'reseau' })
  await on.service.stores.articles.write(article, null, nadia)
  const opened = await on.service.as('alice', {
    method: 'POST',
    url: '/api/disruptions',
    payload: { title: 'Messagerie lente', workaround: 'Réessayez.', startsAt: new Date().toISOString(), ticket: 'new', audience: 'public' },
    headers: { origin: on.url, host: new URL(on.url).host },
  })
  expect(opened.statusCode).toBe(201)
  await page.goto(`${on.url}/perturbations`)
  await page.getByText('Messagerie lente').first().waitFor()
  await sound(page, 'disruptions')
  await page.goto(`${on.url}/faq`)
  await sound(page, 'faq')
  await page.getByLabel('Chercher une réponse').fill('edurom')
  await page.keyboard.press('Enter')
  await page.getByText('voici pour « eduroam »').waitFor()
  await page
    .getByRole('link', { name: /Se connecter au Wi-Fi/ })
    .first()
    .click()
  await sound(page, 'faq-article')
  await page.getByRole('button', { name: 'Non' }).click()
  await page.getByText('la réponse sera revue').waitFor()
  await page.getByRole('main').getByRole('link', { name: 'Faire une demande' }).click()
  await page.getByText('l’opérateur le saura').waitFor()
  await page.getByLabel('Titre').fill('Mesagerie lente, wifi perdu')
  await page.getByText('Une perturbation connue correspond').waitFor()
  await page
    .getByRole('link', { name: /Se connecter au Wi-Fi eduroam/ })
    .first()
    .waitFor()
  await sound(page, 'form-help')
  await page.getByLabel('Nom et prénom').fill('Lou Martin')
  await page.getByLabel('Adresse électronique').fill('lou@mail.example')
  readAtLeisure(on)
  await page.getByRole('button', { name: 'La suivre plutôt' }).click()
  await page.getByText('Ouvrez le courriel envoyé à lou@mail.example').waitFor()
  await sound(page, 'follow-to-confirm')
})

test('whoever keeps a list says by the link of a mail that it is still right, or what changed', async () => {
  const { db } = on.service.database
  await db.update(accounts).set({ personId: 'sample:claire.dubois' }).where(eq(accounts.id, 'lucie'))
  const links = listLinks('a secret of the tests', on.url)
  const ask = () =>
    on.service.stores.listChecks.askDue({ mails: on.service.settings.values.mails, publicUrl: on.url, links, days: dateSentence })
  await ask()
  on.ahead.tickets = 31 * 86_400_000
  await ask()
  const sent = await db.select().from(outbox).where(eq(outbox.to, 'claire.dubois@univ.example'))
  const link = sent.flatMap(({ text }) => /http:\S*\/listes\/[a-z2-7-]+$/m.exec(text)?.[0] ?? [])[0]
  expect(link).toContain(on.url)
  const page = await on.visitor()
  await page.goto(`${link}?reponse=non`)
  await page.getByText('Nadia Roussel').waitFor()
  await sound(page, 'list-question')
  await page.getByLabel('Ce qui a changé').or(page.locator('#texte')).first().fill('Nadia part en mars.')
  await page.getByRole('button', { name: 'Envoyer' }).click()
  await page.getByRole('status').waitFor()
  await sound(page, 'list-answered')
  await page.goto(`${link}`)
  await page.getByText('Nadia part en mars.').waitFor()
  await sound(page, 'list-again')
})
