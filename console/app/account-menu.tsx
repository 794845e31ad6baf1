import { Menu, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { IconKeyboard, IconLogout } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Session } from '../../server/contract/http.ts'
import { signOut, tellFailure } from '../api/commands.ts'
import { changeLanguage, type Language } from '../ui/i18n.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Keys } from '../ui/kbd.tsx'
import classes from './account-menu.module.css'

export function AccountMenu({ session, onHelp }: { session: Session; onHelp: () => void }) {
  const { t, i18n } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Menu position="bottom-end" shadow="md" width={270} radius={10} closeOnItemClick={false}>
      <Menu.Target>
        <button type="button" className={classes.me} aria-label={`${t('menu.label')} : ${session.name}`}><Avatar name={session.name} size="sm" /></button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}><strong>{session.name}</strong><small>{t(`role.${session.role}`)}{session.extension !== null && ` · ${session.extension}`}</small></div>
        <Menu.Divider />
        <Menu.Label>{t('menu.scheme')}</Menu.Label>
        <div className={classes.pick}>
          <SegmentedControl fullWidth size="xs" aria-label={t('menu.scheme')} value={colorScheme} onChange={(value) => setColorScheme(value)}
            data={[{ value: 'light', label: t('menu.light') }, { value: 'dark', label: t('menu.dark') }, { value: 'auto', label: t('menu.auto') }]} />
        </div>
        <Menu.Label>{t('menu.language')}</Menu.Label>
        <div className={classes.pick}>
          <SegmentedControl fullWidth size="xs" aria-label={t('menu.language')} value={i18n.language} onChange={(value) => { changeLanguage(value as Language).catch(tellFailure) }}
            data={[{ value: 'fr', label: 'Français' }, { value: 'en', label: 'English' }]} />
        </div>
        <Menu.Divider />
        <Menu.Item closeMenuOnClick leftSection={<IconKeyboard size={16} stroke={1.6} />} rightSection={<Keys keys="?" />} onClick={onHelp}>{t('menu.shortcuts')}</Menu.Item>
        <Menu.Item closeMenuOnClick leftSection={<IconLogout size={16} stroke={1.6} />} onClick={() => { signOut().catch(tellFailure) }}>{t('signIn.out')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
