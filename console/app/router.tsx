import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { queryClient, ticketQuery } from '../api/queries.ts'
import { wordOf } from '../../server/contract/vocabulary.ts'
import { type GuideSearch, guides } from '../help/guides.ts'
import { readKnowledge } from '../knowledge/knowledge-search.ts'
import { readSearch } from '../tickets/list-search.ts'
import { withTheRest } from '../ui/rest.ts'
import { Console } from './console.tsx'
import { DeskRoute } from './desk-route.tsx'
import { NotFound, PageFailure } from './page-states.tsx'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: PageFailure })

/** Another one's page is another page: what was typed on one is not shown, nor sent, on the next, which is there at once. */
const apart = <P,>({ params }: { readonly params: P }): P => params

/** The link of a mail that asks whether a solution suits. */
const solution = createRoute({
  getParentRoute: () => root,
  path: '/avis/$number',
  validateSearch: (search): { cle?: string } => (typeof search['cle'] === 'string' ? { cle: search['cle'] } : {}),
  component: lazyRouteComponent(() => withTheRest(() => import('../portal/solution-page.tsx')), 'SolutionPage'),
})
const demo = createRoute({
  getParentRoute: () => root,
  path: '/demo',
  component: lazyRouteComponent(() => withTheRest(() => import('../demo/demo-page.tsx')), 'PublicDemoPage'),
})

/** A big screen, by its secret address. */
const wall = createRoute({
  getParentRoute: () => root,
  path: '/mur/$key',
  component: lazyRouteComponent(() => withTheRest(() => import('../wallboard/wall-page.tsx')), 'WallPage'),
})
const password = createRoute({
  getParentRoute: () => root,
  path: '/mot-de-passe',
  component: lazyRouteComponent(() => withTheRest(() => import('./password-page.tsx')), 'PasswordPage'),
})

