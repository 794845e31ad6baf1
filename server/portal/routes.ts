import type { Socket } from 'node:net'
import { readFileSync } from 'node:fs'
import multipart from '@fastify/multipart'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { portalRights, type PortalRoute } from '../contract/rights.ts'
import { ServiceError } from '../errors.ts'
import { isCrossSite } from '../http/cross-site.ts'
import type { HttpParts } from '../http/ports.ts'
import { logoAddress, logoRoute } from './logo.ts'
import { disruptionPages } from './disruption-pages.ts'
import { askRoutes } from './ask-routes.ts'
import { deskNow, knownTroubles, type PortalParts } from './desk-now.ts'
import { faqRoutes } from './faq-routes.ts'
import { followRoutes } from './follow-routes.ts'
import { groupRoutes } from './group-routes.ts'
import { callPanel } from './call-panel.ts'
import { cardPage, embedPage, homePage } from './home.ts'
import { notice, wordsOf, type Look } from './layout.ts'
import { listRoutes } from './list-routes.ts'
import { callbackRoutes } from './callback-routes.ts'
import { callRoutes, offersCalls } from './call-routes.ts'
import { sharedPageRoutes } from './shared-page-routes.ts'
import { signInRoutes } from './sign-in-routes.ts'
import { largestForm, tooLarge } from './uploads.ts'
import { whoAsks, type Who } from './who.ts'
import type { Language } from './words.ts'
import { inProject } from '../project.ts'

declare module 'fastify' {
  interface FastifyRequest {
    who: Who
    look: Look
  }
}

const asset = (name: string) => readFileSync(inProject('server/portal', name))
/** Of the one sheet that pages ask for: between two rules of the same weight, what comes later holds. */
const styles = ['page', 'cards', 'forms', 'requests', 'card-and-frames', 'help', 'screens', 'talking', 'contrast']
const font = inProject('node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2')
const isListed = (route: string): route is PortalRoute => Object.hasOwn(portalRights, route)

/** The language asked for, kept, or the browser's; French otherwise. */
function languageOf({ query, headers }: FastifyRequest): Language {
  const asked = (query as { readonly langue?: unknown } | undefined)?.langue
  if (asked === 'fr' || asked === 'en') return asked
  const kept = /(?:^|;)\s*guichet-langue=(fr|en)/.exec(headers.cookie ?? '')?.[1]
  if (kept === 'fr' || kept === 'en') return kept
  return /^\s*en\b/i.test(headers['accept-language'] ?? '') ? 'en' : 'fr'
}

export const page = (reply: FastifyReply, text: string, status = 200): FastifyReply =>
  reply.code(status).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(text)

/** The users' side: pages that need no script, drawn here. */
export function portalRoutes(app: FastifyInstance, parts: PortalParts): void {
  app.register(async (portal) => {
    // What is too large is judged by who keeps files, which says so beside the field.
    await portal.register(multipart, { throwFileSizeLimit: false })
    portal.removeContentTypeParser(['application/json', 'text/plain'])
    portal.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 262_144 }, (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    )
    portal.addHook('onRoute', (route) => {
      for (const method of [route.method].flat())
        if (!isListed(`${method} ${route.url}`)) throw new Error(`No entry in server/contract/rights.ts for ${method} ${route.url}`)
      // Pages for people: the description of the interface is for programs.
      route.schema = { ...route.schema, hide: true }
    })
    portal.addHook('onRequest', async (request, reply) => {
      request.who = await whoAsks(request, parts)
      request.look = lookOf(request, parts)
      const asked = (request.query as { readonly langue?: unknown } | undefined)?.langue
      reply.header('permissions-policy', `camera=(), geolocation=(), microphone=${mayCall(request, parts) ? '(self)' : '()'}`)
      if (asked === 'fr' || asked === 'en') reply.header('set-cookie', `guichet-langue=${asked}; Path=/; SameSite=Lax; Max-Age=31536000`)
    })
    // Judged before anything is read of it; who does not say how much comes is cut off when it is too much.
    portal.addHook('onRequest', async (request) => {
      if (request.routeOptions.config.takesFiles !== true) return
      const { attachmentMegabytes } = parts.settings.values.tickets
      if (Number(request.headers['content-length'] ?? 0) > largestForm(attachmentMegabytes)) throw tooLarge(attachmentMegabytes)
    })
    // A link in a mail comes from another site, and the session's cookie stays behind: the page asks for itself once more.
    portal.addHook('preHandler', async (request, reply) => {
      const { headers, method, who } = request
      if (
        method !== 'GET' ||
        who.session !== null ||
        headers['sec-fetch-site'] !== 'cross-site' ||
        headers['sec-fetch-dest'] !== 'document'
      )
        return
      return page(
        reply.header('refresh', `0;url=${encodeURI(decodeURI(request.url))}`),
        `<!doctype html><html lang="fr"><meta charset="utf-8"><title>Guichet unique</title></html>`,
      )
    })
    portal.setErrorHandler((error: FastifyError, request, reply) => failed(error, request, reply))
    pagesOfAll(portal, parts)
    askRoutes(portal, parts)
    faqRoutes(portal, parts)
    followRoutes(portal, parts)
    groupRoutes(portal, parts)
    listRoutes(portal, parts)
    disruptionPages(portal, parts)
    signInRoutes(portal, parts)
    sharedPageRoutes(portal, parts)
    logoRoute(portal, parts)
    callbackRoutes(portal, parts)
    callRoutes(portal, parts)
  })
}

