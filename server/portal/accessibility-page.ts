import type { AccessibilityStatement } from '../contract/portal.ts'
import { html } from './html.ts'
import { page, type Look } from './layout.ts'

type Section = { readonly heading: string; readonly says: readonly string[] }
type Declared = {
  readonly title: string
  readonly lead: (desk: string) => string
  readonly state: string
  readonly states: Readonly<Record<AccessibilityStatement['state'], string>>
  readonly notAudited: string
  readonly audit: string
  readonly sections: readonly Section[]
  readonly contact: string
  readonly contactSays: string
  readonly contactDesk: string
  readonly remedies: string
  readonly remediesSays: string
  readonly defender: string
}

/** What the product itself can say: what was tried, and what is known to lack. A site adds its state, its audit and whom to write to. */
const fr: Declared = {
  title: 'Déclaration d’accessibilité',
  lead: (desk) =>
    `${desk} s’engage à rendre son service accessible, conformément à l’article 47 de la loi n° 2005-102 du 11 février 2005. Cette déclaration porte sur les pages publiques et sur l’espace des opérateurs.`,
  state: 'État de conformité',
  states: {
    none: 'Ce service n’est pas conforme au référentiel général d’amélioration de l’accessibilité (RGAA 4.1) : aucun audit de conformité n’en a encore été fait.',
    partial: 'Ce service est partiellement conforme au référentiel général d’amélioration de l’accessibilité (RGAA 4.1).',
    full: 'Ce service est totalement conforme au référentiel général d’amélioration de l’accessibilité (RGAA 4.1).',
  },
  notAudited: 'Résultats des tests : aucun audit par une personne n’a été fait. Ce qui suit a été vérifié par des moyens automatiques.',
  audit: 'Résultats des tests',
  sections: [
    {
      heading: 'Ce qui est vérifié à chaque version',
      says: [
        'Les écrans sont passés aux règles WCAG 2.2, niveaux A et AA, par l’outil axe, en clair et en sombre, dans Chromium.',
        'Rien ne dépasse de l’écran à 320 pixels de large, c’est-à-dire à 400 % de zoom.',
        'Chaque geste se fait au clavier\u202f; les touches seules se déplacent, se retirent, et n’agissent jamais dans un champ.',
        'Les couleurs du système (thèmes de contraste) et un contraste renforcé sont servis à qui les demande\u202f; pendant un appel, un lecteur d’écran n’entend parler que de cette conversation.',
        'Les pages publiques marchent sans script\u202f; les animations s’effacent pour qui demande moins de mouvement.',
      ],
    },
    {
      heading: 'Technologies',
      says: ['Les pages sont faites de HTML5, CSS, SVG et JavaScript, avec WAI-ARIA là où HTML ne dit pas tout.'],
    },
    {
      heading: 'Contenus non accessibles, connus',
      says: [
        'Les pièces jointes et les images des articles sont fournies par leurs auteurs : leurs alternatives dépendent d’eux.',
        'Les messages vocaux et les conversations enregistrées n’ont pas de transcription.',
        'Les parcours n’ont pas encore été essayés par des personnes avec un lecteur d’écran.',
        'Les courbes des indicateurs sont doublées d’un tableau\u202f; leur lecture au lecteur d’écran n’a pas été essayée.',
      ],
    },
  ],
  contact: 'Signaler une difficulté',
  contactSays: 'Si un contenu ou un service vous résiste, dites-le : on vous l’enverra sous une autre forme, ou on vous aidera.',
  contactDesk: 'Écrire au guichet',
  remedies: 'Voies de recours',
  remediesSays: 'Si votre signalement reste sans réponse satisfaisante, vous pouvez saisir le Défenseur des droits : ',
  defender: 'formulaire du Défenseur des droits',
}

const en: Declared = {
  title: 'Accessibility statement',
  lead: (desk) =>
    `${desk} undertakes to make its service accessible, under article 47 of the French law no. 2005-102 of 11 February 2005. This statement covers the public pages and the operators’ side.`,
  state: 'Compliance status',
  states: {
    none: 'This service does not comply with the French accessibility reference (RGAA 4.1): no audit of it has been made yet.',
    partial: 'This service complies in part with the French accessibility reference (RGAA 4.1).',
    full: 'This service complies fully with the French accessibility reference (RGAA 4.1).',
  },
  notAudited: 'Test results: nobody has audited it yet. What follows has been checked by automatic means.',
  audit: 'Test results',
  sections: [
    {
      heading: 'What is checked with each version',
      says: [
        'The screens are checked against WCAG 2.2, levels A and AA, by axe, in light and dark, in Chromium.',
        'Nothing sticks out of a screen 320 pixels wide, which is a zoom of 400%.',
        'Every gesture can be made by keyboard; single keys can be moved or removed, and never act inside a field.',
        'The system’s own colours (contrast themes) and stronger contrast are given to whoever asks for them; during a call, a screen reader is told of that conversation alone.',
        'The public pages work without script; animations go for whoever asks for less motion.',
      ],
    },
    {
      heading: 'Technologies',
      says: ['The pages are made of HTML5, CSS, SVG and JavaScript, with WAI-ARIA where HTML does not say all.'],
    },
    {
      heading: 'Content known not to be accessible',
      says: [
        'Attachments, and pictures in articles, come from their authors: their alternatives are up to them.',
        'Voice messages and recorded conversations have no transcript.',
        'People with a screen reader have not tried the main tasks yet.',
        'Charts of figures are doubled by a table; how a screen reader reads them has not been tried.',
      ],
    },
  ],
  contact: 'Report a difficulty',
  contactSays: 'If some content or service resists you, say so: it will be sent to you in another form, or you will be helped.',
  contactDesk: 'Write to the desk',
  remedies: 'Remedies',
  remediesSays: 'If your report is left without a satisfactory answer, you may turn to the French Defender of Rights: ',
  defender: 'form of the Defender of Rights',
}
const declared = { fr, en } as const

/** The declaration of accessibility: the site's own state and contact, and what is known of the product. */
export function accessibilityPage(look: Look, { state, audit, contact }: AccessibilityStatement): string {
  const t = declared[look.language]
  const address = contact === null ? null : contact.includes('@') && !contact.includes('/') ? `mailto:${contact}` : contact
  const body = html`<h1>${t.title}</h1>
<p class="lead">${t.lead(look.desk)}</p>
<section class="card article"><h2>${t.state}</h2><p>${t.states[state]}</p>
${audit === null ? html`<p>${t.notAudited}</p>` : html`<h3>${t.audit}</h3><p>${audit}</p>`}
${t.sections.map(({ heading, says }) => html`<h2>${heading}</h2><ul>${says.map((one) => html`<li>${one}</li>`)}</ul>`)}</section>
<section class="card article"><h2>${t.contact}</h2><p>${t.contactSays}</p>
<p>${address === null ? html`<a href="/demande">${t.contactDesk}</a>` : html`<a href="${address}">${contact ?? ''}</a>`}</p>
<h2>${t.remedies}</h2><p>${t.remediesSays}<a href="https://formulaire.defenseurdesdroits.fr/">${t.defender}</a>.</p></section>`
  return page(look, { title: t.title, body, here: '/accessibilite' })
}
