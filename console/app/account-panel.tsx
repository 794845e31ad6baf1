import { SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { IconBook, IconAccessible, IconKeyboard, IconLogout, IconPhone, IconRoute, IconUserCog } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Session } from '../../server/contract/http.ts'
import { signOut, tellFailure } from '../api/commands.ts'
import { changePreferences } from '../api/preferences.ts'
import { changeLanguage, type Language } from '../ui/i18n.ts'
import { Keys } from '../ui/kbd.tsx'
import classes from './account-panel.module.css'

type Props = { session: Session; onOpen: (layer: 'help' | 'phone' | 'account') => void; onDone: () => void }

/** What the account menu holds; loaded when it is first opened. */
export default function AccountPanel({ session, onOpen, onDone }: Props) {
  const navigate = useNavigate()
  const { t, i18n } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <>
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
      {session.extension !== null && (
        <button type="button" className={classes.entry} onClick={() => onOpen('phone')}>
          <IconPhone size={16} stroke={1.6} aria-hidden="true" />
          {t('menu.phone')}
        </button>
      )}
      <button type="button" className={classes.entry} onClick={() => onOpen('account')}>
        <IconUserCog size={16} stroke={1.6} aria-hidden="true" />
        {t('accounts.mine.open')}
      </button>
      <button type="button" className={classes.entry} onClick={() => onOpen('help')}>
        <IconKeyboard size={16} stroke={1.6} aria-hidden="true" />
        {t('menu.shortcuts')}
        <Keys keys="?" />
      </button>
      <a className={classes.entry} href="/accessibilite">
        <IconAccessible size={16} stroke={1.6} aria-hidden="true" />
        {t('menu.accessibility')}
      </a>
      <a
        className={classes.entry}
        href="/console/guide"
        onClick={(event) => {
          event.preventDefault()
          onDone()
          void navigate({ to: '/console/guide' })
        }}
      >
        <IconBook size={16} stroke={1.6} aria-hidden="true" />
        {t('help.openGuide')}
      </a>
      <button
        type="button"
        className={classes.entry}
        onClick={() => {
          onDone()
          changePreferences({ tourDone: false }).catch(tellFailure)
        }}
      >
        <IconRoute size={16} stroke={1.6} aria-hidden="true" />
        {t('help.again')}
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
    </>
  )
}
