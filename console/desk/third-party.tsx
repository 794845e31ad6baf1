import { IconEar, IconHeadphones, IconMessageCircle, IconMessages, IconUsersGroup } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallView, OperatorView, WatchMode } from '../../server/contract/entities.ts'
import { finishCall } from '../api/commands.ts'
import { leaveWatch, watch } from '../api/conversation.ts'
import { announcePolitely } from '../ui/announcer.tsx'
import { callerName } from '../ui/caller.ts'
import { KeyButton } from '../ui/key-button.tsx'
import { useShortcuts } from '../ui/shortcuts.ts'
import classes from './consult-band.module.css'
import cardClasses from './call-card.module.css'
import { usePop } from './pops.ts'

const nameOf = (id: string | null, operators: readonly OperatorView[]) => operators.find((o) => o.id === id)?.name ?? ''

/** A colleague asks me about their call: who, and what they have noted of it. */
export function ConsultedBand({ call, operators }: { call: CallView; operators: readonly OperatorView[] }) {
  const { t } = useTranslation()
  const who = nameOf(call.operatorId, operators)
  const joined = call.consult?.state === 'joined'
  return (
    <div className={cardClasses.band} data-calm={call.consult?.state !== 'ringing' || undefined}>
      <span className={cardClasses.pulse} aria-hidden="true">
        <IconMessages size={15} stroke={2} />
      </span>
      <div>
        <strong>{t(joined ? 'calling.consultedJoined' : 'calling.consulted', { who })}</strong>
        {!joined && <small>{t('calling.consultedAbout')}</small>}
      </div>
    </div>
  )
}

/** The way out of it: the colleague has their caller back. */
export function ConsultedControls({ call, operators }: { call: CallView; operators: readonly OperatorView[] }) {
  const { t } = useTranslation()
  const who = nameOf(call.operatorId, operators)
  useShortcuts([{ key: 'f', run: () => finishCall(call.id) }])
  return (
    <div className={classes.watched}>
      <KeyButton size="xs" variant="default" keys="F" onClick={() => finishCall(call.id)}>
        {t('calling.leave')}
      </KeyButton>
      <span>{t(call.consult?.state === 'joined' ? 'calling.leaveJoined' : 'calling.leaveSays', { who, caller: callerName(call) })}</span>
    </div>
  )
}

/** What the colleague who asks has noted so far. */
export function Notes({ callId }: { callId: string }) {
  const { t } = useTranslation()
  const draft = usePop(callId)?.draft ?? null
  if (draft === null || draft.content.title + draft.content.summary === '') return null
  return (
    <div className={classes.notes}>
      <small>{t('calling.notes', { who: draft.by.name })}</small>
      <strong>{draft.content.title}</strong>
      <p>{draft.content.summary}</p>
    </div>
  )
}

const modes = ['listen', 'whisper', 'join'] as const satisfies readonly WatchMode[]
const icons = { listen: IconEar, whisper: IconMessageCircle, join: IconUsersGroup } as const

/** I am at somebody else's conversation, or my phone rings for it. */
export function WatchingBand({ call, operators }: { call: CallView; operators: readonly OperatorView[] }) {
  const { t } = useTranslation()
  const who = nameOf(call.operatorId, operators)
  const up = call.watch?.state === 'up'
  const Icon = icons[call.watch?.mode ?? 'listen']
  return (
    <div className={cardClasses.band} data-calm={up || undefined}>
      <span className={cardClasses.pulse} aria-hidden="true">
        <Icon size={15} stroke={2} />
      </span>
      <div>
        <strong>{up ? t(`calling.watching.${call.watch?.mode ?? 'listen'}`, { who }) : t('calling.watchRings')}</strong>
        {!up && <small>{t('calling.watchPickUp', { who })}</small>}
      </div>
    </div>
  )
}

/** The ways of being at it, and out of it. */
export function WatchingControls({ call }: { call: CallView }) {
  const { t } = useTranslation()
  useShortcuts([{ key: 'f', run: () => leaveWatch(call.id) }])
  return (
    <>
      <div className={classes.modes} role="group" aria-label={t('calling.watchModes')}>
        {modes.map((mode) => {
          const Icon = icons[mode]
          return (
            <button key={mode} type="button" aria-pressed={call.watch?.mode === mode} onClick={() => watch(call.id, mode)}>
              <Icon size={16} stroke={1.7} aria-hidden="true" />
              {t(`calling.watch.${mode}`)}
              <small>{t(`calling.watchSays.${mode}`)}</small>
            </button>
          )
        })}
      </div>
      <div className={classes.watched}>
        <KeyButton size="xs" variant="default" keys="F" onClick={() => leaveWatch(call.id)}>
          {t('calling.watchLeave')}
        </KeyButton>
      </div>
    </>
  )
}

/** Says, discreetly, that a supervisor is at my conversation, and how. */
export function Watched({ call, operators }: { call: CallView; operators: readonly OperatorView[] }) {
  const { t } = useTranslation()
  const there = call.watch?.state === 'up' ? call.watch : null
  const who = nameOf(there?.supervisorId ?? null, operators)
  const says = there === null ? '' : t(`calling.watched.${there.mode}`, { who })
  useEffect(() => {
    if (says === '') return
    announcePolitely(says)
    return () => announcePolitely('')
  }, [says])
  if (says === '') return null
  return (
    <p className={classes.watched}>
      <IconHeadphones size={14} stroke={1.7} aria-hidden="true" />
      {says}
    </p>
  )
}