/** Pages that offer to call, and no other, may ask for the microphone. */
const callingPages: ReadonlySet<string> = new Set(['/', '/demandes', '/demandes/:number'])
const mayCall = ({ routeOptions }: FastifyRequest, parts: PortalParts): boolean =>
  callingPages.has(routeOptions.url ?? '') && offersCalls(parts)

function lookOf(request: FastifyRequest, { config, settings }: PortalParts): Look {
  const language = languageOf(request)
  const { session } = request.who
  const { name, phone } = settings.values.desk
  return {
    t: wordsOf(language),
    language,
    timeZone: config.timeZone,
    desk: name,
    phone,
    relayUrl: settings.values.portal.relayUrl,
    declared: settings.values.portal.accessibility.state,
    logo: logoAddress(settings),
    session: session === null ? null : { name: session.name, staff: session.role !== 'user' },
    address: request.url,
  }
}

/** Every failure is a page that says what to do; ours are recorded, without what was typed. */
function failed(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { t } = request.look ?? { t: wordsOf('fr') }
  const known = error instanceof ServiceError ? error : null
  const status = known?.status ?? (error.statusCode !== undefined && error.statusCode < 500 ? error.statusCode : 500)
  if (status >= 500 && known === null)
    request.log.error({ err: error, route: request.routeOptions.url, method: request.method }, 'request failed')
  if (request.look === undefined) return page(reply, '<!doctype html><title>Guichet unique</title>', status)
  const said =
    status === 404
      ? t.gone
      : status === 429
        ? t.busy
        : { title: status < 500 ? t.refused : t.failed.title, text: known?.message ?? t.failed.text }
  if (status === 413) closeOnceRead(reply.header('connection', 'close').raw.socket)
  return page(reply, notice(request.look, said), status)
}

const readsWithinMs = 2_000
/** Whoever is still sending reads the answer first: a connection that is closed with something unread takes its answer along. */
function closeOnceRead(socket: Socket | null): void {
  if (socket === null) return
  socket.destroySoon = () => {
    socket.end()
    setTimeout(() => socket.destroy(), readsWithinMs).unref()
  }
}

function pagesOfAll(portal: FastifyInstance, parts: PortalParts): void {
  const { config, settings } = parts
  const css = Buffer.concat(styles.map((part) => asset(`style/${part}.css`)))
  const script = asset('portail.js')
  const caller = asset('appel.js')
  const letters = readFileSync(font)
  const direct = readFileSync(inProject('node_modules/socket.io-client/dist/socket.io.esm.min.js'))
  const still = (reply: FastifyReply, type: string, body: Buffer, seconds: number) =>
    reply.type(type).header('cache-control', `public, max-age=${seconds}`).send(body)
  portal.get('/portail/portail.css', (_request, reply) => still(reply, 'text/css; charset=utf-8', css, 300))
  portal.get('/portail/portail.js', (_request, reply) => still(reply, 'text/javascript; charset=utf-8', script, 300))
  portal.get('/portail/appel.js', (_request, reply) => still(reply, 'text/javascript; charset=utf-8', caller, 300))
  portal.get('/portail/direct.js', (_request, reply) => still(reply, 'text/javascript; charset=utf-8', direct, 3_600))
  portal.get('/portail/inter.woff2', (_request, reply) => still(reply, 'font/woff2', letters, 31_536_000))

  portal.get('/', async (request, reply) =>
    page(
      reply,
      homePage(
        request.look,
        deskNow(parts, request.look.language),
        await knownTroubles(parts, request.look),
        settings.values.portal,
        offersCalls(parts) && callPanel(request.look),
      ),
    ),
  )
  portal.get('/carte', (request, reply) => {
    const { lieu } = request.query as { readonly lieu?: unknown }
    const place = typeof lieu === 'string' ? lieu.trim().slice(0, 200) : ''
    return page(reply, cardPage(request.look, deskNow(parts, request.look.language), config.publicUrl, place))
  })
  for (const [url, small] of [
    ['/embed', false],
    ['/embed/bandeau', true],
  ] as const)
    portal.get(url, async (request, reply) => {
      const { frames } = settings.values.portal
      const sources = frames.length === 0 ? "'none'" : `'self' ${frames.join(' ')}`
      reply.removeHeader('x-frame-options')
      reply.header(
        'content-security-policy',
        `default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors ${sources}`,
      )
      return page(reply, embedPage(request.look, deskNow(parts, request.look.language), await knownTroubles(parts, request.look), small))
    })
}

/** @throws ServiceError `cross_site` for a form of another site */
export function ofThisSite(request: FastifyRequest, config: HttpParts['config']): void {
  if (isCrossSite(request.headers, config.publicUrl)) throw new ServiceError('cross_site')
}
