import { describe, expect, test } from 'vitest'
import { expectAccessible, expectReflow, inChromium } from './browser.ts'
import { ahmed, call, operator, ticket } from './fake-world.ts'

const on = inChromium()
const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString()
const bar = () => on.page.getByRole('status').filter({ hasText: 'Suivant :' })
const callback = { kind: 'callback' as const, key: 'callback:o2', entryId: 'o2', who: 'Ahmed Benali', dueAt: ago(720), priority: false }
const preTicket = {
  kind: 'ticket' as const,
  key: 'ticket:10409',
  number: 10409,
  title: 'Wi-Fi eduroam lent au 4R3',
  status: 'pre-ticket' as const,
  medium: 'form' as const,
  urgency: 'normal' as const,
  since: ago(3_300),
}

describe('« Suivant »', () => {
  test('is said before it is asked for, and one key goes there, with why it comes first', async () => {
    on.server.next = [callback, preTicket]
    await on.signedIn()
    await on.page.getByText('Suivant : rappeler Ahmed Benali, dû depuis 12 min.').waitFor()
    await expectAccessible(on.page)
    await on.page.keyboard.press('s')
    await bar().getByText('rappeler Ahmed Benali, dû depuis 12 min').waitFor()
    await bar().getByText('les rappels, le plus urgent d’abord', { exact: false }).waitFor()
    await bar().getByText('1 autre chose attend', { exact: false }).waitFor()
    await expect.poll(() => on.page.evaluate(() => document.activeElement?.getAttribute('data-entry'))).toBe('o2')
    await expectAccessible(on.page)
    await expectReflow(on.page)
  })

  test('passes what is left for a colleague, and gives the next', async () => {
    on.server.next = [callback, preTicket]
    await on.signedIn('/console/tickets')
    await on.page.keyboard.press('s')
    await bar().getByText('rappeler Ahmed Benali', { exact: false }).waitFor()
    await bar().getByRole('button', { name: 'Passer' }).click()
    await bar()
      .getByText(/compléter le pré-ticket n°.10409/)
      .waitFor()
    await on.page.getByRole('heading', { name: 'Wi-Fi eduroam lent au 4R3' }).waitFor()
    await bar().getByText('le formulaire passe d’abord', { exact: false }).waitFor()
    await bar().getByRole('button', { name: 'Passer' }).click()
    await on.page.getByRole('status').filter({ hasText: 'Rien n’attend.' }).waitFor()
  })

  test('is put away once what it gave is done', async () => {
    on.server.next = [{ ...callback, key: 'callback:o4', entryId: 'o4', who: '06 11 22 33 44' }]
    on.server.owed = on.server.owed.map((e) => (e.id === 'o4' ? { ...e, takenBy: { id: 'alice', name: 'Alice Martin', at: ago(1) } } : e))
    await on.signedIn()
    await on.page.keyboard.press('s')
    await bar().waitFor()
    await expect.poll(() => on.page.evaluate(() => document.activeElement?.getAttribute('data-entry'))).toBe('o4')
    await on.page.keyboard.press('2')
    await bar().waitFor({ state: 'detached' })
  })

  test('goes to the conversation that waits for its ticket', async () => {
    on.server.unwritten = [
      {
        id: 'c9',
        number: null,
        numberShown: '05 61 55 12 35',
        people: [ahmed],
        operatorId: 'alice',
        operator: 'Alice Martin',
        answeredAt: ago(900),
        endedAt: ago(800),
        seconds: 100,
      },
    ]
    on.server.next = [{ kind: 'unwritten', key: 'unwritten:c9', callId: 'c9', who: 'Ahmed Benali', since: ago(800) }]
    await on.signedIn('/console/tickets')
    await on.page.keyboard.press('s')
    const name = on.page.getByRole('form', { name: 'Nouveau ticket' }).getByLabel('Nom', { exact: true })
    await expect.poll(() => name.inputValue()).toBe('Ahmed Benali')
  })

  test('says so kindly when nothing waits', async () => {
    await on.signedIn()
    await on.page.getByRole('button', { name: 'Suivant' }).click()
    await on.page.getByText('Tout est traité : merci, vous pouvez souffler.').waitFor()
    await on.page.getByRole('button', { name: 'Ranger' }).click()
    await on.page.getByText('Rien n’attend.').waitFor({ state: 'detached' })
  })

  test('makes way for a call that rings', async () => {
    on.server.next = [callback]
    await on.signedIn()
    await on.page.keyboard.press('s')
    await bar().waitFor()
    const c = call('c1', [ahmed], { status: 'ringing', offeredTo: ['alice'] })
    on.server.change({ calls: [c], operators: [operator('alice', 'Alice Martin', 'ringing', { callId: 'c1' })] })
    await on.page.getByRole('button', { name: 'Répondre' }).waitFor()
    await bar().waitFor({ state: 'detached' })
  })
})

describe('a ticket that nobody follows', () => {
  test('is taken up by one key', async () => {
    on.server.tickets = [ticket(10409, 'Wi-Fi lent', ahmed, 900, { status: 'pre-ticket' })]
    await on.signedIn('/console/tickets/10409')
    await on.page.getByText('Personne ne suit encore cette demande.').waitFor()
    await expectAccessible(on.page)
    await on.page.keyboard.press('t')
    await on.page.getByText('Personne ne suit encore cette demande.').waitFor({ state: 'detached' })
    expect(on.server.asked).toEqual(['POST /api/tickets/10409/take-up'])
  })
})
