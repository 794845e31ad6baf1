import { z } from 'zod'
import { phoneAccount } from '../contract/http.ts'
import { browserPhone, callSound, phoneChange, phoneChoice } from '../contract/phones.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const oneCall = z.object({ id: z.string().max(100) })

/** My phone: which one, how it registers, and how it sounded. */
export function phoneRoutes(
  app: App,
  { desk, phones, stores, onPhoneChosen }: Pick<HttpParts, 'desk' | 'phones' | 'stores' | 'onPhoneChosen'>,
): void {
  app.get(
    '/api/operators/me/phone',
    { schema: { summary: 'The SIP account of my phone', response: answering(phoneAccount) } },
    (request) => {
      const account = phones.accountOf(signedIn(request).id)
      if (account === null) throw new ServiceError('not_found')
      return account
    },
  )

  const choice = async (id: string) => ({ kind: await stores.accounts.phoneOf(id), offered: phones.offered() })
  app.get(
    '/api/operators/me/phone/choice',
    { schema: { summary: 'Which phone rings for me', response: answering(phoneChoice) } },
    (request) => choice(signedIn(request).id),
  )

  app.put(
    '/api/operators/me/phone/choice',
    { schema: { summary: 'Choose the phone that rings for me', body: phoneChange, response: answering(phoneChoice) } },
    async (request) => {
      const { id } = signedIn(request)
      const { kind } = request.body
      if (kind !== null && !phones.offered().includes(kind)) throw new ServiceError('invalid_body', 'kind')
      // What rings, and what is talked at, stays where it is.
      const mine = desk.view().operators.find((operator) => operator.id === id)
      if (mine === undefined) throw new ServiceError('not_found', 'ce compte ne prend pas d’appels')
      if (['ringing', 'talking', 'watching'].includes(mine.state)) throw new ServiceError('conflict', 'terminez d’abord l’appel en cours')
      await stores.accounts.choosePhone(id, kind)
      await onPhoneChosen()
      return choice(id)
    },
  )

  app.get(
    '/api/operators/me/phone/browser',
    { schema: { summary: 'How my browser registers as my phone', response: answering(browserPhone) } },
    (request) => {
      const account = phones.browserOf(signedIn(request).id)
      if (account === null) throw new ServiceError('not_found', 'un autre téléphone est choisi')
      return account
    },
  )

  app.post(
    '/api/calls/:id/rejoin',
    { schema: { summary: 'Take my conversation up again after a reload', params: oneCall, response: { 204: z.null() } } },
    async (request, reply) => {
      desk.rejoin(signedIn(request).id, request.params.id)
      return reply.code(204).send(null)
    },
  )

  app.put(
    '/api/calls/:id/sound',
    { schema: { summary: 'How a conversation sounded at my browser', params: oneCall, body: callSound, response: { 204: z.null() } } },
    async (request, reply) => {
      await stores.callSound.keep(request.params.id, signedIn(request).id, request.body)
      return reply.code(204).send(null)
    },
  )
}
