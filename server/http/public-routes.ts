import { yearFrom } from '../calendar/ahead.ts'
import { hoursInWords } from '../settings/preview.ts'
import { errorBody, health as healthBody, portal } from '../contract/http.ts'
import { logoAddress } from '../portal/logo.ts'
import { answering } from './answers.ts'
import type { App } from './app-type.ts'
import type { HttpParts } from './ports.ts'

type Parts = Pick<HttpParts, 'health' | 'desk' | 'config' | 'settings'>

/** What anybody may know: whether the desk can be reached, and when. */
export function publicRoutes(app: App, { health, desk, config, settings }: Parts): void {
  const answers = { 200: healthBody, 503: healthBody, '4xx': errorBody }
  app.get('/api/health', { schema: { summary: 'The state of each part', response: answers } }, async (_request, reply) => {
    const now = health()
    return reply
      .code(now.status === 'ready' ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(now)
  })

  app.get('/api/portal', { schema: { summary: 'What the public page says', response: answering(portal) } }, () => {
    const { open, hours } = desk.view()
    const { name, phone } = settings.values.desk
    const { today } = yearFrom(config.timeZone, Date.now())
    const [fr, en] = [hoursInWords(settings.values, today, 'fr'), hoursInWords(settings.values, today, 'en')]
    const [week, notices] = [
      { fr: fr.week, en: en.week },
      { fr: fr.notices, en: en.notices },
    ]
    return { name, logo: logoAddress(settings), open, hours, week, notices, phone, form: true, demo: config.demo }
  })
}
