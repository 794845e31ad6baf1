import { Popover, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { IconKeyboard, IconLogout, IconPhone } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Session } from '../../server/contract/http.ts'
import { signOut, tellFailure } from '../api/commands.ts'
import { Avatar } from '../ui/avatar.tsx'
import { changeLanguage, type Language } from '../ui/i18n.ts'
import { Keys } from '../ui/kbd.tsx'
import classes from './account-menu.module.css'

/** Who I am, how the console looks and speaks, and the way out. */
export function AccountMenu({ session, onOpen }: { session: Session; onOpen: (layer: 'help' | 'phone') => void }) {
  const { t, i18n } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [open, setOpen] = useState(false)
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-end"
      shadow="md"
      width={280}
      radius={10}
      trapFocus
      returnFocus
      withinPortal={false}
    >
      <Popover.Target>
        <button type="button" className={classes.me} onClick={() => setOpen(!open)} aria-label={`${t('menu.label')} : ${session.name}`}>
          <Avatar name={session.name} size="sm" />
        </button>
      </Popover.Target>
      <Popover.Dropdown p={4} aria-label={t('menu.label')}>
        <div className={classes.who}>
          <strong>{session.name}</strong>
          <small>
            {t(`role.${session.role}`)}
            {session.extension !== null && ` · ${session.extension}`}
          </small>
        </div>
        <div className={classes.pick}>
          <span>{t('menu.scheme')}</span>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t('menu.scheme')}
            value={colorScheme}
            onChange={(value) => setColorScheme(value)}
            data={[
              { value: 'light', label: t('menu.light') },
              { value: 'dark', label: t('menu.dark') },
              { value: 'auto', label: t('menu.auto') },
            ]}
          />
        </div>
        <div className={classes.pick}>
          <span>{t('menu.language')}</span>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t('menu.language')}
            value={i18n.language}
            onChange={(value) => {
              changeLanguage(value as Language).catch(tellFailure)
            }}
            data={[
              { value: 'fr', label: 'Français' },
              { value: 'en', label: 'English' },
            ]}
          />
        </div>
        {session.role === 'operator' && (
          <button
            type="button"
            className={classes.entry}
            onClick={() => {
              setOpen(false)
              onOpen('phone')
            }}
          >
            <IconPhone size={16} stroke={1.6} aria-hidden="true" />
            {t('menu.phone')}
          </button>
        )}
        <button
          type="button"
          className={classes.entry}
          onClick={() => {
            setOpen(false)
            onOpen('help')
          }}
        >
          <IconKeyboard size={16} stroke={1.6} aria-hidden="true" />
          {t('menu.shortcuts')}
          <Keys keys="?" />
        </button>
        <button
          type="button"
          className={classes.entry}
          onClick={() => {
            signOut().catch(tellFailure)
          }}
        >
          <IconLogout size={16} stroke={1.6} aria-hidden="true" />
          {t('signIn.out')}
        </button>
      </Popover.Dropdown>
    </Popover>
  )
}
