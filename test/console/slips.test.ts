import { describe, expect, test } from 'vitest'
import { folded } from '../../console/ui/folded.ts'
import { isNearly } from '../../console/ui/slips.ts'

const near = (typed: string, text: string) => isNearly(folded(typed), folded(text))

describe('what is typed means a text', () => {
  test.each([
    ['horaire', 'Horaires d’ouverture', 'its beginning'],
    ['anonces', 'Annonces', 'a letter left out'],
    ['horrairs', 'Horaires', 'two slips in a long word'],
    ['fermeturs', 'Fermeture exceptionnelle', 'a letter too many'],
    ['paues', 'Motifs de pause', 'two letters in each other’s place'],
    ['redirrection', 'Redirection', 'a doubled letter'],
    ['anuai', 'Annuaire', 'a slip in what is begun'],
    ["d'ouverture", 'Horaires d’ouverture', 'the apostrophe of a keyboard'],
    ['CŒUR', 'Au coeur', 'joined letters and capitals'],
    ['ferie', 'Jours fériés', 'no accents'],
    ['holydays', 'Public holidays', 'English'],
  ])('« %s » for « %s »: %s', (typed, text) => {
    expect(near(typed, text)).toBe(true)
  })

  test.each([
    ['mur', 'Mars', 'a short word with a slip is another word'],
    ['pause', 'Phrases', 'three slips'],
    ['glpi', 'Gants de ville', 'another word'],
    ['tarifs', 'Horaires', 'letters that are its end alone'],
  ])('« %s » not for « %s »: %s', (typed, text) => {
    expect(near(typed, text)).toBe(false)
  })
})
