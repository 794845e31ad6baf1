import { z } from 'zod'
import { operatorView } from '../contract/entities.ts'
import { operatorChange } from '../contract/http.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const oneOperator = z.object({ id: z.string().max(100) })

/** My state at the desk; for a supervisor, everybody's state. */
export function operatorRoutes(app: App, { desk }: Pick<HttpParts, 'desk'>): void {
  app.put(
    '/api/operators/me',
    { schema: { summary: 'Change my state', body: operatorChange, response: answering(operatorView) } },
    (request) => desk.changeOperator(signedIn(request).id, request.body),
  )

  app.post(
    '/api/operators/me/wrap-up',
    { schema: { summary: 'One more minute before I am ready', response: answering(operatorView) } },
    (request) => desk.lengthenWrapUp(signedIn(request).id),
  )

  app.put(
    '/api/operators/:id',
    {
      schema: {
        summary: 'Order an operator’s state; they are told by whom',
        params: oneOperator,
        body: operatorChange,
        response: answering(operatorView),
      },
    },
    (request) => desk.orderOperator(request.params.id, request.body, signedIn(request).name),
  )
}
