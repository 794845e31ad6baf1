import { describe, expect, test } from 'vitest'
import { choose, expectAccessible, expectReflow, inChromium } from './browser.ts'
import { withEntities } from './fake-settings.ts'

const on = inChromium()
const as = (id: string, name: string, role: 'supervisor' | 'referent' | 'operator') => {
  on.server.me = { ...on.server.me, id, login: id, name, role, extension: null }
}
const link = (name: string) => on.page.getByRole('navigation', { name: 'Liste des groupes' }).getByRole('link', { name: new RegExp(name) })

describe('the groups', () => {
  test('say to an operator what to collect, who is there, and which one reaches nobody', async () => {
    await on.signedIn('/console/groupes')
    await on.page.getByText('Choisissez un groupe').waitFor()
    await link('PSN').getByText('Personne', { exact: true }).waitFor()
    await on.page.getByLabel('Groupe, personne, mot…').fill('telephonie')
    await link('dSRT').click()
    await on.page.getByRole('region', { name: 'À recueillir avant de rediriger' }).getByText('Numéro de la prise.').waitFor()
    await on.page.getByRole('region', { name: 'Membres' }).getByText('Nadia Roussel').waitFor()
    expect(await on.page.getByRole('button', { name: 'Modifier' }).count()).toBe(0)
    expect(await on.page.getByRole('button', { name: /^Noter une absence/ }).count()).toBe(0)
    await expectAccessible(on.page)
    await expectReflow(on.page)
  })

  test('natures that lead to no group are told on whatever page to whoever can mend it, until seen; the rules name them and why', async () => {
    const alarm = on.page.getByRole('region', { name: /natures ne mènent à personne/ })
    as('sophie', 'Sophie Garnier', 'supervisor')
    const { redirection } = on.server.settings
    const toGroups = redirection.value.rules.filter(({ groupId }) => groupId !== null)
    on.server.settings = { ...on.server.settings, redirection: { ...redirection, value: { rules: toGroups } } }
    await on.signedIn('/console/groupes')
    await alarm.waitFor()
    await expectAccessible(on.page)
    await expectReflow(on.page)
    await alarm.getByRole('link', { name: 'Voir les règles' }).click()
    const named = on.page.getByRole('region', { name: 'Natures qui ne mènent à personne' })
    const accounts = named.getByRole('listitem').filter({ hasText: 'Compte et accès' })
    await accounts.getByText('aucune règle').waitFor()
    await expectAccessible(on.page)
    // What the desk keeps on purpose leads somewhere.
    const n = toGroups.length + 1
    await on.page.getByRole('button', { name: 'Ajouter une règle' }).click()
    await choose(on.page.getByRole('combobox', { name: `Nature, règle ${n}` }), 'Compte et accès', /^Compte et accès$/)
    await choose(on.page.getByRole('combobox', { name: `Groupe, règle ${n}` }), 'guichet', 'Le guichet')
    await accounts.waitFor({ state: 'detached' })
    await alarm.getByRole('button', { name: 'Vu' }).click()
    await alarm.waitFor({ state: 'detached' })
    await on.page.reload()
    await named.waitFor()
    expect(await alarm.count()).toBe(0)
    as('alice', 'Alice Martin', 'operator')
    await on.page.evaluate(() => localStorage.clear())
    await on.page.goto(new URL('/console/groupes', on.page.url()).href)
    await on.page.getByText('Choisissez un groupe').waitFor()
    expect(await alarm.count()).toBe(0)
  })

  test('are made and changed by a supervisor, absences noted with who stands in', async () => {
    as('sophie', 'Sophie Garnier', 'supervisor')
    await on.signedIn('/console/groupes')
    await on.page.getByRole('button', { name: 'Nouveau groupe' }).click()
    await on.page.getByLabel('Nom', { exact: true }).fill('dTICE')
    await on.page.getByLabel('Adresse de la liste de diffusion').fill('pas une adresse')
    await on.page.getByText('n’est pas une adresse électronique').waitFor()
    await on.page.getByLabel('Adresse de la liste de diffusion').fill('')
    await choose(on.page.getByRole('combobox', { name: 'Ajouter une personne' }), 'kar', 'Karim Haddad')
    await on.page.getByRole('group', { name: 'Membres' }).getByRole('button', { name: 'Retirer Karim Haddad' }).waitFor()
    await expectAccessible(on.page)
    await on.page.keyboard.press('Control+Enter')
    await on.page.getByRole('heading', { name: /dTICE/ }).waitFor()
    expect(on.server.groups.all.at(-1)).toMatchObject({ name: 'dTICE', mail: null, members: [{ id: 'karim', part: 'member' }] })
    await on.page.getByRole('button', { name: 'Noter une absence de Karim Haddad' }).click()
    await choose(on.page.getByRole('combobox', { name: 'Remplacement par' }), 'nadia', 'Nadia Roussel')
    await on.page.getByRole('button', { name: 'Noter l’absence' }).click()
    await on.page.getByText(/absence du .* remplacement par Nadia Roussel/).waitFor()
  })

  test('take the first person found at Enter, and are not sent by it while nobody is', async () => {
    as('sophie', 'Sophie Garnier', 'supervisor')
    await on.signedIn('/console/groupes')
    await on.page.getByRole('button', { name: 'Nouveau groupe' }).click()
    await on.page.getByLabel('Nom', { exact: true }).fill('dTICE')
    const field = on.page.getByRole('combobox', { name: 'Ajouter une personne' })
    await field.fill('personne de ce nom')
    await on.page.getByText('Personne de ce nom', { exact: true }).waitFor()
    await field.press('Enter')
    await field.fill('')
    await field.pressSequentially('kar')
    await on.page.getByRole('option', { name: 'Karim Haddad' }).waitFor()
    await field.press('Enter')
    await on.page.getByRole('group', { name: 'Membres' }).getByText('Karim Haddad', { exact: true }).waitFor()
    await on.page.keyboard.press('Control+Enter')
    await on.page.getByRole('heading', { name: /dTICE/ }).waitFor()
    expect(on.server.asked.filter((asked) => asked.includes('/api/groups'))).toEqual(['POST /api/groups'])
    expect(on.server.groups.all.at(-1)).toMatchObject({ name: 'dTICE', members: [{ id: 'karim' }] })
  })

  test('of a référent show them the members alone to change', async () => {
    as('lucie', 'Lucie Ferrand', 'referent')
    await on.signedIn('/console/groupes/sciences')
    await on.page.getByRole('button', { name: 'Modifier' }).click()
    await on.page.getByRole('group', { name: 'Membres' }).getByText('Lucie Ferrand').waitFor()
    expect(await on.page.getByLabel('Nom', { exact: true }).count()).toBe(0)
  })

  test('show a référent what came back from their lists, and take the answer to « toujours exacte ? »', async () => {
    as('lucie', 'Lucie Ferrand', 'referent')
    await on.signedIn('/console/groupes')
    await on.page.getByRole('region', { name: 'À replacer' }).getByText('« Pas notre bâtiment. »').waitFor()
    const lists = on.page.getByRole('region', { name: 'Listes à tenir' })
    await lists.getByText('« Nadia part en mars. »').waitFor()
    await lists.getByRole('button', { name: 'dSRT : à corriger' }).click()
    await on.page.getByRole('textbox', { name: 'Qu’est-ce qui a changé ?' }).fill('Karim arrive.')
    await expectAccessible(on.page)
    await on.page.getByRole('button', { name: 'Envoyer' }).click()
    await on.page.getByText('Réponse notée').waitFor()
    await on.page.getByRole('button', { name: 'Replacer le ticket n° 10388' }).click()
    await on.page.getByRole('combobox', { name: 'Vers quel groupe ?' }).waitFor()
    await expectAccessible(on.page)
    await expectReflow(on.page)
  })

  test('let a référent say what lies below the entity delegated to their list: names, who belongs there, whom it is delegated to', async () => {
    as('lucie', 'Lucie Ferrand', 'referent')
    on.server.settings = withEntities(on.server.settings)
    await on.signedIn('/console/groupes')
    await on.page.getByRole('navigation', { name: 'Votre part de l’établissement' }).getByRole('link').click()
    await on.page.getByRole('heading', { name: 'Entités : Faculté des sciences' }).waitFor()
    expect(await on.page.getByLabel('Nom de « Santé »').count()).toBe(0)
    await on.page.getByLabel('Nom de « Physique »').fill('Physique et astronomie')
    await on.page.getByRole('button', { name: 'Ajouter une entité', exact: true }).click()
    await on.page.getByText('Un nom ou une valeur manque.').waitFor()
    await on.page.keyboard.type('Chimie')
    await on.page.getByRole('combobox', { name: 'Groupes à qui « Chimie » est déléguée' }).click()
    await expect.poll(() => on.page.getByRole('option').allTextContents()).toEqual(['Sciences'])
    await on.page.getByRole('option', { name: 'Sciences' }).click()
    await on.page.keyboard.press('Escape')
    await on.page.getByRole('button', { name: 'Ajouter une règle' }).click()
    await on.page.getByRole('combobox', { name: 'Valeur, règle 1' }).fill('Labo de physique')
    await on.page.keyboard.press('Escape')
    await on.page.getByRole('listbox', { name: 'Valeur, règle 1' }).waitFor({ state: 'hidden' })
    await expectAccessible(on.page)
    await expectReflow(on.page)
    await on.page.getByRole('button', { name: /Enregistrer/ }).click()
    await on.page.getByText('Réglages enregistrés').or(on.page.getByText('Enregistré')).first().waitFor()
    const { entities, rules } = on.server.settings.entities.value
    expect(entities.filter(({ parentId }) => parentId === 'sciences')).toMatchObject([
      { id: 'physique', name: 'Physique et astronomie' },
      { name: 'Chimie', groups: ['sciences'] },
    ])
    expect(rules.at(-1)).toMatchObject({ attribute: 'unit', value: 'Labo de physique', entityId: 'physique', within: 'sciences' })
  })
})
