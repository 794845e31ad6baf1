import type { Role } from './entities.ts'
import type { ServerEvents, Stale } from './live.ts'
import type { NoteAudience } from './people.ts'
import type { SettingsDomain } from './settings.ts'

/*
 * Who may do, hear and see what: the one table. Routes are refused by it, live events are sent by it, and the console shows by it what it
 * may ask for. What one may not ask for is not sent either, counts and hints included.
 *
 * One file however long: a right is looked for, compared with those beside it and changed in one place, and the tests ask for each row by name.
 */

/** Who may call a route. In the demonstration `demo` widens it. */
export type Access = 'everyone' | 'signed-in' | readonly Role[] | { readonly roles: readonly Role[]; readonly demo: 'signed-in' }

const level1: readonly Role[] = ['operator', 'supervisor']
const management: readonly Role[] = ['supervisor', 'administrator']
/** Who follows tickets in their own name. */
const treating: readonly Role[] = ['operator', 'supervisor', 'level2']
/** Who may say that something is broken, and write down what is known. */
const announcers: readonly Role[] = ['operator', 'supervisor', 'administrator', 'level2']
const desk: readonly Role[] = ['operator', 'supervisor', 'administrator']

/** Those who work here. */
const staff: readonly Role[] = [...desk, 'level2', 'referent']
/**
 * Who is held to the entities that are delegated to their groups: of those they see and treat every ticket, and of people they know those
 * alone, as long as no group of theirs serves the whole.
 */
export const heldToEntities: readonly Role[] = ['level2', 'referent']
/** Those who keep lists of people; a référent, their own. */
const keepers: readonly Role[] = [...management, 'referent']

/** Who is told figures: level 2 and référents those of their entities, and of tickets those of their groups too. */
const counted: readonly Role[] = [...management, 'level2', 'referent']

