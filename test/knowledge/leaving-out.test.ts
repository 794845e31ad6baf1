import { expect, it } from 'vitest'
import { candidateNames, leaveOut } from '../../server/knowledge/leaving-out.ts'

const known = { names: ['Claire Dubois', 'Bruno Petit', "Anne D'Almeida", 'Marie-Laure Lefort-Aubry'], others: ['cdubois', '4242'] }

it.each([
  [
    'Mme Dubois (claire.dubois@univ.example, 05 61 55 12 34) ne peut plus imprimer.',
    'Mme [nom] ([adresse], [numéro]) ne peut plus imprimer.',
  ],
  ['Claire DUBOIS a rappelé ; rappeler Dubois au +33 6 12 34 56 78.', '[nom] a rappelé ; rappeler [nom] au [numéro].'],
  ['Bruno a remplacé le petit câble. Petit repasse demain.', '[nom] a remplacé le petit câble. [nom] repasse demain.'],
  ['Compte cdubois bloqué, n° étudiant 21803345, poste 4242', 'Compte [numéro] bloqué, n° étudiant [numéro], poste [numéro]'],
  ['Le PC 10.12.4.7 (00:1a:2b:3c:4d:5e) ne répond pas.', 'Le PC [adresse IP] ([adresse]) ne répond pas.'],
  ['Un nœud du réseau : DUBÔIS l’a vu, le petit commutateur aussi.', 'Un nœud du réseau : [nom] l’a vu, le petit commutateur aussi.'],
  ['Cœur de réseau : Bruno, puis Claire.', 'Cœur de réseau : [nom], puis [nom].'],
  ['Rappeler D’Almeida demain', 'Rappeler [nom] demain'],
  [
    'Lefort-Aubry a rappelé, puis Aubry seul ; dire à Marie que c’est fait.',
    '[nom] a rappelé, puis [nom] seul ; dire à [nom] que c’est fait.',
  ],
  ['Rappeler au 05/61/55/12/34 ou au 0561 55 12 34.', 'Rappeler au [numéro] ou au [numéro].'],
  ['Écrire à M. Jean-Pierre Lefèvre avant midi', 'Écrire à M. [nom] avant midi'],
  [
    'Bâtiment 4R3, salle 118 : port 993, Windows 11, erreur 0x80070035',
    'Bâtiment 4R3, salle 118 : port 993, Windows 11, erreur 0x80070035',
  ],
  ['', ''],
])('« %s » says nothing of people', (text, left) => {
  expect(leaveOut(text, known)).toBe(left)
})

it('leaves out whole names of the directory, in whatever writing', () => {
  const text = 'Vu avec Zoé Le Gall et avec LEGRAND Paul hier.'
  expect(candidateNames(text)).toEqual(expect.arrayContaining(['Zoé Le', 'Zoé Le Gall', 'LEGRAND Paul']))
  expect(leaveOut(text, { names: [], whole: ['Zoé Le Gall', 'LEGRAND Paul'] })).toBe('Vu avec [nom] et avec [nom] hier.')
})
