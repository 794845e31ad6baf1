import { Switch } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { keyFor, shortcutGroups, type ShortcutGroup } from '../../server/contract/shortcut-keys.ts'
import { tellFailure } from '../api/commands.ts'
import { changePreferences } from '../api/preferences.ts'
import { Dialog } from '../ui/dialog.tsx'
import { KeyCap } from '../ui/kbd.tsx'
import { combinedKeys, followKeys, useKeys, written } from '../ui/shortcuts.ts'
import classes from './shortcut-help.module.css'

const groups = Object.keys(shortcutGroups) as ShortcutGroup[]

/** Every key at a glance, the switch that turns single ones off, and the way to change them. */
export default function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const own = useKeys()
  const turn = (singleKeys: boolean) => {
    followKeys({ ...own, singleKeys })
    changePreferences({ singleKeys }).catch((error: unknown) => {
      followKeys(own)
      tellFailure(error)
    })
  }
  return (
    <Dialog heading={t('keys.heading')} size={820} onClose={onClose}>
      <div className={classes.top}>
        <Switch
          checked={own.singleKeys}
          onChange={(event) => turn(event.currentTarget.checked)}
          label={t('keys.toggle')}
          description={t('keys.intro')}
        />
        <a
          href="/console/raccourcis"
          onClick={(event) => {
            event.preventDefault()
            onClose()
            void navigate({ to: '/console/raccourcis' })
          }}
        >
          {t('ownKeys.change')}
        </a>
      </div>
      <div className={classes.groups} data-off={!own.singleKeys || undefined}>
        {groups.map((group) => (
          <section key={group} aria-label={t(`ownKeys.groups.${group}`)}>
            <h3>{t(`ownKeys.groups.${group}`)}</h3>
            <dl className={classes.keys}>
              {shortcutGroups[group].map((usual) => {
                const key = keyFor(usual, own.keys)
                return (
                  key !== null && (
                    <div key={usual}>
                      <dt>
                        <KeyCap keys={written(key)} />
                      </dt>
                      <dd>{t(`ownKeys.does.${usual}`)}</dd>
                    </div>
                  )
                )
              })}
            </dl>
          </section>
        ))}
        <section aria-label={t('ownKeys.combined')}>
          <h3>{t('ownKeys.combined')}</h3>
          <dl className={classes.keys}>
            {combinedKeys.map(([keys, what]) => (
              <div key={keys}>
                <dt>
                  <KeyCap keys={keys} />
                </dt>
                <dd>{t(`keys.${what}`)}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  )
}
