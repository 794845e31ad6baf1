import { ActionIcon, Button } from '@mantine/core'
import { IconAlertTriangle, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { RotaDay } from '../../server/contract/rota.ts'
import { told } from '../api/commands.ts'
import { changeShift, removeShift } from '../api/rota.ts'
import { dayHeading, dayOf } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { Pill } from '../ui/pill.tsx'
import classes from './rota-page.module.css'

type Who = { readonly id: string; readonly takesCalls: boolean; readonly plans: boolean }
type Shift = RotaDay['shifts'][number]

/** One day: who is there, and when nobody is. */
export function DayCard({ day, who }: { day: RotaDay; who: Who }) {
  const { t } = useTranslation()
  const empty = day.shifts.length === 0
  return (
    <Panel heading={dayHeading(`${day.date}T12:00:00Z`)}>
      <div className={classes.day}>
        {day.gaps.map((gap) => (
          <p key={gap.from}>
            <Pill tone="warn" icon={<IconAlertTriangle size={13} stroke={1.8} aria-hidden="true" />}>
              {t('rota.gap', gap)}
            </Pill>
          </p>
        ))}
        {empty && day.gaps.length === 0 && <p className={classes.none}>{day.open.length === 0 ? t('rota.closed') : t('rota.nobody')}</p>}
        {!empty && (
          <ul>
            {day.shifts.map((shift) => (
              <ShiftRow key={shift.id} shift={shift} who={who} />
            ))}
          </ul>
        )}
      </div>
    </Panel>
  )
}

function ShiftRow({ shift, who }: { shift: Shift; who: Who }) {
  const { t } = useTranslation()
  const named = { shift: t('rota.shiftOf', { name: shift.name, day: dayOf(shift.day), from: shift.from, to: shift.to }) }
  const mine = shift.operatorId === who.id
  const kind = mine ? (shift.offered ? 'keep' : 'offer') : shift.offered && who.takesCalls ? 'take' : null
  return (
    <li className={classes.shift}>
      <span className="g-num">{t('rota.hours', shift)}</span>
      <strong>{shift.name}</strong>
      {shift.away && <Pill tone="warn">{t('rota.away')}</Pill>}
      {shift.offered && <Pill tone="accent">{t('rota.offered')}</Pill>}
      {kind !== null && (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={t(`rota.${kind}Of`, named)}
          onClick={() => told(changeShift(shift.id, kind === 'take' ? { operatorId: who.id } : { offered: kind === 'offer' }))}
        >
          {t(`rota.${kind}`)}
        </Button>
      )}
      {who.plans && (
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          aria-label={t('rota.remove', named)}
          onClick={() => told(removeShift(shift.id))}
        >
          <IconX size={14} stroke={1.8} />
        </ActionIcon>
      )}
    </li>
  )
}
