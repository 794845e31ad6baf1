import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { SharedPage } from '../contract/shared-page.ts'
import { portalRights } from '../contract/rights.ts'
import { bringerOf } from '../database/shared-page-store.ts'
import { remoteAddress } from '../contract/remote.ts'
import { remoteCodeOf } from '../engine/shared-pages.ts'
import { ServiceError } from '../errors.ts'
import { sendAttachment } from '../http/attachment-routes.ts'
import { isUuid } from '../uuid.ts'
import type { PortalParts } from './desk-now.ts'
import { page } from './routes.ts'
import { codePage, sharedPageView, streamPage, streamView } from './shared-page.ts'
import { readForm } from './uploads.ts'
import { sharedWords } from './words-shared.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The shared page that this browser has come into. */
    sharedPage: { readonly id: string; readonly view: SharedPage } | null
  }
}

const cookieName = 'guichet-partage'
const keptSeconds = 4 * 3_600

/** @returns the id of the page that a browser has come into, or null */
export const pageOfCookie = (header: string | undefined, tokens: PortalParts['tokens']): string | null =>
  tokens.readPage(new RegExp(`(?:^|;)\\s*${cookieName}=([\\w.-]{1,100})`).exec(header ?? '')?.[1] ?? '')

/** What the caller's browser speaks first. */
const languageOf = ({ headers }: FastifyRequest): string | null =>
  /^\s*([A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?)\b/.exec(headers['accept-language'] ?? '')?.[1] ?? null

/** The page that a caller opens by the code they were read, for as long as the call lasts. */
export function sharedPageRoutes(portal: FastifyInstance, parts: PortalParts): void {
  const { sharedPages, tokens, config, attachments, stores, settings } = parts
  const secure = config.publicUrl.startsWith('https:') ? '; Secure' : ''
  const cookie = (value: string, seconds: number) =>
    `${cookieName}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure}`
  const limitsOfFiles = () => ({ most: settings.values.tickets.attachmentsEach, megabytes: settings.values.tickets.attachmentMegabytes })

  portal.decorateRequest('sharedPage', null)
  portal.addHook('preHandler', async (request, reply) => {
    const route = `${request.method} ${request.routeOptions.url ?? ''}`
    const isPage = route === 'GET /p' || portalRights[route as keyof typeof portalRights] === 'caller'
    if (!isPage) return
    const id = pageOfCookie(request.headers.cookie, tokens)
    const view = id === null ? null : await sharedPages.ofId(id)
    if (id !== null && view !== null) request.sharedPage = { id, view }
    else if (route !== 'GET /p') return reply.redirect('/p', 303)
  })
  const mine = (request: FastifyRequest) => {
    if (request.sharedPage === null) throw new ServiceError('not_found')
    return request.sharedPage
  }
  const show = (request: FastifyRequest, reply: FastifyReply, view: SharedPage, problem: string | null = null, typed = '', status = 200) =>
    page(reply, sharedPageView(request.look, view, { files: limitsOfFiles(), problem, typed }), status)
  /** What is over is said by the page itself. */
  async function doing(request: FastifyRequest, reply: FastifyReply, work: (id: string) => Promise<void>): Promise<FastifyReply> {
    await work(mine(request).id).catch((error: unknown) => {
      if (!(error instanceof ServiceError) || error.code !== 'conflict') throw error
    })
    return reply.redirect('/p', 303)
  }

  portal.get('/p', (request, reply) =>
    request.sharedPage === null ? page(reply, codePage(request.look, { wrong: null })) : show(request, reply, request.sharedPage.view),
  )
  portal.post('/p', async (request, reply) => {
    const { code = '' } = (request.body ?? {}) as Readonly<Record<string, string>>
    const t = sharedWords[request.look.language]
    try {
      const id = sharedPages.enter(code.slice(0, 20), request.ip)
      await sharedPages.entered(id)
      return reply.header('set-cookie', cookie(tokens.givePage(id), keptSeconds)).redirect('/p', 303)
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      if (error.code === 'too_many_attempts')
        return page(reply.header('retry-after', '600'), codePage(request.look, { wrong: t.tooMany }), 429)
      if (error.code !== 'not_found') throw error
      return page(reply, codePage(request.look, { wrong: t.wrong }), 422)
    }
  })
  portal.get('/p/fil', (request, reply) => {
    const { view } = mine(request)
    if ((request.query as { readonly page?: unknown }).page === undefined) return page(reply, streamView(request.look, view).text)
    reply.removeHeader('x-frame-options')
    reply.header(
      'content-security-policy',
      "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'self'",
    )
    return page(reply, streamPage(request.look, view))
  })
  portal.get('/p/fichiers/:id', async (request, reply) => {
    const { id = '' } = request.params as { readonly id?: string }
    const found = isUuid(id) ? await stores.sharedPages.file(mine(request).id, id) : null
    if (found === null) throw new ServiceError('not_found')
    return sendAttachment(reply, found, attachments)
  })
  portal.post('/p/message', { config: { takesFiles: true }, bodyLimit: 900 * 1_048_576 }, async (request, reply) => {
    const { id, view } = mine(request)
    const { most, megabytes } = limitsOfFiles()
    const t = sharedWords[request.look.language]
    if (!view.open) return show(request, reply, view, null, '', 409)
    const sent = await readForm(request, { attachments, byId: bringerOf(id), most, megabytes })
    const text = (sent.fields.get('texte') ?? '').slice(0, 4_000)
    // What was taken in is sent although another file was refused: the caller is on the telephone, and would not look for it.
    if (text.trim() !== '' || sent.files.length > 0)
      await sharedPages.write(id, { text: text.trim(), language: languageOf(request), files: sent.files.map((file) => file.id) })
    else if (sent.refused.length === 0) return show(request, reply, view, t.empty, '', 422)
    if (sent.refused.length > 0) return show(request, reply, (await sharedPages.ofId(id)) ?? view, sent.refused.join(' '), '', 422)
    return reply.redirect('/p', 303)
  })
  portal.post('/p/fait', (request, reply) => {
    const { ligne = '' } = (request.body ?? {}) as Readonly<Record<string, string>>
    return doing(request, reply, async (id) => {
      if (/^\d{1,15}$/.test(ligne)) await sharedPages.done(id, Number(ligne))
    })
  })
  portal.get('/p/distance', async (request, reply) => {
    const { id, view } = mine(request)
    const { remote } = settings.values.portal
    if (remote.caller === null || !view.open || !view.lines.some(({ kind }) => kind === 'remote')) throw new ServiceError('not_found')
    await sharedPages.write(id, { text: '' }, 'started')
    const { ticket, login } = await stores.remote.about({ call: view.callId }, null)
    const places = { code: remoteCodeOf(id), ticket: ticket === null ? '' : String(ticket), person: login ?? '', machine: '' }
    return reply.redirect(remoteAddress(remote.caller, places), 303)
  })
  portal.post('/p/quitter', (request, reply) => {
    mine(request)
    return reply.header('set-cookie', cookie('', 0)).redirect('/p', 303)
  })
}
