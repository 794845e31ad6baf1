const fr = {
  begin: 'Envoyer et discuter maintenant',
  beginSays: 'Le guichet est ouvert : restez sur cette page, la réponse s’y affiche.',
  open: 'Un opérateur va vous répondre ici.',
  answered: (who: string) => `${who} vous a répondu.`,
  openSays: 'Restez sur cette page.',
  leaving: {
    mail: 'Si vous partez, la réponse vous arrive par courriel.',
    confirm:
      'Si vous partez, vous retrouvez la réponse ici avec le numéro et le code ; pour la recevoir aussi par courriel, confirmez votre demande par le lien reçu.',
    code: 'Si vous partez, vous retrouvez la réponse ici avec le numéro et le code.',
  },
  ask: 'Envoyer et discuter maintenant',
  write: 'Répondre',
  writeHint: 'Votre message, une photo',
  send: 'Envoyer',
  home: 'Le guichet est ouvert : depuis le formulaire, vous pouvez aussi discuter par écrit, tout de suite.',
}
type Words = typeof fr
const en: Words = {
  begin: 'Send and chat now',
  beginSays: 'The desk is open: stay on this page, the answer shows here.',
  open: 'An operator will answer you here.',
  answered: (who) => `${who} has answered you.`,
  openSays: 'Stay on this page.',
  leaving: {
    mail: 'If you leave, the answer reaches you by mail.',
    confirm:
      'If you leave, you find the answer here with the number and the code; to have it by mail too, confirm your request by the link you were sent.',
    code: 'If you leave, you find the answer here with the number and the code.',
  },
  ask: 'Send and chat now',
  write: 'Answer',
  writeHint: 'Your message, a photo',
  send: 'Send',
  home: 'The desk is open: from the form you can also chat in writing, right away.',
}
export const talkWords: Readonly<Record<'fr' | 'en', Words>> = { fr, en }
