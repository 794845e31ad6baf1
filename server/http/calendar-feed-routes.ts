import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { daysBetween } from '../calendar/ahead.ts'
import { rotaDays } from '../calendar/rota.ts'
import { type CalendarFeed, calendarFeed, calendarFeedCreation } from '../contract/rota.ts'
import type { StoredFeed } from '../database/calendar-feed-store.ts'
import { ServiceError } from '../errors.ts'
import { signedIn } from './access.ts'
import { answering, creating } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'
import { rotaIcs } from './rota-ics.ts'

const oneFeed = z.object({ id: z.string().regex(/^[a-z2-7]{8}$/) })
const weeksBefore = 8
const weeksAfter = 26

/** Addresses that calendars read the rota from, and what is read there. */
export function calendarFeedRoutes(
  app: App,
  { stores, settings, config, now, calendarLinks }: Pick<HttpParts, 'stores' | 'settings' | 'config' | 'now' | 'calendarLinks'>,
): void {
  const shown = ({ id, everybody, readAt }: StoredFeed): CalendarFeed => ({
    id,
    everybody,
    url: calendarLinks.url(id),
    readAt: readAt?.toISOString() ?? null,
  })

  app.get(
    '/api/rota/feeds',
    { schema: { summary: 'My addresses that calendars read the rota from', response: answering(z.array(calendarFeed)) } },
    async (request) => (await stores.calendarFeeds.of(signedIn(request).id)).map(shown),
  )

  app.post(
    '/api/rota/feeds',
    {
      schema: {
        summary: 'Make an address that calendars read my presences, or everybody’s, from',
        body: calendarFeedCreation,
        response: creating(calendarFeed),
      },
    },
    async (request, reply) => {
      const added = await stores.calendarFeeds.add(calendarLinks.newId(), signedIn(request).id, request.body.everybody)
      return reply.code(201).send(shown(added))
    },
  )

  app.delete(
    '/api/rota/feeds/:id',
    { schema: { summary: 'Take such an address back: it leads nowhere from now on', params: oneFeed, response: { 204: z.null() } } },
    async (request, reply) => {
      await stores.calendarFeeds.revoke(request.params.id, signedIn(request).id)
      return reply.code(204).send(null)
    },
  )

  app.get('/calendrier/:file', { schema: { hide: true, params: z.object({ file: z.string().max(100) }) } }, async ({ params }, reply) => {
    const id = calendarLinks.idOf(params.file.replace(/\.ics$/, ''))
    const feed = id === null ? null : await stores.calendarFeeds.read(id)
    if (feed === null) throw new ServiceError('not_found')
    const today = Temporal.Instant.fromEpochMilliseconds(now()).toZonedDateTimeISO(config.timeZone).toPlainDate()
    const [from, to] = [today.subtract({ weeks: weeksBefore }).toString(), today.add({ weeks: weeksAfter }).toString()]
    const { shifts, absences, hours } = await stores.rota.between(from, to)
    const site = { deskName: settings.values.desk.name, publicUrl: config.publicUrl, timeZone: config.timeZone }
    return reply
      .type('text/calendar; charset=utf-8')
      .header('cache-control', 'private, max-age=300')
      .send(
        rotaIcs(rotaDays(daysBetween(settings.values.hours, from, to), shifts, absences, hours), {
          whose: feed.everybody ? null : feed.accountId,
          ...site,
        }),
      )
  })
}
