import { Menu } from '@mantine/core'
import {
  IconBuildingCommunity,
  IconCheck,
  IconClockPlus,
  IconCoffee,
  IconDoorExit,
  IconDots,
  IconSchool,
  IconSoup,
  IconUsers,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OperatorView } from '../../server/contract/entities.ts'
import { changeState, needLonger } from '../api/commands.ts'
import { Keys } from '../ui/kbd.tsx'
import { knownReason, pauseReason } from '../ui/pause-reason.ts'
import type { Wanted } from '../ui/later.tsx'
import { usePauseReasons } from './pause-reasons.ts'
import { StateButton } from './state-button.tsx'
import classes from './state-menu.module.css'

const icons = { break: IconCoffee, lunch: IconSoup, meeting: IconUsers, training: IconSchool, other: IconDots }

/**
 * My state as the server says it, and the way to another; during a conversation, what comes after it.
 * @param outgoing my phone rings, or is in use, because I call somebody
 */
export function StateMenu({ me, outgoing, openAtOnce = false }: Wanted & { me: OperatorView; outgoing: boolean }) {
  const { t } = useTranslation()
  const reasons = usePauseReasons()
  const ringing = me.state === 'ringing'
  const talking = me.state === 'talking'
  const usual = reasons[0]
  return (
    <Menu position="bottom-start" width={290} withinPortal={false} defaultOpened={openAtOnce}>
      <Menu.Target>
        <StateButton me={me} outgoing={outgoing} />
      </Menu.Target>
      <Menu.Dropdown>
        {me.until !== null && (
          <Menu.Item leftSection={<IconClockPlus size={16} stroke={1.6} />} rightSection={<Keys keys="E" />} onClick={needLonger}>
            {t('duty.longer')}
          </Menu.Item>
        )}
        <Menu.Item
          disabled={ringing || me.state === 'ready' || (talking && me.next === null)}
          leftSection={<IconCheck size={16} stroke={1.7} />}
          rightSection={me.state === 'ready' || talking ? undefined : <Keys keys="P" />}
          onClick={() => changeState({ state: 'ready' })}
        >
          {t(talking ? 'duty.stay' : 'state.goReady')}
          <small className={classes.says}>{t(talking ? 'duty.staySays' : 'state.readySays')}</small>
        </Menu.Item>
        <Menu.Item
          disabled={ringing || me.state === 'front-desk'}
          leftSection={<IconBuildingCommunity size={16} stroke={1.6} />}
          rightSection={talking ? undefined : <Keys keys="G" />}
          onClick={() => changeState({ state: 'front-desk' })}
        >
          {t('duty.frontDesk')}
          <small className={classes.says}>{t('duty.frontDeskSays')}</small>
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t(talking ? 'duty.pauseAfter' : 'state.pauseFor')}</Menu.Label>
        {reasons.map((reason) => {
          const Icon = icons[knownReason(reason) ?? 'other']
          return (
            <Menu.Item
              key={reason}
              disabled={ringing}
              leftSection={<Icon size={16} stroke={1.6} />}
              rightSection={reason === usual && me.state === 'ready' ? <Keys keys="P" /> : undefined}
              onClick={() => changeState({ state: 'paused', reason })}
            >
              {pauseReason(reason, t)}
            </Menu.Item>
          )
        })}
        <Menu.Divider />
        <Menu.Item
          disabled={ringing || me.state === 'offline'}
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
