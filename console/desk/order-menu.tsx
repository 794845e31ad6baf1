import { ActionIcon, Menu } from '@mantine/core'
import { IconBuildingCommunity, IconCheck, IconCoffee, IconDoorExit, IconDotsVertical } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OperatorView } from '../../server/contract/entities.ts'
import { orderState } from '../api/commands.ts'
import { pauseReasonsFr } from '../ui/locales/pause-reasons-fr.ts'

/** A colleague's state, changed by whoever may; they see who did it. */
export function OrderMenu({ operator }: { operator: OperatorView }) {
  const { t } = useTranslation()
  const ways = [
    ['ready', IconCheck, { state: 'ready' }],
    ['paused', IconCoffee, { state: 'paused', reason: pauseReasonsFr.other }],
    ['front-desk', IconBuildingCommunity, { state: 'front-desk' }],
    ['offline', IconDoorExit, { state: 'offline' }],
  ] as const
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('duty.orderOf', { who: operator.name })}>
          <IconDotsVertical size={15} stroke={1.7} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('duty.orderSays', { who: operator.name })}</Menu.Label>
        {ways.map(([state, Icon, change]) => (
          <Menu.Item
            key={state}
            disabled={operator.state === state || operator.next === state}
            leftSection={<Icon size={16} stroke={1.6} />}
            onClick={() => orderState(operator.id, change)}
          >
            {t(`duty.order.${state}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
