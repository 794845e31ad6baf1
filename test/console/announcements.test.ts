import { describe, expect, test } from 'vitest'
import { wavOf } from '../../server/sounds/level.ts'
import { voice } from '../support/sound.ts'
import { expectAccessible, expectReflow, inChromium } from './browser.ts'

const on = inChromium()
const opened = async (title = 'Message d’attente') => {
  on.server.me = { ...on.server.me, id: 'sophie', login: 'sophie', name: 'Sophie Garnier', role: 'supervisor', extension: null }
  await on.signedIn('/console/reglages/annonces')
  await on.page.getByRole('button', { name: `Modifier : ${title}` }).click()
}
const side = (title = 'Message d’attente', language = 'Français') => on.page.getByRole('region', { name: `${title}, ${language}` })
const draft = () => side().getByRole('group', { name: 'Version à écouter, Français' })
const wav = { name: 'accueil.wav', mimeType: 'audio/wav', buffer: wavOf(voice(9, 1)) }

describe('the announcements', () => {
  test('say in words what they are and when they are heard, with the text of both languages, placeholders standing', async () => {
    await opened()
    expect(await side().getByLabel('Texte').inputValue()).toContain('limiter nos communications à {limite} minutes')
    expect(await side('Message d’attente', 'Anglais').getByLabel('Texte').inputValue()).toContain('{limit} minutes')
    await on.page.getByText('la première chose que l’appelant entend').waitFor()
    await on.page.getByText('Place dans la file (20)').click()
    await on.page.getByRole('heading', { name: 'Place n° 3' }).waitFor()
    await on.page.getByText('Attente estimée (45)').waitFor()
    expect(await on.page.getByRole('heading', { name: /^[a-z]+(-[a-z]+)*$/ }).count()).toBe(0)
  })

  test('are found by their name or by a word they say', async () => {
    await opened()
    await on.page.getByLabel('Chercher une annonce').fill('au-delà')
    await on.page.getByRole('heading', { name: 'Place au-delà de la vingtième' }).waitFor()
    expect(await on.page.getByRole('heading', { level: 2 }).count()).toBe(1)
    await on.page.getByLabel('Chercher une annonce').fill('rien de tel')
    await on.page.getByText('Aucune annonce ne correspond').waitFor()
  })

  test('are listened to in one gesture, and stopped by the same', async () => {
    await opened()
    await on.page.getByRole('button', { name: 'Écouter : Message de fermeture (Français)' }).click()
    await on.page.getByRole('button', { name: 'Arrêter : Message de fermeture (Français)' }).click()
    await on.page.getByRole('button', { name: 'Écouter : Message de fermeture (Français)' }).waitFor()
  })

  test('take a new text, by keyboard alone, only after it was heard', async () => {
    await opened()
    const text = side().getByLabel('Texte')
    expect(await side().getByRole('button', { name: 'Écouter ce texte' }).isDisabled()).toBe(true)
    await text.fill('Bonjour, ici {nom}.')
    await text.press('Tab')
    await on.page.keyboard.press('Enter')
    await draft().getByText('Bonjour, ici Guichet unique.').waitFor()
    await draft().getByRole('button', { name: 'Mettre en service' }).focus()
    await on.page.keyboard.press('Enter')
    await on.page.getByText('Les appelants l’entendent dès maintenant.').waitFor()
    await draft().waitFor({ state: 'detached' })
    expect(on.server.announcements.view('waiting').fr).toMatchObject({ spoken: 'Bonjour, ici Guichet unique.', version: { number: 2 } })
    await on.page.getByRole('heading', { name: /Message d’attente.*votre texte/ }).waitFor()
  })

  test('refuse a word between braces that means nothing, and keep what was typed', async () => {
    await opened()
    await side().getByLabel('Texte').fill('Bonjour {prenom}.')
    await side().getByRole('button', { name: 'Écouter ce texte' }).click()
    await on.page.getByText('Ce mot entre accolades ne correspond à rien').waitFor()
    expect(await side().getByLabel('Texte').inputValue()).toBe('Bonjour {prenom}.')
  })

  test('are replaced by a file, whose bytes are sent as they are, and go back to the original in one gesture', async () => {
    await opened()
    await side().locator('input[type=file]').setInputFiles(wav)
    await draft().getByRole('button', { name: 'Mettre en service' }).click()
    await side().getByText('Un enregistrement est en service').waitFor()
    expect(on.server.announcements.uploads).toEqual([wav.buffer.length])
    await side().getByText('Versions').click()
    await side().getByText('Sophie Garnier').waitFor()
    await expectAccessible(on.page)
    await side().getByRole('button', { name: 'Remettre en service la version n° 1' }).click()
    await side().getByText('sont remplacés par ceux de l’accueil').waitFor()
  })

  test('tell why a file is refused', async () => {
    await opened()
    on.server.announcements.uploadFails = 'sound_too_long'
    await side().locator('input[type=file]').setInputFiles(wav)
    await on.page.getByText('Cet enregistrement dépasse deux minutes').waitFor()
    expect(await draft().count()).toBe(0)
  })

  test('are recorded at a telephone, whose state is told as it changes', async () => {
    await opened()
    const { announcements } = on.server
    await side().getByLabel('Téléphone', { exact: true }).selectOption('Bruno Petit (6102)')
    await side().getByRole('button', { name: 'Enregistrer au téléphone' }).click()
    await side().getByText('Le téléphone sonne').waitFor()
    announcements.task = { id: 'studio-1', kind: 'record', stage: 'recording', reason: null, draft: null }
    on.server.stale('announcements')
    await side().getByText('terminez par la touche dièse').waitFor()
    await expectAccessible(on.page)
    announcements.task = { ...announcements.task, stage: 'done', draft: { sound: 'e'.repeat(32), seconds: 2, spoken: null } }
    on.server.stale('announcements')
    await draft().getByRole('button', { name: 'Mettre en service' }).click()
    await on.page.getByText('Les appelants l’entendent dès maintenant.').waitFor()
    expect(announcements.view('waiting').fr.version.address).toBe('e'.repeat(32))
  })

  test('say when Asterisk is out of reach, so that what changes is not heard yet', async () => {
    on.server.announcements.heard = false
    await opened()
    await on.page.getByText('n’y est entendu qu’une fois copié').waitFor()
  })

  test('say why nothing came from a telephone', async () => {
    await opened()
    await side().getByRole('button', { name: 'Enregistrer au téléphone' }).click()
    await side().getByText('Le téléphone sonne').waitFor()
    on.server.announcements.task = { id: 'studio-1', kind: 'record', stage: 'failed', reason: 'no-answer', draft: null }
    on.server.stale('announcements')
    await side().getByText('Personne n’a décroché').waitFor()
  })

  test('break no rule of accessibility in either scheme, with one opened and something to accept, nor at 320 pixels', async () => {
    await opened()
    await side().locator('input[type=file]').setInputFiles(wav)
    await draft().waitFor()
    await expectAccessible(on.page)
    await expectReflow(on.page)
  })
})
