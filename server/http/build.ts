import helmet from '@fastify/helmet'
import Fastify, { LogController, type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { guardRoutes } from './access.ts'
import { answerFailure, answerUnknown, answerUnreadable } from './answers.ts'
import { accountRoutes } from './account-routes.ts'
import { articlePictureRoutes } from './article-picture-routes.ts'
import { articleRoutes } from './article-routes.ts'
import { attachmentRoutes, draftFileRoutes } from './attachment-routes.ts'
import { announcementRoutes } from './announcement-routes.ts'
import { callStoryRoutes } from './call-story-routes.ts'
import { callRoutes } from './call-routes.ts'
import { changesState } from './cross-site.ts'
import { continuityRoutes } from './continuity-routes.ts'
import { conversationRoutes } from './conversation-routes.ts'
import { demoRoutes } from './demo-routes.ts'
import { directoryRoutes } from './directory-routes.ts'
import { dispositionRoutes } from './disposition-routes.ts'
import { documentation } from './documentation.ts'
import { draftRoutes } from './draft-routes.ts'
import { exchangeRoutes } from './exchange-routes.ts'
import { listCheckRoutes } from './list-check-routes.ts'
import { groupRoutes } from './group-routes.ts'
import { disruptionRoutes } from './disruption-routes.ts'
import { monitorRoutes } from './monitor-routes.ts'
import { ticketLinkRoutes } from './ticket-link-routes.ts'
import { calendarFeedRoutes } from './calendar-feed-routes.ts'
import { rotaRoutes } from './rota-routes.ts'
import { preferenceRoutes } from './preference-routes.ts'
import { sharedCalendarRoutes } from './shared-calendar-routes.ts'
import { glpiRoutes } from './glpi-routes.ts'
import { ocsRoutes } from './ocs-routes.ts'
import { listRoutes } from './list-routes.ts'
import { keyRoutes } from './key-routes.ts'
import { incomingRoutes } from './incoming-routes.ts'
import { metricsRoutes } from './metrics-routes.ts'
import { mailRoutes } from './mail-routes.ts'
import { mailTemplateRoutes } from './mail-template-routes.ts'
import { messageRoutes } from './message-routes.ts'
import { recordingRoutes } from './recording-routes.ts'
import { nextRoutes } from './next-routes.ts'
import { openingRoutes } from './opening-routes.ts'
import { operatorRoutes } from './operator-routes.ts'
import { owedRoutes } from './owed-routes.ts'
import { pages } from './pages.ts'
import { phoneRoutes } from './phone-routes.ts'
import { partitionRoutes } from './partition-routes.ts'
import { peopleRoutes } from './people-routes.ts'
import { personRoutes } from './person-routes.ts'
import { portalRoutes } from '../portal/routes.ts'
import { privacyRoutes } from './privacy-routes.ts'
import type { HttpParts } from './ports.ts'
import { redirectionRoutes } from './redirection-routes.ts'
import { remoteRoutes } from './remote-routes.ts'
import { ruleProposalRoutes } from './rule-proposal-routes.ts'
import { providerRoutes } from './provider-routes.ts'
import { publicRoutes } from './public-routes.ts'
import { secondFactorRoutes, signInStepRoutes } from './second-factor-routes.ts'
import { sharedPageRoutes } from './shared-page-routes.ts'
import { talkRoutes } from './talk-routes.ts'
import { staffingRoutes } from './staffing-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { settingsRoutes } from './settings-routes.ts'
import { solutionRoutes } from './solution-routes.ts'
import { ticketRoutes } from './ticket-routes.ts'
import { ticketStateRoutes } from './ticket-state-routes.ts'
import { observerRoutes } from './observer-routes.ts'
import { visitRoutes } from './visit-routes.ts'
import { writingRoutes } from './writing-routes.ts'
import { indicatorMailRoutes } from './indicator-mail-routes.ts'
import { indicatorRoutes } from './indicator-routes.ts'
import { webhookRoutes } from './webhook-routes.ts'
import { waitingRoutes } from './waiting-routes.ts'
import { wallRoutes } from './wall-routes.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Its body may be large, and long in coming. */
    takesFiles?: boolean
  }
}

const megabyte = 1_048_576

/** What a page may load, and from where. Mantine writes its styles inline; the live socket is at the same address. */
function securityHeaders(publicUrl: string) {
  const https = publicUrl.startsWith('https:')
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        mediaSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'", publicUrl.replace(/^http/, 'ws')],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: https && { maxAge: 31_536_000, includeSubDomains: false },
    referrerPolicy: { policy: 'same-origin' as const },
  }
}