/** A route under /api that is not here stops the service from starting. */
export const rights = {
  'GET /api/health': 'everyone',
  'GET /api/openapi.json': 'everyone',
  'GET /api/docs': 'everyone',
  'GET /api/docs/': 'everyone',
  'GET /api/docs/js/scalar.js': 'everyone',
  'GET /api/portal': 'everyone',

  'POST /api/session': 'everyone',
  'GET /api/session': 'signed-in',
  'DELETE /api/session': 'signed-in',
  'GET /api/sessions': 'signed-in',
  'DELETE /api/sessions/:id': 'signed-in',
  'PUT /api/session/password': 'signed-in',
  'GET /api/sign-in': 'everyone',
  'GET /api/sign-in/oidc': 'everyone',
  'GET /api/sign-in/oidc/return': 'everyone',
  /** By a token that the provider signed. */
  'POST /api/sign-in/oidc/logout': 'everyone',
  'GET /api/sign-in/cas': 'everyone',
  'GET /api/sign-in/cas/return': 'everyone',
  'POST /api/sign-in/cas/return': 'everyone',
  'DELETE /api/session/step': 'everyone',
  'POST /api/session/step/code': 'everyone',
  'POST /api/session/step/passkey/options': 'everyone',
  'POST /api/session/step/passkey': 'everyone',
  'POST /api/session/step/totp': 'everyone',
  'PUT /api/session/step/totp': 'everyone',
  'POST /api/session/step/passkeys/options': 'everyone',
  'POST /api/session/step/passkeys': 'everyone',
  'GET /api/second-factor': 'signed-in',
  'POST /api/second-factor/totp': 'signed-in',
  'PUT /api/second-factor/totp': 'signed-in',
  'DELETE /api/second-factor/totp': 'signed-in',
  'POST /api/second-factor/recovery': 'signed-in',
  'POST /api/second-factor/passkeys/options': 'signed-in',
  'POST /api/second-factor/passkeys': 'signed-in',
  'DELETE /api/second-factor/passkeys/:id': 'signed-in',
  'POST /api/passwords/offer': 'everyone',
  'POST /api/passwords': 'everyone',

  'PUT /api/operators/me': level1,
  'POST /api/operators/me/wrap-up': level1,
  'GET /api/operators/me/phone': level1,
  'GET /api/operators/me/phone/choice': level1,
  'PUT /api/operators/me/phone/choice': level1,
  /** Also the right to `browserPhonePath`. */
  'GET /api/operators/me/phone/browser': level1,
  'PUT /api/calls/:id/sound': level1,
  'POST /api/calls/:id/rejoin': level1,
  'PUT /api/operators/:id': ['supervisor', 'administrator'],
  'GET /api/calls': desk,
  'POST /api/calls': level1,
  'POST /api/calls/:id/answer': level1,
  'POST /api/calls/:id/decline': level1,
  'POST /api/calls/:id/hangup': level1,
  'POST /api/calls/:id/extend': level1,
  'POST /api/calls/:id/hold': level1,
  'POST /api/calls/:id/consult': level1,
  'DELETE /api/calls/:id/consult': level1,
  'POST /api/calls/:id/conference': level1,
  'POST /api/calls/:id/transfer': level1,
  'POST /api/calls/:id/mute': level1,
  'POST /api/calls/:id/recording': level1,
  'POST /api/calls/:id/keys': level1,
  'POST /api/calls/:id/take': ['supervisor'],
  'PUT /api/calls/:id/watch': ['supervisor'],
  'DELETE /api/calls/:id/watch': ['supervisor'],
  'POST /api/calls/:id/end': ['supervisor'],

  'GET /api/calls/without-ticket': desk,
  'GET /api/calls/:id/dispositions': desk,
  'POST /api/calls/:id/dispositions': level1,

  'GET /api/waiting/accuracy': ['supervisor', 'administrator'],
  'GET /api/survey': ['supervisor', 'administrator'],
  'GET /api/calls/:id/story': ['supervisor'],
  'GET /api/indicators/calls': counted,
  'GET /api/indicators/calls/list': counted,
  'GET /api/indicators/calls/list/file': counted,
  'GET /api/indicators/tickets': counted,
  'GET /api/indicators/entities': counted,
  'GET /api/indicators/file': counted,
  'GET /api/indicators/tickets/list': counted,
  'GET /api/indicators/tickets/list/file': counted,
  'GET /api/indicators/mails': counted,
  'POST /api/indicators/mails': counted,
  'PUT /api/indicators/mails/:id': counted,
  'DELETE /api/indicators/mails/:id': counted,
  'GET /api/next': level1,
  'POST /api/next': level1,

  'GET /api/talks': treating,
  'GET /api/tickets/:number/presence': treating,
  'GET /api/calls/:id/page': level1,
  'POST /api/calls/:id/page': level1,
  'DELETE /api/calls/:id/page': level1,
  'POST /api/calls/:id/page/lines': level1,
  'GET /api/calls/:id/page/files/:file': level1,
  'GET /api/drafts': desk,
  'PUT /api/drafts/:key': desk,
  'DELETE /api/drafts/:key': desk,
  'POST /api/drafts/:key/attachments': desk,
  'GET /api/drafts/:key/attachments/:id': desk,
  'DELETE /api/drafts/:key/attachments/:id': desk,

  'PUT /api/desk/opening': desk,
  'GET /api/desk/opening/history': desk,

  'GET /api/tickets': staff,
  'GET /api/tickets/alike': staff,
  'GET /api/tickets/counts': staff,
  'GET /api/tickets/late': staff,
  'GET /api/tickets/export': staff,
  'GET /api/tickets/:number': staff,
  'POST /api/tickets': staff,
  'POST /api/tickets/:number/contributions': staff,
  'POST /api/tickets/:number/close': staff,
  'POST /api/tickets/:number/attachments': staff,
  'GET /api/tickets/:number/attachments/:id': staff,
  'DELETE /api/tickets/:number/attachments/:id': staff,
  'POST /api/tickets/:number/confirm': treating,
  'POST /api/tickets/:number/take-up': treating,
  'POST /api/tickets/:number/card': treating,
  'PUT /api/tickets/:number/fields': treating,
  /** A référent, what came by mistake to a list of theirs. */
  'POST /api/tickets/:number/redirect': [...treating, 'referent'],
  'PUT /api/tickets/:number/entity': treating,
  'POST /api/tickets/:number/give-back': treating,
  'POST /api/tickets/:number/missing': treating,
  'POST /api/tickets/:number/wait': treating,
  'POST /api/tickets/:number/resume': treating,
  'POST /api/tickets/:number/solution': treating,
  'POST /api/tickets/:number/solution/accept': treating,
  'POST /api/tickets/:number/solution/refuse': treating,
  'POST /api/tickets/:number/reopen': treating,
  'GET /api/colleagues': staff,
  'GET /api/tickets/:number/writing': staff,
  'POST /api/tickets/:number/writing': staff,
  'GET /api/tickets/:number/observers': staff,
  'POST /api/tickets/:number/observers': staff,
  'DELETE /api/tickets/:number/observers/:id': staff,
  'GET /api/tickets/:number/visits': staff,
  /** Going there is level 2's. */
  'POST /api/tickets/:number/visits': ['level2', 'supervisor'],
  'PUT /api/tickets/:number/visits/:id': treating,
  'POST /api/tickets/:number/visits/:id/cancel': treating,
  'GET /api/tickets/:number/links': staff,
  'POST /api/tickets/:number/links': treating,
  'PUT /api/tickets/:number/links/:kind/:other': treating,
  'DELETE /api/tickets/:number/links/:kind/:other': treating,
  'GET /api/solutions/:number': 'everyone',
  'POST /api/solutions/:number': 'everyone',
  'GET /api/people': staff,
  'GET /api/people/:id': staff,
  'GET /api/readings': management,
  'GET /api/people/:id/export': management,
  'POST /api/people/:id/erasure': ['administrator'],
  'GET /api/retention': management,
  'POST /api/people/:id/numbers': level1,
  'DELETE /api/people/:id/numbers/:phone': level1,
  'POST /api/people/:id/notes': treating,
  'DELETE /api/people/:id/notes/:note': staff,
  'POST /api/people/:id/checks': treating,
  'POST /api/checks/:id': treating,
  'GET /api/checks': staff,
  'GET /api/preferences': staff,
  'PUT /api/preferences': staff,
  'GET /api/views': staff,
  'POST /api/views': staff,
  'PUT /api/views/:id': staff,
  'DELETE /api/views/:id': staff,
  'POST /api/bulk': treating,
  'GET /api/bulk/:id': treating,
  'POST /api/bulk/:id/undo': treating,

  'GET /api/messages': desk,
  'GET /api/messages/:id/sound': level1,
  'GET /api/messages/:id/file': ['supervisor'],
  'GET /api/messages/:id/listenings': ['supervisor'],
  'GET /api/messages/:id/shape': level1,
  'GET /api/messages/:id/transcript': level1,
  'POST /api/messages/:id/ticket': level1,
  'PUT /api/messages/:id': level1,
  'GET /api/recordings': level1,
  'GET /api/recordings/:id/sound': ['supervisor'],
  'GET /api/recordings/:id/file': ['supervisor'],
  'GET /api/recordings/:id/listenings': ['supervisor'],
  'GET /api/recordings/:id/shape': ['supervisor'],
  'GET /api/owed': desk,
  'POST /api/owed/:id/take': level1,
  'POST /api/owed/:id/release': level1,
  'POST /api/owed/:id/outcome': level1,
  'GET /api/mails': { roles: ['administrator', 'supervisor'], demo: 'signed-in' },
  'GET /api/mails/sending': { roles: ['administrator', 'supervisor'], demo: 'signed-in' },
  'POST /api/mails/retry': management,
  'POST /api/mails/:id/settle': management,
  'GET /api/mails/in': desk,
  'GET /api/mails/in/:id': desk,
  'GET /api/mails/in/:id/raw': desk,
  'POST /api/mails/in/:id/seen': desk,

  'GET /api/settings': staff,
  'POST /api/redirection/trial': staff,
  /** A référent, those of their own groups. */
  'GET /api/redirection/proposals': keepers,
  'POST /api/redirection/proposals/:id': keepers,
  'POST /api/redirection/replay': keepers,
  'GET /api/settings/export': ['administrator'],
  'POST /api/settings/import/preview': ['administrator'],
  'POST /api/settings/import': ['administrator'],
  'GET /api/settings/history': management,
  'PUT /api/settings/:domain': management,
  'GET /api/settings/:domain/history': management,
  'POST /api/settings/hours/preview': management,
  'POST /api/settings/outgoing/trial': management,
  'POST /api/settings/mails/preview': management,
  'GET /api/settings/mails/trial': management,
  'POST /api/settings/mails/trial': management,

  'GET /api/entities': ['administrator'],
  /** Who keeps a list that the entity is delegated to. */
  'GET /api/entities/:id': heldToEntities,
  'PUT /api/entities/:id': heldToEntities,
  'GET /api/groups': staff,
  'POST /api/groups': management,
  'PUT /api/groups/:id': keepers,
  'GET /api/groups/:id/history': keepers,
  'GET /api/groups/:id/routing': keepers,
  'GET /api/lists': keepers,
  'POST /api/lists/:id': keepers,
  'GET /api/accounts': keepers,
  'GET /api/accounts/all': ['administrator'],
  'POST /api/accounts': ['administrator'],
  'PUT /api/accounts/:id': ['administrator'],
  'POST /api/accounts/:id/link': ['administrator'],
  'DELETE /api/accounts/:id/second-factor': ['administrator'],
  'POST /api/directory/trial': ['administrator'],
  'GET /api/directory': ['administrator'],
  'POST /api/directory/synchronise': ['administrator'],
  'GET /api/keys': ['administrator'],
  'POST /api/keys': ['administrator'],
  'DELETE /api/keys/:id': ['administrator'],
  'GET /api/webhooks': ['administrator'],
  'POST /api/webhooks': ['administrator'],
  'PUT /api/webhooks/:id': ['administrator'],
  'DELETE /api/webhooks/:id': ['administrator'],
  'POST /api/webhooks/:id/try': ['administrator'],
  'GET /api/webhooks/:id/deliveries': ['administrator'],
  'POST /api/webhooks/:id/deliveries/:delivery/replay': ['administrator'],
  'POST /api/absences': staff,
  'DELETE /api/absences/:id': staff,

  'GET /api/disruptions': staff,
  'POST /api/disruptions': announcers,
  'PUT /api/disruptions/:id': announcers,
  'POST /api/disruptions/:id/end': announcers,
  'POST /api/disruptions/:id/go-on': announcers,
  'GET /api/disruptions/:id/versions': staff,
  'POST /api/disruptions/:id/children': level1,
  'GET /api/disruptions/suggested': announcers,
  'GET /api/disruptions/public': 'everyone',
  'GET /api/disruptions/public.rss': 'everyone',
  'GET /api/disruptions/public.ics': 'everyone',
  'GET /api/articles': staff,
  'GET /api/articles/suggested': staff,
  'GET /api/articles/:number': staff,
  'GET /api/articles/:number/versions': announcers,
  'GET /api/articles/pictures/:id': staff,
  'POST /api/articles/pictures': announcers,
  'POST /api/articles': announcers,
  'PUT /api/articles/:number': announcers,
  'POST /api/articles/:number/review': announcers,
  'POST /api/articles/:number/restore': announcers,
  'GET /api/tickets/:number/articles': staff,
  'POST /api/tickets/:number/articles': announcers,
  'GET /api/tickets/closed': staff,
  'GET /api/monitors': management,
  'POST /api/monitors': management,
  'DELETE /api/monitors/:id': management,
  /** By its own secret. */
  'POST /api/monitors/events': 'everyone',

  'GET /api/staffing': management,
  'GET /api/staffing/file': management,
  'GET /api/rota': desk,
  'POST /api/rota/shifts': management,
  'POST /api/rota/weeks': management,
  'PUT /api/rota/cover': management,
  'GET /api/rota/proposals': management,
  'GET /api/rota/shifts/:id/history': desk,
  'GET /api/rota/feeds': desk,
  'POST /api/rota/feeds': desk,
  'DELETE /api/rota/feeds/:id': desk,
  'PUT /api/rota/shifts/:id': desk,
  'DELETE /api/rota/shifts/:id': management,

  'GET /api/shared-calendar': management,
  'PUT /api/shared-calendar/password': ['administrator'],
  'POST /api/shared-calendar/trial': ['administrator'],
  'POST /api/shared-calendar/synchronise': management,

  'GET /api/glpi': management,
  'PUT /api/glpi/secrets': ['administrator'],
  'POST /api/glpi/trial': ['administrator'],
  'POST /api/glpi/preview': ['administrator'],
  'POST /api/glpi/synchronise': management,
  'POST /api/glpi/retry': management,
  'GET /api/glpi/imports': ['administrator'],
  'POST /api/glpi/imports': ['administrator'],
  /** By GLPI's signature. */
  'POST /api/glpi/webhook': 'everyone',
  'GET /api/tickets/:number/glpi': staff,
  'GET /api/people/:id/glpi': desk,

  'GET /api/exchanges': management,
  'POST /api/exchanges': management,
  'DELETE /api/exchanges/:id': management,
  'GET /api/exchanges/calls': level1,
  'POST /api/exchanges/calls/:id/ticket': level1,
  /** By the address that one exchange alone was given. */
  'POST /api/cti/:token': 'everyone',

  'GET /api/ocs': management,
  'PUT /api/ocs/password': ['administrator'],
  'POST /api/ocs/trial': ['administrator'],
  'GET /api/people/:id/machines': staff,
  'GET /api/tickets/:number/machines': staff,
  'PUT /api/tickets/:number/machines': treating,
  'POST /api/tickets/:number/machines/remove': treating,
  'GET /api/tickets/:number/remote': staff,
  'POST /api/tickets/:number/remote': treating,
  'POST /api/tickets/:number/remote/:remote/end': treating,
  'GET /api/calls/:id/remote': level1,
  'POST /api/calls/:id/remote': level1,
  'POST /api/calls/:id/remote/:remote/end': level1,
  'GET /api/calls/:id/machines': level1,
  'PUT /api/calls/:id/machines': level1,
  'POST /api/calls/:id/machines/remove': level1,

  'GET /api/walls': management,
  'POST /api/walls': management,
  'PUT /api/walls/:id': management,
  'DELETE /api/walls/:id': management,

  'GET /api/continuity': management,
  'PUT /api/continuity/password': ['administrator'],
  'GET /api/continuity/sheet': management,

  'GET /api/announcements': management,
  'GET /api/announcements/sounds/:address': management,
  'GET /api/announcements/:name/:language/versions': management,
  'POST /api/announcements/:name/:language/speech': management,
  'PUT /api/announcements/:name/:language': management,
  'POST /api/announcements/recordings': management,
  'GET /api/announcements/phone': management,
  'POST /api/announcements/phone': management,
  'DELETE /api/announcements/phone': management,

  'GET /api/demo': 'everyone',
  'PUT /api/demo': 'everyone',
  'POST /api/demo/calls': 'everyone',
  'GET /api/demo/recordings/:id': 'everyone',
  'GET /api/demo/training': level1,
  'POST /api/demo/training': level1,
  'POST /api/demo/training/end': level1,
  'GET /api/demo/training/:id': level1,
} as const satisfies Readonly<Record<string, Access>>
export type Route = keyof typeof rights

