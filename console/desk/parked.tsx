import { Button } from '@mantine/core'
import { IconNotes } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { timeOf } from '../ui/format.ts'
import type { Draft } from './draft.ts'
import classes from './parked.module.css'
import type { Unwritten } from './unwritten.ts'

const mostShown = 8

type Props = {
  readonly unwritten: readonly Unwritten[]
  /** Tickets without a call, begun and left. */
  readonly hands: readonly Draft[]
  readonly onPickCall: (unwritten: Unwritten) => void
  readonly onPickHand: (key: string) => void
}

/** Conversations that wait for their ticket, everybody's; and tickets by hand that were left for another. One click takes each up again. */
export function Parked({ unwritten, hands, onPickCall, onPickHand }: Props) {
  const { t } = useTranslation()
  if (unwritten.length + hands.length === 0) return null
  const heading = unwritten.length > 0 ? t('nav.owed', { count: unwritten.length }) : t('parked.hands', { count: hands.length })
  return (
    <section className={classes.strip} aria-label={heading}>
      <strong>
        <IconNotes size={16} stroke={1.7} aria-hidden="true" />
        {heading}
      </strong>
      {unwritten.slice(0, mostShown).map((one) => (
        <Button key={one.callId} size="compact-sm" variant="default" onClick={() => onPickCall(one)}>
          {t('form.owedFrom', { who: one.who || t('call.withheld'), time: timeOf(one.since) })}
          {one.by !== null && <small className={classes.by}>{one.by.split(' ')[0]}</small>}
        </Button>
      ))}
      {unwritten.length > mostShown && <span className="g-num">{t('parked.more', { count: unwritten.length - mostShown })}</span>}
      {hands.map((d) => (
        <Button key={d.key} size="compact-sm" variant="default" onClick={() => onPickHand(d.key)}>
          {t('parked.hand', { what: d.title.trim() || d.name || t(`media.${d.medium}`), time: timeOf(d.startedAt) })}
        </Button>
      ))}
    </section>
  )
}
