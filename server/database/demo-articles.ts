import { articleContent } from '../contract/articles.ts'
import type { ArticleStore } from './article-store.ts'
import type { Db } from './connection.ts'
import { articles } from './schema-articles.ts'

const author = { id: 'nadia', name: 'Nadia Roussel' }

const samples = [
  {
    title: 'Se connecter au Wi-Fi eduroam',
    topicId: 'reseau',
    keywords: 'wifi, sans fil, réseau, Internet',
    state: 'public',
    body: '<p>Le réseau <strong>eduroam</strong> est le même dans toutes les universités.</p><h2>Sur un téléphone ou un ordinateur</h2><ol><li><p>Choisissez le réseau <strong>eduroam</strong>.</p></li><li><p>Identifiant : votre identifiant suivi de <code>@univ.example</code>.</p></li><li><p>Mot de passe : celui de votre compte de l’université.</p></li></ol><h2>Si la connexion est refusée</h2><ul><li><p>Oubliez le réseau, puis recommencez : un ancien mot de passe y est peut-être gardé.</p></li><li><p>Vérifiez que votre mot de passe ouvre bien votre messagerie.</p></li></ul>',
  },
  {
    title: 'Mot de passe oublié ou expiré',
    topicId: 'compte',
    keywords: 'compte, connexion, identifiant, bloqué',
    state: 'public',
    body: '<p>Vous pouvez en choisir un nouveau vous-même, à toute heure.</p><ol><li><p>Ouvrez la page « Mon compte » de l’université.</p></li><li><p>Choisissez <strong>Mot de passe oublié</strong>.</p></li><li><p>Un code vous est envoyé à votre adresse personnelle ou par SMS.</p></li></ol><p>Sans adresse personnelle ni téléphone enregistrés, appelez le guichet : nous vérifions votre identité et renouvelons le mot de passe avec vous.</p>',
  },
  {
    title: 'Bourrage papier sur une imprimante',
    topicId: 'impression',
    keywords: 'imprimante, photocopieur, papier coincé',
    state: 'public',
    body: '<p>La plupart des bourrages se règlent en une minute.</p><ol><li><p>Ouvrez le bac que l’écran indique, puis le capot de droite.</p></li><li><p>Tirez la feuille <strong>dans le sens du papier</strong>, sans la déchirer.</p></li><li><p>Refermez, et attendez que l’imprimante ait fini de s’initialiser.</p></li></ol><p>Si un morceau reste coincé, ne forcez pas : faites une demande en donnant le numéro collé sur l’imprimante.</p>',
  },
  {
    title: 'Configurer la messagerie sur un téléphone',
    topicId: 'messagerie',
    keywords: 'mail, courriel, IMAP, Android, iPhone',
    state: 'public',
    body: '<table><tbody><tr><th scope="row">Réception (IMAP)</th><td>imap.univ.example, port 993, SSL</td></tr><tr><th scope="row">Envoi (SMTP)</th><td>smtp.univ.example, port 587, STARTTLS</td></tr><tr><th scope="row">Identifiant</th><td>votre adresse complète</td></tr></tbody></table>',
  },
  {
    title: 'Imprimer depuis son ordinateur portable',
    topicId: 'impression',
    keywords: 'imprimante, pilote, file d’impression',
    state: 'public',
    body: '<p>Ajoutez la file d’impression de votre bâtiment depuis le portail d’impression, ou envoyez votre document à <a href="mailto:impression@univ.example">impression@univ.example</a> : il vous attend sur toutes les imprimantes, libéré par votre carte.</p>',
  },
  {
    title: 'Vidéoprojecteur : rien ne s’affiche',
    topicId: 'enseignement',
    keywords: 'salle, écran, HDMI, projection',
    state: 'public',
    body: '<ol><li><p>Choisissez la source <strong>HDMI</strong> sur le boîtier mural.</p></li><li><p>Sous Windows, appuyez sur <code>Windows + P</code>, puis « Dupliquer ».</p></li><li><p>Rebranchez le câble pendant que le vidéoprojecteur est allumé.</p></li></ol><p>Le cours commence ? Appelez-nous : la salle passe avant le reste.</p>',
  },
  {
    title: 'Renouveler un mot de passe par téléphone : vérifier l’identité',
    topicId: 'compte',
    keywords: 'identité, code, procédure',
    state: 'staff',
    body: '<p>Jamais sur la seule voix : envoyez un code à l’adresse que connaît l’annuaire (fiche de la personne, « Vérifier l’identité »), et faites-le lire.</p>',
  },
] as const

/** A few articles to begin with, once. */
export async function seedArticles(db: Db, store: ArticleStore): Promise<void> {
  const [some] = await db.select({ id: articles.id }).from(articles).limit(1)
  if (some !== undefined) return
  for (const sample of samples) await store.write(articleContent.parse(sample), null, author)
}
