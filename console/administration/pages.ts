import { lazy } from 'react'

/**
 * The pages of « Réglages », in their order, those of a group together: a row here is all that a new one needs, beside its title in
 * `settings.pages`; a new group is named in `settings.groups`.
 */
export const pages = [
  { group: 'desk', path: 'horaires', title: 'hours', Content: lazy(() => import('./hours-page.tsx')) },
  { group: 'desk', path: 'permanence', title: 'desk', Content: lazy(() => import('./desk-settings-page.tsx')) },
  { group: 'desk', path: 'operateurs', title: 'operators', Content: lazy(() => import('./operators-page.tsx')) },
  { group: 'desk', path: 'lignes', title: 'lines', Content: lazy(() => import('./lines-page.tsx')) },
  { group: 'desk', path: 'sorties', title: 'outgoing', Content: lazy(() => import('./outgoing-page.tsx')) },
  { group: 'desk', path: 'suivi', title: 'followUp', Content: lazy(() => import('./follow-up-page.tsx')) },
  { group: 'voice', path: 'annonces', title: 'announcements', Content: lazy(() => import('./announcements-page.tsx')) },
  { group: 'voice', path: 'attente', title: 'waiting', Content: lazy(() => import('./waiting-page.tsx')) },
  { group: 'tickets', path: 'tickets', title: 'tickets', Content: lazy(() => import('./tickets-page.tsx')) },
  { group: 'tickets', path: 'categories', title: 'categories', Content: lazy(() => import('./categories-page.tsx')) },
  { group: 'tickets', path: 'redirection', title: 'redirection', Content: lazy(() => import('./redirection-page.tsx')) },
  { group: 'tickets', path: 'delais', title: 'clocks', Content: lazy(() => import('./clocks-page.tsx')) },
  { group: 'tickets', path: 'modeles', title: 'phrases', Content: lazy(() => import('./phrases-page.tsx')) },
  { group: 'tickets', path: 'dialogue', title: 'script', Content: lazy(() => import('./script-page.tsx')) },
  { group: 'tickets', path: 'connaissances', title: 'knowledge', Content: lazy(() => import('./knowledge-page.tsx')) },
  { group: 'users', path: 'portail', title: 'portal', Content: lazy(() => import('./portal-page.tsx')) },
  { group: 'users', path: 'courriels', title: 'mails', Content: lazy(() => import('./mail-templates-page.tsx')) },
  { group: 'screens', path: 'murs', title: 'walls', route: 'GET /api/walls', Content: lazy(() => import('./walls-page.tsx')) },
  {
    group: 'screens',
    path: 'envois',
    title: 'indicatorMails',
    route: 'GET /api/indicators/mails',
    Content: lazy(() => import('./indicator-mails-page.tsx')),
  },
  {
    group: 'people',
    path: 'comptes',
    title: 'accounts',
    route: 'GET /api/accounts/all',
    Content: lazy(() => import('./accounts-page.tsx')),
  },
  {
    group: 'people',
    path: 'connexion',
    title: 'signIn',
    route: 'GET /api/accounts/all',
    Content: lazy(() => import('./sign-in-page.tsx')),
  },
  {
    group: 'people',
    path: 'annuaire',
    title: 'directory',
    route: 'GET /api/directory',
    Content: lazy(() => import('./directory-page.tsx')),
  },
  { group: 'people', path: 'entites', title: 'entities', route: 'GET /api/entities', Content: lazy(() => import('./entities-page.tsx')) },
  { group: 'people', path: 'donnees', title: 'privacy', Content: lazy(() => import('./privacy-page.tsx')) },
  { group: 'system', path: 'configuration', title: 'configuration', Content: lazy(() => import('./configuration-page.tsx')) },
  { group: 'system', path: 'cles', title: 'keys', route: 'GET /api/keys', Content: lazy(() => import('./keys-page.tsx')) },
  { group: 'system', path: 'webhooks', title: 'webhooks', route: 'GET /api/webhooks', Content: lazy(() => import('./webhooks-page.tsx')) },
  {
    group: 'system',
    path: 'agenda',
    title: 'sharedCalendar',
    route: 'PUT /api/shared-calendar/password',
    Content: lazy(() => import('./shared-calendar-page.tsx')),
  },
  {
    group: 'system',
    path: 'supervision',
    title: 'monitors',
    route: 'GET /api/monitors',
    Content: lazy(() => import('./monitors-page.tsx')),
  },
  { group: 'system', path: 'continuite', title: 'continuity', Content: lazy(() => import('./continuity-page.tsx')) },
] as const
