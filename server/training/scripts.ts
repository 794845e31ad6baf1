import type { Scene, Script, ScriptName } from './model.ts'

const usualPatienceS = 300
const scene = (one: Omit<Scene, 'begins' | 'pauseS' | 'patienceS'> & Partial<Scene>): Scene => ({
  begins: 'after',
  pauseS: 8,
  patienceS: usualPatienceS,
  ...one,
})

const password = scene({
  id: 'mot-de-passe',
  title: 'Mot de passe oublié',
  caller: { login: 'lea.fontaine' },
  says: 'Bonjour, c’est Léa Fontaine, en première année. J’ai oublié mon mot de passe et je ne peux plus ouvrir mon compte. J’ai un devoir à rendre ce soir.',
  pauseS: 4,
  expected: { kind: 'solved', categories: ['compte'] },
  lesson:
    'Un mot de passe se renouvelle pendant l’appel, après avoir vérifié qui appelle : le ticket se ferme avec sa solution, et personne ne le reprend derrière vous.',
})
const socket = scene({
  id: 'prise',
  title: 'Prise réseau sans signal',
  caller: { login: 'helene.roux' },
  says: 'Bonjour, Hélène Roux, à la direction financière. Depuis ce matin la prise de mon bureau ne donne plus de réseau, le voyant est éteint. J’ai essayé un autre câble, c’est pareil. Le numéro sur la prise, c’est A vingt-deux tiret quatre.',
  expected: { kind: 'handed', categories: ['reseau'], groups: ['dsrt'] },
  lesson:
    'Ce qui demande une intervention part au groupe qui la fera, avec ce que son protocole demande : ici le numéro de la prise, le bâtiment et le bureau.',
})
const scholarship = scene({
  id: 'bourse',
  title: 'Une question qui n’est pas du numérique',
  caller: { number: '0639984410' },
  says: 'Bonjour, je voudrais savoir quand sera versée ma bourse du mois de novembre. On m’a donné votre numéro.',
  expected: { kind: 'refused' },
  lesson:
    'Ce qui n’est pas du guichet se refuse avec son motif et une orientation : la personne repart avec un nom et un numéro, et le refus se compte.',
})
const news = scene({
  id: 'nouvelles',
  title: 'Des nouvelles d’un ticket ouvert',
  caller: { login: 'ahmed.benali' },
  says: 'Bonjour, Ahmed Benali, de la scolarité. J’ai déjà un ticket pour le dossier Inscriptions. Je peux vous donner la liste que vous m’aviez demandée : il s’agit des dossiers licence et master.',
  expected: { kind: 'attached' },
  lesson:
    'Qui rappelle pour la même chose ne fait pas un second ticket : l’appel se rattache à celui qui est ouvert, avec ce que la personne vient d’apporter.',
})
const printer = scene({
  id: 'imprimante',
  title: 'Bourrage à l’imprimante, pendant un autre appel',
  caller: { login: 'fatou.diallo' },
  says: 'Bonjour, Fatou Diallo, à l’IUT. L’imprimante du secrétariat fait un bourrage à chaque page, nous avons regardé dans tous les bacs. Il nous faut quelqu’un sur place.',
  begins: 'with',
  pauseS: 12,
  expected: { kind: 'handed', categories: ['impression'], groups: ['dprox'] },
  lesson: 'Quand quelqu’un attend, on conclut sans bâcler : un titre et une catégorie pendant l’appel, le reste dans l’après-appel.',
})
const impatient = scene({
  id: 'impatient',
  title: 'Quelqu’un qui raccroche avant d’être répondu',
  caller: { login: 'thomas.girard' },
  says: 'Bonjour, Thomas Girard, en informatique. Ah, merci de me rappeler. L’agenda partagé de l’équipe ne s’affiche plus depuis hier. Après avoir vidé le cache comme vous dites, il revient, c’est parfait.',
  begins: 'with',
  pauseS: 6,
  patienceS: 25,
  expected: { kind: 'solved', categories: ['messagerie'] },
  lesson: 'Un appel abandonné est un rappel dû : il attend dans « À rappeler », et se règle quand la personne a été jointe.',
})
const course = scene({
  id: 'moodle',
  title: 'Un espace de cours à ouvrir',
  caller: { login: 'sara.el-amrani' },
  says: 'Bonjour, Sara El Amrani, au département des langues. Mes étudiants du groupe trois ne voient pas mon cours sur Moodle, il faudrait les y inscrire tous. C’est l’espace LAN, L1, zéro deux.',
  expected: { kind: 'handed', categories: ['tice'], groups: ['dtice'] },
  lesson: 'Une demande bien transmise dit le nom de l’espace et du groupe : l’équipe ne rappelle pas pour les demander.',
})
const outage = (id: string, login: string, says: string, more: Partial<Scene> = {}): Scene =>
  scene({
    id,
    title: 'La messagerie ne répond plus',
    caller: { login },
    says,
    expected: { kind: 'joined' },
    lesson:
      'Le même mal pour tous : un geste (D) rattache la personne à la perturbation, elle sera prévenue de la fin, et la ligne se libère.',
    ...more,
  })

/** The days that can be played, the shortest first. */
export const scripts: Readonly<Record<ScriptName, Script>> = {
  'premiers-appels': { id: 'premiers-appels', minutes: 10, disruption: null, scenes: [password, socket, scholarship] },
  journee: {
    id: 'journee',
    minutes: 35,
    disruption: {
      title: 'Messagerie indisponible',
      place: 'Tous les sites',
      touched: 'Toutes les personnes qui lisent leur messagerie',
      workaround: 'Aucun pour l’instant ; rien n’est perdu, les messages arriveront ensuite.',
      categoryId: 'messagerie',
      resolution: 'Le serveur de messagerie répond de nouveau.',
    },
    scenes: [
      password,
      news,
      socket,
      printer,
      scholarship,
      impatient,
      outage(
        'panne-1',
        'claire.dubois',
        'Bonjour, Claire Dubois, en biologie. Je n’arrive plus à ouvrir ma messagerie, la page ne répond pas.',
        {
          announces: true,
          pauseS: 5,
        },
      ),
      outage(
        'panne-2',
        'marie.lacombe',
        'Bonjour, Marie Lacombe, à la présidence. Plus personne ne reçoit de courriels ici, c’est pareil chez vous ?',
        { begins: 'with', pauseS: 8 },
      ),
      outage(
        'panne-3',
        'emilie.faure',
        'Bonjour, Émilie Faure, à la bibliothèque. La messagerie est en panne, est-ce que vous le savez ?',
        {
          begins: 'with',
          pauseS: 10,
        },
      ),
      course,
    ],
  },
}

export const scriptOf = (id: ScriptName): Script => scripts[id]
