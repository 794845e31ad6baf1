import type { TFunction } from 'i18next'
import type { NextThing } from '../../server/contract/next.ts'
import { momentAfterWord, timeOf } from './format.ts'
import { lasting } from './lasting.ts'

/** « rappeler Mme Martin, dû depuis 12 min » @param nowMs the server's clock */
export function nextWords(thing: NextThing, nowMs: number, t: TFunction): string {
  const since = (iso: string) => lasting((nowMs - Date.parse(iso)) / 1_000, t)
  switch (thing.kind) {
    case 'call':
      return t(thing.ringing ? 'next.rings' : 'next.talking', { who: thing.who })
    case 'line':
      return t('next.line', { who: thing.who, time: since(thing.since) })
    case 'callback': {
      const what =
        Date.parse(thing.dueAt) > nowMs
          ? t('next.callback', { who: thing.who, time: momentAfterWord(thing.dueAt, nowMs) })
          : t('next.callbackLate', { who: thing.who, time: since(thing.dueAt) })
      return thing.about === undefined ? what : t('next.about', { what, about: thing.about })
    }
    case 'talk':
      return t(thing.here ? 'next.talk' : 'next.talkLeft', { who: thing.who, time: since(thing.since) })
    case 'unwritten':
      return t('next.unwritten', { who: thing.who, time: timeOf(thing.since) })
    case 'ticket':
      return t(thing.status === 'pre-ticket' ? 'next.preTicket' : 'next.ticket', { number: thing.number, title: thing.title })
    default:
      return thing satisfies never
  }
}

/** Why this comes before all else that waits. */
export function nextWhy(thing: NextThing, t: TFunction): string {
  if (thing.kind === 'callback' && thing.priority) return t('next.why.priority')
  if (thing.kind === 'ticket' && thing.medium === 'form') return t('next.why.form')
  if (thing.kind === 'talk' && !thing.here) return t('next.why.talkLeft')
  return t(`next.why.${thing.kind}`)
}
