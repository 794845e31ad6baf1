import { operatorView } from '../contract/entities.ts'
import { operatorChange, phoneAccount } from '../contract/http.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

/** My state at the desk, and my phone. */
export function operatorRoutes(app: App, { desk, phones }: Pick<HttpParts, 'desk' | 'phones'>): void {
  app.put(
    '/api/operators/me',
    { schema: { summary: 'Change my state', body: operatorChange, response: answering(operatorView) } },
    (request) => desk.changeOperator(signedIn(request).id, request.body),
  )

  app.get(
    '/api/operators/me/phone',
    { schema: { summary: 'The SIP account of my phone', response: answering(phoneAccount) } },
    (request) => {
      const account = phones.accountOf(signedIn(request).id)
      if (account === null) throw new ServiceError('not_found')
      return account
    },
  )
}
