import { join } from 'node:path'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { openWholeChromium } from '../support/chromium.ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { codeOf, stepAt } from '../../server/http/totp.ts'
import { freeTcpPort } from '../support/free-port.ts'
import { buildTestHttp, type TestHttp } from '../support/service.ts'
import { expectAccessible } from './browser.ts'

/* The real HTTP side and a real browser, whose authenticator is Chromium's virtual one. */

let service: TestHttp
let url: string
let browser: Browser
let page: Page
let devices: CDPSession
let authenticatorId: string

beforeAll(async () => {
  const port = await freeTcpPort()
  url = `http://localhost:${port}`
  service = await buildTestHttp({ publicUrl: url, consoleFolder: join(import.meta.dirname, '../../console/dist') })
  await service.app.listen({ port, host: 'localhost' })
  browser = await openWholeChromium()
})
beforeEach(async () => {
  const context = await browser.newContext({ viewport: { width: 1366, height: 900 }, locale: 'fr-FR', reducedMotion: 'reduce' })
  page = await context.newPage()
  devices = await context.newCDPSession(page)
  await devices.send('WebAuthn.enable')
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  } as const
  authenticatorId = (await devices.send('WebAuthn.addVirtualAuthenticator', { options })).authenticatorId
})
afterEach(() => page.context().close())
afterAll(async () => {
  await browser.close()
  await service.close()
})

async function signIn(login: string): Promise<void> {
  await page.goto(`${url}/console/tickets`)
  await page.getByLabel('Identifiant').fill(login)
  await page.getByLabel('Mot de passe').first().fill('guichet-demo')
  await page.keyboard.press('Enter')
}
const openAccount = async () => {
  await page.getByRole('button', { name: /^Mon compte :/ }).click()
  await page.getByRole('button', { name: 'Mon compte et mes sessions' }).click()
  await page.getByRole('heading', { name: 'Second facteur' }).waitFor()
}
const leave = async () => {
  await page.getByRole('button', { name: /^Mon compte :/ }).click()
  await page.getByRole('button', { name: 'Se déconnecter' }).click()
  await page.getByLabel('Identifiant').waitFor()
}

describe('a passkey', () => {
  test('is registered, asked for at the next sign-in, and removed by its owner', async () => {
    await signIn('nadia')
    await openAccount()
    await page.getByRole('button', { name: 'Ajouter' }).click()
    await page.getByRole('button', { name: /Une clé d’accès/ }).click()
    await page.getByLabel('Nom de la clé').fill('Portable du bureau')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Vos codes de secours' }).waitFor()
    await expectAccessible(page, '[role=dialog]')
    await page.getByRole('button', { name: 'Je les ai gardés' }).click()
    await page.getByText('Portable du bureau').waitFor()
    await expectAccessible(page, '[role=dialog]')
    await page.keyboard.press('Escape')
    await leave()

    await signIn('nadia')
    await page.getByRole('heading', { name: 'Encore une étape' }).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Utiliser ma clé d’accès' }).click()
    await page.getByRole('navigation', { name: 'Principal' }).waitFor()
    const { rows } = await service.database.pool.query('select counter, last_used_at from passkeys')
    expect(rows).toEqual([{ counter: expect.any(String), last_used_at: expect.any(Date) }])

    await openAccount()
    await page.getByRole('button', { name: 'Retirer : Portable du bureau' }).click()
    await page.getByLabel('Votre mot de passe').fill('guichet-demo')
    await page.keyboard.press('Enter')
    await page.getByText('Votre mot de passe est votre seule protection').waitFor()
    await page.keyboard.press('Escape')
    await leave()
    await signIn('nadia')
    await page.getByRole('navigation', { name: 'Principal' }).waitFor()
  })

  test('that is not at hand leaves a recovery code, and another key is not taken for it', async () => {
    await signIn('karim')
    await openAccount()
    await page.getByRole('button', { name: 'Ajouter' }).click()
    await page.getByRole('button', { name: /Une clé d’accès/ }).click()
    await page.getByLabel('Nom de la clé').fill('Clé USB')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Vos codes de secours' }).waitFor()
    const code = await page
      .getByText(/^[A-Z2-7]{5}-[A-Z2-7]{5}$/)
      .first()
      .innerText()
    await page.getByRole('button', { name: 'Je les ai gardés' }).click()
    await page.keyboard.press('Escape')
    await leave()
    await devices.send('WebAuthn.clearCredentials', { authenticatorId })
    await signIn('karim')
    await page.getByRole('button', { name: 'Utiliser ma clé d’accès' }).click()
    await page.getByText('La clé n’a pas répondu').waitFor()
    await page.getByRole('button', { name: 'Je n’ai ni mon téléphone ni ma clé' }).click()
    await page.getByLabel('Code de secours').fill(code)
    await page.keyboard.press('Enter')
    await page.getByRole('navigation', { name: 'Principal' }).waitFor()
  })
})

test('a role that must have one sets an application up before it enters, from the drawing or its text', async () => {
  await service.settings.change('signIn', { version: 0, value: { secondFactorFor: ['referent'] } }, { id: 'admin', name: 'Admin' })
  await signIn('lucie')
  await page.getByRole('heading', { name: 'Protégez votre compte' }).waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: /Une application/ }).click()
  await page.getByRole('img', { name: 'Dessin à lire avec l’application' }).waitFor()
  await expectAccessible(page)
  const secret = (await page.locator('code').innerText()).replaceAll(' ', '')
  const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  const bytes = Uint8Array.from(bits.match(/.{8}/g) ?? [], (eight) => Number.parseInt(eight, 2))
  await page.getByLabel('Code affiché par l’application').fill(codeOf(bytes, stepAt(Date.now())))
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Vos codes de secours' }).waitFor()
  await page.getByRole('button', { name: 'Je les ai gardés, entrer' }).click()
  await page.getByRole('navigation', { name: 'Principal' }).waitFor()
})
