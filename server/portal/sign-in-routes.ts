import type { FastifyInstance } from 'fastify'
import { ServiceError } from '../errors.ts'
import { fromOf } from '../http/sign-in.ts'
import type { PortalParts } from './desk-now.ts'
import { signInPage } from './request-page.ts'
import { page } from './routes.ts'

/** Where to go on after signing in: an address of ours, and no other. */
const onward = (to: string | undefined): string =>
  to !== undefined && /^\/(?!\/|\\)[\w/?=&%.+*~!'(),:;@-]{0,1500}$/.test(to) ? to : '/demandes'

export function signInRoutes(portal: FastifyInstance, { sessions, signIn }: PortalParts): void {
  portal.get('/connexion', (request, reply) => {
    const to = onward((request.query as { vers?: string }).vers)
    if (request.who.session !== null) return reply.redirect(to, 303)
    return page(reply, signInPage(request.look, { to, login: '', wrong: null }))
  })

  portal.post('/connexion', async (request, reply) => {
    const { identifiant: login = '', mot_de_passe: password = '', vers } = (request.body ?? {}) as Record<string, string>
    const to = onward(vers)
    try {
      if (login === '' || password === '' || login.length > 100 || password.length > 200) throw new ServiceError('bad_credentials')
      const outcome = await signIn.byPassword(login, password, fromOf(request))
      // A second step is taken where those who need one work.
      return reply.header('set-cookie', outcome.setCookie).redirect(outcome.kind === 'session' ? to : '/console', 303)
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      const wrong = error.code === 'bad_credentials' ? request.look.t.signIn.bad : error.message
      return page(reply, signInPage(request.look, { to, login: login.slice(0, 100), wrong }), error.status)
    }
  })

  portal.post('/deconnexion', async (request, reply) => {
    const cleared = await sessions.signOut(request.headers.cookie)
    return reply.header('set-cookie', [cleared, 'guichet-suivi=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0']).redirect('/', 303)
  })
}
