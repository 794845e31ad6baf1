import { Button } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { SettingsDomain } from '../../server/contract/settings.ts'
import { KeyButton } from '../ui/key-button.tsx'
import classes from './save-bar.module.css'
import type { Editing } from './use-settings.ts'

type SaveBarProps = Pick<
  Editing<SettingsDomain>,
  'dirty' | 'saving' | 'saved' | 'failure' | 'overtakenBy' | 'save' | 'discard' | 'keepMine'
> & {
  /** What must be corrected before it can be saved. */
  readonly problem?: string | null
}

/** Stands below the page while something is typed that is not saved, and then says that it holds, for as long as it is so. */
export function SaveBar({ dirty, saving, saved, failure, overtakenBy, save, discard, keepMine, problem = null }: SaveBarProps) {
  const { t } = useTranslation()
  const ready = dirty && !saving && problem === null && overtakenBy === null
  useHotkeys([['mod+Enter', () => ready && save()]], [])
  return (
    <>
      <p className={classes.saved} role="status">
        {saved && !dirty && (
          <>
            <IconCheck size={16} stroke={2} aria-hidden="true" /> {t('settings.saved')}
          </>
        )}
      </p>
      {dirty && (
        <div className={classes.bar} role="region" aria-label={t('settings.unsaved')}>
          <p className={classes.says} data-bad={problem !== null || failure !== null || overtakenBy !== null || undefined} role="status">
            {overtakenBy === null ? (problem ?? failure ?? t('settings.unsaved')) : t('settings.overtaken', { who: overtakenBy })}
          </p>
          <Button variant="default" onClick={discard}>
            {t(overtakenBy === null ? 'settings.discard' : 'settings.takeTheirs')}
          </Button>
          {overtakenBy === null ? (
            <KeyButton onClick={save} disabled={!ready} loading={saving} keys="Ctrl+Enter">
              {t('settings.save')}
            </KeyButton>
          ) : (
            <Button onClick={keepMine}>{t('settings.keepMine')}</Button>
          )}
        </div>
      )}
    </>
  )
}
