import type { notYoursFr } from './not-yours-fr.ts'

export const notYoursEn: typeof notYoursFr = {
  heading: '“{{name}}” is not a page of your role',
  text: 'It is made for {{whose}}.',
  for: {
    operator: 'the desk',
    supervisor: 'supervision',
    administrator: 'administration',
    level2: 'level 2',
    referent: 'local contacts',
    user: 'users',
  },
  own: {
    operator: 'Your account works at the desk; administration can give it another role.',
    supervisor: 'Your account supervises; administration can give it another role.',
    administrator: 'Your account administers, and does not keep it itself.',
    level2: 'Your account is at level 2; administration can give it another role.',
    referent: 'Your account is a local contact’s; administration can give it another role.',
    user: 'Your account is a user’s.',
  },
  back: 'Back to the page before',
  toDesk: 'Go to the desk',
  toTickets: 'Go to the tickets',
}