/** Of a person's own, of a telephone's, or what would let a key make itself stronger: no program's, whatever its role. */
const noKeys =
  /^[A-Z]+ \/api\/(session|sign-in|second-factor|password|account|keys|webhooks|exchanges|directory|shared-calendar|glpi|ocs|absences|continuity|recordings|messages\/:id|demo|drafts|next|operators\/me|announcements\/phone|calls\/:id\/(?!dispositions)|docs)|^POST \/api\/calls$|^PUT \/api\/settings|^POST \/api\/settings\/import$/

/** Whether programs may be given this route. */
export const isKeyRoute = (route: string): boolean => {
  const access = isRoute(route) ? rights[route] : 'everyone'
  return access !== 'everyone' && access !== 'signed-in' && !noKeys.test(route)
}
const isRoute = (route: string): route is Route => Object.hasOwn(rights, route)
export const keyRoutes: readonly Route[] = (Object.keys(rights) as Route[]).filter(isKeyRoute)

/** Settings that give roles away, guard the door or name another server: whoever changes them could make themselves administrator, or open it. */
export const administratorsOnly: readonly SettingsDomain[] = ['directory', 'signIn', 'sharedCalendar', 'entities', 'glpi', 'ocs']

/**
 * The users' side. `follower`: whoever may follow that request (it is theirs, or they hold its key); for all others it does not exist.
 * A page that is not here stops the service from starting.
 */
