import { Menu } from '@mantine/core'
import {
  IconCheck,
  IconChevronDown,
  IconCoffee,
  IconDoorExit,
  IconUsers,
  IconBuildingCommunity,
  IconDots,
  IconSoup,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OperatorView } from '../../server/contract/entities.ts'
import { changeState } from '../api/commands.ts'
import { useServerNow } from '../live/use-live.ts'
import { clock } from '../ui/format.ts'
import { Keys } from '../ui/kbd.tsx'
import { StateDot } from '../ui/state-dot.tsx'
import classes from './state-menu.module.css'

const reasons = [
  ['break', IconCoffee],
  ['lunch', IconSoup],
  ['frontDesk', IconBuildingCommunity],
  ['meeting', IconUsers],
  ['other', IconDots],
] as const

/** My state as the server says it, and the way to another. */
export function StateMenu({ me }: { me: OperatorView }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const why = me.state === 'paused' && me.reason !== null ? (me.reason === 'missed' ? t('state.missed') : me.reason) : null
  const busy = me.state === 'ringing' || me.state === 'talking'
  return (
    <Menu position="bottom-start" shadow="md" width={290} radius={10} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button type="button" className={classes.state} data-state={me.state}>
          <StateDot state={me.state} />
          <span className={classes.word}>{t(`state.${me.state}`)}</span>
          {why !== null && <span className={classes.why}>{why}</span>}
          <span className={`${classes.time} g-num`}>{clock(me.since, now)}</span>
          <IconChevronDown size={14} stroke={1.8} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          disabled={busy || me.state === 'ready'}
          leftSection={<IconCheck size={16} stroke={1.7} />}
          rightSection={me.state === 'ready' ? undefined : <Keys keys="P" />}
          onClick={() => changeState({ state: 'ready' })}
        >
          {t('state.goReady')}
          <small className={classes.says}>{t('state.readySays')}</small>
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('state.pauseFor')}</Menu.Label>
        {reasons.map(([key, Icon]) => (
          <Menu.Item
            key={key}
            disabled={busy}
            leftSection={<Icon size={16} stroke={1.6} />}
            rightSection={key === 'break' && me.state === 'ready' ? <Keys keys="P" /> : undefined}
            onClick={() => changeState({ state: 'paused', reason: t(`state.reasons.${key}`) })}
          >
            {t(`state.reasons.${key}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          disabled={busy || me.state === 'offline'}
          leftSection={<IconDoorExit size={16} stroke={1.6} />}
          onClick={() => changeState({ state: 'offline' })}
        >
          {t('state.goOffline')}
          <small className={classes.says}>{t('state.offlineSays')}</small>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
