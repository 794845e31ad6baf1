import { z } from 'zod'
import { accountChange, accountCreation, accountsView, newPassword, passwordLink, passwordOffer } from '../contract/accounts.ts'
import { ServiceError } from '../errors.ts'
import { answering, creating } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const oneAccount = z.object({ id: z.string().max(200) })
const token = z.object({ token: z.string().min(20).max(100) })

/** Those who sign in, as administrators see and change them. */
export function accountRoutes(
  app: App,
  { stores: { accounts }, invitations, onAccountsChanged }: Pick<HttpParts, 'stores' | 'invitations' | 'onAccountsChanged'>,
): void {
  app.get('/api/accounts/all', { schema: { summary: 'Accounts', response: answering(accountsView) } }, () => accounts.all())

  app.post(
    '/api/accounts',
    {
      schema: { summary: 'Make an account, and the link that lets its owner in', body: accountCreation, response: creating(passwordLink) },
    },
    async (request, reply) => {
      const id = await accounts.create(request.body)
      onAccountsChanged([id])
      return reply.code(201).send(await invitations.forAccount(id))
    },
  )

  app.put(
    '/api/accounts/:id',
    { schema: { summary: 'Change an account', params: oneAccount, body: accountChange, response: answering(accountsView) } },
    async ({ params, body, account }) => {
      // Whoever administers cannot lock themselves out.
      if (params.id === account?.id && (body.role !== account.role || body.disabled)) throw new ServiceError('conflict')
      await accounts.change(params.id, body)
      onAccountsChanged([params.id])
      return accounts.all()
    },
  )

  app.post(
    '/api/accounts/:id/link',
    { schema: { summary: 'A link to choose a password, once', params: oneAccount, response: creating(passwordLink) } },
    async ({ params }, reply) => {
      const found = (await accounts.all()).find((one) => one.id === params.id)
      if (found === undefined) throw new ServiceError('not_found')
      if (found.source === 'directory') throw new ServiceError('conflict')
      return reply.code(201).send(await invitations.forAccount(found.id))
    },
  )

  app.post(
    '/api/passwords/offer',
    { schema: { summary: 'Whose link this is', body: token, response: answering(passwordOffer) } },
    ({ body }) => invitations.offer(body.token),
  )

  app.post(
    '/api/passwords',
    { schema: { summary: 'Choose a password by a link', body: newPassword.extend(token.shape), response: { 204: z.null() } } },
    async ({ body }, reply) => {
      // Their sessions have ended: what is believed of them, and their open pages, end with them.
      onAccountsChanged([await invitations.use(body.token, body.password, body.first)])
      return reply.code(204).send(null)
    },
  )
}