export const portalRights = {
  'GET /': 'everyone',
  'GET /carte': 'everyone',
  'GET /logo': 'everyone',
  'GET /embed': 'everyone',
  'GET /embed/bandeau': 'everyone',
  'GET /portail/portail.css': 'everyone',
  'GET /portail/portail.js': 'everyone',
  'GET /portail/inter.woff2': 'everyone',
  'GET /portail/direct.js': 'everyone',
  'GET /portail/appel.js': 'everyone',
  /** A token that places one call, to the desk. */
  'POST /appel': 'everyone',
  'GET /p': 'everyone',
  /** By a code that was read on the telephone. */
  'POST /p': 'everyone',
  'GET /p/fil': 'caller',
  'GET /p/fichiers/:id': 'caller',
  'GET /p/distance': 'caller',
  'POST /p/message': 'caller',
  'POST /p/fait': 'caller',
  'POST /p/quitter': 'caller',
  'GET /rappel': 'everyone',
  'POST /rappel': 'everyone',
  /** By the signed address that whoever chose the slot was shown. */
  'GET /rappel/:key': 'everyone',
  'GET /rappel/:key/agenda': 'everyone',
  'POST /rappel/:key/annuler': 'everyone',
  'GET /connexion': 'everyone',
  'POST /connexion': 'everyone',
  'POST /deconnexion': 'everyone',
  'GET /accessibilite': 'everyone',
  'GET /faq': 'everyone',
  'GET /faq/images/:id': 'everyone',
  'GET /faq/:slug': 'everyone',
  'POST /faq/:slug/avis': 'everyone',
  'GET /demande/aide': 'everyone',
  'GET /demande': 'everyone',
  'POST /demande': 'everyone',
  'GET /perturbations': 'everyone',
  'POST /perturbations': 'everyone',
  'GET /perturbations/abonnement/:key/confirmer': 'everyone',
  'POST /perturbations/abonnement/:key/confirmer': 'everyone',
  'GET /perturbations/abonnement/:key/quitter': 'everyone',
  'POST /perturbations/abonnement/:key/quitter': 'everyone',
  'GET /demandes': 'everyone',
  'POST /demandes': 'everyone',
  'GET /demandes/:number': 'follower',
  'GET /demandes/:number/etat': 'follower',
  'GET /demandes/:number/fichiers/:id': 'follower',
  'POST /demandes/:number/message': 'follower',
  'POST /demandes/:number/reponse': 'follower',
  'POST /demandes/:number/rouvrir': 'follower',
  'POST /demandes/:number/annuler': 'follower',
  /** By the signed link of a mail alone, as confirming is. */
  'GET /listes/:key': 'everyone',
  'POST /listes/:key': 'everyone',
  'GET /demandes/:number/confirmer': 'everyone',
  'POST /demandes/:number/confirmer': 'everyone',
  /** By the signed link of a mail to a group; the gesture itself in the name of whom the mail went to, or who is signed in. */
  'GET /groupe/:number': 'everyone',
  'POST /groupe/:number': 'everyone',
} as const satisfies Readonly<Record<string, 'everyone' | 'follower' | 'caller'>>
export type PortalRoute = keyof typeof portalRights

