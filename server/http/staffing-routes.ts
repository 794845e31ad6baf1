import { staffing, staffingFileQuery, staffingQuery } from '../contract/staffing.ts'
import { staffingSheet } from '../indicators/list-sheets.ts'
import { sheetFile } from '../sheets/file.ts'
import { staffingOf } from '../staffing.ts'
import { answering, sent } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

/** Operators needed in each half hour of a week, from the desk's own history, against those who are planned. */
export function staffingRoutes(app: App, parts: Pick<HttpParts, 'stores' | 'settings' | 'config' | 'now'>): void {
  app.get(
    '/api/staffing',
    {
      schema: {
        summary: 'Operators needed by half hour of a week, from the history, by formulas and by simulation, against the rota',
        querystring: staffingQuery,
        response: answering(staffing),
      },
    },
    ({ query }) => staffingOf(parts, query),
  )
  app.get(
    '/api/staffing/file',
    { schema: { summary: 'The same as a file for a spreadsheet', querystring: staffingFileQuery } },
    async ({ query }, reply) => {
      const { format, language, ...asked } = query
      const sheet = staffingSheet(await staffingOf(parts, asked), language)
      return sent(
        reply,
        await sheetFile([sheet], { stem: `${language === 'fr' ? 'effectifs' : 'staffing'}-${query.from}`, format, language }),
      )
    },
  )
}
