import type { MailLanguage, MailSettings } from '../contract/mail-templates.ts'
import { mailText } from '../tickets/mail-text.ts'
import { isCalledOff, type DisruptionState } from './model.ts'

/*
 * What subscribers are written: that a disruption began or is planned, that it changed in a way that matters, that it is over or will not be. Level 2
 * corrects a comma without a mail to everybody.
 */
export type SubscriberMail = 'disruption-opened' | 'disruption-updated' | 'disruption-over' | 'disruption-called-off'

const told = ['kind', 'title', 'place', 'touched', 'workaround', 'startsAt', 'expectedEndAt'] as const

/**
 * @param stands the disruption as it is @param before as subscribers were told of it last; null: never
 * @returns which mail follows; null: none
 */
export function mailOwed(stands: DisruptionState, before: DisruptionState | null): SubscriberMail | null {
  if (stands.endedAt !== null) {
    if (before === null || before.endedAt !== null) return null
    return isCalledOff(toldOf(stands, before)) ? 'disruption-called-off' : 'disruption-over'
  }
  if (stands.audience !== 'public') return null
  if (before === null || before.endedAt !== null) return 'disruption-opened'
  return told.some((field) => stands[field] !== before[field]) ? 'disruption-updated' : null
}

/** What they are told of it: of one that has become the staff's, what it was when they were told last, and no word of what was written since. */
export const toldOf = (stands: DisruptionState, before: DisruptionState | null): DisruptionState =>
  stands.audience === 'public' || before === null ? stands : { ...before, endedAt: stands.endedAt, resolution: '' }

type Words = {
  readonly mails: MailSettings
  /** The public page. */
  readonly link: string
  readonly leave: string
  /** A moment, as people read it. */
  readonly moment: (iso: string, language: MailLanguage) => string
}

/** One subscriber's mail. */
export function subscriberMail(name: SubscriberMail, state: DisruptionState, { mails, link, leave, moment }: Words) {
  const { title, place, touched, workaround, startsAt, expectedEndAt, resolution } = state
  return mailText(mails[name], mails, null, (language) => ({
    title,
    place,
    concerned: touched,
    workaround,
    start: moment(startsAt, language),
    deadline: expectedEndAt === null ? '' : moment(expectedEndAt, language),
    solution: resolution,
    link,
    leave,
  }))
}
