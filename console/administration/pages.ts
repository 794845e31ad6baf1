import { lazy } from 'react'

/** The pages of « Réglages », in their order: a row here is all that a new one needs, beside its title in `settings.pages`. */
export const pages = [
  { path: 'horaires', title: 'hours', Content: lazy(() => import('./hours-page.tsx')) },
  { path: 'permanence', title: 'desk', Content: lazy(() => import('./desk-settings-page.tsx')) },
  { path: 'lignes', title: 'lines', Content: lazy(() => import('./lines-page.tsx')) },
  { path: 'sorties', title: 'outgoing', Content: lazy(() => import('./outgoing-page.tsx')) },
  { path: 'annonces', title: 'announcements', Content: lazy(() => import('./announcements-page.tsx')) },
  { path: 'operateurs', title: 'operators', Content: lazy(() => import('./operators-page.tsx')) },
  { path: 'suivi', title: 'followUp', Content: lazy(() => import('./follow-up-page.tsx')) },
  { path: 'tickets', title: 'tickets', Content: lazy(() => import('./tickets-page.tsx')) },
  { path: 'delais', title: 'clocks', Content: lazy(() => import('./clocks-page.tsx')) },
  { path: 'modeles', title: 'phrases', Content: lazy(() => import('./phrases-page.tsx')) },
  { path: 'dialogue', title: 'script', Content: lazy(() => import('./script-page.tsx')) },
  { path: 'categories', title: 'categories', Content: lazy(() => import('./categories-page.tsx')) },
  { path: 'redirection', title: 'redirection', Content: lazy(() => import('./redirection-page.tsx')) },
  { path: 'portail', title: 'portal', Content: lazy(() => import('./portal-page.tsx')) },
  { path: 'continuite', title: 'continuity', Content: lazy(() => import('./continuity-page.tsx')) },
  { path: 'attente', title: 'waiting', Content: lazy(() => import('./waiting-page.tsx')) },
  { path: 'murs', title: 'walls', route: 'GET /api/walls', Content: lazy(() => import('./walls-page.tsx')) },
  { path: 'donnees', title: 'privacy', Content: lazy(() => import('./privacy-page.tsx')) },
  { path: 'comptes', title: 'accounts', route: 'GET /api/accounts/all', Content: lazy(() => import('./accounts-page.tsx')) },
  { path: 'connexion', title: 'signIn', route: 'GET /api/accounts/all', Content: lazy(() => import('./sign-in-page.tsx')) },
  { path: 'annuaire', title: 'directory', route: 'GET /api/directory', Content: lazy(() => import('./directory-page.tsx')) },
  { path: 'cles', title: 'keys', route: 'GET /api/keys', Content: lazy(() => import('./keys-page.tsx')) },
  { path: 'webhooks', title: 'webhooks', route: 'GET /api/webhooks', Content: lazy(() => import('./webhooks-page.tsx')) },
  { path: 'supervision', title: 'monitors', route: 'GET /api/monitors', Content: lazy(() => import('./monitors-page.tsx')) },
] as const
