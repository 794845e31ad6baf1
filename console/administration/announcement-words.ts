import type { TFunction } from 'i18next'
import { announcementsFr } from '../ui/locales/announcements-fr.ts'

type Known = keyof typeof announcementsFr.names
const isKnown = (name: string): name is Known => name in announcementsFr.names
const isSaidWhen = (name: string): name is keyof typeof announcementsFr.when => name in announcementsFr.when
const positionOf = (name: string) => /^position-(\d+)$/.exec(name)?.[1]
const waitOf = (name: string) => /^wait-(\d+)-(\d+)$/.exec(name)?.slice(1)

const isTicket = (name: string) => name.startsWith('ticket-')

export const groups = ['message', 'ticket', 'position', 'wait'] as const
export type Group = (typeof groups)[number]

/** Places and waits are many, and alike. */
export const groupOf = (name: string): Group =>
  positionOf(name) !== undefined ? 'position' : waitOf(name) !== undefined ? 'wait' : isTicket(name) ? 'ticket' : 'message'

export function titleOf(name: string, t: TFunction): string {
  const position = positionOf(name)
  if (position !== undefined) return t('announcements.position', { n: position })
  const [low, high] = waitOf(name) ?? []
  if (low !== undefined) return low === '0' ? t('announcements.waitUnder', { high }) : t('announcements.wait', { low, high })
  return isKnown(name) ? t(`announcements.names.${name}`) : name
}

/** When callers hear it. */
export function whenOf(name: string, t: TFunction): string {
  if (positionOf(name) !== undefined) return t('announcements.positionWhen')
  if (waitOf(name) !== undefined) return t('announcements.waitWhen')
  if (isTicket(name)) return t('announcements.ticketWhen')
  return isSaidWhen(name) ? t(`announcements.when.${name}`) : ''
}