/** An empty body with a JSON type is no body: clients send the type whatever they send. */
function acceptEmptyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else void parse(request, String(body), done)
  })
}

const longestBodyMs = 30_000

/** Whoever dribbles a body keeps a connection for nothing: only files may take long. */
function bodiesInTime(app: FastifyInstance): void {
  const waiting = new WeakMap<FastifyRequest, NodeJS.Timeout>()
  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.config.takesFiles === true || !changesState(request.method)) return
    waiting.set(
      request,
      setTimeout(() => request.raw.destroy(), longestBodyMs),
    )
  })
  const arrived = async (request: FastifyRequest) => clearTimeout(waiting.get(request))
  app.addHook('preValidation', arrived)
  app.addHook('onResponse', arrived)
  app.addHook('onRequestAbort', arrived)
}

/** The HTTP interface, ready to listen or to be injected into. The parts are in `ports.ts`. */
export function buildHttp(parts: HttpParts): FastifyInstance {
  const app = Fastify({
    loggerInstance: parts.log,
    // Addresses hold telephone numbers and names: only failures are logged, and without them.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: megabyte,
    trustProxy: parts.config.trustProxy ?? false,
    // A photograph takes minutes on a poor line; other bodies do not (`bodiesInTime`).
    requestTimeout: 600_000,
    http: { headersTimeout: 30_000 },
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => answerFailure(error, request, reply),
    clientErrorHandler: answerUnreadable,
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(answerFailure)
  app.setNotFoundHandler(answerUnknown)
  parts.traces?.follow(app)
  acceptEmptyJson(app)
  bodiesInTime(app)
  app.register(helmet, securityHeaders(parts.config.publicUrl))
  app.register(async (inner) => {
    const typed = inner.withTypeProvider<ZodTypeProvider>()
    guardRoutes(inner, parts)
    await documentation(typed)
    publicRoutes(typed, parts)
    sessionRoutes(typed, parts)
    providerRoutes(typed, parts)
    signInStepRoutes(typed, parts)
    secondFactorRoutes(typed, parts)
    operatorRoutes(typed, parts)
    phoneRoutes(typed, parts)
    callRoutes(typed, parts)
    conversationRoutes(typed, parts)
    dispositionRoutes(typed, parts)
    draftRoutes(typed, parts)
    sharedPageRoutes(typed, parts)
    talkRoutes(typed, parts)
    openingRoutes(typed, parts)
    ticketRoutes(typed, parts)
    listRoutes(typed, parts)
    preferenceRoutes(typed, parts)
    redirectionRoutes(typed, parts)
    ruleProposalRoutes(typed, parts)
    attachmentRoutes(typed, parts)
    draftFileRoutes(typed, parts)
    ticketStateRoutes(typed, parts)
    observerRoutes(typed, parts)
    visitRoutes(typed, parts)
    writingRoutes(typed, parts)
    solutionRoutes(typed, parts)
    peopleRoutes(typed, parts)
    personRoutes(typed, parts)
    privacyRoutes(typed, parts)
    messageRoutes(typed, parts)
    recordingRoutes(typed, parts)
    owedRoutes(typed, parts)
    nextRoutes(typed, parts)
    mailRoutes(typed, parts)
    incomingRoutes(typed, parts)
    mailTemplateRoutes(typed, parts)
    announcementRoutes(typed, parts)
    groupRoutes(typed, parts)
    listCheckRoutes(typed, parts)
    partitionRoutes(typed, parts)
    accountRoutes(typed, parts)
    directoryRoutes(typed, parts)
    keyRoutes(typed, parts)
    webhookRoutes(typed, parts)
    rotaRoutes(typed, parts)
    disruptionRoutes(typed, parts)
    monitorRoutes(typed, parts)
    ticketLinkRoutes(typed, parts)
    articleRoutes(typed, parts)
    articlePictureRoutes(typed, parts)
    calendarFeedRoutes(typed, parts)
    sharedCalendarRoutes(typed, parts)
    glpiRoutes(typed, parts)
    ocsRoutes(typed, parts)
    exchangeRoutes(typed, parts)
    remoteRoutes(typed, parts)
    settingsRoutes(typed, parts)
    continuityRoutes(typed, parts)
    waitingRoutes(typed, parts)
    indicatorRoutes(typed, parts)
    indicatorMailRoutes(typed, parts)
    wallRoutes(typed, parts)
    metricsRoutes(typed, parts)
    staffingRoutes(typed, parts)
    callStoryRoutes(typed, parts)
    if (parts.demo !== null) demoRoutes(typed, parts.demo)
    portalRoutes(inner, parts)
    await pages(typed, parts.consoleFolder)
  })
  return app
}
