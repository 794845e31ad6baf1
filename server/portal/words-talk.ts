const fr = {
  begin: 'Envoyer et discuter maintenant',
  beginSays: 'Le guichet est ouvert : restez sur cette page, la réponse s’y affiche. Si vous partez, elle vous arrive par courriel.',
  open: 'Un opérateur va vous répondre ici.',
  answered: (who: string) => `${who} vous a répondu.`,
  openSays: 'Restez sur cette page ; si vous partez, la réponse vous arrive par courriel.',
  ask: 'Envoyer et discuter maintenant',
  write: 'Répondre',
  writeHint: 'Votre message, une photo',
  send: 'Envoyer',
  home: 'Le guichet est ouvert : depuis le formulaire, vous pouvez aussi discuter par écrit, tout de suite.',
}
type Words = typeof fr
const en: Words = {
  begin: 'Send and chat now',
  beginSays: 'The desk is open: stay on this page, the answer shows here. If you leave, it reaches you by mail.',
  open: 'An operator will answer you here.',
  answered: (who) => `${who} has answered you.`,
  openSays: 'Stay on this page; if you leave, the answer reaches you by mail.',
  ask: 'Send and chat now',
  write: 'Answer',
  writeHint: 'Your message, a photo',
  send: 'Send',
  home: 'The desk is open: from the form you can also chat in writing, right away.',
}
export const talkWords: Readonly<Record<'fr' | 'en', Words>> = { fr, en }
