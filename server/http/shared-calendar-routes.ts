import { z } from 'zod'
import { calendarPassword, calendarTrial, calendarTrialled, sharedCalendarState } from '../contract/shared-calendar.ts'
import { signedIn } from './access.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

/** The calendar shared by CalDAV: how it stands, its password, a trial. What is chosen is the settings `sharedCalendar`. */
export function sharedCalendarRoutes(app: App, { sharedCalendar }: Pick<HttpParts, 'sharedCalendar'>): void {
  app.get(
    '/api/shared-calendar',
    {
      schema: {
        summary: 'How the shared calendar stands, and what became of changes on both sides',
        response: answering(sharedCalendarState),
      },
    },
    () => sharedCalendar.state(),
  )

  app.put(
    '/api/shared-calendar/password',
    {
      schema: {
        summary: 'Keep the password of the calendar’s account, sealed and for this server alone; null forgets it',
        body: calendarPassword,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { password, address, login } = request.body
      await sharedCalendar.keepPassword(password, address, login, signedIn(request).name)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/api/shared-calendar/trial',
    {
      schema: {
        summary: 'Try a calendar server: its calendars, an event written and taken away again, what would be read',
        body: calendarTrial,
        response: answering(calendarTrialled),
      },
    },
    ({ body }) => sharedCalendar.trial(body),
  )

  app.post(
    '/api/shared-calendar/synchronise',
    { schema: { summary: 'Synchronise the shared calendar now', response: answering(sharedCalendarState) } },
    async () => {
      await sharedCalendar.synchronise()
      return sharedCalendar.state()
    },
  )
}
