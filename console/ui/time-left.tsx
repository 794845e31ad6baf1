import { IconAlarm, IconClockHour4 } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { nextDue } from '../../server/contract/next-due.ts'
import type { Ticket } from '../../server/contract/entities.ts'
import { fullMoment, momentAfterWord } from './format.ts'
import classes from './time-left.module.css'

const hourMs = 3_600_000
/** What is further away is better said by its moment than by a duration in open time. */
const countedMs = 4 * hourMs

/** Open time in words: « 42 min », « 2 h 10 ». */
export function openTime(t: TFunction, ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000))
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return t('clocks.minutes', { n: rest })
  return rest === 0 ? t('clocks.hours', { n: hours }) : t('clocks.hoursMinutes', { hours, minutes: String(rest).padStart(2, '0') })
}

/** How much of a ticket's delay is left, or by how much it is over; nothing when none runs. @property ticket as a list or its page has it */
export function TimeLeft({ ticket: { clock, leftMs } }: { readonly ticket: Pick<Ticket, 'clock'> & { readonly leftMs: number | null } }) {
  const { t } = useTranslation()
  const due = nextDue(clock)
  if (due === null || leftMs === null) return null
  const late = leftMs <= 0
  const tone = late ? 'bad' : due.step === 'warned' || leftMs < hourMs / 4 ? 'warn' : 'plain'
  return (
    <span
      className={`${classes.left} g-num`}
      data-tone={tone}
      title={t('clocks.title', { name: t(`clocks.names.${due.name}`), when: fullMoment(due.dueAt) })}
    >
      {late ? <IconAlarm size={13} stroke={1.9} aria-hidden="true" /> : <IconClockHour4 size={13} stroke={1.8} aria-hidden="true" />}
      {words(t, leftMs, due.dueAt, late)}
    </span>
  )
}

function words(t: TFunction, leftMs: number, dueAt: string, late: boolean): string {
  if (late)
    return -leftMs < 2 * countedMs
      ? t('clocks.lateBy', { time: openTime(t, -leftMs) })
      : t('clocks.lateSince', { when: momentAfterWord(dueAt) })
  return leftMs < countedMs ? t('clocks.left', { time: openTime(t, leftMs) }) : t('clocks.by', { when: momentAfterWord(dueAt) })
}
