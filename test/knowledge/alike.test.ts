import { expect, it } from 'vitest'
import { alike, nearly } from '../../server/knowledge/alike.ts'

const wifi = { id: 'wifi', title: 'Wi-Fi coupé', place: 'Bât. 4R3', touched: '' }
const mail = { id: 'mail', title: 'Messagerie lente', place: '', touched: '' }
const told = (title: string, place = '', summary = '') => alike({ title, summary, place }, [wifi, mail]).map(({ id }) => id)

it.each([
  ['Plus de wifi en 118', '', ['wifi']],
  ['Pas de Wi-Fi', 'Bâtiment 4R3, salle 118', ['wifi']],
  ['Pas de Wi-Fi', 'Bât. U2', []],
  ['Wi-Fi coupé au 4r3', 'Bât. 4R3', ['wifi']],
  ['La mesagerie est très lente', '', ['mail']],
  ['Mon écran est noir', 'Bât. 4R3', []],
  ['Bonjour, problème urgent', '', []],
  ['', '', []],
])('« %s » (%s) looks like %j', (title, place, found) => {
  expect(told(title, place)).toEqual(found)
})

it.each([
  ['messagerie', 'mesagerie', true],
  ['messagerie', 'messagreie', true],
  ['wifi', 'wifo', false],
  ['imprimante', 'imprimer', false],
])('%s and %s: %s', (a, b, same) => expect(nearly(a, b)).toBe(same))
