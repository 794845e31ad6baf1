import { yearFrom } from '../calendar/ahead.ts'
import { hoursSentence } from '../calendar/sentences.ts'
import type { HttpParts } from '../http/ports.ts'
import { derive } from '../settings/derived.ts'
import { hoursInWords } from '../settings/preview.ts'
import type { FormTokens } from './tokens.ts'
import type { DeskNow, Trouble } from './home.ts'
import type { Look } from './layout.ts'
import type { Language } from './words.ts'

export type PortalParts = Pick<
  HttpParts,
  'config' | 'desk' | 'now' | 'stores' | 'sessions' | 'settings' | 'attachments' | 'requests' | 'links' | 'onTicketSaved' | 'log'
> & { readonly tokens: FormTokens }

/** What the public is told of the desk, from memory alone. */
export function deskNow({ desk, settings, config, now }: Omit<PortalParts, 'tokens'>, language: Language): DeskNow {
  const { open, hours, opening } = desk.view()
  const { today } = yearFrom(config.timeZone, now())
  const { calendar } = derive(settings.values, config.timeZone)
  const inEnglish = opening === null ? hoursSentence(calendar, now(), 'en') : ''
  return {
    open,
    sentence: language === 'fr' ? hours : settings.values.hours.alwaysOpen && config.demo ? '' : inEnglish,
    wait: open ? desk.waitNow() : null,
    ...hoursInWords(settings.values, today, language),
    demo: config.demo,
  }
}

/** Disruptions that are open now; none while nothing announces them. */
export const knownTroubles = (_parts: Omit<PortalParts, 'tokens'>, _look: Look): readonly Trouble[] => []
