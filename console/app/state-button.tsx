import { IconChevronDown } from '@tabler/icons-react'
import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import type { OperatorView } from '../../server/contract/entities.ts'
import { useServerNow } from '../live/use-live.ts'
import { clock, countdown } from '../ui/format.ts'
import { pauseReason } from '../ui/pause-reason.ts'
import { StateDot } from '../ui/state-dot.tsx'
import classes from './state-menu.module.css'

/** My state as the server says it. */
export function StateButton({ me, outgoing, className, ...rest }: { me: OperatorView; outgoing: boolean } & ComponentProps<'button'>) {
  const { t } = useTranslation()
  return (
    <button
      type="button"
      className={[classes.state, className].filter(Boolean).join(' ')}
      data-state={me.state}
      data-tour="state"
      aria-haspopup="menu"
      {...rest}
    >
      <StateDot state={me.state} />
      <span className={classes.word}>{t(outgoing ? 'calling.outgoing' : `state.${me.state}`)}</span>
      <Why me={me} />
      <Since me={me} />
      <IconChevronDown size={14} stroke={1.8} aria-hidden="true" />
    </button>
  )
}

function Why({ me }: { me: OperatorView }) {
  const { t } = useTranslation()
  if (me.state === 'paused' && me.reason !== null) return <span className={classes.why}>{pauseReason(me.reason, t)}</span>
  if (me.next !== null) return <span className={classes.why}>{t(`duty.next.${me.next}`)}</span>
  return null
}

/** How long the state has lasted; of wrap-up, how long it will. */
function Since({ me }: { me: OperatorView }) {
  const { t } = useTranslation()
  const now = useServerNow()
  if (me.until === null) return <span className={`${classes.time} g-num`}>{clock(me.since, now)}</span>
  return <span className={`${classes.time} g-num`}>{t('duty.readyIn', { time: countdown((Date.parse(me.until) - now) / 1_000) })}</span>
}
