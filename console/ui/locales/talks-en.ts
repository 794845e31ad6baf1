import type { talksFr } from './talks-fr.ts'

/** Written conversations with requesters, in English. */
export const talksEn: typeof talksFr = {
  says_one: 'Somebody waits for a written answer:',
  says_other: '{{count}} people wait for a written answer:',
  announce: 'Waits for a written answer: {{who}}',
  notice: 'A written answer is awaited',
  left: 'has left the page',
  others_one: 'and one other',
  others_other: 'and {{count}} others',
  here: 'The requester has this request before them: a public message shows there at once.',
  waits: 'The requester waits for your answer on their page: a public message shows there at once.',
  types: 'The requester is typing…',
  gone: 'The requester has left their page: your answer will go by mail.',
}