const console_ = createRoute({
  getParentRoute: () => root,
  path: '/console',
  component: Console,
})
const desk = createRoute({
  getParentRoute: () => console_,
  path: '/',
  component: DeskRoute,
})
const tickets = createRoute({
  getParentRoute: () => console_,
  path: '/tickets',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => withTheRest(() => import('../tickets/tickets-page.tsx')), 'TicketsPage'),
})
const ticket = createRoute({
  getParentRoute: () => console_,
  path: '/tickets/$number',
  remountDeps: apart,
  // Asked for while the pointer nears its line; the page waits for nothing.
  loader: ({ params }) => void queryClient.prefetchQuery(ticketQuery(Number(params.number))),
  component: lazyRouteComponent(() => withTheRest(() => import('../tickets/ticket-page.tsx')), 'TicketPage'),
})
const owed = createRoute({
  getParentRoute: () => console_,
  path: '/a-rappeler',
  component: lazyRouteComponent(() => withTheRest(() => import('../callbacks/owed-page.tsx')), 'OwedPage'),
})
const person = createRoute({
  getParentRoute: () => console_,
  path: '/personnes/$id',
  remountDeps: apart,
  component: lazyRouteComponent(() => withTheRest(() => import('../people/person-page.tsx')), 'PersonPage'),
})
const groups = createRoute({
  getParentRoute: () => console_,
  path: '/groupes',
  component: lazyRouteComponent(() => withTheRest(() => import('../groups/groups-page.tsx')), 'GroupsPage'),
})
const group = createRoute({
  getParentRoute: () => console_,
  path: '/groupes/$id',
  component: lazyRouteComponent(() => withTheRest(() => import('../groups/groups-page.tsx')), 'GroupsPage'),
})
const branch = createRoute({
  getParentRoute: () => console_,
  path: '/entites/$id',
  component: lazyRouteComponent(() => import('../administration/branch-page.tsx'), 'BranchPage'),
})
const rota = createRoute({
  getParentRoute: () => console_,
  path: '/planning',
  validateSearch: ({ semaine }): { semaine?: string } =>
    typeof semaine === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(semaine) ? { semaine } : {},
  component: lazyRouteComponent(() => withTheRest(() => import('../planning/rota-page.tsx')), 'RotaPage'),
})
const disruptions = createRoute({
  getParentRoute: () => console_,
  path: '/perturbations',
  component: lazyRouteComponent(() => withTheRest(() => import('../disruptions/disruptions-page.tsx')), 'DisruptionsPage'),
})
const knowledge = createRoute({
  getParentRoute: () => console_,
  path: '/connaissances',
  validateSearch: readKnowledge,
  component: lazyRouteComponent(() => withTheRest(() => import('../knowledge/knowledge-page.tsx')), 'KnowledgePage'),
})
const article = createRoute({
  getParentRoute: () => console_,
  path: '/connaissances/$number',
  remountDeps: apart,
  component: lazyRouteComponent(() => withTheRest(() => import('../knowledge/article-page.tsx')), 'ArticlePage'),
})
const staffing = createRoute({
  getParentRoute: () => console_,
  path: '/effectifs',
  component: lazyRouteComponent(() => withTheRest(() => import('../planning/staffing-page.tsx')), 'StaffingPage'),
})
const indicators = createRoute({
  getParentRoute: () => console_,
  path: '/indicateurs',
  validateSearch: (search): { du?: string; au?: string } => {
    const day = (one: unknown) => typeof one === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(one)
    return day(search['du']) && day(search['au']) ? { du: String(search['du']), au: String(search['au']) } : {}
  },
  component: lazyRouteComponent(() => withTheRest(() => import('../indicators/indicators-page.tsx')), 'IndicatorsPage'),
})
const indicatorMails = createRoute({
  getParentRoute: () => console_,
  path: '/indicateurs/envois',
  component: lazyRouteComponent(() => withTheRest(() => import('../administration/indicator-mails-page.tsx')), 'IndicatorMailsRoute'),
})
const story = createRoute({
  getParentRoute: () => console_,
  path: '/appels/$id',
  component: lazyRouteComponent(() => withTheRest(() => import('../indicators/story-page.tsx')), 'StoryPage'),
})
const settings = createRoute({
  getParentRoute: () => console_,
  path: '/reglages/$page',
  component: lazyRouteComponent(() => withTheRest(() => import('../administration/administration-page.tsx')), 'AdministrationPage'),
})
const anySettings = createRoute({
  getParentRoute: () => console_,
  path: '/reglages',
  // The first of them, known here so that nothing is drawn twice on the way.
  beforeLoad: () => redirect({ to: '/console/reglages/$page', params: { page: 'horaires' }, replace: true, throw: true }),
})
const ownKeys = createRoute({
  getParentRoute: () => console_,
  path: '/raccourcis',
  component: lazyRouteComponent(() => withTheRest(() => import('../help/keys-page.tsx')), 'KeysPage'),
})
const guide = createRoute({
  getParentRoute: () => console_,
  path: '/guide',
  validateSearch: ({ pour }: Record<string, unknown>): GuideSearch => {
    const guide = wordOf(guides, pour)
    return guide === undefined ? {} : { pour: guide }
  },
  component: lazyRouteComponent(() => withTheRest(() => import('../help/guide-page.tsx')), 'GuidePage'),
})
const components = createRoute({
  getParentRoute: () => console_,
  path: '/composants',
  component: lazyRouteComponent(() => withTheRest(() => import('../components/components-page.tsx')), 'ComponentsPage'),
})
const mails = createRoute({
  getParentRoute: () => console_,
  path: '/courriels',
  component: lazyRouteComponent(() => withTheRest(() => import('../mails/mails-page.tsx')), 'MailsPage'),
})
const demoInside = createRoute({
  getParentRoute: () => console_,
  path: '/demo',
  component: lazyRouteComponent(() => withTheRest(() => import('../demo/demo-page.tsx')), 'DemoPage'),
})
const training = createRoute({
  getParentRoute: () => console_,
  path: '/entrainement',
  validateSearch: ({ bilan }): { bilan?: string } => (typeof bilan === 'string' ? { bilan } : {}),
  component: lazyRouteComponent(() => withTheRest(() => import('../demo/training-page.tsx')), 'TrainingPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    password,
    solution,
    demo,
    console_.addChildren([
      desk,
      tickets,
      ticket,
      owed,
      person,
      groups,
      group,
      branch,
      rota,
      disruptions,
      knowledge,
      article,
      staffing,
      indicators,
      indicatorMails,
      story,
      settings,
      anySettings,
      ownKeys,
      guide,
      components,
      mails,
      demoInside,
      training,
    ]),
    wall,
  ]),
  defaultPreload: 'intent',
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
