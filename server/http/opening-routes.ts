import { z } from 'zod'
import { openingChange, openingView } from '../contract/http.ts'
import { openingHistory, type OpeningHistory } from '../contract/settings.ts'
import type { FactRow } from '../database/fact-store.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

const orderFact = z.object({ by: z.string().nullish(), open: z.boolean().nullish(), until: z.number().nullish() })

/** @param rows the latest first. An order that was over at its own end was taken back by nobody. */
function historyOf(rows: readonly FactRow[]): OpeningHistory {
  const read = rows.map((row) => ({ at: row.at, over: row.type === 'opening-order-over', ...orderFact.parse(row.body) }))
  return read.map(({ at, over, by = null, open = null, until = null }, i) => {
    const ended = over ? (read[i + 1]?.until ?? null) : null
    return {
      at: at.toISOString(),
      open,
      by: ended !== null && at.getTime() >= ended ? null : by,
      until: until === null ? null : new Date(until).toISOString(),
    }
  })
}

/** « Fermer maintenant », « ouvrir maintenant », back to the hours: one gesture, signed, with an end or without. */
export function openingRoutes(app: App, { desk, stores }: Pick<HttpParts, 'desk' | 'stores'>): void {
  app.get(
    '/api/desk/opening/history',
    { schema: { summary: 'Who opened or closed the desk by hand', response: answering(openingHistory) } },
    async () => historyOf(await stores.facts.openingOrders()),
  )

  app.put(
    '/api/desk/opening',
    { schema: { summary: 'Open or close the desk now', body: openingChange, response: answering(openingView) } },
    (request) => {
      const { open, until } = request.body
      const untilMs = until === null ? null : Date.parse(until)
      if (untilMs !== null && untilMs <= Date.now()) throw new ServiceError('invalid_body', 'until est passé')
      const view = desk.orderOpening(open, signedIn(request).name, open === null ? null : untilMs)
      return { open: view.open, hours: view.hours, opening: view.opening }
    },
  )
}
