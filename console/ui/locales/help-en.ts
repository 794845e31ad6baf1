import type { helpFr } from './help-fr.ts'

export const helpEn: typeof helpFr = {
  guide: { operateur: 'The operator’s guide (in French)', 'niveau-2': 'Level 2’s guide (in French)' },
  whose: 'For whom',
  guides: { operateur: 'At the desk', 'niveau-2': 'At level 2' },
  openGuide: 'The guide',
  print: 'Print',
  contents: 'In this guide',
  tour: 'First visit',
  again: 'See the tour again',
  step: '{{n}} of {{of}}',
  before: 'Back',
  after: 'Go on',
  skip: 'Skip',
  finish: 'Done',
  readGuide: 'Read the guide',
  steps: {
    telephone: {
      first: {
        heading: 'Say that you are here.',
        text: 'This menu bears your state; <p/> makes you ready, and calls ring at your place. It also says why one pauses.',
      },
      second: {
        heading: 'The call comes here, known already.',
        text: 'Who calls, their tickets, and a ticket begun in their name. <a/> answers; nothing you type is lost.',
      },
      third: {
        heading: 'Then, “Next”.',
        text: '<s/> gives the next thing to do, <search/> finds everything else, <help/> shows the keys, which you can change.',
      },
    },
    tickets: {
      first: { heading: 'Your tickets.', text: 'Those of your groups, those to take up, those that wait: a list each.' },
      second: { heading: 'One field finds everything.', text: '<search/>: a person, a ticket, a number, a page.' },
      third: { heading: 'Then, “Next”.', text: '<s/> gives the next thing to do; <help/> shows the keys, which you can change.' },
    },
    treating: {
      first: { heading: 'Your tickets.', text: 'Those of your groups, those to take up, those that wait: a list each.' },
      second: { heading: 'One field finds everything.', text: '<search/>: a person, a ticket, a number, a page.' },
      third: {
        heading: 'Everything by keyboard.',
        text: '<help/> shows the page’s keys; your account, here, lets you change them and keeps the guide.',
      },
    },
  },
}