/** Who sees every ticket; others those that concern them (`server/database/ticket-scope.ts`), on every route under `/api/tickets/:number`. */
export const seesEveryTicket: readonly Role[] = desk

/**
 * What a route names by its address, and who judges whether it is in sight: what one may not see does not exist. `ticket`, `person` and
 * `check` are judged before the route is called; `list` by whose list it is, `own` by whose it is, `key` by a secret in it; `all`: nothing
 * of an entity is in it. A route that names something and is not here stops the service from starting, unless the desk alone may call it.
 */
export const judgedBy = {
  '/api/tickets/:number': 'ticket',
  '/api/people/:id': 'person',
  '/api/checks/:id': 'check',
  '/api/entities/:id': 'list',
  '/api/groups/:id': 'list',
  '/api/lists/:id': 'list',
  '/api/redirection/proposals/:id': 'list',
  '/api/absences/:id': 'list',
  '/api/indicators/mails/:id': 'list',
  '/api/sessions/:id': 'own',
  '/api/second-factor/passkeys/:id': 'own',
  '/api/views/:id': 'own',
  '/api/bulk/:id': 'own',
  '/api/solutions/:number': 'key',
  '/api/cti/:token': 'key',
  '/api/disruptions/:id': 'all',
  '/api/articles/:number': 'all',
  '/api/articles/pictures/:id': 'all',
  '/api/demo/recordings/:id': 'all',
  '/api/demo/training/:id': 'all',
} as const
export type Judge = (typeof judgedBy)[keyof typeof judgedBy]

