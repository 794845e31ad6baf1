import { IconPhoneCall, IconUsers, IconUsersGroup } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CallView } from '../../server/contract/entities.ts'
import { confer, endConsult, transfer } from '../api/conversation.ts'
import { useServerNow } from '../live/use-live.ts'
import { callerName } from '../ui/caller.ts'
import { clock } from '../ui/format.ts'
import { KeyButton } from '../ui/key-button.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import classes from './consult-band.module.css'

const icons = { ringing: IconPhoneCall, talking: IconUsers, joined: IconUsersGroup } as const

/** Whom I ask besides the caller, since when, and the ways out of it. */
export function ConsultBand({ call, consult }: { call: CallView; consult: NonNullable<CallView['consult']> }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const { state, name } = consult
  const Icon = icons[state]
  const joined = state === 'joined'
  useShortcuts([
    { key: 't', run: () => transfer(call.id, null) },
    { key: 'r', run: () => endConsult(call.id) },
    { key: 'c', run: () => state === 'talking' && confer(call.id) },
  ])
  return (
    <div className={classes.band} data-joined={joined || undefined}>
      <p className={classes.who}>
        <Icon size={16} stroke={1.8} aria-hidden="true" />
        <strong>{t(`calling.consult.${state}`, { who: name })}</strong>
        <span className="g-num">{clock(consult.since, now)}</span>
      </p>
      {!joined && <p className={classes.music}>{t('calling.consult.music', { who: callerName(call) })}</p>}
      <div className={classes.ways}>
        <KeyButton size="xs" keys="T" onClick={() => transfer(call.id, null)}>
          {t('calling.handOver')}
        </KeyButton>
        {state === 'talking' && (
          <KeyButton size="xs" variant="default" keys="C" onClick={() => confer(call.id)}>
            {t('calling.threeWay')}
          </KeyButton>
        )}
        <KeyButton
          size="xs"
          variant="default"
          keys="R"
          onClick={() => endConsult(call.id)}
          {...(!joined && { 'aria-label': t('calling.backSays', { who: callerName(call) }) })}
        >
          {joined ? t('calling.remove', { who: name }) : t('calling.back')}
        </KeyButton>
      </div>
    </div>
  )
}
