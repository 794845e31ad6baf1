import { describe, expect, it } from 'vitest'
import { politeRefusal, saidRefusal, writtenIn } from '../../server/contract/polite-refusal.ts'

const target = { name: 'Scolarité', number: '05 61 55 66 11', email: 'scolarite@univ.example' }

describe('what is answered to whoever is not for this desk', () => {
  it('bears the desk’s own name, and whom to turn to, in the language of who reads it', () => {
    expect(politeRefusal(null, 'Assistance DSI', 'fr')).toBe(
      'Votre demande ne relève pas du service « Assistance DSI », qui ne peut pas la traiter : nous en sommes désolés.',
    )
    expect(politeRefusal(target, 'Assistance DSI', 'fr')).toBe(
      'Votre demande ne relève pas du service « Assistance DSI ». Scolarité pourra vous répondre : 05 61 55 66 11, scolarite@univ.example.',
    )
    expect(politeRefusal(null, 'Assistance DSI', 'en')).toBe('Your request is not one that “Assistance DSI” can deal with: we are sorry.')
    expect(politeRefusal({ ...target, email: null }, 'Assistance DSI', 'en')).toBe(
      'Your request is not one that “Assistance DSI” can deal with. Scolarité will be able to help you: 05 61 55 66 11.',
    )
  })

  it('is said in either language, without a name that the greeting has said', () => {
    expect(saidRefusal(null, 'fr')).toContain('ne relève pas de notre service')
    expect(saidRefusal(target, 'fr')).toContain('Scolarité pourra vous répondre, au 05 61 55 66 11')
    expect(saidRefusal(null, 'en')).toContain('I am sorry')
    expect(saidRefusal(target, 'en')).toContain('Scolarité can help you, on 05 61 55 66 11')
  })

  it.each([
    ['Changer de parcours\nBonjour, je voudrais changer de parcours à la rentrée.', 'fr'],
    ['Change of course\nHello, I would like to change my course in September. Thank you', 'en'],
    ['L’imprimante « Please wait » ne répond plus', 'fr'],
    ['My VPN does not connect from home', 'en'],
    ['Moodle', 'fr'],
    ['', 'fr'],
  ])('« %s » is written in %s', (text, language) => expect(writtenIn(text)).toBe(language))
})