/** Who judges what a route names; null: it names nothing, or those alone may call it who see everything. @param url as it is declared */
export function judgeOf(route: string): Judge | null | 'missing' {
  const url = route.slice(route.indexOf(' ') + 1)
  const [, judge] = Object.entries(judgedBy).find(([path]) => url === path || url.startsWith(`${path}/`)) ?? []
  if (judge !== undefined) return judge
  const access = isRoute(route) ? rights[route] : 'everyone'
  return url.includes(':') && heldToEntities.some((role) => verdict(access, role, true) === 'allowed') ? 'missing' : null
}

/** Live events, and what the desk's own ones hold. */
export const heard = {
  /** That the desk is open, its hours, whether the telephone works. */
  desk: staff,
  change: staff,
  /** Within both: who calls and waits, who answers. */
  line: desk,
  pop: level1,
  dialRefused: management,
} as const satisfies Readonly<Record<Exclude<keyof ServerEvents, 'stale'> | 'line', readonly Role[]>>

/** That a list has changed is told to those who may ask for it. */
export const listOf = {
  tickets: 'GET /api/tickets',
  messages: 'GET /api/messages',
  owed: 'GET /api/owed',
  calls: 'GET /api/calls/without-ticket',
  drafts: 'GET /api/drafts',
  announcements: 'GET /api/announcements',
  settings: 'GET /api/settings',
  groups: 'GET /api/groups',
  rota: 'GET /api/rota',
  disruptions: 'GET /api/disruptions',
  articles: 'GET /api/articles',
  pages: 'GET /api/calls/:id/page',
  talks: 'GET /api/talks',
  exchanges: 'GET /api/exchanges/calls',
} as const satisfies Readonly<Record<Stale, Route>>

