import { answerLinks } from '../answer-links.ts'
import type { Config } from '../config.ts'
import { domainOf } from '../database/stores.ts'
import { groupLinks } from '../group-links.ts'
import { mailThreads } from '../mail-threads.ts'
import { pageCallTokens } from '../page-call-tokens.ts'
import { formTokens } from '../portal/tokens.ts'
import { requestLinks } from '../request-links.ts'
import { calendarLinks, listLinks, subscriberLinks } from '../secret-links.ts'

export type Links = ReturnType<typeof createLinks>

/** Every address and reference that is signed, or secret, by this place's key. */
export const createLinks = (key: string, { publicUrl, mailFrom }: Pick<Config, 'publicUrl' | 'mailFrom'>) => ({
  answers: answerLinks(key, publicUrl),
  requests: requestLinks(key, publicUrl),
  groups: groupLinks(key, publicUrl),
  subscribers: subscriberLinks(key, publicUrl),
  lists: listLinks(key, publicUrl),
  calendars: calendarLinks(key, publicUrl),
  forms: formTokens(key),
  pageCalls: pageCallTokens(key, Date.now),
  threads: mailThreads(key, domainOf(mailFrom)),
})
