import { Menu } from '@mantine/core'
import { IconClock, IconDoorOff, IconLockOpen } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { orderOpening } from '../api/commands.ts'
import type { Desk } from '../live/desk.ts'
import { useServerNow } from '../live/use-live.ts'
import type { Wanted } from '../ui/later.tsx'
import { OpeningButton } from './opening-button.tsx'
import classes from './opening-menu.module.css'

const hour = 3_600_000

/** The hours as they stand now; who may, opens or closes the desk in one gesture, or takes that back. */
export function OpeningMenu({ desk, openAtOnce = false }: Wanted & { desk: Desk }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const other = !desk.open
  const inAnHour = () => new Date(now + hour).toISOString()
  return (
    <div className={classes.footer}>
      <Menu position="top-start" width={270} withinPortal={false} defaultOpened={openAtOnce}>
        <Menu.Target>
          <OpeningButton desk={desk} />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={other ? <IconLockOpen size={16} stroke={1.7} /> : <IconDoorOff size={16} stroke={1.7} />}
            onClick={() => orderOpening(other, null)}
          >
            {other ? t('opening.openNow') : t('opening.closeNow')}
            <small className={classes.says}>{other ? t('opening.openSays') : t('opening.closeSays')}</small>
          </Menu.Item>
          <Menu.Item leftSection={<IconClock size={16} stroke={1.7} />} onClick={() => orderOpening(other, inAnHour())}>
            {other ? t('opening.openHour') : t('opening.closeHour')}
          </Menu.Item>
          {desk.opening !== null && (
            <>
              <Menu.Divider />
              <Menu.Item onClick={() => orderOpening(null, null)}>{t('opening.follow')}</Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}