/** @param role null when nobody is signed in */
export function verdict(access: Access, role: Role | null, demo: boolean): 'allowed' | 'not_signed_in' | 'forbidden' {
  if (access === 'everyone') return 'allowed'
  if (role === null) return 'not_signed_in'
  if (access === 'signed-in') return 'allowed'
  if ('demo' in access) return demo || access.roles.includes(role) ? 'allowed' : 'forbidden'
  return access.includes(role) ? 'allowed' : 'forbidden'
}

/** Who reads, and may write, what is noted of a person for whom. */
export const noteReaders: Readonly<Record<NoteAudience, readonly Role[]>> = { desk, staff, management }

/** Whose role goes further than the others' within a route: the server judges by it, the console shows by it. */
const further = {
  /** Groups, absences and accounts are everybody's. */
  managePeople: management,
  /** What somebody else noted of a person goes. */
  eraseNotes: management,
  /** A list for everybody. */
  shareViews: management,
  /** An answer owed that somebody else has taken. */
  freeAnyAnswer: ['supervisor'],
} as const satisfies Readonly<Record<string, readonly Role[]>>

export const mayFurther = (who: { readonly role: Role } | null | undefined, what: keyof typeof further): boolean =>
  who != null && (further[what] as readonly Role[]).includes(who.role)

/** Whether somebody may call a route: what the console asks before it shows the way there. */
export const mayCall = (who: { readonly role: Role; readonly demo: boolean }, route: Route): boolean =>
  verdict(rights[route], who.role, who.demo) === 'allowed'
