import { ActionIcon, Menu } from '@mantine/core'
import { IconEar, IconHeadphones, IconMessageCircle, IconPhoneOff, IconUsersGroup } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CallView, OperatorView } from '../../server/contract/entities.ts'
import { endCall, watch } from '../api/conversation.ts'

const modes = [
  ['listen', IconEar],
  ['whisper', IconMessageCircle],
  ['join', IconUsersGroup],
] as const

/** A supervisor's ways into a colleague's conversation, and its end. */
export function SuperviseMenu({ operator, call, me }: { operator: OperatorView; call: CallView; me: string }) {
  const { t } = useTranslation()
  const mine = call.watch?.supervisorId === me ? call.watch.mode : null
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('calling.supervise', { who: operator.name })}>
          <IconHeadphones size={15} stroke={1.7} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{operator.name}</Menu.Label>
        {modes.map(([mode, Icon]) => (
          <Menu.Item
            key={mode}
            disabled={mode === mine || (call.watch !== null && mine === null)}
            leftSection={<Icon size={16} stroke={1.6} />}
            onClick={() => watch(call.id, mode)}
          >
            {t(`calling.watch.${mode}`)}, {t(`calling.watchSays.${mode}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconPhoneOff size={16} stroke={1.6} />} c="var(--g-bad)" onClick={() => endCall(call.id)}>
          {t('calling.endFor')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
