import { yearFrom } from '../calendar/ahead.ts'
import { hoursSentence } from '../calendar/sentences.ts'
import { untilInWords } from '../calendar/slots.ts'
import type { OpeningOrder } from '../contract/entities.ts'
import { ServiceError } from '../errors.ts'
import type { HttpParts } from '../http/ports.ts'
import { derive } from '../settings/derived.ts'
import { hoursInWords } from '../settings/preview.ts'
import type { FormTokens } from './tokens.ts'
import type { DeskNow, Trouble } from './home.ts'
import type { Look } from './layout.ts'
import { moment, type Language } from './words.ts'

export type PortalParts = Pick<
  HttpParts,
  | 'config'
  | 'desk'
  | 'now'
  | 'stores'
  | 'sessions'
  | 'signIn'
  | 'settings'
  | 'attachments'
  | 'requests'
  | 'links'
  | 'groupLinks'
  | 'listLinks'
  | 'subscriberLinks'
  | 'onMailOwed'
  | 'onTicketSaved'
  | 'sharedPages'
  | 'callbackLinks'
  | 'pageCallTokens'
  | 'onOwedChanged'
  | 'log'
> & { readonly tokens: FormTokens }

const orderWords = { fr: { true: 'Ouvert', false: 'Fermé' }, en: { true: 'Open', false: 'Closed' } } as const

function orderSentence({ open, until }: OpeningOrder, nowMs: number, language: Language, timeZone: string): string {
  const said = orderWords[language][open ? 'true' : 'false']
  return until === null ? said : `${said} ${untilInWords(Date.parse(until), nowMs, language, timeZone)}`
}

/** What the public is told of the desk, from memory alone. */
export function deskNow({ desk, settings, config, now }: Omit<PortalParts, 'tokens'>, language: Language): DeskNow {
  const { open, hours, opening } = desk.view()
  const { today } = yearFrom(config.timeZone, now())
  const { calendar } = derive(settings.values, config.timeZone)
  const inHours = language === 'fr' ? hours : settings.values.hours.alwaysOpen && config.demo ? '' : hoursSentence(calendar, now(), 'en')
  return {
    open,
    // Who ordered it is nobody's business outside.
    sentence: opening === null ? inHours : orderSentence(opening, now(), language, config.timeZone),
    wait: open ? desk.waitNow() : null,
    ...hoursInWords(settings.values, today, language),
    place: settings.values.desk.place,
    demo: config.demo,
  }
}

/** Disruptions that everybody may know of and that go on; none while the database is away. */
export async function knownTroubles({ stores }: Pick<PortalParts, 'stores'>, { language, timeZone }: Look): Promise<readonly Trouble[]> {
  const published = await stores.disruptions.published().catch((error: unknown) => {
    if (error instanceof ServiceError) return []
    throw error
  })
  return published
    .filter(({ phase }) => phase === 'under-way' || phase === 'overdue')
    .map(({ title, place, workaround, startsAt }) => ({
      title: place === '' ? title : `${title}, ${place}`,
      text: workaround,
      since: moment(startsAt, language, timeZone),
    }))
}
