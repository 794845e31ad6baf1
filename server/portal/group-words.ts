import type { Language } from './words.ts'

const fr = {
  title: (n: number) => `Demande n° ${n}`,
  for: (group: string) => `Pour ${group}`,
  from: 'Usager',
  unknown: 'Usager inconnu',
  lastWord: 'Message du guichet',
  as: (name: string) => `Vous répondez en votre nom : ${name}.`,
  signIn: 'Se connecter pour répondre',
  signInSays: 'Ce courriel est allé à toute la liste : connectez-vous pour que le ticket dise qui répond.',
  notTreating: 'Votre compte ne traite pas de tickets. Répondez au courriel, ou appelez le guichet.',
  take: { title: 'Je prends', says: 'Le ticket passe à votre nom, et l’usager sait qui s’en occupe.', send: 'Je prends ce ticket' },
  giveBack: {
    title: 'Pas pour nous',
    says: 'Le ticket revient au guichet, avec votre raison.',
    why: 'Pourquoi n’est-ce pas pour votre groupe ?',
    to: 'À qui, selon vous ? (facultatif)',
    nobody: 'Je ne sais pas',
    send: 'Rendre au guichet',
  },
  ask: {
    title: 'Il manque…',
    says: 'Le délai s’arrête jusqu’à la réponse.',
    what: 'Que vous manque-t-il ?',
    of: 'Demander',
    user: 'à l’usager, par courriel ; le ticket attend sa réponse à votre nom',
    desk: 'au guichet, qui complète puis vous renvoie le ticket',
    send: 'Envoyer la question',
    noAddress: 'L’usager n’a pas d’adresse : la question va au guichet.',
  },
  done: {
    take: 'C’est noté : ce ticket est à votre nom.',
    giveBack: 'C’est noté : le ticket revient au guichet.',
    ask: 'C’est noté : votre question est partie.',
  },
  over: {
    taken: (name: string) => `${name} suit déjà ce ticket.`,
    waiting: 'Ce ticket attend une réponse ; rien n’est demandé à votre groupe.',
    elsewhere: 'Ce ticket n’est plus avec votre groupe.',
    closed: 'Ce ticket est clos.',
  },
  changed: 'Le ticket a changé entre-temps : voici où il en est.',
  needed: 'Écrivez quelques mots : c’est ce que les autres liront.',
  open: 'Ouvrir le ticket dans la console',
}
type GroupWords = typeof fr

const en: GroupWords = {
  title: (n) => `Request no. ${n}`,
  for: (group) => `For ${group}`,
  from: 'Requester',
  unknown: 'Unknown requester',
  lastWord: 'Message from the desk',
  as: (name) => `You answer in your own name: ${name}.`,
  signIn: 'Sign in to answer',
  signInSays: 'This mail went to the whole list: sign in, so that the ticket says who answers.',
  notTreating: 'Your account does not deal with tickets. Answer the mail, or call the desk.',
  take: { title: 'I take it', says: 'The ticket is in your name, and the requester knows who deals with it.', send: 'I take this ticket' },
  giveBack: {
    title: 'Not for us',
    says: 'The ticket goes back to the desk, with your reason.',
    why: 'Why is it not for your group?',
    to: 'For whom, do you think? (optional)',
    nobody: 'I do not know',
    send: 'Give it back to the desk',
  },
  ask: {
    title: 'Something is missing',
    says: 'The delay stands still until the answer.',
    what: 'What do you lack?',
    of: 'Ask',
    user: 'the requester, by mail; the ticket waits for the answer in your name',
    desk: 'the desk, which completes it and sends it to you again',
    send: 'Send the question',
    noAddress: 'The requester has no address: the question goes to the desk.',
  },
  done: {
    take: 'Noted: this ticket is in your name.',
    giveBack: 'Noted: the ticket goes back to the desk.',
    ask: 'Noted: your question has gone out.',
  },
  over: {
    taken: (name) => `${name} deals with this ticket already.`,
    waiting: 'This ticket waits for an answer; nothing is asked of your group.',
    elsewhere: 'This ticket is no longer with your group.',
    closed: 'This ticket is closed.',
  },
  changed: 'The ticket has changed meanwhile: this is where it stands.',
  needed: 'Write a few words: they are what the others will read.',
  open: 'Open the ticket in the console',
}

export const groupWords: Readonly<Record<Language, GroupWords>> = { fr, en }
